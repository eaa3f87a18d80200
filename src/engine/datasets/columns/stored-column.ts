/** A column whose values are kept as what they are, not as places in a text. */
import type { CodedTexts } from '../coded-texts';
import type { PlainNumbers } from '../plain-numbers';

export interface StoredColumn {
  readonly rows: number;
  /** Bytes that the values take. */
  readonly size: number;
  /** As the cell would be written in a text; empty for a missing value. */
  text(row: number): string;
  /** The value where it is a number or written like one, else NaN. */
  number(row: number): number;
  /** `[rows / stride]` */
  numbers(stride: number): PlainNumbers;
  /** Whether the value is missing or could be a placeholder. */
  maybePlaceholder(row: number): boolean;
  /** Whether the value could be a number in any dress. */
  maybeNumber(row: number): boolean;
  /** Whether the value is missing, by the short list of before there were readings. */
  isMissing(row: number): boolean;
  /** Days since 1970 of the value's second; undefined where the column holds no dates. */
  readonly day?: ((row: number) => number) | undefined;
  /** The different texts of the column; undefined where they are many. */
  coded(): CodedTexts | undefined;
  /** Mixes the value of every row into its hash: equal values, however they are kept, in equal ways. */
  hashInto(hashes: RowHashes): void;
  pick(rows: readonly number[]): StoredColumn;
}

/** Running hashes of rows, two times 32 bits each (MurmurHash3's mix, each half with other constants). */
export class RowHashes {
  readonly high: Int32Array;
  readonly low: Int32Array;

  constructor(rows: number) {
    this.high = new Int32Array(rows).fill(0xdeadbeef);
    this.low = new Int32Array(rows).fill(0x41c6ce57);
  }

  /** Adds 32 bits of a value to the hash of a row. */
  add(row: number, word: number): void {
    let one = Math.imul(word, 0xcc9e2d51);
    one = Math.imul((one << 15) | (one >>> 17), 0x1b873593) ^ (this.high[row] as number);
    this.high[row] = (Math.imul((one << 13) | (one >>> 19), 5) + 0xe6546b64) | 0;
    let other = Math.imul(word ^ 0x5bd1e995, 0x239b961b);
    other = Math.imul((other << 16) | (other >>> 16), 0xab0e9789) ^ (this.low[row] as number);
    this.low[row] = (Math.imul((other << 15) | (other >>> 17), 5) + 0x561ccd1b) | 0;
  }
}
