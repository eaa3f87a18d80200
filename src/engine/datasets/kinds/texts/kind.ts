/** Folders of texts as tables: a row for each file, with its text, the folder that it lies in as its class, and its name. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { writeCounted } from '../../../../protocol/words';
import { TextColumn } from '../../columns/text-column';
import { columnsTable } from '../../columns-table';
import { type Folder, folderIssues } from '../../folder/folder';
import type { ReadTableOptions, Table } from '../../types';
import { type RowKind, Sureness } from '../dataset-kind';
import { classesOf, type FolderClasses } from '../images/classes';
import { readTexts } from './read-texts';

const TEXT_NAME = /\.(?:txt|text|md|markdown|rst|eml)$/iu;
/** Without an ending, as the files of the best-known collections of news and mails are. */
const BARE_NAME = /(?:^|\/)[^./]+$/u;
/** Share of texts from which on a folder is one of texts, whatever else lies in it. */
const MOSTLY = 0.5;

export const kind: RowKind = {
  holds: 'rows',
  recognise: () => Sureness.no,
  open: (_, { path }) => {
    throw new LabError('dataset', 'A folder is needed, with a text file for each example.', {
      place: { path },
    });
  },
  folder: {
    recognise: ({ files }) => {
      const named = files.filter(({ name }) => TEXT_NAME.test(name)).length;
      const texts = files.filter(({ name }) => mayBeText(name)).length;
      if (named === 0) return texts >= MOSTLY * files.length && texts > 0 ? Sureness.perhaps : Sureness.no;
      return texts >= MOSTLY * files.length ? Sureness.byName : Sureness.perhaps / 2;
    },
    open,
  },
};

function mayBeText(name: string): boolean {
  return TEXT_NAME.test(name) || BARE_NAME.test(name);
}

/** LabError('dataset') for a folder in which no text can be read. */
async function open(folder: Folder, options: ReadTableOptions): Promise<Table> {
  const { readings, encoding, watching } = options;
  const files = folder.files.filter(({ name }) => mayBeText(name));
  const { names, texts, issues } = await readTexts(folder, files, { encoding, watching });
  if (names.length === 0) {
    throw new LabError('dataset', `No text in this folder can be read. ${issues[0]?.message ?? ''}`.trim(), {
      advice: 'A file for each example is read, in a folder for each class.',
      place: { path: folder.path },
    });
  }
  const classes = classesOf(names);
  const hasClasses = classes.classes.length > 0;
  const classColumn = {
    name: 'class',
    values: TextColumn.of(names.map((name) => classes.classOf.get(name) ?? '')),
  };
  return columnsTable(
    {
      columns: [
        { name: 'text', values: texts },
        ...(hasClasses ? [classColumn] : []),
        { name: 'file', values: TextColumn.of(names) },
      ],
      issues: [
        ...folderIssues(folder),
        ...otherFiles(folder, files.length),
        ...issues,
        // What a model judges needs no classes.
        ...(readings === undefined ? classIssues(classes) : []),
      ],
    },
    // A file's name tells where it lies, and so the answer.
    { ...options, columns: { file: { kind: 'left-out' }, ...options.columns } },
  );
}

function otherFiles({ files }: Folder, texts: number): DatasetIssue[] {
  const count = files.length - texts;
  const first = files.find(({ name }) => !mayBeText(name));
  if (first === undefined) return [];
  return [
    {
      severity: 'information',
      code: 'other-file',
      message: `${writeCounted(count, 'file')} of other kinds ${count === 1 ? 'is' : 'are'} left out, the first "${first.name}".`,
      advice: 'Give texts the ending .txt.',
      rows: count,
    },
  ];
}

/** What makes learning impossible, and what of the folders a person should know. */
function classIssues({ classes, classOf, parts }: FolderClasses): DatasetIssue[] {
  const [first] = classes;
  if (first === undefined) {
    return [
      {
        severity: 'error',
        code: 'no-classes',
        message: 'The texts lie in no folders: nothing says what they are.',
        advice:
          'Put the texts of each class into a folder with its name. To learn to write like them, put them into one file.',
      },
    ];
  }
  const beside = [...classOf].filter(([, name]) => name === '');
  return [
    ...(classes.length > 1 ? [] : [oneClass(first)]),
    ...(beside.length === 0 ? [] : [outOfClasses(beside.length, beside[0]?.[0] ?? '')]),
    ...(parts.length === 0 ? [] : [partsTogether(parts)]),
  ];
}

function oneClass(name: string): DatasetIssue {
  return {
    severity: 'error',
    code: 'one-class',
    message: `All texts are of one class, "${name}": there is nothing to tell apart.`,
    advice: 'Choose the folder above, or add a folder with texts of another class.',
  };
}

function outOfClasses(count: number, first: string): DatasetIssue {
  return {
    severity: 'warning',
    code: 'no-class',
    message: `${writeCounted(count, 'text')} ${count === 1 ? 'lies' : 'lie'} beside the folders of the classes, the first "${first}", and ${count === 1 ? 'is' : 'are'} not learnt from.`,
    advice: 'Put them into the folders of their classes.',
    rows: count,
  };
}

function partsTogether(parts: readonly string[]): DatasetIssue {
  return {
    severity: 'information',
    code: 'folders-of-parts',
    message: `${parts.map((part) => `"${part}"`).join(' and ')} ${parts.length === 1 ? 'is no class' : 'are no classes'}: the texts of the folders inside are used together.`,
    advice: 'Choose one of these folders to learn from its texts only.',
  };
}
