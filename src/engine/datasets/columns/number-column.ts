/** Numbers, NaN where one is missing. */
import { codeKeys, type CodedTexts } from '../coded-texts';
import type { PlainNumbers } from '../plain-numbers';
import type { RowHashes, StoredColumn } from './stored-column';

export class NumberColumn implements StoredColumn {
  readonly rows: number;
  readonly #values: Float64Array;
  readonly #single: boolean;

  /** `single`: the numbers were 32 bits wide, and are written with as many digits as those need. */
  constructor(values: Float64Array, options: { readonly single?: boolean } = {}) {
    this.#values = values;
    this.rows = values.length;
    this.#single = options.single === true;
  }

  get size(): number {
    return this.#values.byteLength;
  }

  text(row: number): string {
    const value = this.#values[row] as number;
    if (Number.isNaN(value)) return '';
    return this.#single ? shortest(value) : String(value);
  }

  number(row: number): number {
    const value = this.#values[row] as number;
    return Number.isFinite(value) ? value : NaN;
  }

  numbers(stride: number): PlainNumbers {
    const { rows } = this;
    const all = this.#values;
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

  maybePlaceholder(row: number): boolean {
    return Number.isNaN(this.#values[row]);
  }

  maybeNumber(row: number): boolean {
    return !this.maybePlaceholder(row);
  }

  isMissing(row: number): boolean {
    return this.maybePlaceholder(row);
  }

  coded(): CodedTexts | undefined {
    return codeKeys(
      this.rows,
      (row) => this.#values[row] as number,
      (row) => this.text(row),
    );
  }

  hashInto(hashes: RowHashes): void {
    hashNumbers(this.#values, hashes);
  }

  pick(rows: readonly number[]): NumberColumn {
    const values = Float64Array.from(rows, (row) => this.#values[row] as number);
    return new NumberColumn(values, { single: this.#single });
  }
}

/** Mixes the bits of each number; -0 is 0, and every NaN the same. */
export function hashNumbers(values: Float64Array, hashes: RowHashes): void {
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    number[0] = Number.isNaN(value) ? NaN : value + 0;
    hashes.add(row, words[0] as number);
    hashes.add(row, words[1] as number);
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
