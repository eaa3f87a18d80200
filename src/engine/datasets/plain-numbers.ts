/** A column read as plainly written numbers, in one pass that also keeps what only their writing tells. */
import type { CellPlaces } from './row-places';
import { parseNumber, POWERS, Written, writtenAs } from './values';

export interface PlainNumbers {
  /** NaN for what is no plainly written number. */
  readonly values: Float64Array;
  /** How many are numbers. */
  readonly count: number;
  /** Whether some are no whole numbers. */
  readonly fraction: boolean;
  /** Whether some are written as `007`; as `1.250`, whose sign may be for thousands; with a sign that cannot be. */
  readonly leadingZero: boolean;
  readonly grouped: boolean;
  readonly ungrouped: boolean;
  /** Known of a column that is typed: it holds nothing but numbers, infinities and missing values. */
  readonly only?: boolean | undefined;
}

/** Up to so many characters the digits fit into 31 bits. */
const SHORT = 9;

/** Every so many cells of the column; `comma`: a comma is a decimal point too. */
export function plainNumbers(
  bytes: Uint8Array,
  { records, firstCell, cellStart, cellEnd }: CellPlaces,
  column: number,
  stride: number,
  comma: boolean,
): PlainNumbers {
  const values = new Float64Array(Math.ceil(records / stride));
  const otherPoint = comma ? 0x2c : 0x2e;
  let count = 0;
  let fraction = false;
  let leadingZero = false;
  let grouped = false;
  let ungrouped = false;
  for (let index = 0, row = 0; row < records; index++, row += stride) {
    const cell = (firstCell[row] as number) + column;
    if (cell >= (firstCell[row + 1] as number)) {
      values[index] = NaN;
      continue;
    }
    const start = cellStart[cell] as number;
    const end = cellEnd[cell] as number;
    // Most cells: a few digits, perhaps a minus and a point.
    if (end - start <= SHORT) {
      const signed = start < end && bytes[start] === 0x2d ? 1 : 0;
      const from = start + signed;
      let at = from;
      let digits = 0;
      let point = -1;
      for (; at < end; at++) {
        const byte = bytes[at] as number;
        const digit = byte - 0x30;
        if (digit >= 0 && digit <= 9) digits = (Math.imul(digits, 10) + digit) | 0;
        else if (point < 0 && (byte === 0x2e || byte === otherPoint)) point = at;
        else break;
      }
      if (at === end && end - from > (point < 0 ? 0 : 1)) {
        count++;
        if (point < 0) {
          values[index] = signed === 0 ? digits : -digits;
          if (bytes[start] === 0x30 && end - start >= 3) leadingZero = true;
          continue;
        }
        const value = digits / (POWERS[end - point - 1] as number);
        values[index] = signed === 0 ? value : -value;
        fraction ||= value !== Math.floor(value);
        if (end - point === 4 && point > from && point - from <= 3 && bytes[from] !== 0x30) grouped = true;
        else ungrouped = true;
        continue;
      }
    }
    const value = parseNumber(bytes, start, end, comma);
    values[index] = value;
    if (Number.isNaN(value)) continue;
    count++;
    fraction ||= !Number.isInteger(value);
    const written = writtenAs(bytes, start, end);
    if (written === Written.leadingZero) leadingZero = true;
    else if (written === Written.grouped) grouped = true;
    else if (written === Written.ungrouped) ungrouped = true;
  }
  return { values, count, fraction, leadingZero, grouped, ungrouped };
}
