/** From logits to the figures that people compare. Sums are in double precision. */
import type { Metrics } from '../../../protocol';
import { isLopsided } from '../../looks/lopsided';
import { averagePrecision, balancedAccuracy } from '../lopsided';

export interface ClassificationMeasure {
  readonly metrics: Metrics;
  /** `[classes]`: how often each class was predicted, and how often it is right. */
  readonly predicted: Uint32Array;
  readonly actual: Uint32Array;
}

/**
 * `logits` `[rows, classes]` flat, `labels` `[rows]`. F1 is that of the rarer class for two classes, else the mean. A
 * negative label is a class that the model does not know: it counts as wrong, and has no loss (its probability is 0,
 * the loss would be infinite). `counts` `[classes]`: training rows of each class; where nearly all are of one class,
 * accuracy says little, and balanced accuracy and average precision are measured, too.
 */
export function measureClassification(
  logits: Float32Array,
  labels: Int32Array,
  classes: number,
  counts: readonly number[] = [],
): ClassificationMeasure {
  const predicted = new Uint32Array(classes);
  const actual = new Uint32Array(classes);
  const right = new Uint32Array(classes);
  let loss = 0;
  let known = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    const label = labels[row] as number;
    let best = 0;
    for (let k = 1; k < classes; k++) if (at(logits, start + k) > at(logits, start + best)) best = k;
    increment(predicted, best);
    if (label < 0) continue;
    known++;
    const top = at(logits, start + best);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(at(logits, start + k) - top);
    loss += top + Math.log(sum) - at(logits, start + label);
    increment(actual, label);
    if (best === label) increment(right, label);
  }
  const scores: number[] = [];
  for (let k = 0; k < classes; k++) {
    const either = at(predicted, k) + at(actual, k);
    // A class that neither occurs nor is predicted says nothing.
    scores.push(either === 0 ? NaN : (2 * at(right, k)) / either);
  }
  const accuracy = right.reduce((total, count) => total + count, 0) / labels.length;
  const metrics: Metrics = {
    loss: known === 0 ? 0 : loss / known,
    accuracy,
    f1: joinScores(scores, actual),
    ...(isLopsided(counts)
      ? {
          ...balancedAccuracy(right, actual, labels.length - known),
          ...averagePrecision(logits, labels, counts),
        }
      : {}),
  };
  return {
    metrics,
    predicted,
    actual,
  };
}

function joinScores(scores: readonly number[], actual: Uint32Array): number {
  if (scores.length === 2) {
    const rarer = at(actual, 1) <= at(actual, 0) ? 1 : 0;
    return scores[rarer] || 0;
  }
  const known = scores.filter((score) => !Number.isNaN(score));
  return known.reduce((sum, score) => sum + score, 0) / Math.max(1, known.length);
}

function at(values: Float32Array | Uint32Array, index: number): number {
  return values[index] as number;
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}
