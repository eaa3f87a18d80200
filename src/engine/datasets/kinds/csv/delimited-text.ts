/** Where the cells of a delimited table stand in its text, and how one is written anew. */
import type { SpanEdit, TextSpan, WholeSpan } from '../../../../protocol/quality';
import { ScannedTable } from '../../scanned-table';
import type { TableText } from '../../table-text';
import type { Table } from '../../types';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** Undefined for a file whose lines were read without what stands around them: its places are not those of the text. */
export function delimitedText(table: Table): TableText | undefined {
  if (!(table instanceof ScannedTable)) return undefined;
  if (table.issues.some(({ code }) => code === 'wrapped-lines')) return undefined;
  return new DelimitedText(table);
}

class DelimitedText implements TableText {
  constructor(private readonly table: ScannedTable) {}

  /** The whole line: names may be joined of several lines, and what is about a name is about the whole column. */
  name(column: number): TextSpan | undefined {
    const { namesLine: line, columns } = this.table;
    if (line === undefined) return undefined;
    const name = columns[column] as string;
    const text = this.#line(line);
    const at = placeOfName(text, name);
    return at < 0
      ? { line, endLine: line }
      : { line, endLine: line, character: at + 1, endCharacter: at + 1 + name.length };
  }

  cell(row: number, column: number): WholeSpan | undefined {
    const bytes = this.#trimmed(row, column);
    if (bytes === undefined) return undefined;
    const [start, end] = this.#isQuoted(bytes) ? [bytes[0] - 1, bytes[1] + 1] : bytes;
    return this.#span(row, start, end);
  }

  row(row: number): TextSpan {
    return { line: this.table.startLine[row] as number, endLine: this.table.endLine[row] as number };
  }

  replace(row: number, column: number, value: string): SpanEdit | undefined {
    const bytes = this.#trimmed(row, column);
    if (bytes === undefined) return undefined;
    const quoted = this.#isQuoted(bytes);
    // Quotes that the old value needed go with it; those of a file that quotes every cell stay.
    const text = this.#written(value, quoted && !this.#needsQuotes(this.table.cell(row, column)));
    const [start, end] = quoted ? [bytes[0] - 1, bytes[1] + 1] : bytes;
    return text === undefined ? undefined : { span: this.#span(row, start, end), text };
  }

  remove(rows: readonly number[]): readonly SpanEdit[] {
    const edits: SpanEdit[] = [];
    for (let from = 0; from < rows.length;) {
      let to = from + 1;
      while (to < rows.length && this.#follows(rows[to - 1] as number, rows[to] as number)) to++;
      edits.push({ span: this.#lines(rows[from] as number, rows[to - 1] as number), text: '' });
      from = to;
    }
    return edits;
  }

  #follows(row: number, next: number): boolean {
    return (this.table.startLine[next] as number) === (this.table.endLine[row] as number) + 1;
  }

  /** Whole lines with the break behind them; at the end of a file without a last break, with the one before them. */
  #lines(first: number, last: number): WholeSpan {
    const { bytes, startLine, endLine, endByte } = this.table;
    const line = startLine[first] as number;
    const end = endLine[last] as number;
    const isBroken = (endByte[last] as number) < bytes.length;
    if (isBroken || line === 1) {
      return isBroken
        ? { line, character: 1, endLine: end + 1, endCharacter: 1 }
        : { line, character: 1, endLine: end, endCharacter: this.#line(end).length + 1 };
    }
    return {
      line: line - 1,
      character: this.#line(line - 1).length + 1,
      endLine: end,
      endCharacter: this.#line(end).length + 1,
    };
  }

  /** The cell's place without spaces around it. */
  #trimmed(row: number, column: number): readonly [start: number, end: number] | undefined {
    const found = this.table.cellBytes(row, column);
    if (found === undefined || this.#isQuoted(found)) return found;
    const { bytes } = this.table;
    let [start, end] = found;
    while (start < end && bytes[start] === SPACE) start++;
    while (end > start && bytes[end - 1] === SPACE) end--;
    return [start, end];
  }

  #isQuoted([start, end]: readonly [start: number, end: number]): boolean {
    const { bytes, format } = this.table;
    if (format.quote === 'none' || start === 0) return false;
    const quote = format.quote.charCodeAt(0);
    return bytes[start - 1] === quote && bytes[end] === quote;
  }

  /** Undefined for what would be more than one cell, or for a file of fixed columns, whose places would move. */
  #written(value: string, keepsQuotes: boolean): string | undefined {
    const { quote, escape, separator } = this.table.format;
    if (separator === 'fixed') return undefined;
    if (!keepsQuotes && !this.#needsQuotes(value)) return value;
    if (quote === 'none') return undefined;
    const inner =
      escape === 'backslash'
        ? value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
        : value.replaceAll(quote, quote + quote);
    return `${quote}${inner}${quote}`;
  }

  #needsQuotes(value: string): boolean {
    const { quote, separator, comment } = this.table.format;
    return (
      (separator === 'blanks' ? /\s/u.test(value) || value === '' : value.includes(separator)) ||
      /[\r\n]|^\s|\s$/u.test(value) ||
      (quote !== 'none' && value.startsWith(quote)) ||
      (comment !== '' && value.startsWith(comment))
    );
  }

  #span(row: number, start: number, end: number): WholeSpan {
    const from = this.#place(row, start);
    const to = this.#place(row, end);
    return { line: from.line, character: from.character, endLine: to.line, endCharacter: to.character };
  }

  #place(row: number, byte: number): { readonly line: number; readonly character: number } {
    const { bytes, startLine, startByte } = this.table;
    let line = startLine[row] as number;
    let begin = lineStart(bytes, startByte[row] as number);
    for (let at = startByte[row] as number; at < byte; at++) {
      const isBreak = bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
      if (!isBreak) continue;
      line++;
      begin = at + 1;
    }
    return { line, character: textBetween(bytes, begin, byte).length + 1 };
  }

  /** The text of a line near a row: found from the row that stands in it, or before or behind it. */
  #line(line: number): string {
    const { bytes } = this.table;
    let at = 0;
    let present = 1;
    const known = this.#rowAt(line);
    if (known >= 0) {
      at = lineStart(bytes, this.table.startByte[known] as number);
      present = this.table.startLine[known] as number;
    }
    while (present < line && at < bytes.length) {
      const end = lineEnd(bytes, at);
      at = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
      present++;
    }
    return textBetween(bytes, at, lineEnd(bytes, at));
  }

  /** The last row that begins in or above the line; -1: none does. */
  #rowAt(line: number): number {
    const { startLine, rows } = this.table;
    let low = 0;
    let high = rows;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((startLine[middle] as number) <= line) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** Where the name stands as a whole cell, with or without quotes; -1 where that is not plain. */
function placeOfName(line: string, name: string): number {
  for (let at = line.indexOf(name); at >= 0 && name !== ''; at = line.indexOf(name, at + 1)) {
    const before = at === 0 ? '' : (line[at - 1] as string);
    const behind = line[at + name.length] ?? '';
    if (!isWord(before) && !isWord(behind)) return at;
  }
  return -1;
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_.-]/u.test(character);
}

function lineStart(bytes: Uint8Array, byte: number): number {
  let at = byte;
  while (at > 0 && bytes[at - 1] !== LF && bytes[at - 1] !== CR) at--;
  return at;
}

function lineEnd(bytes: Uint8Array, byte: number): number {
  let at = byte;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at;
}

function textBetween(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.max(0, end - start)).toString('utf8');
}
