/**
 * A table of typed columns, for kinds of datasets that keep them as such: numbers stay numbers and dates dates, and nothing
 * is written as text that nobody asks for. Everything behind sees the same as of a CSV file with the same values.
 */
import { type DatasetIssue, plainFormat, type TableFormat } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { ReadingPart, ReadingWishes } from '../../protocol/reading';
import type { CellSource } from './cell-source';
import type { CodedTexts } from './coded-texts';
import { ColumnReader, type ReaderOptions } from './column-reader';
import { RowHashes, type StoredColumn } from './columns/stored-column';
import { TextColumn } from './columns/text-column';
import type { PlainNumbers } from './plain-numbers';
import { hash53 } from './row-keys';
import type { ReadTableOptions, Table } from './types';

export interface ColumnsTableParts {
  /** Each name different from all others. All columns have as many rows. */
  readonly columns: readonly { readonly name: string; readonly values: StoredColumn }[];
  readonly issues?: readonly DatasetIssue[] | undefined;
  /** Which of several tables of the file it is. */
  readonly part?: string | undefined;
  /** The parts of the reading that people can choose; none where it is absent. */
  readonly tell?: ((wishes: ReadingWishes) => readonly ReadingPart[]) | undefined;
}

/** LabError('dataset') for a table without rows or columns. */
export function columnsTable(
  { columns, issues = [], part, tell = () => [] }: ColumnsTableParts,
  options: ReadTableOptions = {},
): Table {
  const rows = columns[0]?.values.rows ?? 0;
  if (columns.length === 0) throw refusal('The file has no columns.', options.path);
  if (rows === 0) throw withoutRows(options.path);
  for (const { name, values } of columns)
    if (values.rows !== rows) throw new RangeError(`${values.rows} values of ${rows} in "${name}"`);
  return new ColumnsTable({
    path: options.path,
    columns,
    issues,
    part,
    tell,
    reading: {
      wishes: options.columns,
      readings: options.readings,
      settled: options.settled,
      decimalAsked: options.decimalAsked,
    },
  });
}

export function withoutRows(path: string | undefined): LabError {
  return refusal('The file has no rows.', path);
}

function refusal(message: string, path: string | undefined): LabError {
  return new LabError('dataset', message, {
    advice: 'Choose a file with some rows, each with some values.',
    place: { path },
  });
}

interface Parts extends Pick<ColumnsTableParts, 'columns'> {
  readonly tell: NonNullable<ColumnsTableParts['tell']>;
  readonly part: string | undefined;
  readonly path: string | undefined;
  readonly issues: readonly DatasetIssue[];
  readonly reading: ReaderOptions;
  /** `[rows]`, which row of the file each one is, counted from 1; all of them where it is absent. */
  readonly rowNumbers?: Uint32Array | undefined;
}

class ColumnsTable implements Table {
  readonly path: string | undefined;
  readonly size: number;
  readonly format: TableFormat;
  readonly namesLine = undefined;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly counted = 'row';
  readonly shape: Uint8Array;
  readonly issues: readonly DatasetIssue[];
  readonly cells: CellSource;
  readonly reader: ColumnReader;
  readonly #parts: Parts;
  readonly #values: readonly StoredColumn[];
  readonly #indexOf: ReadonlyMap<string, number>;
  #rowNumbers: Uint32Array | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.path = parts.path;
    this.format = { ...plainFormat, quote: 'none', part: parts.part };
    this.columns = parts.columns.map(({ name }) => name);
    this.#values = parts.columns.map(({ values }) => values);
    this.rows = (this.#values[0] as StoredColumn).rows;
    this.size = this.#values.reduce((sum, { size }) => sum + size, 0);
    this.shape = new Uint8Array(this.rows);
    this.issues = parts.issues;
    this.#rowNumbers = parts.rowNumbers;
    this.#indexOf = new Map(this.columns.map((name, index) => [name, index]));
    this.cells = new StoredCells(this.columns, this.#values);
    this.reader = new ColumnReader(this.cells, parts.reading);
  }

  get startLine(): Uint32Array {
    return (this.#rowNumbers ??= Uint32Array.from({ length: this.rows }, (_, row) => row + 1));
  }

  get endLine(): Uint32Array {
    return this.startLine;
  }

  cell(row: number, column: number): string {
    return (this.#values[column] as StoredColumn).text(row);
  }

  value(row: number, column: number): string {
    return this.reader.value(row, column);
  }

  hashes(columns: Uint32Array): Float64Array {
    return hashed(
      Array.from(columns, (column) => this.#values[column] as StoredColumn),
      this.rows,
    );
  }

  keys(): Float64Array {
    return hashed(this.#values, this.rows);
  }

  isMissing(row: number, column: number): boolean {
    return this.reader.isMissing(row, column);
  }

  numbers(column: number): Float64Array {
    return this.reader.numbers(column);
  }

  tell(wishes: ReadingWishes): readonly ReadingPart[] {
    return this.#parts.tell(wishes);
  }

  find(name: string): number {
    return this.#indexOf.get(name) ?? -1;
  }

  pick(picked: readonly number[], columns: readonly string[]): Table {
    const readings = columns.flatMap((name) => {
      const column = this.find(name);
      return column < 0 ? [] : [[name, this.reader.found(column).reading] as const];
    });
    return new ColumnsTable({
      ...this.#parts,
      columns: this.#parts.columns.map(({ name, values }) => ({ name, values: values.pick(picked) })),
      issues: [],
      reading: { readings: Object.fromEntries(readings), settled: true },
      rowNumbers: Uint32Array.from(picked, (row) => this.startLine[row] as number),
    });
  }
}

/** `[rows]`, 53 bits of what the columns hold. */
function hashed(columns: readonly StoredColumn[], rows: number): Float64Array {
  const running = new RowHashes(rows);
  for (const column of columns) column.hashInto(running);
  const { high, low } = running;
  return Float64Array.from({ length: rows }, (_, row) => hash53(high[row] as number, low[row] as number));
}

class StoredCells implements CellSource {
  readonly rows: number;
  readonly decimal = '.';

  constructor(
    readonly columns: readonly string[],
    private readonly values: readonly StoredColumn[],
  ) {
    this.rows = values[0]?.rows ?? 0;
  }

  has(): boolean {
    return true;
  }

  text(row: number, column: number): string {
    return this.#of(column).text(row);
  }

  plainNumber(row: number, column: number): number {
    return this.#of(column).number(row);
  }

  plainNumbers(column: number, stride: number): PlainNumbers {
    return this.#of(column).numbers(stride);
  }

  maybePlaceholder(row: number, column: number): boolean {
    return this.#of(column).maybePlaceholder(row);
  }

  maybePlaceholders(column: number, stride: number): readonly number[] {
    const values = this.#of(column);
    if (values instanceof TextColumn) return values.maybePlaceholders(stride);
    const found: number[] = [];
    for (let at = 0, row = 0; row < this.rows; at++, row += stride)
      if (values.maybePlaceholder(row)) found.push(at);
    return found;
  }

  maybeNumber(row: number, column: number): boolean {
    return this.#of(column).maybeNumber(row);
  }

  wasMissing(row: number, column: number): boolean {
    return this.#of(column).isMissing(row);
  }

  dayOf(column: number): ((row: number) => number) | undefined {
    return this.#of(column).day;
  }

  coded(column: number): CodedTexts | undefined {
    return this.#of(column).coded();
  }

  #of(column: number): StoredColumn {
    return this.values[column] as StoredColumn;
  }
}
