/** Words that come again: each different one once, and a code of which it is for every row. */
import { type CodedTexts, inOrder } from '../coded-texts';
import type { PlainNumbers } from '../plain-numbers';
import type { RowHashes, StoredColumn } from './stored-column';
import { TextColumn } from './text-column';

export type Codes = Uint8Array | Uint16Array | Uint32Array;

export class WordColumn implements StoredColumn {
  readonly rows: number;
  readonly #words: readonly string[];
  readonly #codes: Codes;
  readonly #column: TextColumn;
  readonly #numbers: PlainNumbers;
  readonly #maybePlaceholder: Uint8Array;

  /** `words`: different ones; the empty word stands for a missing value. `codes`: `[rows]` indices into them. */
  constructor(words: readonly string[], codes: Codes) {
    this.#words = words;
    this.#codes = codes;
    this.rows = codes.length;
    this.#column = TextColumn.of(words);
    this.#numbers = this.#column.numbers(1);
    this.#maybePlaceholder = Uint8Array.from(words, (_, word) => Number(this.#column.maybePlaceholder(word)));
  }

  get size(): number {
    return this.#codes.byteLength + this.#column.size;
  }

  text(row: number): string {
    return this.#words[this.#codes[row] as number] as string;
  }

  number(row: number): number {
    return this.#numbers.values[this.#codes[row] as number] as number;
  }

  numbers(stride: number): PlainNumbers {
    const words = this.#numbers;
    const values = new Float64Array(Math.ceil(this.rows / stride)).fill(NaN);
    let count = 0;
    for (let at = 0, row = 0; words.count > 0 && row < this.rows; at++, row += stride) {
      const value = this.number(row);
      values[at] = value;
      if (!Number.isNaN(value)) count++;
    }
    return { ...words, values, count };
  }

  maybePlaceholder(row: number): boolean {
    return this.#maybePlaceholder[this.#codes[row] as number] === 1;
  }

  maybeNumber(row: number): boolean {
    return this.#column.maybeNumber(this.#codes[row] as number);
  }

  isMissing(row: number): boolean {
    return this.#column.isMissing(this.#codes[row] as number);
  }

  coded(): CodedTexts | undefined {
    return inOrder(this.#words, this.#codes);
  }

  hashInto(hashes: RowHashes): void {
    const ones = new Int32Array(this.#words.length);
    const others = new Int32Array(this.#words.length);
    for (let word = 0; word < ones.length; word++)
      [ones[word], others[word]] = this.#column.hashOf(word) as [number, number];
    for (let row = 0; row < this.rows; row++) {
      const code = this.#codes[row] as number;
      hashes.add(row, ones[code] as number);
      hashes.add(row, others[code] as number);
    }
  }

  pick(rows: readonly number[]): WordColumn {
    const codes = rows.map((row) => this.#codes[row] as number);
    const used = [...new Set(codes)];
    const place = new Map(used.map((code, at) => [code, at]));
    const words = used.map((code) => this.#words[code] as string);
    return new WordColumn(
      words,
      Uint32Array.from(codes, (code) => place.get(code) as number),
    );
  }
}
