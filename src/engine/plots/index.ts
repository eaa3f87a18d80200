/**
 * The room of pictures: a column of a table comes in, its figures and its plot leave, over all rows or over some. `readColumn`
 * (what the cells are) → `countsOf` (figures, bins and bars, counted for as many sets of rows as are asked for).
 */
import type { ColumnFigures } from '../../protocol/grid';
import type { Table } from '../datasets';
import { countsOf } from './column-counts';
import { readColumn } from './column-values';

export { barValue, MOST_BARS } from './bars';
export { type ColumnCounts, type Counted, countsOf } from './column-counts';
export {
  type ColumnValues,
  MISSING,
  MOST_DISTINCT,
  type NumberValues,
  readColumn,
  UNCODED,
  type WordValues,
} from './column-values';

/** Figures and plot of one column over all rows, or over the given ones. Who asks again keeps `readColumn` and `countsOf`. */
export function figuresOf(table: Table, column: number, rows?: Uint32Array): ColumnFigures {
  const counts = countsOf(readColumn(table, column));
  return { index: column, ...(rows === undefined ? counts.whole() : counts.over(rows)) };
}
