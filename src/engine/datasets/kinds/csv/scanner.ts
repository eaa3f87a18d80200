/**
 * One pass over UTF-8 bytes: where each record and each cell begins and ends. No strings are made.
 *
 * Quotes follow RFC 4180: a cell that begins with `"` ends at the next lone `"`, which must stand before a
 * separator, a line break or the end (spaces between are forgiven); `""` inside means one quote. A quote in the
 * middle of an unquoted cell is an ordinary character. A cell whose opening quote has no such end is taken
 * literally, quote included, and reported. Other quotes, backslashes before quotes, and quotes behind spaces are
 * read where the dialect has them.
 */
import type { QuoteEscape } from '../../../../protocol/reading';
import type { Rows } from '../../row-places';
import { closingQuote, isSpace, NO_QUOTE, swallowsRows, swallowsWholeRows } from './scan-quotes';
import { type Counts, doubled, guessCounts, scaled } from './scan-sizes';

/** How the cells of a line are written, for a separator that is one byte. */
export interface CharacterDialect {
  /** A byte. */
  readonly separator: number;
  /** A byte; -1 where quotes are ordinary characters. */
  readonly quote: number;
  readonly escape: QuoteEscape;
  /** Whether an opening quote may stand behind spaces. */
  readonly spacedQuotes: boolean;
}

/** Where the records of a file begin, and which lines are none. */
export interface ScanStart {
  /** A byte, the beginning of a line. */
  readonly at: number;
  /** The number of that line, from 1. */
  readonly line: number;
  /** Lines that begin with it are no records; empty for none. */
  readonly comment: Uint8Array;
}

export const QUOTE = 0x22;
export const FROM_THE_START: ScanStart = { at: 0, line: 1, comment: new Uint8Array() };
const BACKSLASH = 0x5c;
const LF = 0x0a;
const CR = 0x0d;

/** Places in bytes; `records` includes a header, if there is one. Blank lines are no records. */
export interface Scan extends Rows {
  /** Lines (from 1) where an opening quote was taken literally, at most `LITERAL_QUOTES_KEPT`, and how many. */
  readonly literalQuotes: readonly { readonly line: number; readonly column: number }[];
  readonly literalQuoteCount: number;
  /** Lines that begin with the comment sign, and the first of them (0: none). */
  readonly comments: number;
  readonly firstComment: number;
}

const LITERAL_QUOTES_KEPT = 100;
/** After so many quotes that never close, the rest of the file is read without looking for their ends. */
const UNCLOSED_BEFORE_GIVING_UP = 100;

/** As RFC 4180 has it. */
export function plainDialect(separator: string): CharacterDialect {
  return { separator: separator.charCodeAt(0), quote: QUOTE, escape: 'doubled', spacedQuotes: false };
}

/**
 * Scans `bytes` as the dialect has it. Costs 8 bytes of memory a cell and 16 a record. `beginning`: a scan of whole
 * lines that `bytes` begin with, in the same dialect and from the same start; it is gone on with where that is the same.
 */
