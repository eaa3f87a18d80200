/** Where the fields of JSON records stand in their text, and how one is written anew. */
// Its other entry requires its parts by a function that bundlers do not see through.
import { type Node, parseTree } from 'jsonc-parser/lib/esm/main.js';
import type { SpanEdit, TextSpan, WholeSpan } from '../../../../protocol/quality';
import type { TableText } from '../../table-text';
import type { Table } from '../../types';
import { namedFields } from './node-fields';

/** Rows that are looked at for whether a column is written as numbers. */
const LOOKED_AT = 50;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;

/** A record and where its text begins in the whole. */
interface Placed {
  readonly node: Node;
  readonly offset: number;
}

/** `isDocument`: the records are elements of a list, of the whole file or under the name of the table's part. */
export class JsonText implements TableText {
  readonly #starts: readonly number[];
  readonly #elements: readonly Node[] | undefined;
  readonly #numeric = new Map<number, boolean>();
  #latest:
    { readonly row: number; readonly fields: ReadonlyMap<string, Node>; readonly offset: number } | undefined;

  constructor(
    private readonly text: string,
    private readonly table: Table,
    isDocument: boolean,
  ) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#elements = isDocument ? elementsOf(text, table.format.part) : undefined;
  }

  /** Names stand in every record. */
  name(): undefined {
    return undefined;
  }

  cell(row: number, column: number): TextSpan | undefined {
    const found = this.#field(row, column);
    return found && this.#span(found.offset + found.node.offset, found.node.length);
  }

  row(row: number): TextSpan {
    return { line: this.table.startLine[row] as number, endLine: this.table.endLine[row] as number };
  }

  replace(row: number, column: number, value: string): SpanEdit | undefined {
    const found = this.#field(row, column);
    if (found === undefined || found.node.type === 'object' || found.node.type === 'array') return undefined;
    const span = this.#span(found.offset + found.node.offset, found.node.length);
    if (value === '') return { span, text: 'null' };
    const isNumber = JSON_NUMBER.test(value) && (found.node.type === 'number' || this.#isNumeric(column));
    return { span, text: isNumber ? value : JSON.stringify(value) };
  }

  remove(rows: readonly number[]): readonly SpanEdit[] | undefined {
    return this.#elements === undefined
      ? this.#withoutLines(rows)
      : this.#withoutElements(this.#elements, rows);
  }

  #withoutLines(rows: readonly number[]): SpanEdit[] {
    return rows.map((row) => {
      const line = this.table.startLine[row] as number;
      const start = this.#starts[line - 1] as number;
      const next = this.#starts[line];
      // The last line takes the break before it along.
      const from = next === undefined && start > 0 ? this.#endOfLine(line - 1) : start;
      return { span: this.#span(from, (next ?? this.text.length) - from), text: '' };
    });
  }

  #endOfLine(line: number): number {
    const end = (this.#starts[line] as number) - 1;
    return this.text[end - 1] === '\r' ? end - 1 : end;
  }

  #withoutElements(elements: readonly Node[], rows: readonly number[]): SpanEdit[] {
    const edits: SpanEdit[] = [];
    for (let at = 0; at < rows.length;) {
      const first = rows[at] as number;
      let last = first;
      for (at++; rows[at] === last + 1; at++) last++;
      const begin = elements[first];
      const end = elements[last];
      if (begin === undefined || end === undefined) continue;
      const next = elements[last + 1];
      const before = elements[first - 1];
      // With the comma behind them; at the end of the list with the one before.
      const from = next === undefined && before !== undefined ? before.offset + before.length : begin.offset;
      const to = next?.offset ?? end.offset + end.length;
      edits.push({ span: this.#span(from, to - from), text: '' });
    }
    return edits;
  }

  #isNumeric(column: number): boolean {
    const known = this.#numeric.get(column);
    if (known !== undefined) return known;
    let isNumeric = false;
    for (let row = 0; row < Math.min(LOOKED_AT, this.table.rows) && !isNumeric; row++) {
      isNumeric = this.#field(row, column)?.node.type === 'number';
    }
    this.#numeric.set(column, isNumeric);
    return isNumeric;
  }

  #field(row: number, column: number): Placed | undefined {
    if (this.#latest?.row !== row) {
      const record = this.#record(row);
      if (record === undefined) return undefined;
      this.#latest = { row, offset: record.offset, fields: namedFields(record.node) };
    }
    const node = this.#latest.fields.get(this.table.columns[column] as string);
    return node && { node, offset: this.#latest.offset };
  }

  #record(row: number): Placed | undefined {
    if (this.#elements !== undefined) {
      const node = this.#elements[row];
      return node && { node, offset: 0 };
    }
    const line = this.table.startLine[row] as number;
    const offset = this.#starts[line - 1] ?? 0;
    const node = parseTree(this.text.slice(offset, this.#starts[line] ?? this.text.length));
    return node && { node, offset };
  }

  #span(offset: number, length: number): WholeSpan {
    const from = this.#place(offset);
    const to = this.#place(offset + length);
    return { line: from.line, character: from.character, endLine: to.line, endCharacter: to.character };
  }

  #place(offset: number): { readonly line: number; readonly character: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, character: offset - (this.#starts[low] as number) + 1 };
  }
}

/** The elements of the list that the table was made of. */
function elementsOf(text: string, part: string | undefined): readonly Node[] {
  const root = parseTree(text);
  if (root?.type === 'array') return root.children ?? [];
  const property = root?.children?.find(({ children }) => children?.[0]?.value === part);
  return property?.children?.[1]?.children ?? [];
}
