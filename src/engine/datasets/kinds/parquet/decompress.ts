/** Pages as they were before they were compressed. */
import * as zlib from 'node:zlib';
import { compressors } from 'hyparquet-compressors';
import { zstd } from '../../reading/compressed';
import { Damaged, Unsupported } from './trouble';

/** No writer makes larger pages; a claim of more is not believed. */
const LARGEST_PAGE = 2 ** 30;

type Decompress = (bytes: Uint8Array, size: number) => Uint8Array;
type Bounded = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

/** By Node's own library where it has them. */
const NATIVE: Readonly<Record<string, Decompress | undefined>> = {
  GZIP: bounded(zlib.gunzipSync),
  BROTLI: bounded(zlib.brotliDecompressSync),
  ZSTD: zstd,
};

function bounded(decompress: Bounded): Decompress {
  return (bytes, size) => decompress(bytes, { maxOutputLength: size });
}

/** `size`: what the page's header says it becomes. */
export function decompress(bytes: Uint8Array, codec: string, size: number): Uint8Array {
  if (!(size >= 0 && size <= LARGEST_PAGE)) throw new Damaged(`a page of ${size} bytes`);
  if (codec === 'UNCOMPRESSED') return bytes;
  if (size === 0) return new Uint8Array(0);
  const page = pageOf(bytes, codec, size);
  if (page.length !== size) throw new Damaged(`${page.length} bytes in a page of ${size}`);
  return page;
}

function pageOf(bytes: Uint8Array, codec: string, size: number): Uint8Array {
  const known = NATIVE[codec] ?? compressors[codec as keyof typeof compressors];
  if (known === undefined) throw new Unsupported(`the compression ${codec}`);
  return known(bytes, size);
}
