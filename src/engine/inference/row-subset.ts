/** A few rows of a table as a table of their own, so that encoding them does not read all the others. */
import type { Table } from '../datasets';

/** A part that is larger than this share is not worth a copy. */
const worthwhile = 0.5;

/**
 * The given rows of `table`: as a small table, in which the named columns are read as in the large one, or as themselves
 * where they are most of it.
 */
export function onlyRows(
  table: Table,
  rows: readonly number[],
  columns: readonly string[],
): { table: Table; rows: Uint32Array } {
  if (rows.length > table.rows * worthwhile) return { table, rows: Uint32Array.from(rows) };
  const part = table.pick(rows, columns);
  // Images are found by the names in their cells, whatever row these stand in.
  part.images = table.images;
  return { table: part, rows: Uint32Array.from(rows.keys()) };
}
