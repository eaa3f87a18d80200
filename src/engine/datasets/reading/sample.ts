/** The parts of a file by which its reading is judged: its beginning, and stretches of its middle and end. */
const LF = 0x0a;
const CR = 0x0d;
const HEAD_BYTES = 16_384;
const STRETCH_BYTES = 4096;
/** The beginning holds so many lines at least, unless they are very long. */
const HEAD_LINES = 4;
const HEAD_LIMIT = 8 * 1024 * 1024;

export interface Sample {
  /** From the first byte on, whole lines. */
  readonly head: Uint8Array;
  /** Whole lines further down; none where the head is the whole file. */
  readonly stretches: readonly Uint8Array[];
}

export function sampleOf(bytes: Uint8Array): Sample {
  const head = bytes.subarray(0, endOfHead(bytes));
  if (bytes.length < head.length + 4 * STRETCH_BYTES) return { head, stretches: [] };
  const middle = stretch(bytes, (head.length + bytes.length) >>> 1);
  const end = stretch(bytes, bytes.length - STRETCH_BYTES);
  return { head, stretches: [middle, end].filter(({ length }) => length > 0) };
}

/** The first 16 KB or the first lines, whichever is longer, cut at a line's end. */
function endOfHead(bytes: Uint8Array): number {
  let end = Math.min(bytes.length, HEAD_BYTES);
  let lines = 0;
  const limit = Math.min(bytes.length, HEAD_LIMIT);
  for (let at = 0; at < limit && lines < HEAD_LINES; at++) {
    if (bytes[at] === LF || bytes[at] === CR) {
      lines++;
      end = Math.max(end, at + 1);
    }
  }
  if (lines < HEAD_LINES) end = limit;
  if (end < bytes.length) {
    const cut = Math.max(bytes.lastIndexOf(LF, end - 1), bytes.lastIndexOf(CR, end - 1));
    if (cut > 0) end = cut + 1;
  }
  return end;
}

/** Whole lines of some KB from the first line break behind `from` on. */
function stretch(bytes: Uint8Array, from: number): Uint8Array {
  const part = bytes.subarray(from, Math.min(bytes.length, from + STRETCH_BYTES));
  const first = part.findIndex((byte) => byte === LF || byte === CR);
  const last = Math.max(part.lastIndexOf(LF), part.lastIndexOf(CR));
  return first < 0 ? part.subarray(0, 0) : part.subarray(first + 1, last + 1);
}
