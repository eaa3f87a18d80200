/** The decimal sign of a file, where a column does not tell its own. */
import type { Separator } from '../../../../../protocol/reading';
import { dissect } from '../../../number-text';
import { placeholderOf } from '../../../placeholders';
import type { Rows } from '../../../row-places';

const PROBED_CELLS = 2000;
const LONGEST = 40;
const decoder = new TextDecoder();

export interface DecimalSign {
  readonly sign: '.' | ',';
  /** Whether any column of numbers has a point or a comma, so that the sign matters. */
  readonly used: boolean;
}

/** Cells of one column, by what they are. */
interface ColumnSigns {
  numbers: number;
  others: number;
  commas: number;
  points: number;
  /** `1.250`: the sign may group thousands. */
  open: number;
}

/** By the numbers with digits on both sides of one comma or one point; where none has, as the separator suggests. */
export function decimalOf(bytes: Uint8Array, rows: Rows, separator: Separator): DecimalSign {
  let commas = 0;
  let points = 0;
  let open = 0;
  for (const column of columnSigns(bytes, rows)) {
    if (column.numbers < column.others) continue;
    commas += column.commas;
    points += column.points;
    open += column.open;
  }
  // Behind semicolons a comma may be meant in some columns; a point is read there, too.
  const comma = separator === ';' ? commas > 0 || points === 0 : commas > points;
  return { sign: comma ? ',' : '.', used: commas + points + open > 0 };
}

function columnSigns(bytes: Uint8Array, { records, firstCell, cellStart, cellEnd }: Rows): ColumnSigns[] {
  const columns: ColumnSigns[] = [];
  let probed = 0;
  for (let row = 0; row < records && probed < PROBED_CELLS; row++) {
    const first = firstCell[row] as number;
    const end = Math.min(firstCell[row + 1] as number, first + PROBED_CELLS - probed);
    probed += end - first;
    for (let cell = first; cell < end; cell++) {
      const column = (columns[cell - first] ??= { numbers: 0, others: 0, commas: 0, points: 0, open: 0 });
      const start = cellStart[cell] as number;
      const length = (cellEnd[cell] as number) - start;
      // What is longer is no number: it need not be decoded.
      if (length > LONGEST) column.others++;
      else if (length > 0) count(column, decoder.decode(bytes.subarray(start, start + length)));
    }
  }
  return columns;
}

function count(column: ColumnSigns, cell: string): void {
  if (placeholderOf(cell) !== undefined) return;
  const number = dissect(cell);
  if (number === undefined) {
    column.others++;
    return;
  }
  column.numbers++;
  const { digits } = number;
  const at = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const before = digits.slice(0, Math.max(at, 0));
  const behind = digits.slice(at + 1);
  // Twice the same sign groups thousands; of two signs the last one is the decimal sign.
  if (at < 0 || behind === '' || before.includes(digits.charAt(at))) return;
  if (/^\d+$/u.test(before) && behind.length === 3) column.open++;
  else if (digits.charAt(at) === ',') column.commas++;
  else column.points++;
}
