/** Texts as they come, row after row, into the column that holds them best. */
import { LabError } from '../../../protocol/errors';
import type { StoredColumn } from './stored-column';
import { TextColumn } from './text-column';
import { type Codes, WordColumn } from './word-column';

/** More different words than this are texts. */
const MOST_WORDS = 65_536;
/** Rows before it is told by the share of different words. */
const FEW_ROWS = 10_000;
const WORD_SHARE = 0.5;
/** Offsets are 32 bits wide. */
const BYTE_LIMIT = 2 ** 32 - 1;
/** Bytes of UTF-8 that a character of a string may need. */
const LONGEST_CHARACTER = 3;

export class CollectedTexts {
  #rows = 0;
  #codes = new Uint32Array(1024);
  #codeOf: Map<string, number> | undefined = new Map();
  #ends = new Uint32Array(0);
  #bytes = Buffer.alloc(0);
  #at = 0;

  /** `name`, `path`: for messages. */
  constructor(
    private readonly name: string,
    private readonly path: string | undefined,
  ) {}

  get rows(): number {
    return this.#rows;
  }

  /** Empty for a missing value. LabError('dataset') where the column becomes too large. */
  add(text: string): void {
    const known = this.#codeOf;
    if (known === undefined) {
      this.#write(text);
      return;
    }
    let code = known.get(text);
    if (code === undefined) {
      if (known.size >= MOST_WORDS || (this.#rows >= FEW_ROWS && known.size > WORD_SHARE * this.#rows)) {
        this.#becomeTexts([...known.keys()]);
        this.#write(text);
        return;
      }
      code = known.size;
      known.set(text, code);
    }
    this.#addCode(code);
  }

  /** The same for the UTF-8 between two places of `bytes`, which need not become a string where it is kept as it is. */
  addBytes(bytes: Buffer, start: number, end: number): void {
    if (this.#codeOf !== undefined) {
      this.add(bytes.toString('utf8', start, end));
      return;
    }
    this.#makeRoom(end - start);
    bytes.copy(this.#bytes, this.#at, start, end);
    this.#at += end - start;
    this.#endRow();
  }

  /** Adds words of a list by their places in it, each looked up once; -1 for a missing value. */
  addCoded(words: readonly string[], places: ArrayLike<number>): void {
    const codes = new Int32Array(words.length).fill(-1);
    for (let at = 0; at < places.length; at++) {
      const place = places[at] as number;
      const code = codes[place] ?? -1;
      if (code >= 0 && this.#codeOf !== undefined) {
        this.#addCode(code);
        continue;
      }
      const word = place < 0 ? '' : (words[place] as string);
      this.add(word);
      if (place >= 0) codes[place] = this.#codeOf?.get(word) ?? -1;
    }
  }

  finish(): StoredColumn {
    const known = this.#codeOf;
    if (known === undefined)
      return new TextColumn(this.#bytes.subarray(0, this.#at), this.#ends.slice(0, this.#rows + 1));
    return new WordColumn([...known.keys()], narrow(this.#codes.subarray(0, this.#rows), known.size));
  }

  #addCode(code: number): void {
    if (this.#rows === this.#codes.length) this.#codes = grown(this.#codes, this.#rows + 1);
    this.#codes[this.#rows++] = code;
  }

  #becomeTexts(words: readonly string[]): void {
    const codes = this.#codes.subarray(0, this.#rows);
    this.#codeOf = undefined;
    this.#codes = new Uint32Array(0);
    this.#rows = 0;
    for (const code of codes) this.#write(words[code] as string);
  }

  #write(text: string): void {
    this.#makeRoom(LONGEST_CHARACTER * text.length);
    this.#at += this.#bytes.write(text, this.#at, 'utf8');
    this.#endRow();
  }

  #endRow(): void {
    if (this.#rows + 2 > this.#ends.length) this.#ends = grown(this.#ends, this.#rows + 2);
    this.#ends[++this.#rows] = this.#at;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    if (needed > BYTE_LIMIT) {
      throw new LabError('dataset', `The column "${this.name}" holds more than 4 GiB of text.`, {
        advice: 'Train on a sample of the rows, or without this column.',
        place: { path: this.path },
      });
    }
    const larger = Buffer.allocUnsafe(Math.min(BYTE_LIMIT, Math.max(needed, 2 * this.#bytes.length, 1024)));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** The column of these texts. */
export function textsColumn(texts: Iterable<string>, name: string, path: string | undefined): StoredColumn {
  const collected = new CollectedTexts(name, path);
  for (const text of texts) collected.add(text);
  return collected.finish();
}

/** Codes in as few bytes as `words` different ones need. */
export function narrow(codes: Uint32Array, words: number): Codes {
  if (words <= 256) return Uint8Array.from(codes);
  return words <= 65_536 ? Uint16Array.from(codes) : codes.slice();
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}
