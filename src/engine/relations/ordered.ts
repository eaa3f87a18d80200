/** Numbers in their order: ranks, and bins that hold equally many of them, from one sorting. */
import type { Codes } from './contingency';

/** More bins tell more of a bent relation and need more rows to fill them: the cube root of the rows, within these. */
const FEWEST_BINS = 2;
const MOST_BINS = 16;

export class OrderedNumbers {
  /** How many are no NaN. */
  readonly present: number;
  /** The different values, ascending. */
  readonly #different: Float64Array;
  /** `[different + 1]`, how many numbers are smaller than each; the last: all. */
  readonly #before: Uint32Array;
  /** `[rows]`, index into the different values; -1 of NaN. */
  readonly #places: Int32Array;

  constructor(values: Float64Array) {
    const sorted = values.filter((value) => !Number.isNaN(value)).sort();
    this.present = sorted.length;
    const before = new Uint32Array(sorted.length + 1);
    let kinds = 0;
    for (let at = 0; at < sorted.length; at++) {
      if (at > 0 && sorted[at] === sorted[at - 1]) continue;
      before[kinds] = at;
      sorted[kinds++] = sorted[at] as number;
    }
    before[kinds] = this.present;
    this.#different = sorted.subarray(0, kinds);
    this.#before = before;
    this.#places = new Int32Array(values.length);
    for (let row = 0; row < values.length; row++)
      this.#places[row] = placeIn(this.#different, values[row] as number);
  }

  /** `[rows]`, from 1, equal values sharing their mean rank; NaN stays. */
  ranks(): Float64Array {
    const ranks = new Float64Array(this.#places.length);
    for (let row = 0; row < ranks.length; row++) {
      const place = this.#places[row] as number;
      ranks[row] =
        place < 0 ? NaN : ((this.#before[place] as number) + 1 + (this.#before[place + 1] as number)) / 2;
    }
    return ranks;
  }

  /**
   * Bins that hold about equally many of the numbers, equal numbers in one bin; where a few values are all there is, each
   * has its own. NaN is in none.
   */
  bins(): Codes {
    const wanted = Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.round(Math.cbrt(this.present))));
    const kinds = this.#different.length;
    const binOf = new Int32Array(kinds);
    let bins = 0;
    if (kinds <= wanted) {
      for (; bins < kinds; bins++) binOf[bins] = bins;
    } else {
      bins = this.#fill(binOf, wanted);
    }
    const codes = this.#places.map((place) => (place < 0 ? -1 : (binOf[place] as number)));
    return { codes, kinds: bins };
  }

  /** A bin begins with the value that stands where an equal part of all numbers begins. */
  #fill(binOf: Int32Array, wanted: number): number {
    let bin = -1;
    let begun = 0;
    for (let kind = 0; kind < binOf.length; kind++) {
      const end = this.#before[kind + 1] as number;
      let begins = false;
      while (begun < wanted && Math.floor((begun * this.present) / wanted) < end) {
        begun++;
        begins = true;
      }
      if (begins) bin++;
      binOf[kind] = bin;
    }
    return bin + 1;
  }
}

/** Index of a value that is there; -1 of NaN. */
function placeIn(ascending: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
