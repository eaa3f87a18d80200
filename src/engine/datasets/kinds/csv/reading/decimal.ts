/** The decimal sign of a file, where a column does not tell its own. */
import type { Separator } from '../../../../../protocol/reading';
import type { Rows } from '../../../row-places';

const PROBED_CELLS = 2000;
const LONGEST = 24;

/** By the cells that have digits on both sides of one comma or one point; where none has, as the separator suggests. */
export function decimalOf(bytes: Uint8Array, rows: Rows, separator: Separator): '.' | ',' {
  let commas = 0;
  let points = 0;
  const from = rows.firstCell[0] as number;
  const to = Math.min(rows.firstCell[rows.records] as number, from + PROBED_CELLS);
  for (let cell = from; cell < to; cell++) {
    const sign = signOf(bytes, rows.cellStart[cell] as number, rows.cellEnd[cell] as number);
    if (sign === COMMA) commas++;
    else if (sign === POINT) points++;
  }
  // Behind semicolons a comma may be meant in some columns; a point is read there, too.
  const comma = separator === ';' ? commas > 0 || points === 0 : commas > points;
  return comma ? ',' : '.';
}

const COMMA = 0x2c;
const POINT = 0x2e;

/** The only sign in a number that has one; -1 for anything else, also for three digits behind it, which may be thousands. */
function signOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONGEST) return -1;
  let sign = -1;
  let before = 0;
  let behind = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      if (sign < 0) before++;
      else behind++;
    } else if (byte === COMMA || byte === POINT) {
      if (sign >= 0 || before === 0) return -1;
      sign = byte;
    } else if (byte !== 0x20 && byte !== 0x2d && byte !== 0x2b) return -1;
  }
  return behind === 0 || behind === 3 ? -1 : sign;
}
