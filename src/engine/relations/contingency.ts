/** How often each value of one column meets each value of another. */

/** Rows without a value have the code -1. */
export interface Codes {
  /** `[rows]`, from 0 to `kinds` - 1; -1: none. */
  readonly codes: Int32Array;
  readonly kinds: number;
}

export interface Contingency {
  /** `[rows * columns]`, row after row: how many examples have both. */
  readonly counts: Uint32Array;
  readonly rows: number;
  readonly columns: number;
  /** `[rows]` and `[columns]`, the sums. */
  readonly rowSums: Uint32Array;
  readonly columnSums: Uint32Array;
  readonly total: number;
}

/** Counts the examples that have a value in both. */
export function crossTabulate(first: Codes, second: Codes): Contingency {
  const rows = first.kinds;
  const columns = second.kinds;
  const counts = new Uint32Array(rows * columns);
  const rowSums = new Uint32Array(rows);
  const columnSums = new Uint32Array(columns);
  let total = 0;
  for (let at = 0; at < first.codes.length; at++) {
    const row = first.codes[at] as number;
    const column = second.codes[at] as number;
    if (row < 0 || column < 0) continue;
    const cell = row * columns + column;
    counts[cell] = (counts[cell] as number) + 1;
    rowSums[row] = (rowSums[row] as number) + 1;
    columnSums[column] = (columnSums[column] as number) + 1;
    total++;
  }
  return { counts, rows, columns, rowSums, columnSums, total };
}
