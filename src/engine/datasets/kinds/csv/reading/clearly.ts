/** Whether a text is cut into columns so plainly that it is a table: prose never is. */
import type { Scan } from '../scanner';
import { kindAt } from './cell-at';
import { CellKind } from './cell-kind';
import type { ChosenReading } from './choose';
import { scanAs } from './dialect';
import { sampleOf } from './sample';

const FEWEST_RECORDS = 5;
/** From so many records on, a few may differ: a rule below the header, a remark at the end. */
const MANY_RECORDS = 10;
const LOOKED_AT = 200;
/** Characters that prose holds, too, but never as many in each line. */
const PROSE = [',', ';'];
const SELDOM_IN_PROSE = ['\t', '|', '\u0001', '::', '||'];

/** Shares of the cells that are numbers or dates, and that are empty. */
interface Cells {
  readonly numbers: number;
  readonly empty: number;
}

/**
 * Columns of numbers, in whatever way they are parted; three columns or more of the same commas in each line; tabs and bars;
 * or columns that begin at the same places in every line.
 */
export function isClearlyTable(bytes: Uint8Array, chosen: ChosenReading): boolean {
  const { columns, records, agreement, dialect } = chosen;
  if (columns < 2 || records < FEWEST_RECORDS || agreement < 0.9) return false;
  const { separator } = dialect;
  const even = agreement === 1;
  if (columns >= 3 && even && [...PROSE, ...SELDOM_IN_PROSE].includes(separator)) return true;
  const { numbers, empty } = cellsOf(bytes, chosen);
  if (empty >= 0.4) return false;
  if (numbers >= 0.5 && agreement >= 0.95) return records >= MANY_RECORDS || (even && numbers >= 0.75);
  if (records < MANY_RECORDS) return false;
  if (SELDOM_IN_PROSE.includes(separator)) return columns >= 3 || even;
  return separator === 'fixed' && columns >= 3 && even && numbers >= 0.2;
}

function cellsOf(bytes: Uint8Array, { dialect, start, lines }: ChosenReading): Cells {
  const { head } = sampleOf(bytes, start);
  const found: Scan = scanAs(head, dialect, start, lines);
  let numbers = 0;
  let empty = 0;
  const cells = found.firstCell[Math.min(found.records, LOOKED_AT)] as number;
  for (let cell = 0; cell < cells; cell++) {
    const kind = kindAt(head, found, cell);
    if (kind === CellKind.number || kind === CellKind.date) numbers++;
    else if (kind === CellKind.empty) empty++;
  }
  return { numbers: numbers / Math.max(1, cells), empty: empty / Math.max(1, cells) };
}
