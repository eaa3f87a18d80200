/**
 * A table made of cells, for kinds of datasets that are no delimited text. The cells are written into bytes of the table's
 * own, so that all that is known of columns works on places in bytes, here as in a CSV file. That costs the size of all
 * cells in UTF-8, and 8 bytes a cell and 25 bytes a row beside; the strings themselves need not be kept.
 */
import { type DatasetIssue, plainFormat, type TableFormat } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import { ScannedTable, type TellReading } from './scanned-table';
import type { ReadTableOptions, Table } from './types';

/** No byte of UTF-8: cells that are joined otherwise never make equal rows. */
const BETWEEN = 0xff;
/** Offsets are 32 bits wide. */
const BYTE_LIMIT = 2 ** 32 - 1;
/** Bytes of UTF-8 that a character of a string may need. */
const LONGEST_CHARACTER = 3;

export interface PlacedCells {
  /** One for each column, in their order; empty for a value that is missing. */
  readonly cells: readonly string[];
  /** The lines where the row stands, counted from 1, or what `counted` says they are. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface CellsTableParts {
  /** Each different from all others. */
  readonly columns: readonly string[];
  /** Gone through once. */
  readonly rows: Iterable<PlacedCells>;
  readonly issues?: readonly DatasetIssue[] | undefined;
  readonly format?:
    | Partial<Omit<TableFormat, 'separator' | 'quote' | 'escape' | 'comment' | 'rowNames' | 'decimal'>>
    | undefined;
  /** What the lines are; lines of a text where it is absent. */
  readonly counted?: 'line' | 'row' | undefined;
  /** Where the names of the columns stand, if in one line. */
  readonly namesLine?: number | undefined;
  /** The parts of the reading that people can choose; none where it is absent. */
  readonly tell?: TellReading | undefined;
}

/** LabError('dataset') for a table without rows or columns, or one that is too large. */
export function cellsTable(parts: CellsTableParts, options: ReadTableOptions = {}): Table {
  const { columns, issues = [], namesLine, tell = () => [] } = parts;
  const { path, decimal = '.' } = options;
  const written = new WrittenCells(columns.length, path);
  for (const row of parts.rows) written.add(row);
  if (written.rows === 0 || columns.length === 0) {
    throw new LabError('dataset', 'The file has no rows.', {
      advice: 'Choose a file with some rows, each with some values.',
      place: { path },
    });
  }
  const { bytes, rows } = written.finish();
  return new ScannedTable({
    path,
    bytes,
    // Cells are what they are: nothing stands around them that would have to be taken off.
    format: { ...plainFormat, ...parts.format, quote: 'none', decimal },
    namesLine,
    counted: parts.counted,
    columns,
    rows,
    shape: new Uint8Array(rows.records),
    issues,
    tell,
    reading: {
      wishes: options.columns,
      readings: options.readings,
      settled: options.settled,
      decimalAsked: options.decimalAsked,
      decimalOverruled: decimal !== '.',
    },
  });
}

/** Grows with the cells that are written into it. */
class WrittenCells {
  rows = 0;
  #bytes = Buffer.allocUnsafe(1 << 16);
  #at = 0;
  #cells = 0;
  #cellStart = new Uint32Array(1024);
  #cellEnd = new Uint32Array(1024);
  #startLine = new Uint32Array(256);
  #endLine = new Uint32Array(256);

  constructor(
    private readonly width: number,
    private readonly path: string | undefined,
  ) {}

  add({ cells, firstLine, lastLine }: PlacedCells): void {
    const { rows, width } = this;
    if (cells.length !== width) throw new RangeError(`${cells.length} cells in a row of ${width}`);
    this.#startLine = roomFor(this.#startLine, rows + 1);
    this.#endLine = roomFor(this.#endLine, rows + 1);
    this.#startLine[rows] = firstLine;
    this.#endLine[rows] = lastLine;
    this.#cellStart = roomFor(this.#cellStart, this.#cells + width);
    this.#cellEnd = roomFor(this.#cellEnd, this.#cells + width);
    for (const cell of cells) {
      this.#makeRoom(LONGEST_CHARACTER * cell.length + 1);
      this.#cellStart[this.#cells] = this.#at;
      this.#at += this.#bytes.write(cell, this.#at, 'utf8');
      this.#cellEnd[this.#cells++] = this.#at;
      this.#bytes[this.#at++] = BETWEEN;
    }
    this.rows++;
  }

  finish() {
    const { rows, width } = this;
    const cellStart = this.#cellStart.subarray(0, this.#cells);
    const cellEnd = this.#cellEnd.subarray(0, this.#cells);
    return {
      bytes: this.#bytes.subarray(0, this.#at),
      rows: {
        records: rows,
        firstCell: Uint32Array.from({ length: rows + 1 }, (_, row) => row * width),
        cellStart,
        cellEnd,
        startLine: this.#startLine.subarray(0, rows),
        endLine: this.#endLine.subarray(0, rows),
        startByte: Uint32Array.from({ length: rows }, (_, row) => cellStart[row * width] as number),
        endByte: Uint32Array.from({ length: rows }, (_, row) => cellEnd[(row + 1) * width - 1] as number),
      },
    };
  }

  #makeRoom(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    if (needed > BYTE_LIMIT) {
      throw new LabError('dataset', 'The cells of the file hold more than 4 GiB.', {
        advice: 'Train on a sample of its rows, or on fewer columns.',
        place: { path: this.path },
      });
    }
    const larger = Buffer.allocUnsafe(Math.min(BYTE_LIMIT, Math.max(needed, 2 * this.#bytes.length)));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

function roomFor(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Uint32Array(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}
