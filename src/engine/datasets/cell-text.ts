/** From a cell's places to its text. */
import type { TableFormat } from '../../protocol/dataset';

/** The text of a cell, what is escaped inside quotes unescaped where the cell was quoted. */
export function cellText(
  bytes: Uint8Array,
  start: number,
  end: number,
  { quote, escape }: Pick<TableFormat, 'quote' | 'escape'>,
): string {
  // A view for each cell would cost more than its text.
  const text = Buffer.isBuffer(bytes)
    ? bytes.toString('utf8', start, end)
    : Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
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
