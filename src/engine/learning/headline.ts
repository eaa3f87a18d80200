/** The one figure that a model of a table is known by, beside what a guess without any learning reaches. */
import { type Headline, type Metrics, writeShare } from '../../protocol';
import { isLopsided, rarestClass } from './lopsided';
import type { TableData } from './table-data';

/**
 * R² for numbers, accuracy for classes. Where nearly all rows are of one class, always naming it would be right nearly
 * always: then the average precision of the rarer of two classes, or the balanced accuracy of more.
 */
export function headlineOf(data: TableData, validation: Metrics): Headline | undefined {
  const { target } = data;
  if (target.answer === 'number') {
    const { r2 } = validation;
    return r2 === undefined
      ? undefined
      : { metric: 'r2', value: r2, baseline: 0, baselineLabel: 'always the mean' };
  }
  const rows = labelCounts(data, target.classes.length);
  const known = rows.reduce((sum, count) => sum + count, 0);
  const most = target.counts.indexOf(Math.max(...target.counts));
  const always = `always "${target.decode(most)}"`;
  if (isLopsided(target.counts)) {
    const { averagePrecision, balancedAccuracy } = validation;
    if (averagePrecision !== undefined) {
      const rare = rarestClass(target.counts);
      return {
        metric: 'averagePrecision',
        value: averagePrecision,
        baseline: (rows[rare] as number) / data.validation.rows.length,
        baselineLabel: 'by chance',
        reason: `${reason(target.counts, most, target.decode(most))} This figure says how well "${target.decode(rare)}" is found.`,
      };
    }
    if (balancedAccuracy !== undefined) {
      const classes =
        rows.filter((count) => count > 0).length + (known < data.validation.rows.length ? 1 : 0);
      return {
        metric: 'balancedAccuracy',
        value: balancedAccuracy,
        baseline: 1 / classes,
        baselineLabel: always,
        reason: `${reason(target.counts, most, target.decode(most))} In this figure every class counts the same.`,
      };
    }
  }
  const { accuracy } = validation;
  if (accuracy === undefined) return undefined;
  const baseline = (rows[most] as number) / data.validation.rows.length;
  return { metric: 'accuracy', value: accuracy, baseline, baselineLabel: always };
}

function reason(counts: readonly number[], most: number, name: string): string {
  const share = (counts[most] as number) / counts.reduce((sum, count) => sum + count, 0);
  return `${writeShare(share)} of the rows are "${name}", so that always saying so would have a high accuracy.`;
}

/** `[classes]`: validation rows of each class; those of a class that the model does not know are in none. */
function labelCounts({ validation }: TableData, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  if (validation.y.answer === 'name') {
    for (const label of validation.y.labels) if (label >= 0) counts[label] = (counts[label] as number) + 1;
  }
  return counts;
}
