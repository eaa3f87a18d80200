/** Fewer points of the same shape. */

/** At most `most` indices out of `count`, evenly spread, first and last included. */
export function thinEvenly(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  if (most <= 0) return [];
  if (most === 1) return [count - 1];
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}
