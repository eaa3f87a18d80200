/** The one figure that a model of classes is known by, beside what a guess without any learning reaches. */
import { type Headline, type Metrics, writeShare } from '../../../protocol';
import type { ClassTarget } from '../../datasets';
import { isLopsided } from '../../looks/lopsided';
import { rarestClass } from '../lopsided';

/**
 * Accuracy. Where nearly all rows are of one class, always naming it would be right nearly
 * always: then the average precision of the rarer of two classes, or the balanced accuracy of more.
 */
export function headlineOf(
  target: ClassTarget,
  labels: Int32Array,
  validation: Metrics,
): Headline | undefined {
  const rows = labelCounts(labels, target.classes.length);
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
        baseline: (rows[rare] as number) / labels.length,
        baselineLabel: 'by chance',
        reason: `${reason(target.counts, most, target.decode(most))} This figure says how well "${target.decode(rare)}" is found.`,
      };
    }
    if (balancedAccuracy !== undefined) {
      const classes = rows.filter((count) => count > 0).length + (known < labels.length ? 1 : 0);
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
  const baseline = (rows[most] as number) / labels.length;
  return { metric: 'accuracy', value: accuracy, baseline, baselineLabel: always };
}

function reason(counts: readonly number[], most: number, name: string): string {
  const share = (counts[most] as number) / counts.reduce((sum, count) => sum + count, 0);
  return `${writeShare(share)} of the rows are "${name}", so that always saying so would have a high accuracy.`;
}

/** `[classes]`: validation rows of each class; those of a class that the model does not know are in none. */
function labelCounts(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) if (label >= 0) counts[label] = (counts[label] as number) + 1;
  return counts;
}
