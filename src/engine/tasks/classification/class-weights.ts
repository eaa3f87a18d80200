/** How much the rows of each class count in the loss. */

/**
 * `[classes]`: how much a row of each class counts, the mean over all rows being 1. Balanced weights are the inverse
 * frequencies; `auto` uses their square roots (a compromise between the rare class and the whole) and only where one
 * class has ten times the rows of another.
 */
export function classWeightsOf(wish: 'auto' | 'balanced' | 'none', counts: readonly number[]): Float64Array {
  const weights = new Float64Array(counts.length).fill(1);
  const present = counts.filter((count) => count > 0);
  const unbalanced = Math.max(...present) >= 10 * Math.min(...present);
  if (wish === 'none' || (wish === 'auto' && !unbalanced)) return weights;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const power = wish === 'balanced' ? 1 : 0.5;
  counts.forEach((count, k) => {
    weights[k] = count === 0 ? 0 : (rows / (present.length * count)) ** power;
  });
  const mean = counts.reduce((sum, count, k) => sum + count * (weights[k] as number), 0) / rows;
  return weights.map((weight) => weight / mean);
}
