/** The next cell that holds a text. */
import type { Table } from '../datasets';
import type { Slices } from './slices';

export interface FoundCell {
  /** In the view. */
  readonly position: number;
  readonly column: number;
}

export interface TextQuestion {
  readonly text: string;
  /** The position where the search begins, itself included. */
  readonly from: number;
  readonly backwards: boolean;
}

const STRETCH = 256;

/** Whatever its case; around the end of the view once; null where no cell holds it. */
export async function findText(
  table: Table,
  rows: Uint32Array,
  { text, from, backwards }: TextQuestion,
  slices: Slices,
): Promise<FoundCell | null> {
  const { length } = rows;
  if (length === 0) return null;
  const wanted = text.toLowerCase();
  const first = from < length ? from : backwards ? length - 1 : 0;
  const mayHold = table.cells.rowSearch?.(text) ?? (() => true);
  let found: FoundCell | null = null;
  for (let step = 0; step < length && found === null; step += STRETCH) {
    for (let at = step; at < Math.min(length, step + STRETCH) && found === null; at++) {
      const position = backwards ? (first - at + length) % length : (first + at) % length;
      const row = rows[position] as number;
      const column = mayHold(row) ? columnWith(table, row, wanted) : -1;
      if (column >= 0) found = { position, column };
    }
    if (slices.isOver) await slices.next();
  }
  return found;
}

function columnWith(table: Table, row: number, wanted: string): number {
  for (let column = 0; column < table.columns.length; column++) {
    if (table.cell(row, column).toLowerCase().includes(wanted)) return column;
  }
  return -1;
}
