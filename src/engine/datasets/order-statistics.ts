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

/** Fewer values are sorted. */
const FEW = 50_000;

/**
 * Puts into each of the `places` (rising) the value that stands there in order, smaller ones before it and larger ones
 * behind. Few values are put in order as a whole.
 */
export function arrange(
  values: Float64Array,
  places: readonly number[],
  from = 0,
  to = values.length,
): Float64Array {
  if (values.length < FEW) return values.sort();
  if (places.length === 0 || to - from < 2) return values;
  const middle = places.length >> 1;
  const place = places[middle] as number;
  select(values, place, from, to);
  arrange(values, places.slice(0, middle), from, place);
  return arrange(values, places.slice(middle + 1), place + 1, to);
}
