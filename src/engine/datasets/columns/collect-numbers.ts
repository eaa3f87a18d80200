/** Numbers as they come, row after row, into one array. */
export class CollectedNumbers {
  #values: Float64Array;
  #rows = 0;

  /** `expected`: rows that are likely to come; more are taken as well. */
  constructor(expected: number) {
    this.#values = new Float64Array(Math.max(1, expected));
  }

  get rows(): number {
    return this.#rows;
  }

  add(value: number): void {
    this.room(1)[this.#rows++] = value;
  }

  /** The array with place for so many more rows behind `rows`; `filled` says how many of them were written. */
  room(more: number): Float64Array {
    const needed = this.#rows + more;
    if (needed > this.#values.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.#values.length));
      larger.set(this.#values.subarray(0, this.#rows));
      this.#values = larger;
    }
    return this.#values;
  }

  filled(rows: number): void {
    this.#rows += rows;
  }

  finish(): Float64Array {
    const { length } = this.#values;
    return this.#rows === length ? this.#values : this.#values.slice(0, this.#rows);
  }
}
