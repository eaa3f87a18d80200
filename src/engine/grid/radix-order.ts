/** Stable orders of numbers in linear time: by 16 bits at a time, the lowest first. */
import type { Slices } from './slices';

const DIGITS = 65_536;
const STRETCH = 65_536;

/**
 * The places `[keys]` in the order of their keys, `high` before `low`; equal keys stay in order. `[places]` each.
 */
export async function radixOrder(
  keys: { readonly low: Uint32Array; readonly high?: Uint32Array | undefined },
  slices: Slices,
): Promise<Uint32Array> {
  const { length } = keys.low;
  let order = Uint32Array.from({ length }, (_, place) => place);
  let other = new Uint32Array(length);
  for (const half of keys.high === undefined ? [keys.low] : [keys.low, keys.high]) {
    for (const shift of [0, 16]) {
      const starts = new Uint32Array(DIGITS + 1);
      await slices.stretches(length, STRETCH, (from, to) => {
        for (let place = from; place < to; place++) {
          const digit = ((half[place] as number) >>> shift) & 0xffff;
          starts[digit + 1] = (starts[digit + 1] as number) + 1;
        }
      });
      // All alike in these bits.
      if (starts.includes(length, 1)) continue;
      for (let digit = 0; digit < DIGITS; digit++) {
        starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
      }
      const from0 = order;
      const into = other;
      await slices.stretches(length, STRETCH, (from, to) => {
        for (let at = from; at < to; at++) {
          const place = from0[at] as number;
          const digit = ((half[place] as number) >>> shift) & 0xffff;
          const target = starts[digit] as number;
          into[target] = place;
          starts[digit] = target + 1;
        }
      });
      order = into;
      other = from0;
    }
  }
  return order;
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** Keys that are ordered as the numbers are (none of them NaN), or the other way round: the bits of the doubles, signs turned. */
export function keysOfNumbers(
  values: Float64Array,
  descending: boolean,
): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const turned = descending ? 0xffffffff : 0;
  for (let at = 0; at < values.length; at++) {
    // 0 and -0 are one.
    double[0] = (values[at] as number) + 0;
    const sign = (halves[1] as number) >>> 31;
    low[at] = (sign === 1 ? ~(halves[0] as number) : (halves[0] as number)) ^ turned;
    high[at] = (sign === 1 ? ~(halves[1] as number) : (halves[1] as number) ^ 0x80000000) ^ turned;
  }
  return { low, high };
}
