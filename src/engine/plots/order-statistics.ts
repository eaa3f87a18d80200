/** Values by their place in order, without sorting all. */

import { select } from '../datasets/order-statistics';

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
