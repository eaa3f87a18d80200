/** Texts and other values of any length in the bytes of a page. */
import { Damaged } from './trouble';

export interface ByteRuns {
  readonly bytes: Buffer;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** `count` of them from `start` on, each with its length before it. */
export function byteRuns(page: Uint8Array, start: number, count: number): ByteRuns {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = start;
  for (let run = 0; run < count; run++) {
    if (at + 4 > bytes.length) throw new Damaged('a text that is cut off');
    const length = bytes.readUInt32LE(at);
    starts[run] = at + 4;
    at += 4 + length;
    if (at > bytes.length) throw new Damaged('a text that is cut off');
    ends[run] = at;
  }
  return { bytes, starts, ends };
}
