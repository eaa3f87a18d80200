/** A part of a table as a small design matrix, for models that only give an idea. */
import type { EncodedRows } from '../features';
import type { Design } from './ridge';

/** Features that keep a column of their own; all others share `SHARED`. */
const OWN = 160;
const SHARED = 64;

/** Evenly spaced positions, at most `most` of `rows`. */
export function sampled(rows: number, most: number): Uint32Array {
  const count = Math.min(rows, most);
  return Uint32Array.from({ length: count }, (_, index) => Math.floor((index * rows) / count));
}

/**
 * The rows at `positions`. Features beyond the first ones are added up with signs in shared columns (feature hashing,
 * Weinberger et al. 2009, https://arxiv.org/abs/0902.2206). `used` says which features are seen; all by default.
 */
export function quickDesign(
  x: EncodedRows,
  positions: Uint32Array,
  used: (feature: number) => boolean = () => true,
): Design {
  const place = new Int32Array(x.width).fill(-1);
  let own = 0;
  for (let feature = 0; feature < x.width; feature++) {
    if (!used(feature)) continue;
    place[feature] = own < OWN ? own++ : OWN + (Math.imul(feature, 2654435761) >>> 26);
  }
  const width = x.width <= OWN ? own : OWN + SHARED;
  const values = new Float64Array(positions.length * width);
  const row = new Float32Array(x.width);
  positions.forEach((position, r) => {
    x.gather([position], row);
    for (let feature = 0; feature < row.length; feature++) {
      const to = place[feature] as number;
      const value = row[feature] as number;
      if (value === 0 || to < 0) continue;
      const sign = to < OWN || Math.imul(feature, 2246822507) >>> 31 === 0 ? 1 : -1;
      values[r * width + to] = (values[r * width + to] as number) + sign * value;
    }
  });
  return { rows: positions.length, width, values };
}
