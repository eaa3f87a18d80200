/**
 * Fences far outside of which a number is no member of its column any more. Tukey's fences (1977, "Exploratory Data
 * Analysis") take the quartiles for a normal distribution; here each side has its own spread and its own weight of the
 * tail, on the scale on which the values lie evenly, so that prices and incomes are no outliers to themselves.
 */

export interface Fences {
  readonly low: number;
  readonly high: number;
}

/** Fewer values say nothing about where the others end. */
const FEWEST = 40;
/** Deviations of a normal distribution that the fences stand apart from the median. */
const DEVIATIONS = 7;
/** Distance of the upper quartile, and of the 97.5th percentile in quartiles, from the median of a normal distribution. */
const QUARTILE = 0.6745;
const NORMAL_TAIL = 2.906;

/** `sorted`: ascending, without NaN. Undefined where nothing can be said: few values, or half of them the same. */
export function fencesOf(sorted: Float64Array): Fences | undefined {
  if (sorted.length < FEWEST) return undefined;
  const straight = spreadOf(sorted, (value) => value);
  if (straight === undefined) return undefined;
  const isPositive = (sorted[0] as number) > 0;
  const bent = isPositive ? spreadOf(sorted, Math.log) : undefined;
  const own = { low: straight.low, high: straight.high };
  // Where logarithms lie more evenly, they decide above; below, what is far from the others by either scale is.
  if (bent === undefined || Math.abs(bent.skew) >= Math.abs(straight.skew)) return own;
  return { low: Math.exp(bent.low), high: Math.exp(bent.high) };
}

interface Spread extends Fences {
  /** From -1 (a long tail on the left) to 1, by the 10th and 90th percentiles (Hinkley 1975). */
  readonly skew: number;
}

function spreadOf(sorted: Float64Array, scale: (value: number) => number): Spread | undefined {
  const at = (share: number): number => scale(quantile(sorted, share));
  const median = at(0.5);
  const [q10, q25, q75, q90] = [at(0.1), at(0.25), at(0.75), at(0.9)];
  if (q75 <= q25 || q90 <= q10) return undefined;
  const smallest = (q75 - q25) / 4;
  const reach = (quartile: number, tail: number): number => {
    const near = Math.max(quartile, smallest);
    const weight = Math.max(1, tail / near / NORMAL_TAIL);
    return (DEVIATIONS / QUARTILE) * near * weight ** 2;
  };
  return {
    low: median - reach(median - q25, median - at(0.025)),
    high: median + reach(q75 - median, at(0.975) - median),
    skew: (q90 + q10 - 2 * median) / (q90 - q10),
  };
}

export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] as number;
}
