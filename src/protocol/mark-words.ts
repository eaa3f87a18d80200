/** What is said of a marked row, the same in the text editor and in the grid. */
import { shortenApart } from './class-names';
import { type Marks, Part, Verdict } from './marks';
import { answerOf } from './tasks';
import { partWords, writeConfidence, writeNumber, writeResidual, writeValue } from './words';

/** What is known of some rows, one entry for each. */
export type MarkedRows = Pick<
  Marks,
  | 'task'
  | 'classes'
  | 'years'
  | 'classIndex'
  | 'value'
  | 'confidence'
  | 'residual'
  | 'verdict'
  | 'unsure'
  | 'outside'
  | 'part'
>;

export type Look = 'right' | 'wrong' | 'unsure' | 'plain';

/** Wrong outranks unsure: a wrong row stays wrong however the model hesitated. */
export function lookOf(marks: Pick<MarkedRows, 'verdict' | 'unsure'>, row: number): Look {
  if (at(marks.verdict, row) === Verdict.wrong) return 'wrong';
  if (at(marks.unsure, row) === 1) return 'unsure';
  return at(marks.verdict, row) === Verdict.right ? 'right' : 'plain';
}

/** Where a row stood when the model was trained. */
export function partOf(marks: Pick<MarkedRows, 'part'>, row: number): Part {
  const part = at(marks.part, row);
  if (part === Part.validation || part === Part.training) return part;
  return Part.fresh;
}

/** The sign tells what the colour tells: nobody needs to see colours. */
export const signs: Readonly<Record<Look, string>> = { right: '✓', wrong: '✗', unsure: '?', plain: '→' };

/** Characters of a class's name: behind a row, and where there is little room. */
export const nameLimit = { full: 24, short: 16 } as const;
type Length = keyof typeof nameLimit;

/**
 * `✓ Adelie 99 % · training`, `? Gentoo 52 % · validation`, `? Adelie 99 % · outside · new`; of numbers
 * `✓ 18,200 (+1,340) · validation` with what the label has more, `→ 3,200 ± 410 · new` without a label. In short
 * `✓ Adelie 99 %`, `? Adelie 99 % outside`.
 */
export function describeRow(marks: MarkedRows, row: number, length: Length = 'full'): string {
  const prediction = `${signs[lookOf(marks, row)]} ${predictionOf(marks, row, length)}`;
  const isOutside = at(marks.outside, row) === 1;
  if (length === 'short') return isOutside ? `${prediction} outside` : prediction;
  return [prediction, ...(isOutside ? ['outside'] : []), partWords[partOf(marks, row)].word].join(' · ');
}

function predictionOf(marks: MarkedRows, row: number, length: Length): string {
  const confidence = at(marks.confidence, row);
  if (answerOf(marks.task) === 'number') {
    const value = writeValue(at(marks.value, row), marks.years === true);
    const residual = at(marks.residual, row);
    if (!Number.isNaN(residual)) return `${value} (${writeResidual(residual)})`;
    return confidence > 0 ? `${value} ± ${writeNumber(confidence)}` : value;
  }
  const name = namesOf(marks.classes, nameLimit[length])[at(marks.classIndex, row)] ?? '';
  return `${name} ${writeConfidence(confidence)}`;
}

const shortened = new WeakMap<readonly string[], Map<number, readonly string[]>>();

/** Every answer of the engine has the same classes; they are made short once for each. */
export function namesOf(classes: readonly string[], limit: number): readonly string[] {
  const known = shortened.get(classes) ?? new Map<number, readonly string[]>();
  shortened.set(classes, known);
  const names = known.get(limit) ?? shortenApart(classes, limit);
  known.set(limit, names);
  return names;
}

/** An element that is known to be there: the arrays of `Marks` have one entry per row. */
export function at(values: Int32Array | Float32Array | Uint8Array, row: number): number {
  return values[row] ?? 0;
}
