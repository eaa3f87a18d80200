/** How many cells each row has, held against the header, and what is said of rows that differ. */
import type { DatasetIssue } from '../../../../../protocol/dataset';
import { writeCount } from '../../../../../protocol/words';
import { RowShape } from '../../../types';
import { cellCount } from './dialect';
import type { Rows } from '../../../row-places';

/** Lines that an issue names, for the marks beside them. */
export const LINES_NAMED = 100;

/** `[rows]` of `RowShape`, and at most one issue for rows that are too short and one for those too long. */
export function shapesOf(
  { records, firstCell, startLine, endLine }: Rows,
  width: number,
): { readonly shape: Uint8Array; readonly issues: readonly DatasetIssue[] } {
  const shape = new Uint8Array(records);
  const few = new Misfits();
  const many = new Misfits();
  for (let row = 0; row < records; row++) {
    const cells = cellCount(firstCell, row);
    if (cells === width) continue;
    shape[row] = cells < width ? RowShape.tooFew : RowShape.tooMany;
    (cells < width ? few : many).add(cells, startLine[row] as number, endLine[row] as number);
  }
  return { shape, issues: [...few.issue(width, true), ...many.issue(width, false)] };
}

class Misfits {
  count = 0;
  cells = 0;
  alike = true;
  endLine = 0;
  readonly lines: number[] = [];

  add(cells: number, line: number, endLine: number): void {
    if (this.count++ === 0) {
      this.cells = cells;
      this.endLine = endLine;
    }
    this.alike &&= cells === this.cells;
    if (this.lines.length < LINES_NAMED) this.lines.push(line);
  }

  issue(width: number, few: boolean): DatasetIssue[] {
    const { count, cells, alike, lines } = this;
    if (count === 0) return [];
    const rows = count === 1 ? 'This line has' : `${writeCount(count)} rows have`;
    const them = count === 1 ? 'it is' : 'they are';
    const number = alike ? String(cells) : few ? 'fewer' : 'more';
    const noun = alike && cells === 1 ? 'cell' : 'cells';
    const instead = alike ? `instead of ${width}` : `than ${width}`;
    const first = count === 1 ? '' : `, the first in line ${lines[0] ?? 0}`;
    return [
      {
        severity: 'warning',
        code: few ? 'too-few-cells' : 'too-many-cells',
        message: few
          ? `${rows} ${number} ${noun} ${instead}${first}: in training the rest count as missing, and ${them} not predicted.`
          : `${rows} ${number} ${noun} ${instead}${first}: ${them} neither learnt from nor predicted.`,
        advice: few
          ? 'Add the missing cells (they may be empty) or the separators between them.'
          : 'Put cells that contain the separator in quotes, or take the extra cells away.',
        line: lines[0],
        endLine: this.endLine,
        rows: count,
        lines,
      },
    ];
  }
}
