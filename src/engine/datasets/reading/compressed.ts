/** Blocks of columns as they were before they were compressed; none becomes larger than it says that it is. */
import * as zlib from 'node:zlib';
import { decompress as zstdInto } from 'fzstd';

type Bounded = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

/** Newer versions of Node know Zstandard themselves. */
const native = (zlib as { readonly zstdDecompressSync?: Bounded }).zstdDecompressSync;

/** Zstandard. Throws for what is none, or more than `size` bytes. */
export function zstd(bytes: Uint8Array, size: number): Uint8Array {
  return native?.(bytes, { maxOutputLength: size }) ?? zstdInto(bytes, new Uint8Array(size));
}

const LZ4_MAGIC = 0x184d2204;
/** In the byte behind the signature: sums behind blocks, the size of all, the number of a dictionary. */
const BLOCK_SUMS = 0x10;
const CONTENT_SIZE = 0x08;
const DICTIONARY = 0x01;

/** LZ4 in frames, whose blocks may look back into those before them. Throws for what is none. */
export function lz4Frame(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== LZ4_MAGIC) throw new RangeError('no LZ4 frame');
  const flags = view.getUint8(4);
  let at = 7 + ((flags & CONTENT_SIZE) === 0 ? 0 : 8) + ((flags & DICTIONARY) === 0 ? 0 : 4);
  const out = new Uint8Array(size);
  let filled = 0;
  for (;;) {
    const length = view.getUint32(at, true);
    at += 4;
    if (length === 0) break;
    const end = at + (length & 0x7fffffff);
    if (end > bytes.length) throw new RangeError('an LZ4 block that is cut off');
    if (length >>> 31 === 1) {
      out.set(bytes.subarray(at, end), filled);
      filled += end - at;
    } else filled = lz4Block(bytes, at, end, out, filled);
    at = end + ((flags & BLOCK_SUMS) === 0 ? 0 : 4);
  }
  return filled === size ? out : out.subarray(0, filled);
}

/** Returns how far `out` is filled. */
function lz4Block(bytes: Uint8Array, start: number, end: number, out: Uint8Array, filled: number): number {
  let at = start;
  let to = filled;
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255;) {
      if (at >= end) throw new RangeError('an LZ4 length that is cut off');
      more = bytes[at++] as number;
      length += more;
    }
    return length;
  };
  while (at < end) {
    const token = bytes[at++] as number;
    const literals = lengthFrom(token >>> 4);
    if (at + literals > end || to + literals > out.length) throw new RangeError('LZ4 bytes beyond the end');
    out.set(bytes.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= end) break;
    const back = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    at += 2;
    const length = lengthFrom(token & 15) + 4;
    if (back === 0 || back > to || to + length > out.length) throw new RangeError('LZ4 bytes beyond the end');
    // The copy may run into what it has just written.
    for (let copied = 0; copied < length; copied++, to++) out[to] = out[to - back] as number;
  }
  return to;
}
