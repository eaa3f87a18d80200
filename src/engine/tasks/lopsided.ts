/**
 * Measures for tables nearly all of whose rows are of one class. There accuracy is high for a model that has learnt
 * nothing; these two are not. Definitions as in scikit-learn (`average_precision_score`, `balanced_accuracy_score`).
 */

/** The class of the fewest rows, whose average precision is measured. */
export function rarestClass(counts: readonly number[]): number {
  return counts.indexOf(Math.min(...counts));
}

/**
 * Mean over the classes that occur of the share of their rows that are right. `right`, `actual`: `[classes]`;
 * `unknown`: rows of a class that the model does not know, which count as one more class without a right row.
 */
export function balancedAccuracy(
  right: Uint32Array,
  actual: Uint32Array,
  unknown: number,
): { balancedAccuracy?: number } {
  let sum = 0;
  let classes = unknown > 0 ? 1 : 0;
  actual.forEach((rows, k) => {
    if (rows === 0) return;
    classes++;
    sum += (right[k] as number) / rows;
  });
  return classes === 0 ? {} : { balancedAccuracy: sum / classes };
}

/**
 * Of the rarer of two classes: with the rows in the order of its probability, the sum over all thresholds of precision
 * times the recall that is gained there; rows of equal probability pass together. Nothing for more than two classes or
 * where the class does not occur. `logits` `[rows, 2]` flat, `labels` `[rows]`.
 */
export function averagePrecision(
  logits: Float32Array,
  labels: Int32Array,
  counts: readonly number[],
): { averagePrecision?: number } {
  if (counts.length !== 2) return {};
  const rare = rarestClass(counts);
  const scores = Float64Array.from(
    labels,
    (_, row) => (logits[2 * row + rare] as number) - (logits[2 * row + 1 - rare] as number),
  );
  const order = Uint32Array.from(labels.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  let found = 0;
  let foundBefore = 0;
  let sum = 0;
  order.forEach((row, position) => {
    if (labels[row] === rare) found++;
    const next = order[position + 1];
    if (next !== undefined && scores[next] === scores[row]) return;
    sum += ((found - foundBefore) * found) / (position + 1);
    foundBefore = found;
  });
  return found === 0 ? {} : { averagePrecision: sum / found };
}
