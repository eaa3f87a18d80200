/** Texts whose lengths are written as differences, with or without what they share with the one before. */
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import type { ByteRuns } from './byte-runs';
import { Damaged } from './trouble';

/** Bytes of all texts of a page: what they share with each other could be told to make any number of them. */
const LARGEST_PAGE = 2 ** 30;

/** `DELTA_LENGTH_BYTE_ARRAY` */
export function deltaLengths(page: Uint8Array, start: number, count: number): ByteRuns {
  const reader = readerOf(page, start);
  const lengths = lengthsOf(reader, count);
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = start + reader.offset;
  for (let run = 0; run < count; run++) {
    starts[run] = at;
    at += lengths[run] as number;
    ends[run] = at;
  }
  if (at > page.length) throw new Damaged('texts that are cut off');
  return { bytes, starts, ends };
}

/** `DELTA_BYTE_ARRAY` */
export function deltaTexts(page: Uint8Array, start: number, count: number): ByteRuns {
  const reader = readerOf(page, start);
  const shared = lengthsOf(reader, count);
  const own = deltaLengths(page, start + reader.offset, count);
  let size = 0;
  for (let run = 0; run < count; run++)
    size += (shared[run] as number) + (own.ends[run] as number) - (own.starts[run] as number);
  if (size > LARGEST_PAGE) throw new Damaged(`${size} bytes of texts`);
  const bytes = Buffer.allocUnsafe(size);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = 0;
  for (let run = 0; run < count; run++) {
    const before = run === 0 ? 0 : (starts[run - 1] as number);
    const length = shared[run] as number;
    if (before + length > at) throw new Damaged('a text that shares more than there is');
    starts[run] = at;
    bytes.copy(bytes, at, before, before + length);
    own.bytes.copy(bytes, at + length, own.starts[run], own.ends[run]);
    at += length + (own.ends[run] as number) - (own.starts[run] as number);
    ends[run] = at;
  }
  return { bytes, starts, ends };
}

function readerOf(page: Uint8Array, start: number) {
  return { view: new DataView(page.buffer, page.byteOffset + start, page.length - start), offset: 0 };
}

function lengthsOf(reader: ReturnType<typeof readerOf>, count: number): Int32Array {
  const lengths = new Int32Array(count);
  deltaBinaryUnpack(reader, count, lengths);
  for (const length of lengths) if (length < 0) throw new Damaged('a text of no length');
  return lengths;
}
