/** Marks in words: what stands beside a row and behind the header. */
import type { Marks } from '../../protocol/marks';
import {
  partWords,
  writeConfidence,
  writeCount,
  writeCounted,
  writeFigure,
  writeMissed,
  writeNumber,
  writeResidual,
  writeValue,
} from '../../protocol/words';
import { shorten, shortenApart } from '../../protocol/class-names';
import { answerOf, tasks } from '../../protocol/tasks';
import { at, countRows, type Look, lookOf, partOf } from './mark-rows';

/** The sign tells what the colour tells: nobody needs to see colours. */
export const signs: Readonly<Record<Look, string>> = { right: '✓', wrong: '✗', unsure: '?', plain: '→' };

/** Characters of a class's name: behind a row, and where there is little room. */
const nameLimit = { full: 24, short: 16 } as const;
type Length = keyof typeof nameLimit;

/**
 * `✓ Adelie 99 % · training`, `? Gentoo 52 % · validation`, `? Adelie 99 % · outside · new`; of numbers
 * `✓ 18,200 (+1,340) · validation` with what the label has more, `→ 3,200 ± 410 · new` without a label. In short
 * `✓ Adelie 99 %`, `? Adelie 99 % outside`.
 */
export function describeRow(marks: Marks, row: number, length: Length = 'full'): string {
  const prediction = `${signs[lookOf(marks, row)]} ${predictionOf(marks, row, length)}`;
  const isOutside = at(marks.outside, row) === 1;
  if (length === 'short') return isOutside ? `${prediction} outside` : prediction;
  return [prediction, ...(isOutside ? ['outside'] : []), partWords[partOf(marks, row)].word].join(' · ');
}

function predictionOf(marks: Marks, row: number, length: Length): string {
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

/** `kind: accuracy 98.5 % on this file · 4 wrong · 6 unsure`, and in short `kind: accuracy 98.5 % on this file`. */
export function describeFile(marks: Marks): readonly [string, string] {
  const { predicted, wrong, unsure } = countRows(marks);
  const figures = (tasks.find(marks.task)?.marks?.figures ?? []).flatMap((metric) => {
    const value = marks.metrics?.[metric];
    return value === undefined ? [] : [writeFigure(metric, value)];
  });
  const parts = [
    ...figures.map((figure, index) => (index === 0 ? `${figure} on this file` : figure)),
    wrong === 0 ? '' : writeMissed(wrong, marks.task),
    unsure === 0 ? '' : `${writeCount(unsure)} unsure`,
  ].filter((part) => part !== '');
  const [first = `${writeCounted(predicted, 'row')} predicted`, ...others] = parts;
  const short = `${shorten(marks.target, nameLimit.full)}: ${first}`;
  return [[short, ...others].join(' · '), short];
}
