/** Values by their place in order, without sorting all. */

/**
 * The `place`-th smallest (from 0) of `values[from, to)`, which is put in order so far that smaller ones stand before
 * it and larger ones behind (Hoare's selection, median of three).
 */
export function select(values: Float64Array, place: number, from = 0, to = values.length): number {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const pivot = medianOfThree(
      values[low] as number,
      values[(low + high) >>> 1] as number,
      values[high] as number,
    );
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const kept = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = kept;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return values[place] as number;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

export interface Quantiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The median (the mean of both middle values where their number is even), and the values at 1 and 99 per cent. Reorders. */
export function quantilesOf(values: Float64Array): Quantiles {
  const { length } = values;
  const upper = select(values, length >> 1);
  let lower = upper;
  if (length % 2 === 0) {
    lower = values[0] as number;
    for (let at = 1; at < length >> 1; at++) lower = Math.max(lower, values[at] as number);
  }
  return {
    low: select(values, Math.floor(length / 100), 0, length >> 1),
    // Halves, since a sum of two doubles may be none.
    median: lower === upper ? upper : lower / 2 + upper / 2,
    high: select(values, length - 1 - Math.floor(length / 100), length >> 1),
  };
}
