/** What a file holds and what could be learnt from it, told without training. */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type {
  ColumnSummary,
  DatasetIssue,
  DatasetSummary,
  TableSummary,
  TextSummary,
} from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { TargetTask } from '../../protocol/task-names';
import { answerOf } from '../../protocol/tasks';
import type { Encoding } from '../../protocol/reading';
import { describeTable } from './columns';
import { decode } from './decode';
import { findDuplicates, hasEqualRows } from './duplicates';
import { chooseReading } from './kinds/csv/reading/choose';
import { isClearlyTable } from './kinds/csv/reading/clearly';
import { isOtherText } from './reading/foreign';
import { tellReading } from './kinds/csv/reading/tell';
import { fromWholeFile, SETTLED } from './read-bytes';
import { readTable } from './kinds/csv/table';
import { suggestTargets } from './suggest';
import { answerOfColumn, readTarget } from './target-column';
import { targetGroups } from './target-groups';
import { CharacterVocabulary, decodeText } from './kinds/text/text';
import type { Answer, ReadTableOptions, Table } from './types';

const TABLE_EXTENSIONS = new Set(['.csv', '.tsv', '.tab', '.psv']);
const MARKUP_EXTENSIONS = new Set(['.md', '.markdown']);
const TEXT_EXTENSIONS = new Set(['.txt', '.text']);
/** Agreement among records that makes a file of unknown extension a table. */
const TABLE_AGREEMENT = 0.95;
/** Rows of larger files are compared only when they are learnt from: nobody waits for that. */
const MOST_BYTES_COMPARED = 32e6;

