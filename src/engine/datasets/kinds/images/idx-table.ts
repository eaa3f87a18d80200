/** Images of an IDX file as a table, with the labels of the file beside it that is called alike. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { writeCount, writeCounted } from '../../../../protocol/words';
import { TextColumn } from '../../columns/text-column';
import { columnsTable } from '../../columns-table';
import { rawImages } from '../../images/raw-images';
import type { ReadTableOptions, Table } from '../../types';
import type { Source } from '../dataset-kind';
import { type IdxFile, readIdx } from './idx';
import { unpackedIdx } from './packed-idx';

const IMAGE = 'image';
const LABEL = 'label';

/** LabError('dataset') for what holds no images. */
export async function openIdx(source: Source, options: ReadTableOptions): Promise<Table> {
  const { path, imageShapes = {} } = options;
  const bytes = typeof source === 'string' ? undefined : await unpackedIdx(source);
  if (bytes === undefined) {
    throw new LabError('dataset', 'This file holds no images that can be read.', {
      advice: 'Choose a folder with a folder of images for each class, or an IDX file.',
      place: { path },
    });
  }
  const images = readIdx(bytes, path);
  const { width, height, channels } = sizeOf(images, path);
  const [given] = Object.keys(imageShapes);
  const name = given ?? IMAGE;
  const names = Array.from({ length: images.items }, (_, at) => `image ${at + 1}`);
  const column = await rawImages(
    { names, width, height, channels, data: images.data, format: 'IDX' },
    { shape: imageShapes[name], watching: options.watching },
  );
  const labels = await labelsBeside(path);
  const columns = [{ name, values: TextColumn.of(names) }];
  if (labels !== undefined) {
    const cells = names.map((_, at) => (at < labels.items ? String(labels.data[at]) : ''));
    columns.push({ name: LABEL, values: TextColumn.of(cells) });
  }
  const issues = [...cutIssues(images), ...labelIssues(images, labels, path, given !== undefined)];
  const table = columnsTable({ columns, issues }, options);
  table.images = new Map([[name, column]]);
  return table;
}

function sizeOf(
  { dimensions }: IdxFile,
  path: string | undefined,
): { readonly width: number; readonly height: number; readonly channels: 1 | 3 } {
  const [, height = 0, width = 0, channels = 1] = dimensions;
  if (dimensions.length >= 3 && (channels === 1 || channels === 3)) return { width, height, channels };
  const beside = path === undefined ? undefined : otherName(basename(path), 'images');
  throw new LabError('dataset', 'This IDX file holds no images, but labels or other numbers.', {
    advice: `Choose the file with the images${beside === undefined ? '' : `, e.g. "${beside}"`}: labels are found beside it.`,
    place: { path },
  });
}

/** `train-images-idx3-ubyte.gz` → `train-labels-idx1-ubyte.gz`, and back. */
function otherName(name: string, wanted: 'images' | 'labels'): string | undefined {
  const [from, dimensions] = wanted === 'labels' ? [/images?/iu, 'idx1'] : [/labels?/iu, 'idx3'];
  if (!from.test(name)) return undefined;
  return name.replace(from, wanted).replace(/idx[13]/iu, dimensions);
}

async function labelsBeside(path: string | undefined): Promise<IdxFile | undefined> {
  const name = path === undefined ? undefined : otherName(basename(path), 'labels');
  if (path === undefined || name === undefined) return undefined;
  const plain = name.replace(/\.gz$/iu, '');
  for (const candidate of new Set([name, plain, `${plain}.gz`])) {
    const place = join(dirname(path), candidate);
    const bytes = await readFile(place).catch(() => undefined);
    if (bytes === undefined) continue;
    const unpacked = await unpackedIdx(bytes);
    if (unpacked === undefined) {
      throw new LabError('dataset', `The labels in ${candidate} cannot be read.`, {
        advice: 'Load the file again from where it came.',
        place: { path: place },
      });
    }
    const labels = readIdx(unpacked, place);
    if (labels.dimensions.length === 1) return labels;
  }
  return undefined;
}

function cutIssues({ dimensions, items }: IdxFile): DatasetIssue[] {
  const wanted = dimensions[0] ?? 0;
  if (items === wanted) return [];
  return [
    {
      severity: 'warning',
      code: 'cut-idx',
      message: `The file is cut: it says that it holds ${writeCounted(wanted, 'image')}, of which ${writeCount(items)} are there.`,
      advice: 'Load it again from where it came to learn from all.',
      rows: wanted - items,
    },
  ];
}

function labelIssues(
  { items }: IdxFile,
  labels: IdxFile | undefined,
  path: string | undefined,
  judged: boolean,
): DatasetIssue[] {
  if (labels === undefined) {
    const name = path === undefined ? undefined : otherName(basename(path), 'labels');
    const named = name === undefined ? 'called alike, with "labels" for "images",' : `called "${name}"`;
    return judged
      ? []
      : [
          {
            severity: 'error',
            code: 'no-labels',
            message: `There is no file with labels ${named} beside this one: nothing says what is on the images.`,
            advice: 'Put the file with the labels into the same folder.',
          },
        ];
  }
  if (labels.items === items) return [];
  return [
    {
      severity: 'warning',
      code: 'other-labels',
      message: `There are ${writeCounted(items, 'image')} and ${writeCounted(labels.items, 'label')}: the two files may not belong together.`,
      advice: 'Images without a label are not learnt from. Check which files were loaded.',
      rows: Math.abs(labels.items - items),
    },
  ];
}
