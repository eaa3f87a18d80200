/** Reading `Marks`: rows by line, rows in words. No VS Code, no arithmetic on predictions. */
import { type Marks, Part, Verdict } from '../../protocol/marks';
import { showControls } from '../../protocol/plain-text';
import type { MarkFilter } from '../../protocol/webview';
import { partWords, writeConfidence, writeMetric, writeNumber } from '../../protocol/words';

export type Look = 'right' | 'wrong' | 'unsure' | 'plain';

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
  return marks.task === 'classification'
    ? at(marks.classIndex, row) >= 0
    : !Number.isNaN(at(marks.value, row));
}

/** Wrong outranks unsure: a wrong row stays wrong however the model hesitated. */
export function lookOf(marks: Marks, row: number): Look {
  if (at(marks.verdict, row) === Verdict.wrong) return 'wrong';
  if (at(marks.unsure, row) === 1) return 'unsure';
  return at(marks.verdict, row) === Verdict.right ? 'right' : 'plain';
}

export function passes(marks: Marks, row: number, filter: MarkFilter): boolean {
  if (filter === 'off') return false;
  if (filter === 'all') return true;
  return filter === 'errors' ? at(marks.verdict, row) === Verdict.wrong : at(marks.unsure, row) === 1;
}

/** The sign tells what the colour tells: nobody needs to see colours. */
export const signs: Readonly<Record<Look, string>> = { right: '✓', wrong: '✗', unsure: '?', plain: '→' };

/** `✓ Adelie 99 % · training`, `✗ 3,200 ± 410 · new`, `? Gentoo 52 % · validation`. */
export function describeRow(marks: Marks, row: number): string {
  const sign = signs[lookOf(marks, row)];
  return `${sign} ${predictionOf(marks, row)} · ${partWords[partOf(marks, row)].word}`;
}

/** Where a row stood when the model was trained. */
export function partOf(marks: Marks, row: number): Part {
  const part = at(marks.part, row);
  if (part === Part.validation || part === Part.training) return part;
  return Part.fresh;
}

function predictionOf(marks: Marks, row: number): string {
  const confidence = at(marks.confidence, row);
  if (marks.task === 'regression') {
    const half = confidence > 0 ? ` ± ${writeNumber(confidence)}` : '';
    return `${writeNumber(at(marks.value, row))}${half}`;
  }
  const name = marks.classes[at(marks.classIndex, row)] ?? '';
  return `${shorten(name)} ${writeConfidence(confidence)}`;
}

/** Names of classes come from files and may be long or hold line breaks. */
export function shorten(name: string): string {
  const line = showControls(name.replace(/\s+/g, ' ').trim());
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** Rows that are wrong and rows of which the model is unsure. */
export function countRows(marks: Marks): { readonly wrong: number; readonly unsure: number } {
  let wrong = 0;
  let unsure = 0;
  for (let row = 0; row < marks.rows; row++) {
    if (at(marks.verdict, row) === Verdict.wrong) wrong++;
    if (at(marks.unsure, row) === 1) unsure++;
  }
  return { wrong, unsure };
}

/** The next wrong row below `line`, from the top again after the last; -1 when there is none. */
export function nextWrongRow(marks: Marks, line: number): number {
  const first = firstRowFrom(marks, line + 1);
  for (let step = 0; step < marks.rows; step++) {
    const row = (first + step) % marks.rows;
    if (at(marks.verdict, row) === Verdict.wrong && at(marks.startLine, row) !== line) return row;
  }
  return -1;
}

/** An element that is known to be there: the arrays of `Marks` have one entry per row. */
function at(values: Int32Array | Float32Array | Uint8Array, row: number): number {
  return values[row] ?? 0;
}

/** `accuracy 0.985 · 4 wrong · 6 unsure`, of the whole file. */
export function describeFile(marks: Marks): string {
  const { wrong, unsure } = countRows(marks);
  const { accuracy, rmse, r2 } = marks.metrics ?? {};
  const parts = [
    accuracy === undefined ? '' : `accuracy ${writeMetric('accuracy', accuracy)}`,
    r2 === undefined ? '' : `R² ${writeNumber(r2)}`,
    rmse === undefined ? '' : `RMSE ${writeNumber(rmse)}`,
    wrong === 0 ? '' : marks.task === 'regression' ? `${wrong} outside the interval` : `${wrong} wrong`,
    unsure === 0 ? '' : `${unsure} unsure`,
  ].filter((part) => part !== '');
  return `${shorten(marks.target)}: ${parts.length === 0 ? `${marks.rows} rows predicted` : parts.join(' · ')}`;
}
