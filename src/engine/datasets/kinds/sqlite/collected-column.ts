/** The values of a column as they come out of a database: numbers as long as there is nothing else, then texts. */
import { CollectedTexts } from '../../columns/collect-texts';
import { NumberColumn } from '../../columns/number-column';
import type { StoredColumn } from '../../columns/stored-column';
import type { ColumnChunk } from './thread';

export class CollectedColumn {
  /** Rows with each kind of value. */
  numbers = 0;
  texts = 0;
  binary = 0;
  /** Whole numbers that a number of 64 bits cannot hold exactly. */
  long = 0;
  /** The first row, from 1, with such a value; 0 for none. */
  readonly first = { text: 0, number: 0, binary: 0, long: 0 };
  #rows = 0;
  #values = new Float64Array(1024);
  #collected: CollectedTexts | undefined;

  /** `path`: for messages. */
  constructor(
    readonly name: string,
    private readonly path: string | undefined,
  ) {}

  add(chunk: ColumnChunk): void {
    if (chunk instanceof Float64Array) this.#addNumbers(chunk);
    else for (const value of chunk) this.#addValue(value);
  }

  finish(): StoredColumn {
    return this.#collected?.finish() ?? new NumberColumn(this.#values.slice(0, this.#rows));
  }

  #addNumbers(numbers: Float64Array): void {
    for (const value of numbers) {
      if (!Number.isNaN(value)) this.#count('numbers', 'number');
      this.#addNumber(value);
    }
  }

  #addValue(value: number | bigint | string | null | true): void {
    if (typeof value === 'number') {
      this.#count('numbers', 'number');
      this.#addNumber(value);
    } else if (typeof value === 'string') {
      // An empty text is how a missing value comes in from a file.
      if (value.trim() !== '') this.#count('texts', 'text');
      this.#addText(value);
    } else if (typeof value === 'bigint') {
      this.#count('long', 'long');
      this.#addText(String(value));
    } else {
      if (value === true) this.#count('binary', 'binary');
      this.#addNumber(NaN);
    }
  }

  #addNumber(value: number): void {
    if (this.#collected !== undefined) {
      this.#addText(Number.isNaN(value) ? '' : String(value));
      return;
    }
    if (this.#rows === this.#values.length) {
      const larger = new Float64Array(2 * this.#rows);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#rows++] = value;
  }

  #addText(text: string): void {
    this.#collected ??= this.#becomeTexts();
    this.#collected.add(text);
    this.#rows++;
  }

  #becomeTexts(): CollectedTexts {
    const collected = new CollectedTexts(this.name, this.path);
    for (const value of this.#values.subarray(0, this.#rows)) {
      collected.add(Number.isNaN(value) ? '' : String(value));
    }
    this.#values = new Float64Array(0);
    return collected;
  }

  #count(what: 'numbers' | 'texts' | 'binary' | 'long', first: keyof CollectedColumn['first']): void {
    this[what]++;
    if (this.first[first] === 0) this.first[first] = this.#rows + 1;
  }
}