export function scan(
  bytes: Uint8Array,
  dialect: CharacterDialect,
  start = FROM_THE_START,
  beginning?: Scan,
): Scan {
  const { separator, quote, spacedQuotes } = dialect;
  const backslash = dialect.escape === 'backslash' ? BACKSLASH : -1;
  const { comment } = start;
  const commented = comment.length > 0;
  const size = bytes.length;
  const special = new Uint8Array(256);
  special[separator] = 1;
  special[LF] = 1;
  special[CR] = 1;
  const inside = new Uint8Array(256);
  for (const byte of [quote, LF, CR, BACKSLASH]) if (byte >= 0) inside[byte] = 1;

  const known = beginning !== undefined && isBeginning(bytes, beginning, start) ? beginning : undefined;
  const guess = known === undefined ? guessCounts(bytes, separator) : countsLike(bytes, known);
  let cellStart = new Uint32Array(guess.cells);
  let cellEnd = new Uint32Array(guess.cells);
  let firstCell = new Uint32Array(guess.records);
  let startLine = new Uint32Array(guess.records);
  let endLine = new Uint32Array(guess.records);
  let startByte = new Uint32Array(guess.records);
  let endByte = new Uint32Array(guess.records);
  const literalQuotes: { line: number; column: number }[] = [];
  let literalQuoteCount = 0;
  let unclosed = 0;
  let records = 0;
  let cells = 0;
  let comments = 0;
  let firstComment = 0;
  let { line, at } = start;
  if (known !== undefined) {
    firstCell.set(known.firstCell);
    cellStart.set(known.cellStart);
    cellEnd.set(known.cellEnd);
    startLine.set(known.startLine);
    endLine.set(known.endLine);
    startByte.set(known.startByte);
    endByte.set(known.endByte);
    records = known.records;
    cells = known.cellStart.length;
    line = known.endLine[records - 1] as number;
    at = known.endByte[records - 1] as number;
    if (at < size) {
      at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
      line++;
    }
  }

  while (at < size) {
    const first = bytes[at] as number;
    if (first === LF || first === CR) {
      at += first === CR && bytes[at + 1] === LF ? 2 : 1;
      line++;
      continue;
    }
    if (commented && beginsWith(bytes, at, comment)) {
      while (at < size && bytes[at] !== LF && bytes[at] !== CR) at++;
      if (comments++ === 0) firstComment = line;
      continue;
    }
    if (records + 2 > firstCell.length) {
      firstCell = doubled(firstCell);
      startLine = doubled(startLine);
      endLine = doubled(endLine);
      startByte = doubled(startByte);
      endByte = doubled(endByte);
    }
    firstCell[records] = cells;
    startLine[records] = line;
    startByte[records] = at;

    for (;;) {
      if (cells === cellStart.length) {
        cellStart = doubled(cellStart);
        cellEnd = doubled(cellEnd);
      }
      // Most cells: no quote, no space to look behind.
      if (!spacedQuotes && bytes[at] !== quote) {
        cellStart[cells] = at;
        while (at < size && special[bytes[at] as number] === 0) at++;
        cellEnd[cells++] = at;
        if (at >= size || bytes[at] !== separator) break;
        at++;
        continue;
      }
      // Most quoted cells: within a line, nothing escaped, a separator or a line's end behind.
      if (!spacedQuotes && unclosed < UNCLOSED_BEFORE_GIVING_UP) {
        let end = at + 1;
        while (end < size && inside[bytes[end] as number] === 0) end++;
        const next = end + 1;
        if (end < size && bytes[end] === quote && (next === size || special[bytes[next] as number] === 1)) {
          cellStart[cells] = at + 1;
          cellEnd[cells++] = end;
          at = next;
          if (at >= size || bytes[at] !== separator) break;
          at++;
          continue;
        }
      }
      let open = at;
      if (spacedQuotes)
        while (open < size && isSpace(bytes[open] as number) && bytes[open] !== separator) open++;
      const quoted = open < size && bytes[open] === quote && unclosed < UNCLOSED_BEFORE_GIVING_UP;
      const close = quoted ? closingQuote(bytes, open, special, quote, backslash) : NO_QUOTE;
      if (
        close.end >= 0 &&
        !swallowsRows(bytes, open, close, separator, records > 0 ? (firstCell[1] as number) : 0) &&
        !swallowsWholeRows(
          bytes,
          open,
          close,
          separator,
          records > 0 ? (firstCell[records] as number) - (firstCell[records - 1] as number) : 0,
          cells - (firstCell[records] as number),
        )
      ) {
        cellStart[cells] = open + 1;
        cellEnd[cells++] = close.end;
        line += close.lines;
        at = close.next;
      } else {
        if (quoted) {
          if (close.end < 0 && close.next === size) unclosed++;
          literalQuoteCount++;
          if (literalQuotes.length < LITERAL_QUOTES_KEPT) {
            literalQuotes.push({ line, column: cells - (firstCell[records] as number) + 1 });
          }
        }
        cellStart[cells] = at;
        while (at < size && special[bytes[at] as number] === 0) at++;
        cellEnd[cells++] = at;
      }
      if (at >= size || bytes[at] !== separator) break;
      at++;
    }

    endByte[records] = at;
    endLine[records] = line;
    records++;
    if (records === 1) firstCell[1] = cells;
    if (at < size) {
      at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
      line++;
    }
  }
  firstCell[records] = cells;
  return {
    records,
    firstCell: firstCell.subarray(0, records + 1),
    cellStart: cellStart.subarray(0, cells),
    cellEnd: cellEnd.subarray(0, cells),
    startLine: startLine.subarray(0, records),
    endLine: endLine.subarray(0, records),
    startByte: startByte.subarray(0, records),
    endByte: endByte.subarray(0, records),
    literalQuotes,
    literalQuoteCount,
    comments,
    firstComment,
  };
}

function beginsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false;
  return true;
}

/** Whether the scan of some lines is what a scan of all begins with: not where a quote was looked for up to their end. */
function isBeginning(bytes: Uint8Array, { records, ...known }: Scan, start: ScanStart): boolean {
  const end = known.endByte[records - 1];
  if (end === undefined || known.startByte[0] !== start.at || known.startLine[0] !== start.line) return false;
  if (known.literalQuoteCount > 0 || known.comments > 0) return false;
  return end === bytes.length || bytes[end] === LF || bytes[end] === CR;
}

/** First sizes of the arrays, where the rest is like the beginning. */
function countsLike(bytes: Uint8Array, { records, cellStart, startByte, endByte }: Scan): Counts {
  const from = startByte[0] as number;
  const scanned = Math.max(1, (endByte[records - 1] as number) - from);
  return scaled({ cells: cellStart.length, records }, Math.max(1, (bytes.length - from) / scanned));
}

/** The line break that a file uses first. */
export function newlineOf(bytes: Uint8Array): '\n' | '\r\n' | '\r' {
  const lf = bytes.indexOf(LF);
  const cr = bytes.subarray(0, lf < 0 ? bytes.length : lf).indexOf(CR);
  if (lf < 0) return cr < 0 ? '\n' : '\r';
  return lf > 0 && bytes[lf - 1] === CR ? '\r\n' : cr >= 0 ? '\r' : '\n';
}
