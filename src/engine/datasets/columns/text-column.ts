/** Texts one behind the other in UTF-8, each with the place where it ends; empty where one is missing. */
import { cellText } from '../cell-text';
import { codeCells, type CodedTexts } from '../coded-texts';
import { mayBePlaceholder, maybePlaceholders } from '../placeholders';
import { type PlainNumbers, plainNumbers } from '../plain-numbers';
import { isMissingBytes, mayBeNumber, parseNumber } from '../values';
import type { RowHashes, StoredColumn } from './stored-column';

const UNQUOTED = { quote: 'none', escape: 'doubled' } as const;

export class TextColumn implements StoredColumn {
  readonly rows: number;
  readonly #bytes: Uint8Array;
  readonly #ends: Uint32Array;

  /** `ends`: `[rows + 1]`, first 0, then where each text ends. */
  constructor(bytes: Uint8Array, ends: Uint32Array) {
    this.#bytes = bytes;
    this.#ends = ends;
    this.rows = ends.length - 1;
  }

  static of(texts: readonly string[]): TextColumn {
    const ends = new Uint32Array(texts.length + 1);
    texts.forEach((text, row) => (ends[row + 1] = (ends[row] as number) + Buffer.byteLength(text)));
    return new TextColumn(Buffer.from(texts.join('')), ends);
  }

  get size(): number {
    return this.#bytes.length;
  }

  text(row: number): string {
    return cellText(this.#bytes, this.#start(row), this.#end(row), UNQUOTED);
  }

  number(row: number): number {
    return parseNumber(this.#bytes, this.#start(row), this.#end(row), false);
  }

  numbers(stride: number): PlainNumbers {
    return plainNumbers(this.#bytes, this.#places(), 0, stride, false);
  }

  maybePlaceholder(row: number): boolean {
    return mayBePlaceholder(this.#bytes, this.#start(row), this.#end(row));
  }

  /** Of every so many rows those of which the same holds, counted in strides. */
  maybePlaceholders(stride: number): readonly number[] {
    return maybePlaceholders(this.#bytes, this.#places(), 0, stride);
  }

  maybeNumber(row: number): boolean {
    return mayBeNumber(this.#bytes, this.#start(row), this.#end(row));
  }

  isMissing(row: number): boolean {
    return isMissingBytes(this.#bytes, this.#start(row), this.#end(row));
  }

  coded(): CodedTexts | undefined {
    return codeCells(this.#bytes, this.#places(), 0, UNQUOTED);
  }

  hashInto(hashes: RowHashes): void {
    for (let row = 0; row < this.rows; row++) {
      const [one, other] = this.hashOf(row);
      hashes.add(row, one);
      hashes.add(row, other);
    }
  }

  /** Two hashes of 32 bits of the text's bytes (FNV-1a and a like one), so that two texts agree in both by no chance. */
  hashOf(row: number): readonly [number, number] {
    let one = 0x811c9dc5;
    let other = 0x9747b28c;
    for (let at = this.#start(row); at < this.#end(row); at++) {
      const byte = this.#bytes[at] as number;
      one = Math.imul(one ^ byte, 0x01000193);
      other = Math.imul(other ^ byte, 0x5bd1e995);
      other ^= other >>> 15;
    }
    return [one, other];
  }

  pick(rows: readonly number[]): TextColumn {
    const ends = new Uint32Array(rows.length + 1);
    rows.forEach((row, at) => (ends[at + 1] = (ends[at] as number) + this.#end(row) - this.#start(row)));
    const bytes = Buffer.allocUnsafe(ends[rows.length] as number);
    rows.forEach((row, at) => {
      bytes.set(this.#bytes.subarray(this.#start(row), this.#end(row)), ends[at]);
    });
    return new TextColumn(bytes, ends);
  }

  #start(row: number): number {
    return this.#ends[row] as number;
  }

  #end(row: number): number {
    return this.#ends[row + 1] as number;
  }

  #places() {
    return {
      records: this.rows,
      firstCell: Uint32Array.from({ length: this.rows + 1 }, (_, row) => row),
      cellStart: this.#ends.subarray(0, this.rows),
      cellEnd: this.#ends.subarray(1),
    };
  }
}
