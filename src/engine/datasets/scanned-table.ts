/** A table over the places that a scan has found: names, shapes, cells, numbers. */
import { Buffer, isUtf8 } from 'node:buffer';
import type { DatasetIssue, TableFormat } from '../../protocol/dataset';
import { type CellPlaces, ColumnReader, type ReaderOptions } from './column-reader';
import { invalidUtf8 } from './decode';
import type { Decoded } from './decode';
import { cellCount, textOf } from './format';
import { IssueList } from './issues';
import type { Scan } from './scanner';
import { RowShape } from './types';
import type { Table } from './types';
import { parseNumber } from './values';

/** No number that anybody measured is written with so many characters; a lost separator or line break makes them. */
const LONG_NUMBER = 400;

export class ScannedTable implements Table {
  readonly path: string | undefined;
  readonly bytes: Uint8Array;
  readonly format: TableFormat;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly startLine: Uint32Array;
  readonly endLine: Uint32Array;
  readonly startByte: Uint32Array;
  readonly endByte: Uint32Array;
  readonly shape: Uint8Array;
  readonly issues: readonly DatasetIssue[];
  readonly #firstCell: Uint32Array;
  readonly #cellStart: Uint32Array;
  readonly #cellEnd: Uint32Array;
  readonly reader: ColumnReader;
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(
    path: string | undefined,
    decoded: Decoded,
    format: TableFormat,
    found: Scan,
    width: number,
    reading: ReaderOptions = {},
  ) {
    const skip = format.header ? 1 : 0;
    this.path = path;
    this.bytes = decoded.bytes;
    this.format = format;
    this.rows = found.records - skip;
    this.startLine = found.startLine.subarray(skip);
    this.endLine = found.endLine.subarray(skip);
    this.startByte = found.startByte.subarray(skip);
    this.endByte = found.endByte.subarray(skip);
    this.#firstCell = found.firstCell.subarray(skip);
    this.#cellStart = found.cellStart;
    this.#cellEnd = found.cellEnd;

    const issues = new IssueList();
    decoded.issues.forEach((issue) => {
      issues.add(issue);
    });
    this.columns = columnNames(decoded.bytes, found, format.header, width, issues);
    this.#indexOf = new Map(this.columns.map((name, index) => [name, index]));
    this.reader = new ColumnReader(this.#places(), reading);
    this.shape = checkShapes(this.#firstCell, this.rows, width, this.startLine, this.endLine, issues);
    reportQuotes(found, issues);
    this.#reportLongNumbers(issues);
    if (!decoded.valid) reportInvalidUtf8(this, found, issues);
    this.issues = issues.finish();
  }

  cell(row: number, column: number): string {
    const cell = (this.#firstCell[row] as number) + column;
    if (cell >= (this.#firstCell[row + 1] as number)) return '';
    return textOf(this.bytes, this.#cellStart[cell] as number, this.#cellEnd[cell] as number);
  }

  isMissing(row: number, column: number): boolean {
    return this.reader.isMissing(row, column);
  }

  numbers(column: number): Float64Array {
    return this.reader.numbers(column);
  }

  #places(): CellPlaces {
    const place = (row: number, column: number): number => {
      const cell = (this.#firstCell[row] as number) + column;
      return cell < (this.#firstCell[row + 1] as number) ? cell : -1;
    };
    return {
      bytes: this.bytes,
      rows: this.rows,
      columns: this.columns,
      decimal: this.format.decimal,
      start: (row, column) => {
        const cell = place(row, column);
        return cell < 0 ? -1 : (this.#cellStart[cell] as number);
      },
      end: (row, column) => this.#cellEnd[place(row, column)] as number,
      text: (row, column) => this.cell(row, column),
    };
  }

  #reportLongNumbers(issues: IssueList): void {
    const cells = this.#firstCell[this.rows] as number;
    let row = 0;
    for (let cell = this.#firstCell[0] as number; cell < cells; cell++) {
      const start = this.#cellStart[cell] as number;
      const end = this.#cellEnd[cell] as number;
      if (end - start < LONG_NUMBER || !isDigits(this.bytes, start, end)) continue;
      while ((this.#firstCell[row + 1] as number) <= cell) row++;
      const column = cell - (this.#firstCell[row] as number) + 1;
      const value = parseNumber(this.bytes, start, end, false);
      issues.add({
        severity: 'warning',
        code: 'long-number',
        message:
          `Cell ${column} of this line holds a number of ${(end - start).toLocaleString('en-US')} characters, ` +
          (Number.isNaN(value) ? 'which is too large: it counts as missing.' : `read as ${value}.`),
        advice: 'Check whether a separator or a line break is missing there.',
        line: this.startLine[row],
        endLine: this.endLine[row],
        column,
      });
    }
  }

  find(name: string): number {
    return this.#indexOf.get(name) ?? -1;
  }
}

function columnNames(
  bytes: Uint8Array,
  found: Scan,
  header: boolean,
  width: number,
  issues: IssueList,
): readonly string[] {
  const taken = new Set<string>();
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    const own = header
      ? textOf(bytes, found.cellStart[column] as number, found.cellEnd[column] as number).trim()
      : '';
    let name = own === '' ? `column ${column + 1}` : own;
    for (let copy = 2; taken.has(name); copy++)
      name = `${own === '' ? `column ${column + 1}` : own} (${copy})`;
    if (own !== '' && name !== own) {
      const line = found.startLine[0] as number;
      issues.add({
        severity: 'warning',
        code: 'repeated-name',
        message: `More than one column is named "${own}"; column ${column + 1} is called "${name}" here.`,
        advice: 'Give every column a name of its own.',
        line,
        column: column + 1,
      });
    }
    taken.add(name);
    names.push(name);
  }
  return names;
}

function checkShapes(
  firstCell: Uint32Array,
  rows: number,
  width: number,
  startLine: Uint32Array,
  endLine: Uint32Array,
  issues: IssueList,
): Uint8Array {
  const shape = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const cells = cellCount(firstCell, row);
    if (cells === width) continue;
    const few = cells < width;
    shape[row] = few ? RowShape.tooFew : RowShape.tooMany;
    const code = few ? 'too-few-cells' : 'too-many-cells';
    if (!issues.lists(code)) {
      issues.count(code);
      continue;
    }
    issues.add({
      severity: 'warning',
      code,
      message: few
        ? `This line has ${cells} of ${width} cells: in training the rest count as missing, and it is not predicted.`
        : `This line has ${cells} cells instead of ${width}: it is neither learnt from nor predicted.`,
      advice: few
        ? 'Add the missing cells (they may be empty) or the separators between them.'
        : 'Put cells that contain the separator in quotes, or take the extra cells away.',
      line: startLine[row],
      endLine: endLine[row],
    });
  }
  return shape;
}

/** Whether nothing but digits, points, signs and exponents stands there. */
function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte >= 0x30 && byte <= 0x39;
    if (!digit && byte !== 0x2b && byte !== 0x2d && byte !== 0x2e && (byte | 0x20) !== 0x65) return false;
  }
  return true;
}

function reportQuotes(found: Scan, issues: IssueList): void {
  for (const { line, column } of found.literalQuotes) {
    issues.add({
      severity: 'warning',
      code: 'stray-quote',
      message: `The quote that opens cell ${column} is not closed before a separator; it is read as an ordinary character.`,
      advice: 'Close the quote, or double the quotes inside a quoted cell ("").',
      line,
      column,
    });
  }
  for (let more = found.literalQuotes.length; more < found.literalQuoteCount; more++)
    issues.count('stray-quote');
}

function reportInvalidUtf8(table: Table, found: Scan, issues: IssueList): void {
  for (let record = 0; record < found.records; record++) {
    const start = found.startByte[record] as number;
    if (isUtf8(Buffer.from(table.bytes.subarray(start, found.endByte[record] as number)))) continue;
    issues.add(invalidUtf8(found.startLine[record] as number, found.endLine[record]));
  }
}
