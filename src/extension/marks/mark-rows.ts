/** Reading `Marks`: rows by line and by verdict. No VS Code, no arithmetic on predictions. */
import { at } from '../../protocol/mark-words';
import { type Marks, Verdict } from '../../protocol/marks';
import type { MarkFilter } from '../../protocol/webview';

/** The row whose lines hold `line` (from 0), by binary search; -1 between rows and in the header. */
export function rowAtLine(marks: Marks, line: number): number {
  let low = 0;
  let high = marks.rows - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (at(marks.endLine, middle) < line) low = middle + 1;
    else if (at(marks.startLine, middle) > line) high = middle - 1;
    else return middle;
  }
  return -1;
}

/** The first row that ends at `line` or below. */
export function firstRowFrom(marks: Marks, line: number): number {
  let low = 0;
  let high = marks.rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(marks.endLine, middle) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isPredicted(marks: Marks, row: number): boolean {
  return at(marks.hasPrediction, row) === 1;
}

export function passes(marks: Marks, row: number, filter: MarkFilter): boolean {
  if (filter === 'off') return false;
  if (filter === 'all') return true;
  return filter === 'errors' ? at(marks.verdict, row) === Verdict.wrong : at(marks.unsure, row) === 1;
}

interface RowCounts {
  readonly predicted: number;
  readonly wrong: number;
  readonly unsure: number;
}

/** Marks never change, and are counted at every movement of the cursor and every scroll: once for each is enough. */
const counted = new WeakMap<Marks, RowCounts>();

/** Rows that have a prediction, rows that are wrong, and rows of which the model is unsure. */
export function countRows(marks: Marks): RowCounts {
  const known = counted.get(marks);
  if (known) return known;
  const counts = { predicted: 0, wrong: 0, unsure: 0 };
  for (let row = 0; row < marks.rows; row++) {
    if (isPredicted(marks, row)) counts.predicted++;
    if (at(marks.verdict, row) === Verdict.wrong) counts.wrong++;
    if (at(marks.unsure, row) === 1) counts.unsure++;
  }
  counted.set(marks, counts);
  return counts;
}

/**
 * The next wrong row below `line` in the file's order, from the top again after the last; -1 when there is none. Of
 * numbers these are the rows whose label lies outside their interval: whoever walks through a file goes downwards,
 * as VS Code's own "Go to Next Problem" does.
 */
export function nextWrongRow(marks: Marks, line: number): number {
  const first = firstRowFrom(marks, line + 1);
  for (let step = 0; step < marks.rows; step++) {
    const row = (first + step) % marks.rows;
    if (at(marks.verdict, row) === Verdict.wrong && at(marks.startLine, row) !== line) return row;
  }
  return -1;
}
