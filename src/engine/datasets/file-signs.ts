/** What points and commas mean in a file, by the columns that leave no doubt. */
import type { CellSource } from './cell-source';
import { type FileSigns, SignCounts } from './number-format';
import { dissect } from './number-text';
import { placeholderOf } from './placeholders';

/** Cells of each other column that are looked at for the signs of the file, and columns. */
const SIGN_CELLS = 200;
const SIGN_COLUMNS = 100;

/** `overruled`: the file's decimal sign was asked for against what the file suggests. */
export function fileSigns(source: CellSource, overruled: boolean): FileSigns {
  const { rows, columns, decimal } = source;
  const sure = { decimal: new Set<string>(), thousands: new Set<string>() };
  const stride = Math.max(1, Math.floor(rows / SIGN_CELLS));
  const width = Math.min(columns.length, SIGN_COLUMNS);
  for (let at = 0; at < width; at++) {
    const counts = new SignCounts();
    let numbers = 0;
    let others = 0;
    for (let row = 0; row < rows; row += stride) {
      if (!source.has(row, at)) continue;
      const text = source.text(row, at);
      if (placeholderOf(text) !== undefined) continue;
      const number = dissect(text);
      if (number === undefined) others++;
      else {
        numbers++;
        counts.add(number);
      }
    }
    if (numbers < others) continue;
    const { decimal: points, thousands } = counts.sure();
    points.forEach((sign) => sure.decimal.add(sign));
    thousands.forEach((sign) => sure.thousands.add(sign));
  }
  if (overruled) {
    sure.thousands.delete(decimal);
    sure.decimal.clear();
    sure.decimal.add(decimal);
  }
  return { ...sure, usual: decimal };
}
