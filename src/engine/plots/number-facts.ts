/** What is counted of numbers and days before they are drawn. */
import { MOST_DISTINCT } from './column-values';
import { HashIndex } from './hash-index';
import { quantilesOf } from './order-statistics';

/** Whole numbers within a range of so many are counted one by one. */
const COUNTED_RANGE = 65_536;

export interface NumberFacts {
  readonly rows: number;
  readonly missing: number;
  readonly distinct: number;
  readonly distinctCapped: boolean;
  /** The following are NaN where every value is missing. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly median: number;
  /** Of a sample (divided by one less than the values); 0 for a single value. */
  readonly deviation: number;
  /** At 1 and 99 per cent. */
  readonly low: number;
  readonly high: number;
  /** All values are whole. */
  readonly whole: boolean;
}

/** Of all rows, or only of the given ones. */
export function numberFacts(values: Float64Array, rows?: Uint32Array): NumberFacts {
  const present = presentOf(values, rows);
  const total = rows?.length ?? values.length;
  const { length } = present;
  let min = NaN;
  let max = NaN;
  let sum = 0;
  let whole = true;
  for (let at = 0; at < length; at++) {
    const value = present[at] as number;
    sum += value;
    if (!(value >= min)) min = value;
    if (!(value <= max)) max = value;
    if (whole && !Number.isInteger(value)) whole = false;
  }
  const mean = Number.isFinite(sum) ? sum / length : meanOfLarge(present);
  let squares = 0;
  for (let at = 0; at < length; at++) squares += ((present[at] as number) - mean) ** 2;
  const different = countDifferent(present, whole, min, max);
  const quantiles = length === 0 ? { low: NaN, median: NaN, high: NaN } : quantilesOf(present);
  return {
    rows: total,
    missing: total - length,
    ...different,
    min,
    max,
    mean,
    deviation: length === 0 ? NaN : length === 1 ? 0 : Math.sqrt(squares / (length - 1)),
    ...quantiles,
    whole,
  };
}

function presentOf(values: Float64Array, rows: Uint32Array | undefined): Float64Array {
  const total = rows?.length ?? values.length;
  const present = new Float64Array(total);
  let count = 0;
  for (let at = 0; at < total; at++) {
    const value = values[rows === undefined ? at : (rows[at] as number)] as number;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

/** Where the sum is too large for a double. */
function meanOfLarge(values: Float64Array): number {
  return values.reduce((mean, value) => mean + value / values.length, 0);
}

function countDifferent(
  values: Float64Array,
  whole: boolean,
  min: number,
  max: number,
): Pick<NumberFacts, 'distinct' | 'distinctCapped'> {
  if (whole && max - min < COUNTED_RANGE) {
    const seen = new Uint8Array(max - min + 1);
    let distinct = 0;
    for (const value of values) {
      if (seen[value - min] === 0) distinct++;
      seen[value - min] = 1;
    }
    return { distinct, distinctCapped: false };
  }
  const seen = new HashIndex();
  for (const value of values) {
    seen.add(value);
    if (seen.size > MOST_DISTINCT) return { distinct: MOST_DISTINCT, distinctCapped: true };
  }
  return { distinct: seen.size, distinctCapped: false };
}
