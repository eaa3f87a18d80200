/** What columns of 64-bit floats have in common, whatever the floats stand for: NaN is a missing value. */
import { codeKeys, type CodedTexts } from '../coded-texts';
import type { RowHashes } from './stored-column';

export abstract class FloatColumn {
  readonly rows: number;

  /** `floats`: `[rows]`, kept as they are. */
  constructor(protected readonly floats: Float64Array) {
    this.rows = floats.length;
  }

  abstract text(row: number): string;

  get size(): number {
    return this.floats.byteLength;
  }

  maybePlaceholder(row: number): boolean {
    return Number.isNaN(this.floats[row]);
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
      (row) => this.floats[row] as number,
      (row) => this.text(row),
    );
  }

  hashInto(hashes: RowHashes): void {
    hashNumbers(this.floats, hashes);
  }

  protected picked(rows: readonly number[]): Float64Array {
    return Float64Array.from(rows, (row) => this.floats[row] as number);
  }
}

/** Mixes the bits of each number; -0 is 0, and every NaN the same. */
function hashNumbers(values: Float64Array, hashes: RowHashes): void {
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    number[0] = Number.isNaN(value) ? NaN : value + 0;
    hashes.add(row, words[0] as number);
    hashes.add(row, words[1] as number);
  }
}
