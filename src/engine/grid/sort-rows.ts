/** Rows in the order of a column. */
import type { NumberValues } from '../plots';
import { keysOfNumbers, radixOrder } from './radix-order';
import type { Slices } from './slices';
import { NO_RANK } from './text-order';

/** What rows are ordered by: numbers and days by their value, words by their ranks. */
export type SortKeys = Pick<NumberValues, 'values'> | { readonly ranks: Uint32Array };

/**
 * The given rows (in the order of the file) in the order of their keys: equal ones stay as they are, missing ones come
 * last in both directions.
 */
export async function sortRows(
  rows: Uint32Array,
  keys: SortKeys,
  descending: boolean,
  slices: Slices,
): Promise<Uint32Array> {
  const isMissing =
    'ranks' in keys
      ? (row: number) => keys.ranks[row] === NO_RANK
      : (row: number) => Number.isNaN(keys.values[row]);
  const present = rows.filter((row) => !isMissing(row));
  const turned = descending ? 0xffffffff : 0;
  const found =
    'ranks' in keys
      ? { low: present.map((row) => (keys.ranks[row] as number) ^ turned) }
      : keysOfNumbers(
          Float64Array.from(present, (row) => keys.values[row] as number),
          descending,
        );
  const order = await radixOrder(found, slices);
  const sorted = new Uint32Array(rows.length);
  order.forEach((place, at) => {
    sorted[at] = present[place] as number;
  });
  if (present.length < rows.length) sorted.set(rows.filter(isMissing), present.length);
  return sorted;
}
