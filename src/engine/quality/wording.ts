/** How findings speak of cells, lines and columns. */
import { writeCounted } from '../../protocol/words';
import { placeOf, type Table } from '../datasets';

const LONGEST_QUOTE = 40;
const NAMED = 3;

/** A value out of the file, shortened, in quotes. */
export function quote(value: string): string {
  const line = value.replace(/\s+/gu, ' ');
  const short = line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE - 1)}…`;
  return `"${short}"`;
}

/** `in line 12`, `first in line 12`; for a file without lines `in row 11`. */
export function where(table: Table, row: number, count = 1): string {
  return `${count === 1 ? '' : 'first '}in ${placeOf(table, row)}`;
}

/** `"a", "b", "c" and 4 more` */
export function listed(names: readonly string[], most = NAMED): string {
  const shown = names.slice(0, most).map(quote);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** `1 row has`, `12 rows have` */
export function rowsHave(count: number): string {
  return writeCounted(count, 'row has', 'rows have');
}
