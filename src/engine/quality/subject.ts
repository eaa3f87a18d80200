/** A table as the quality checks look at it: its columns, what is to be predicted, and the rows that are looked at. */
import type { ColumnSummary } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import {
  readTarget,
  RowShape,
  type Table,
  type TargetColumn,
  type TargetWish,
  understandTable,
} from '../datasets';

export interface Subject {
  readonly table: Table;
  /** Ascending; rows with too many cells are not among them, since nothing is learnt from them. */
  readonly rows: Uint32Array;
  /** Whether these are all. */
  readonly whole: boolean;
  readonly columns: readonly ColumnSummary[];
  /** Undefined where nothing can be predicted, or the column cannot be learnt. */
  readonly target: TargetColumn | undefined;
  /** Index of the column that is to be predicted, also where it cannot be learnt; -1 without any. */
  readonly targetColumn: number;
  /** Names of columns that the model will not see. */
  readonly exclude: ReadonlySet<string>;
}

export interface SubjectWish extends TargetWish {
  readonly exclude?: readonly string[] | undefined;
  /** Cells that are looked at, at most about: of more rows only evenly spaced ones are. */
  readonly mostCells?: number | undefined;
}

const MOST_CELLS = 2_500_000;
const FEWEST_ROWS = 1_000;

export function subjectOf(table: Table, wish: SubjectWish): Subject {
  const { columns, target } = understandTable(table, wish);
  const { mostCells = MOST_CELLS, exclude = [] } = wish;
  const most = Math.max(FEWEST_ROWS, Math.floor(mostCells / Math.max(1, table.columns.length)));
  return {
    table,
    rows: rowsOf(table, most),
    whole: table.rows <= most,
    columns,
    target: target === undefined ? undefined : learnable(table, target.column, target.answer),
    targetColumn: target === undefined ? -1 : table.find(target.column),
    exclude: new Set(exclude),
  };
}

function learnable(table: Table, column: string, answer: TargetColumn['answer']): TargetColumn | undefined {
  try {
    return readTarget(table, column, answer);
  } catch (thrown) {
    if (LabError.from(thrown).code === 'dataset') return undefined;
    throw thrown;
  }
}

function rowsOf(table: Table, most: number): Uint32Array {
  const count = Math.min(table.rows, most);
  const spaced = Uint32Array.from({ length: count }, (_, at) => Math.floor((at * table.rows) / count));
  return spaced.filter((row) => table.shape[row] !== RowShape.tooMany);
}

/** Columns that a model would see, the target not among them. */
export function featureColumns({ columns, targetColumn, exclude }: Subject): readonly ColumnSummary[] {
  return columns.filter(({ name, index }) => index !== targetColumn && !exclude.has(name));
}
