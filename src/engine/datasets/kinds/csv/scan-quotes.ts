/** Where a quoted cell ends, and whether what looks like one is a lone quote that met another further down. */
const BACKSLASH = 0x5c;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

export interface QuoteEnd {
  /** Place of the closing quote, -1 if there is none. */
  readonly end: number;
  /** Where the separator or line break behind the cell stands; the file's size when the search ran to its end. */
  readonly next: number;
  /** Line breaks inside. */
  readonly lines: number;
}

export const NO_QUOTE: QuoteEnd = { end: -1, next: -1, lines: 0 };

/** Where the quote at `open` closes. `special`: 1 for what ends a cell; `backslash`: the byte that escapes, -1 for none. */
export function closingQuote(
  bytes: Uint8Array,
  open: number,
  special: Uint8Array,
  quote: number,
  backslash: number,
): QuoteEnd {
  const size = bytes.length;
  let lines = 0;
  for (let at = open + 1; at < size; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      if (bytes[at + 1] === quote) {
        at++;
        continue;
      }
      let next = at + 1;
      while (next < size && isSpace(bytes[next] as number) && special[bytes[next] as number] === 0) next++;
      return next === size || special[bytes[next] as number] === 1 ? { end: at, next, lines } : NO_QUOTE;
    }
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
    else if (byte === backslash && (bytes[at + 1] === quote || bytes[at + 1] === BACKSLASH)) at++;
  }
  return { end: -1, next: size, lines };
}

/**
 * In files with tabs quotes are seldom meant as RFC 4180 means them. A "quoted" cell that runs over lines which
 * have exactly the tabs of whole rows is taken for a lone quote that met another one further down.
 */
export function swallowsRows(
  bytes: Uint8Array,
  open: number,
  close: QuoteEnd,
  separator: number,
  columns: number,
): boolean {
  if (separator !== TAB || close.lines === 0 || columns < 2) return false;
  let tabs = 0;
  for (let at = open + 1; at < close.end; at++) if (bytes[at] === TAB) tabs++;
  return tabs === close.lines * (columns - 1);
}

/** Whole lines inside a cell that make it a lone quote, at least. */
const SWALLOWED_LINES = 2;

/**
 * A quote that was never closed meets another one further down: the rest of its line completes a row of `columns` cells, of
 * which it is cell `index`, and each whole line up to the other quote is such a row. Texts of several lines are not
 * written so.
 */
export function swallowsWholeRows(
  bytes: Uint8Array,
  open: number,
  close: QuoteEnd,
  separator: number,
  columns: number,
  index: number,
): boolean {
  if (close.lines <= SWALLOWED_LINES || columns < 3) return false;
  let expected = columns - 1 - index;
  let found = 0;
  for (let at = open + 1, lines = close.lines; lines > 0; at++) {
    const byte = bytes[at] as number;
    if (byte === separator) found++;
    if (byte !== LF && (byte !== CR || bytes[at + 1] === LF)) continue;
    if (found !== expected) return false;
    expected = columns - 1;
    found = 0;
    lines--;
  }
  return true;
}

export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
