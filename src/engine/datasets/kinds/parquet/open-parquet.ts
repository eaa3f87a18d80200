/** A Parquet file as a table, column by column. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { columnsTable, withoutRows } from '../../columns-table';
import type { StoredColumn } from '../../columns/stored-column';
import type { ReadTableOptions, Table } from '../../types';
import type { Source } from '../dataset-kind';
import { uniqueNames } from '../../columns/unique-names';
import { type FlatFile, readFlat } from './flat-column';
import { damaged, readFooter } from './footer';
import { type PlannedColumn, planColumns } from './plan';
import { type NamedColumns, readList, readNested } from './repeated-column';
import { leftOutColumns, longNumbers } from '../../columns/issues';
import { Unsupported } from './trouble';

/** LabError('dataset') for a file that is encrypted, cut off or damaged, or of whose columns none can be read. */
export function openParquet(source: Source, options: ReadTableOptions): Table {
  const { path } = options;
  if (typeof source === 'string') {
    throw new LabError('dataset', 'A Parquet file cannot be read as text.', {
      advice: 'Save it as a file.',
      place: { path },
    });
  }
  const footer = readFooter(source, path);
  const file = { bytes: source, path, rows: Number(footer.num_rows) };
  if (file.rows === 0) throw withoutRows(path);
  const found = readColumns(file, plan(footer, path));
  if (found.columns.length === 0 && found.leftOut.length > 0) throw nothingReadable(found.leftOut, path);
  return columnsTable({ columns: uniqueNames(found.columns), issues: issuesOf(found) }, options);
}

function plan(footer: Parameters<typeof planColumns>[0], path: string | undefined): readonly PlannedColumn[] {
  try {
    return planColumns(footer);
  } catch {
    throw damaged(path);
  }
}

interface LeftOut {
  readonly name: string;
  readonly why: string;
}

interface FoundColumns {
  readonly columns: { readonly name: string; readonly values: StoredColumn }[];
  readonly leftOut: LeftOut[];
  /** Names of columns of numbers that are too long for a double. */
  readonly long: string[];
}

function readColumns(file: FlatFile, planned: readonly PlannedColumn[]): FoundColumns {
  const found: FoundColumns = { columns: [], leftOut: [], long: [] };
  for (const column of planned) {
    const { name, leaves, typeName } = column;
    if (leaves.some(({ encrypted }) => encrypted)) {
      found.leftOut.push({ name, why: 'encrypted' });
    } else if (leaves.length === 0 || leaves.some(({ holds }) => holds === undefined)) {
      found.leftOut.push({ name, why: `of the type ${typeName}` });
    } else {
      try {
        found.columns.push(...readColumn(file, column, found.long));
      } catch (thrown) {
        if (thrown instanceof LabError) throw thrown;
        if (!(thrown instanceof Unsupported)) throw damaged(file.path, name);
        found.leftOut.push({ name, why: `with ${thrown.message}` });
      }
    }
  }
  return found;
}

function readColumn(file: FlatFile, column: PlannedColumn, long: string[]): NamedColumns {
  const { name, shape, leaves } = column;
  const [leaf] = leaves;
  if (leaf?.holds === undefined) throw new Unsupported('no values');
  if (shape === 'list') return readList(file, name, leaf);
  if (shape === 'nested') return readNested(file, column);
  const { values, long: isLong } = readFlat(file, name, leaf, leaf.holds);
  if (isLong) long.push(name);
  if (isBinary(column) && !holdsText(values)) throw new Unsupported('bytes that are no text');
  return [{ name, values }];
}

/** Bytes of which the file does not say that they are text; older writers do not say it of any. */
function isBinary({ tree: { element } }: PlannedColumn): boolean {
  const isBytes = element.type === 'BYTE_ARRAY' || element.type === 'FIXED_LEN_BYTE_ARRAY';
  return isBytes && element.converted_type === undefined && element.logical_type === undefined;
}

const LOOKED_AT = 1000;
/** Control characters, and what stands for bytes that are no UTF-8. */
// eslint-disable-next-line no-control-regex -- Bytes that are no text hold them.
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/u;

function holdsText(values: StoredColumn): boolean {
  const stride = Math.max(1, Math.floor(values.rows / LOOKED_AT));
  for (let row = 0; row < values.rows; row += stride) if (NO_TEXT.test(values.text(row))) return false;
  return true;
}

function nothingReadable([first]: readonly LeftOut[], path: string | undefined): LabError {
  return new LabError(
    'dataset',
    `No column of the file can be read: "${first?.name ?? ''}" is ${first?.why ?? ''}.`,
    {
      advice: 'Write the file again with columns of numbers, texts or dates, without encryption.',
      place: { path },
    },
  );
}

function issuesOf({ leftOut, long }: FoundColumns): DatasetIssue[] {
  return [...leftOutColumns(leftOut), ...longNumbers(long)];
}
