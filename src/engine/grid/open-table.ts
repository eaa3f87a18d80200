/** From a file, or an editor's text, to the table that a grid shows. */
import type { GridColumn } from '../../protocol/grid';
import {
  chooseKind,
  type DatasetSource,
  describeColumns,
  fromWholeFile,
  openRows,
  type ReadTableOptions,
  sizeOf,
  type Table,
  type Watching,
} from '../datasets';
import type { OpenedTable } from './shared-tables';

/** Cells of the sample by which kinds are told before any column is read whole. */
const SAMPLED_CELLS = 40_000;
const FEWEST_SAMPLED = 100;
const MOST_SAMPLED = 2000;

export interface TableQuestion {
  readonly path: string;
  readonly text?: string | undefined;
  /** The name of a kind of dataset. */
  readonly kind?: string | undefined;
  readonly options: ReadTableOptions;
  /** Opens the rows for a model; else they are opened as their kind does. */
  readonly openForModel?: ((source: DatasetSource, options: ReadTableOptions) => Promise<Table>) | undefined;
}

/** LabError('dataset' | 'file' | 'mismatch') for what holds no rows, or cannot be read. */
export async function openTable(
  { path, text, kind, options, openForModel }: TableQuestion,
  watching: Watching,
): Promise<OpenedTable> {
  const open = async (source: DatasetSource): Promise<OpenedTable> => {
    const { name } = await chooseKind({ path, source, options, asked: kind ?? 'table' });
    const asked = { ...options, path, watching };
    const table =
      openForModel === undefined
        ? await openRows(source, { ...asked, kind: name })
        : await openForModel(source, asked);
    const bytes = typeof source === 'string' ? Buffer.byteLength(source) : sizeOf(source);
    return { table, sample: sampleOf(table), source: name, bytes };
  };
  if (text !== undefined) return open(text);
  return fromWholeFile(path, async ({ source, state }) => ({ ...(await open(source)), state }), watching);
}

/** Rows from all over the table; the table itself where it is small. */
function sampleOf(table: Table): Table {
  const size = Math.max(FEWEST_SAMPLED, Math.min(MOST_SAMPLED, SAMPLED_CELLS / table.columns.length));
  if (table.rows <= 2 * size) return table;
  const stride = Math.floor(table.rows / size);
  const rows = Array.from({ length: Math.floor(table.rows / stride) }, (_, at) => at * stride);
  return table.pick(rows, []);
}

/** What each column holds, by the sample. */
export function gridColumns(sample: Table): GridColumn[] {
  return describeColumns(sample).map(({ name, index, kind }) => ({
    name,
    index,
    kind,
    numeric: sample.reader.found(index).reading.holds === 'numbers',
  }));
}
