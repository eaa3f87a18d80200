/** Marks in words: what stands behind the header. What stands beside a row is in `protocol/mark-words.ts`. */
import type { Marks } from '../../protocol/marks';
import { writeCount, writeCounted, writeFigure, writeMissed } from '../../protocol/words';
import { shorten } from '../../protocol/class-names';
import { nameLimit } from '../../protocol/mark-words';
import { tasks } from '../../protocol/tasks';
import { countRows } from './mark-rows';

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
