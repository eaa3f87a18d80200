/** The parts of a file by which its reading is judged: its beginning, and stretches of its middle and end. */

const LF = 0x0a;
const CR = 0x0d;
const HASH = 0x23;
const PERCENT = 0x25;
const EXCLAMATION = 0x21;
const HEAD_BYTES = 16_384;
const STRETCH_BYTES = 4096;
/** The beginning holds so many lines at least, unless they are very long. */
const HEAD_LINES = 4;
const HEAD_LIMIT = 8 * 1024 * 1024;

/** A byte that begins a line, and the number of the line, from 1. */
export interface LineStart {
  readonly at: number;
  readonly line: number;
}

export interface Sample {
  /**
   * The line that was asked for; else the last of the comments that fill the beginning of the file, or the file's
   * beginning where none do.
   */
  readonly preamble: LineStart;
  /** From the first byte on, whole lines. */
  readonly head: Uint8Array;
  /** Whole lines further down; none where the head is the whole file. */
  readonly stretches: readonly Uint8Array[];
}

export function sampleOf(bytes: Uint8Array, preamble: LineStart = lastOfPreamble(bytes)): Sample {
  const head = bytes.subarray(0, endOfHead(bytes, preamble.at));
  if (bytes.length < head.length + 4 * STRETCH_BYTES) return { head, preamble, stretches: [] };
  const middle = stretch(bytes, (head.length + bytes.length) >>> 1);
  const end = stretch(bytes, bytes.length - STRETCH_BYTES);
  return { head, preamble, stretches: [middle, end].filter(({ length }) => length > 0) };
}

/** Where a line of the file begins; undefined where there is none, or none so near that a sample could hold it. */
export function startOfLine(bytes: Uint8Array, line: number): LineStart | undefined {
  const limit = Math.min(bytes.length, HEAD_LIMIT);
  let at = 0;
  for (let above = 1; above < line && at < limit; above++) at = nextLine(bytes, at, limit);
  return at < limit ? { at, line } : undefined;
}

/** 16 KB or some lines behind the preamble, whichever is longer, cut at a line's end. */
function endOfHead(bytes: Uint8Array, preamble: number): number {
  let end = Math.min(bytes.length, preamble + HEAD_BYTES);
  let lines = 0;
  const limit = Math.min(bytes.length, preamble + HEAD_LIMIT);
  for (let at = preamble; at < limit && lines < HEAD_LINES; at++) {
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

/** A sample of comments would say nothing of the rows below them; the last may hold the names. */
function lastOfPreamble(bytes: Uint8Array): LineStart {
  const none: LineStart = { at: 0, line: 1 };
  const [sign] = bytes;
  if (sign !== HASH && sign !== PERCENT && sign !== EXCLAMATION) return none;
  const limit = Math.min(bytes.length, HEAD_LIMIT);
  let last = none;
  let at = 0;
  for (let line = 1; at < limit && bytes[at] === sign; line++) {
    last = { at, line };
    at = nextLine(bytes, at, limit);
  }
  return at > HEAD_BYTES / 2 && at < limit ? last : none;
}

function nextLine(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at + (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1);
}

/** Whole lines of some KB from the first line break behind `from` on. */
function stretch(bytes: Uint8Array, from: number): Uint8Array {
  const part = bytes.subarray(from, Math.min(bytes.length, from + STRETCH_BYTES));
  const first = part.findIndex((byte) => byte === LF || byte === CR);
  const last = Math.max(part.lastIndexOf(LF), part.lastIndexOf(CR));
  return first < 0 ? part.subarray(0, 0) : part.subarray(first + 1, last + 1);
}
