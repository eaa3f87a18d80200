/** Rows that belong together: by the value of a column, and by being copies of each other. */
import type { Table } from './types';

/**
 * `[rows]`: the first row of the group of each. Rows with an equal value in the column are one group (a missing value is a
 * group of its own), and so are those that `copies` has together: what is linked by either stays on one side.
 */
export function groupsBy(table: Table, column: number, copies: Uint32Array | undefined): Uint32Array {
  const { rows } = table;
  const first = Uint32Array.from({ length: rows }, (_, row) => row);
  const rootOf = (row: number): number => {
    let root = row;
    while (first[root] !== root) root = first[root] as number;
    while (first[row] !== root) {
      const next = first[row] as number;
      first[row] = root;
      row = next;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    const [one, other] = [rootOf(a), rootOf(b)];
    first[Math.max(one, other)] = Math.min(one, other);
  };
  const known = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    if (copies !== undefined) join(row, copies[row] as number);
    if (table.isMissing(row, column)) continue;
    const value = table.value(row, column);
    const earlier = known.get(value);
    if (earlier === undefined) known.set(value, row);
    else join(row, earlier);
  }
  return Uint32Array.from({ length: rows }, (_, row) => rootOf(row));
}