export interface InspectOptions extends ReadTableOptions {
  readonly kind?: DatasetSummary['kind'] | undefined;
  /** What is to be predicted, which decides what some columns hold; the likeliest where it is absent or not there. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
}

/**
 * Looks at the file at `path`, or at `text` where the editor holds unsaved changes. Tables by extension (.csv,
 * .tsv …) or by their looks (a .txt only where it is clearly cut into columns); everything else that is text is a text;
 * `kind` decides where given. A table without any column to predict has no targets, and an issue that says so.
 * LabError('dataset') for what is neither. `settled`: who asks has just written the file, and knows that it is whole.
 */
export async function inspectDataset(
  path: string,
  text?: string,
  { settled = false, ...options }: InspectOptions & { readonly settled?: boolean | undefined } = {},
): Promise<DatasetSummary> {
  if (text !== undefined) return inspectEdited(text, path, options);
  return fromWholeFile(
    path,
    ({ bytes }) => inspectBytes(bytes, path, options),
    settled ? SETTLED : undefined,
  );
}

/** The editor has decoded the text: an encoding that is asked for is that of the file, which is to be saved in it. */
function inspectEdited(text: string, path: string, options: InspectOptions): DatasetSummary {
  const { encoding, ...others } = options;
  const summary = inspectBytes(Buffer.from(text, 'utf8'), path, others);
  if (summary.kind === 'text' || encoding === undefined) return summary;
  const format = { ...summary.format, encoding };
  return { ...summary, format, reading: tellReading(format, options) };
}

function inspectBytes(bytes: Uint8Array, path: string, options: InspectOptions): DatasetSummary {
  const hash = sha256(bytes);
  const { target, task, ...reading } = options;
  const keyOf = (column: string | undefined): string =>
    JSON.stringify([path, hash, reading, column ?? null, task ?? null]);
  if (latest?.keys.includes(keyOf(target)) === true) return latest.summary;
  const asTable = options.kind === undefined ? isTable(path, bytes, options) : options.kind === 'table';
  const summary = asTable
    ? inspectTable(bytes, { ...options, path }, hash)
    : inspectText(bytes, path, options.encoding, hash);
  // Who has asked without a target asks next for the one that was found.
  const found = summary.kind === 'table' ? summary.target : undefined;
  latest = { keys: [keyOf(target), keyOf(found)], summary };
  return summary;
}

/** The latest answer: who has asked what a file holds next asks which models suit it. */
let latest: { readonly keys: readonly string[]; readonly summary: DatasetSummary } | undefined;

function isTable(path: string, bytes: Uint8Array, options: ReadTableOptions): boolean {
  const extension = extname(path).toLowerCase();
  if (TABLE_EXTENSIONS.has(extension) || options.separator !== undefined) return true;
  if (MARKUP_EXTENSIONS.has(extension)) return false;
  const decoded = decode(bytes, path, options.encoding).bytes;
  if (isOtherText(decoded)) return false;
  const chosen = chooseReading(decoded, options);
  if (TEXT_EXTENSIONS.has(extension)) return isClearlyTable(decoded, chosen);
  const { columns, agreement, records } = chosen;
  return columns > 1 && records > 1 && agreement >= TABLE_AGREEMENT;
}

/** `hash`: that of the bytes, where it is known. */
export function inspectTable(
  bytes: Uint8Array,
  options: InspectOptions & { path: string },
  hash = sha256(bytes),
): TableSummary {
  const table = readTable(bytes, options);
  const described = describeTable(table);
  const targets = suggestTargets(table, described.columns);
  const target = targetOf(table, described.columns, options, targets[0]?.column);
  const groups = target === undefined ? undefined : targetGroups(table, target.column, target.answer);
  return {
    kind: 'table',
    path: options.path,
    format: table.format,
    reading: tellReading(table.format, options),
    rows: table.rows,
    ...(target === undefined ? {} : { target: target.column }),
    columns: groups === undefined ? described.columns : described.forTarget(groups),
    targets,
    issues: [
      ...table.issues,
      ...(targets.length > 0 ? [] : [NOTHING_TO_PREDICT]),
      ...(target === undefined ? [] : repeatedRows(table, target)),
    ],
    sha256: hash,
    bytes: bytes.length,
  };
}

interface InspectedTarget {
  readonly column: string;
  readonly answer: Answer;
}

/** What is to be predicted: the column asked for where it is there, else the likeliest. */
function targetOf(
  table: Table,
  columns: readonly ColumnSummary[],
  { target, task }: InspectOptions,
  likeliest: string | undefined,
): InspectedTarget | undefined {
  const name = target !== undefined && table.find(target) >= 0 ? target : likeliest;
  const column = columns.find((each) => each.name === name);
  return (
    column && {
      column: column.name,
      answer: task === undefined ? answerOfColumn(table, column) : answerOf(task),
    }
  );
}

/** Rows that stand more than once, as a training for the target will find them. Nothing where it cannot be learnt. */
function repeatedRows(table: Table, { column, answer }: InspectedTarget): readonly DatasetIssue[] {
  if (table.bytes.length > MOST_BYTES_COMPARED || !hasEqualRows(table, column)) return [];
  try {
    const found = findDuplicates(table, readTarget(table, column, answer));
    return found === undefined ? [] : [found.issue];
  } catch (thrown) {
    if (LabError.from(thrown).code === 'dataset') return [];
    throw thrown;
  }
}

/** Not an error: another reading may find more, and a target that is asked for is taken where it can be learnt at all. */
const NOTHING_TO_PREDICT: DatasetIssue = {
  severity: 'warning',
  code: 'nothing-to-predict',
  message: 'No column of this table can be predicted.',
  advice:
    'A target needs at least two different values, each in several rows, or numbers. Check how the file is read, or name the column yourself.',
};

export function inspectText(
  bytes: Uint8Array,
  path: string,
  encoding?: Encoding,
  hash = sha256(bytes),
): TextSummary {
  const { text, issues } = decodeText(bytes, path, encoding);
  let characters = 0;
  let lines = 1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) characters++;
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) lines++;
  }
  const last = text.charCodeAt(text.length - 1);
  return {
    kind: 'text',
    path,
    characters,
    vocabulary: CharacterVocabulary.fromText(text).size,
    lines: last === 0x0a || last === 0x0d ? lines - 1 : lines,
    issues,
    sha256: hash,
    bytes: bytes.length,
  };
}

/** SHA-256 of a file's bytes, hexadecimal: what an experiment records of its dataset. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
