/** Numbers, NaN where one is missing. */
import type { PlainNumbers } from '../plain-numbers';
import { FloatColumn } from './float-column';
import type { StoredColumn } from './stored-column';

export class NumberColumn extends FloatColumn implements StoredColumn {
  readonly #single: boolean;

  /** `single`: the numbers were 32 bits wide, and are written with as many digits as those need. */
  constructor(values: Float64Array, options: { readonly single?: boolean } = {}) {
    super(values);
    this.#single = options.single === true;
  }

  text(row: number): string {
    const value = this.floats[row] as number;
    if (Number.isNaN(value)) return '';
    return this.#single ? shortest(value) : String(value);
  }

  number(row: number): number {
    const value = this.floats[row] as number;
    return Number.isFinite(value) ? value : NaN;
  }

  numbers(stride: number): PlainNumbers {
    const { rows } = this;
    const all = this.floats;
    let count = 0;
    let fraction = false;
    let infinite = false;
    for (let row = 0; row < rows; row += stride) {
      const value = all[row] as number;
      if (value - value === 0) {
        count++;
        if (value !== Math.floor(value)) fraction = true;
      } else if (!Number.isNaN(value)) infinite = true;
    }
    const handedOn = stride === 1 && !infinite;
    const values = handedOn
      ? all
      : Float64Array.from({ length: Math.ceil(rows / stride) }, (_, at) => this.number(at * stride));
    // A number is no text whose zeros or points could mean something else.
    return { values, count, fraction, leadingZero: false, grouped: false, ungrouped: true, only: true };
  }

  pick(rows: readonly number[]): NumberColumn {
    return new NumberColumn(this.picked(rows), { single: this.#single });
  }
}

/** The shortest decimal that is read back as the same number of 32 bits. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const written = Number(value.toPrecision(digits));
    if (Math.fround(written) === value) return String(written);
  }
  return String(Number(value.toPrecision(9)));
}
