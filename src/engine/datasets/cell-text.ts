/** From a cell's places to its text. */
import type { TableFormat } from '../../protocol/dataset';

/** The text of a cell, what is escaped inside quotes unescaped where the cell was quoted. */
export function cellText(
  bytes: Uint8Array,
  start: number,
  end: number,
  { quote, escape }: Pick<TableFormat, 'quote' | 'escape'>,
): string {
  const text = textAt(bytes, start, end);
  if (quote === 'none' || start === 0) return text;
  const code = quote.charCodeAt(0);
  if (bytes[start - 1] !== code || bytes[end] !== code) return text;
  if (escape === 'backslash' && text.includes('\\')) {
    return text.replace(BACKSLASHED, (pair) => pair[1] as string).replaceAll(quote + quote, quote);
  }
  return text.includes(quote) ? text.replaceAll(quote + quote, quote) : text;
}

/** A backslash before anything else is a backslash. */
const BACKSLASHED = /\\[\\"']/gu;

/** Short texts are kept, each at a place of its own: those that come again need not be decoded again. */
const KEPT: string[] = new Array<string>(4096).fill('');
const LONGEST_KEPT = 24;

function textAt(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST_KEPT) return decoded(bytes, start, end);
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x80) return decoded(bytes, start, end);
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  const place = (hash ^ (hash >>> 16)) & (KEPT.length - 1);
  const known = KEPT[place] as string;
  if (known.length === length) {
    let at = 0;
    while (at < length && known.charCodeAt(at) === bytes[start + at]) at++;
    if (at === length) return known;
  }
  return (KEPT[place] = decoded(bytes, start, end));
}

function decoded(bytes: Uint8Array, start: number, end: number): string {
  // A view for each cell would cost more than its text.
  return Buffer.isBuffer(bytes)
    ? bytes.toString('utf8', start, end)
    : Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
