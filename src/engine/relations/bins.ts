/** Numbers in the bins of a histogram. */
import type { Codes } from './contingency';

/** Each bin holds its lower edge, the last one both. What is outside of all is in none. */
export function binsOfEdges(values: Float64Array, edges: readonly number[]): Codes {
  const starts = Float64Array.from(edges);
  const kinds = starts.length - 1;
  const low = starts[0] ?? NaN;
  const high = starts[kinds] ?? NaN;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    codes[row] = value >= low && value <= high ? binOf(starts, kinds, value) : -1;
  }
  return { codes, kinds };
}

function binOf(starts: Float64Array, kinds: number, value: number): number {
  let low = 0;
  let high = kinds - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
