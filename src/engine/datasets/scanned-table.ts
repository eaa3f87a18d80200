/** A table over places in bytes, as a scan or `cellsTable` has found or made them: cells, shapes, numbers. */
import type { DatasetIssue, TableFormat } from '../../protocol/dataset';
import type { ReadingPart, ReadingWishes } from '../../protocol/reading';
import { CellsInBytes } from './cells-in-bytes';
import { ColumnReader, type ReaderOptions } from './column-reader';
import type { Rows } from './row-places';
import { hash53, keysOfBytes } from './row-keys';
import type { Table } from './types';

/** The parts of a reading that people can choose, for those who have asked for some of them. */
export type TellReading = (format: TableFormat, wishes: ReadingWishes) => readonly ReadingPart[];

/** What a reading has found. */
export interface TableParts {
  readonly path: string | undefined;
  readonly bytes: Uint8Array;
  readonly format: TableFormat;
  readonly namesLine: number | undefined;
  /** What the lines of the rows are; lines of a text where it is absent. */
  readonly counted?: 'line' | 'row' | undefined;
  readonly columns: readonly string[];
  readonly rows: Rows;
  /** `[rows]` of `RowShape`. */
  readonly shape: Uint8Array;
  readonly issues: readonly DatasetIssue[];
  readonly tell: TellReading;
  /** What is asked of columns, and readings that are known. */
  readonly reading: ReaderOptions;
}

export class ScannedTable implements Table {
  readonly path: string | undefined;
  /**
   * UTF-8 without byte order mark; a file in another encoding has been converted. Of a table that is no delimited text,
   * only its cells.
   */
  readonly bytes: Uint8Array;
  readonly format: TableFormat;
  readonly namesLine: number | undefined;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly counted: 'line' | 'row';
  readonly startLine: Uint32Array;
  readonly endLine: Uint32Array;
  /** `[rows]`, where each row begins and ends (exclusive, without its line break) in `bytes`. */
  readonly startByte: Uint32Array;
  readonly endByte: Uint32Array;
  readonly shape: Uint8Array;
  readonly issues: readonly DatasetIssue[];
  readonly #parts: TableParts;
  readonly #firstCell: Uint32Array;
  readonly #cellStart: Uint32Array;
  readonly #cellEnd: Uint32Array;
  readonly cells: CellsInBytes;
  readonly reader: ColumnReader;
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(parts: TableParts) {
    const { rows } = parts;
    this.#parts = parts;
    this.path = parts.path;
    this.bytes = parts.bytes;
    this.format = parts.format;
    this.namesLine = parts.namesLine;
    this.counted = parts.counted ?? 'line';
    this.columns = parts.columns;
    this.rows = rows.records;
    this.startLine = rows.startLine;
    this.endLine = rows.endLine;
    this.startByte = rows.startByte;
    this.endByte = rows.endByte;
    this.shape = parts.shape;
    this.issues = parts.issues;
    this.#firstCell = rows.firstCell;
    this.#cellStart = rows.cellStart;
    this.#cellEnd = rows.cellEnd;
    this.#indexOf = new Map(this.columns.map((name, index) => [name, index]));
    this.cells = new CellsInBytes(parts.bytes, rows, parts.columns, parts.format);
    this.reader = new ColumnReader(this.cells, parts.reading);
  }

  get size(): number {
    return this.bytes.length;
  }

  cell(row: number, column: number): string {
    return this.cells.text(row, column);
  }

  /** Where the cell's text begins and ends in `bytes`, quotes not counted; undefined where the row is too short. */
  cellBytes(row: number, column: number): readonly [start: number, end: number] | undefined {
    const cell = (this.#firstCell[row] as number) + column;
    if (cell >= (this.#firstCell[row + 1] as number)) return undefined;
    return [this.#cellStart[cell] as number, this.#cellEnd[cell] as number];
  }

  value(row: number, column: number): string {
    return this.reader.value(row, column);
  }

  #hash(row: number, columns: Uint32Array): number {
    const { bytes } = this;
    const from = this.#firstCell[row] as number;
    const cells = (this.#firstCell[row + 1] as number) - from;
    const quote = this.format.quote === 'none' ? -1 : this.format.quote.charCodeAt(0);
    let high = 0xdeadbeef;
    let low = 0x41c6ce57;
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at] as number;
      if (column < cells) {
        let start = this.#cellStart[from + column] as number;
        let end = this.#cellEnd[from + column] as number;
        if (bytes[start] === quote && end - start > 1 && bytes[end - 1] === quote) {
          start++;
          end--;
        }
        for (let place = start; place < end; place++) {
          const byte = bytes[place] as number;
          high = Math.imul(high ^ byte, 2654435761);
          low = Math.imul(low ^ byte, 1597334677);
        }
      }
      // No byte marks the end of a cell.
      high = Math.imul(high ^ 0x100, 2654435761);
      low = Math.imul(low ^ 0x100, 1597334677);
    }
    return hash53(high, low);
  }

  hashes(columns: Uint32Array): Float64Array {
    const hashes = new Float64Array(this.rows);
    for (let row = 0; row < hashes.length; row++) hashes[row] = this.#hash(row, columns);
    return hashes;
  }

  /** Of the bytes of the whole row, its quotes and separators included. */
  keys(): Float64Array {
    return keysOfBytes(this.bytes, this.startByte, this.endByte);
  }

  isMissing(row: number, column: number): boolean {
    return this.reader.isMissing(row, column);
  }

  numbers(column: number): Float64Array {
    return this.reader.numbers(column);
  }

  tell(wishes: ReadingWishes, encoding = this.format.encoding): readonly ReadingPart[] {
    return this.#parts.tell({ ...this.format, encoding }, wishes);
  }

  find(name: string): number {
    return this.#indexOf.get(name) ?? -1;
  }

  pick(picked: readonly number[], columns: readonly string[]): Table {
    const { rows, shape } = this.#parts;
    const take = (array: Uint32Array): Uint32Array => Uint32Array.from(picked, (row) => array[row] as number);
    const firstCell = new Uint32Array(picked.length + 1);
    picked.forEach((row, index) => {
      firstCell[index + 1] =
        (firstCell[index] as number) + (rows.firstCell[row + 1] as number) - (rows.firstCell[row] as number);
    });
    const cells = firstCell[picked.length] as number;
    const cellStart = new Uint32Array(cells);
    const cellEnd = new Uint32Array(cells);
    picked.forEach((row, index) => {
      const from = rows.firstCell[row] as number;
      const to = rows.firstCell[row + 1] as number;
      cellStart.set(rows.cellStart.subarray(from, to), firstCell[index]);
      cellEnd.set(rows.cellEnd.subarray(from, to), firstCell[index]);
    });
    return new ScannedTable({
      ...this.#parts,
      rows: {
        records: picked.length,
        firstCell,
        cellStart,
        cellEnd,
        startLine: take(rows.startLine),
        endLine: take(rows.endLine),
        startByte: take(rows.startByte),
        endByte: take(rows.endByte),
      },
      shape: Uint8Array.from(picked, (row) => shape[row] as number),
      issues: [],
      reading: { readings: this.#readings(columns), settled: true },
    });
  }

  #readings(columns: readonly string[]): NonNullable<ReaderOptions['readings']> {
    return Object.fromEntries(
      columns.flatMap((name) => {
        const column = this.find(name);
        return column < 0 ? [] : [[name, this.reader.found(column).reading]];
      }),
    );
  }
}
