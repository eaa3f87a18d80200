/** Databases of SQLite: recognised by their signature, one of their tables or views read into typed columns. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { columnsTable } from '../../columns-table';
import { openPartForModel } from '../../part-for-model';
import { type FilePart, findPart, guessedPart, type PartWords, tellPart } from '../../parts';
import type { ReadTableOptions, Table } from '../../types';
import { type RowKind, type Source, Sureness } from '../dataset-kind';
import type { KindFile } from '../kind-file';
import { CollectedColumn } from './collected-column';
import { kind as description } from './description';
import { valueIssues } from './found';
import { DatabaseReader, noDatabase } from './reader';
import { takeSnapshot } from './snapshot';
import type { FoundTable } from './thread';

const SIGNATURE = Buffer.from('SQLite format 3\0', 'latin1');
/** Bytes that are looked at for what no text has. */
const PROBE = 1024;
const TAB = 0x09;
/** Values of all columns together; a view may have more rows than the file has bytes. */
const MOST_VALUES = 200e6;
const FEWEST_ROWS = 3;
const FEWEST_COLUMNS = 2;
const tableWords: PartWords = { one: 'table', many: 'tables' };

export const kind: RowKind = {
  holds: 'rows',
  recognise,
  open,
  openForModel: (source, options, model) => openPartForModel(open, source, options, model),
};

function recognise(file: KindFile): number {
  if (typeof file.source === 'string') return Sureness.no;
  if (isDatabase(file.source)) return Sureness.byContent;
  // Other programs call their files `.db`, too; and whatever is text is read as that.
  const isNamed = file.extension !== '.db' && description.extensions.includes(file.extension);
  return isNamed && file.source.subarray(0, PROBE).some((byte) => byte < TAB) ? Sureness.byName : Sureness.no;
}

function isDatabase(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).equals(SIGNATURE);
}

/** LabError('dataset') for what is no database, a damaged one, and a table that cannot be read. */
async function open(source: Source, options: ReadTableOptions): Promise<Table> {
  const { path } = options;
  if (typeof source === 'string' || !isDatabase(source)) throw noDatabase(path);
  const snapshot = await takeSnapshot(source, path);
  const reader = new DatabaseReader(snapshot.file, path);
  try {
    return await openTable(reader, options, snapshot.issues);
  } finally {
    await reader.close();
    await snapshot.remove();
  }
}

async function openTable(
  reader: DatabaseReader,
  options: ReadTableOptions,
  issues: readonly DatasetIssue[],
): Promise<Table> {
  const { path, part } = options;
  const tables = (await reader.tables()).map(partOf);
  const fitting = part === undefined ? fittingOf(tables) : [];
  const chosen = part === undefined ? (fitting[0] ?? tables[0]) : findPart(tables, part, tableWords, path);
  if (chosen === undefined) throw refusal('The database has no tables.', path);
  const { name } = chosen;
  const names = await reader.open(name);
  const columns = names.map((column) => new CollectedColumn(column, path));
  let rows = 0;
  for await (const { rows: more, chunks } of reader.rows(name)) {
    rows += more;
    if (rows * columns.length > MOST_VALUES)
      throw refusal(`"${name}" has more than ${MOST_VALUES / 1e6} million values.`, path);
    chunks.forEach((chunk, at) => columns[at]?.add(chunk));
  }
  if (rows === 0) throw refusal(`The table "${name}" has no rows.`, path);
  return columnsTable(
    {
      columns: columns.map((column) => ({ name: column.name, values: column.finish() })),
      issues: [...issues, ...guessedPart(fitting, name, tableWords), ...valueIssues(columns)],
      part: name,
      tell: (wishes) => [tellPart(tables, name, tableWords, wishes)],
    },
    options,
  );
}

type TablePart = FilePart & Pick<FoundTable, 'type'>;

function partOf({ name, type, columns, rows }: FoundTable): TablePart {
  return {
    name,
    type,
    columns: type === 'view' ? undefined : columns,
    rows,
    ...(type === 'table' ? {} : { note: type === 'view' ? 'view' : 'virtual table' }),
  };
}

/** Tables that somebody may mean, the largest first; views only where there is no such table. */
function fittingOf(tables: readonly TablePart[]): readonly TablePart[] {
  const size = ({ rows = Infinity, columns = 0 }: TablePart): number => rows * columns;
  return tables
    .filter(
      ({ type, rows = Infinity, columns = 0 }) =>
        type === 'table' && rows >= FEWEST_ROWS && columns >= FEWEST_COLUMNS,
    )
    .sort((a, b) => size(b) - size(a) || 0);
}

function refusal(message: string, path: string | undefined): LabError {
  return new LabError('dataset', message, {
    advice: 'Choose another table, or another file.',
    place: { path },
  });
}
