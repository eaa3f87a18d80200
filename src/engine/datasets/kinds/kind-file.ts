/** A file that is to be recognised: what is asked of it, and what it holds, decoded when a kind first wants to see it. */
import { extname } from 'node:path';
import { LabError } from '../../../protocol/errors';
import { decode } from '../decode';
import type { ReadTableOptions } from '../types';

const BEGINNING = 65_536;
const LF = 0x0a;

export class KindFile {
  /** Of the name, in lower case with its dot; empty without any. */
  readonly extension: string;
  #beginning: { readonly text: string | undefined } | undefined;
  #decoded: { readonly bytes: Uint8Array | undefined } | undefined;

  /** `wanted`: only kinds that hold it are asked. */
  constructor(
    readonly path: string,
    /** The bytes of the file, or an editor's text. */
    readonly source: Uint8Array | string,
    readonly options: ReadTableOptions = {},
    readonly wanted?: 'rows' | 'text',
  ) {
    this.extension = extname(path).toLowerCase();
  }

  /** The first thousands of characters; undefined for what is no text. */
  beginning(): string | undefined {
    this.#beginning ??= { text: this.#readBeginning() };
    return this.#beginning.text;
  }

  /** All of it in UTF-8; undefined for what is no text. */
  decoded(): Uint8Array | undefined {
    this.#decoded ??= { bytes: this.#decode(this.source) };
    return this.#decoded.bytes;
  }

  #readBeginning(): string | undefined {
    const { source } = this;
    if (typeof source === 'string') return source.slice(0, BEGINNING);
    const bytes = this.#decode(source.subarray(0, endOfBeginning(source)));
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  }

  #decode(source: Uint8Array | string): Uint8Array | undefined {
    try {
      return decode(source, this.path, this.options.encoding).bytes;
    } catch (thrown) {
      if (LabError.from(thrown).code !== 'dataset') throw thrown;
      return undefined;
    }
  }
}

/** Behind a whole line where there is one, so that no character is cut. */
function endOfBeginning(bytes: Uint8Array): number {
  if (bytes.length <= BEGINNING) return bytes.length;
  const wide = bytes.subarray(0, BEGINNING).includes(0);
  const end = wide ? 0 : bytes.lastIndexOf(LF, BEGINNING - 1) + 1;
  return end > 0 ? end : BEGINNING;
}
