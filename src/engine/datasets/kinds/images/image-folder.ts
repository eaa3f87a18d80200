/** A folder of images as a table: a row for each, with its name and, by the folder that it lies in, its class. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { writeCounted } from '../../../../protocol/words';
import { TextColumn } from '../../columns/text-column';
import { columnsTable } from '../../columns-table';
import { type Folder, folderIssues } from '../../folder/folder';
import { IMAGE_NAME } from '../../images/image-file';
import { readImages } from '../../images/read-images';
import type { ReadTableOptions, Table } from '../../types';
import { classesOf, type FolderClasses } from './classes';

const IMAGE = 'image';
const CLASS = 'class';
/** Tables that may say what is on images that lie in no folders. */
const TABLE_NAME = /\.(?:csv|tsv|jsonl|ndjson)$/iu;

/** LabError('dataset') for a folder in which no image can be read. */
export async function openImageFolder(folder: Folder, options: ReadTableOptions): Promise<Table> {
  const { imageShapes = {} } = options;
  // A model that learnt from images under another name judges these.
  const [given] = Object.keys(imageShapes);
  const name = given ?? IMAGE;
  const files = folder.files.map((file) => ({ name: file.name, path: folder.placeOf(file) }));
  const mayBeImage = (file: { readonly name: string }): boolean =>
    IMAGE_NAME.test(file.name) || !/\.[^./]+$/u.test(file.name);
  const read = await readImages(files.filter(mayBeImage), {
    shape: imageShapes[name],
    glance: options.glance,
    watching: options.watching,
    others: files.filter((file) => !mayBeImage(file)).map((file) => file.name),
  });
  if (read.column === undefined) throw noImages(folder, read.issues);
  const classes = classesOf(read.names);
  const issues = [
    ...folderIssues(folder),
    ...read.issues,
    ...(given === undefined ? classIssues(classes, folder) : []),
  ];
  const columns = [{ name, values: TextColumn.of(read.names) }];
  if (classes.classes.length > 0) {
    const cells = read.names.map((image) => classes.classOf.get(image) ?? '');
    columns.push({ name: CLASS, values: TextColumn.of(cells) });
  }
  const table = columnsTable({ columns, issues }, options);
  table.images = new Map([[name, read.column]]);
  return table;
}

function noImages({ path }: Folder, [issue]: readonly DatasetIssue[]): LabError {
  return new LabError('dataset', `No image in this folder can be read. ${issue?.message ?? ''}`.trim(), {
    advice: 'PNG, JPEG, WebP, GIF, BMP and TIFF can be read, in a folder for each class.',
    place: { path },
  });
}

/** What makes learning impossible, and what of the folders a person should know. */
function classIssues({ classes, classOf, parts }: FolderClasses, { files }: Folder): DatasetIssue[] {
  const issues: DatasetIssue[] = [];
  const [first] = classes;
  if (first === undefined) {
    const table = files.find(({ name }) => TABLE_NAME.test(name));
    issues.push({
      severity: 'error',
      code: 'no-classes',
      message: 'The images lie in no folders: nothing says what is on them.',
      advice:
        table === undefined
          ? 'Put the images of each class into a folder with its name.'
          : `Put the images of each class into a folder with its name; or choose "${table.name}" if it names the images and says what they are.`,
    });
  } else if (classes.length === 1) {
    issues.push({
      severity: 'error',
      code: 'one-class',
      message: `All images are of one class, "${first}": there is nothing to tell apart.`,
      advice: 'Choose the folder above, or add a folder with images of another class.',
    });
  }
  const beside = [...classOf].filter(([, name]) => name === '');
  if (first !== undefined && beside.length > 0) {
    issues.push({
      severity: 'warning',
      code: 'no-class',
      message: `${writeCounted(beside.length, 'image')} ${beside.length === 1 ? 'lies' : 'lie'} beside the folders of the classes, the first "${beside[0]?.[0] ?? ''}", and ${beside.length === 1 ? 'is' : 'are'} not learnt from.`,
      advice: 'Put them into the folders of their classes.',
      rows: beside.length,
    });
  }
  if (parts.length > 0) {
    issues.push({
      severity: 'information',
      code: 'folders-of-parts',
      message: `${parts.map((part) => `"${part}"`).join(' and ')} ${parts.length === 1 ? 'is no class' : 'are no classes'}: the images of the folders inside are used together.`,
      advice: 'Choose one of these folders to learn from its images only.',
    });
  }
  return issues;
}
