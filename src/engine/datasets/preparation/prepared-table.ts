/** A table with other rows and columns than its file has: some of its rows, and columns in place of and beside its own. */
import type { DatasetIssue, TableFormat } from '../../../protocol/dataset';
import type { StepOutcome } from '../../../protocol/preparation';
import type { Encoding, ReadingPart, ReadingWishes } from '../../../protocol/reading';
import type { CellSource } from '../cell-source';
import { type CodedTexts, inOrder } from '../coded-texts';
import { ColumnReader, type ReaderOptions } from '../column-reader';
import { RowHashes, type StoredColumn } from '../columns/stored-column';
import type { PlainNumbers } from '../plain-numbers';
import { hash53 } from '../row-keys';
import type { Table } from '../types';
import { TableColumn } from './table-column';

export interface PreparedColumn {
  readonly name: string;
  /** As many as the file has rows. */
  readonly values: StoredColumn;
}

export interface PreparedParts {
  /** The table as its file has it. */
  readonly file: Table;
  readonly columns: readonly PreparedColumn[];
  /** `[rows]` of the file that are left, ascending; undefined for all. */
  readonly kept: Uint32Array | undefined;
  readonly issues: readonly DatasetIssue[];
  readonly outcomes: readonly StepOutcome[];
  readonly reading: ReaderOptions;
}

/** A table before its first step. */
export function unprepared(file: Table, reading: ReaderOptions): PreparedTable {
  return new PreparedTable({
    file,
    columns: file.columns.map((name, index) => ({ name, values: new TableColumn(file, index) })),
    kept: undefined,
    issues: file.issues,
    outcomes: [],
    reading,
  });
}

export class PreparedTable implements Table {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly cells: CellSource;
  readonly reader: ColumnReader;
  readonly startLine: Uint32Array;
  readonly endLine: Uint32Array;
  readonly shape: Uint8Array;
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(readonly parts: PreparedParts) {
    const { file, columns, kept } = parts;
    this.columns = columns.map(({ name }) => name);
    this.rows = kept?.length ?? file.rows;
    this.#indexOf = new Map(this.columns.map((name, index) => [name, index]));
    this.cells = new KeptCells(parts);
    this.reader = new ColumnReader(this.cells, {
      ...parts.reading,
      // A column that is as in the file is read as there, whatever rows are left.
      known: (column) => {
        const { name, values } = columns[column] as PreparedColumn;
        return values instanceof TableColumn ? file.reader.found(file.find(name)) : undefined;
      },
    });
    const take = <A extends Uint32Array | Uint8Array>(all: A): A =>
      kept === undefined
        ? all
        : ((all.constructor as Uint32ArrayConstructor).from(kept, (row) => all[row] as number) as A);
    this.startLine = take(file.startLine);
    this.endLine = take(file.endLine);
    this.shape = take(file.shape);
  }

  get path(): string | undefined {
    return this.parts.file.path;
  }

  get size(): number {
    const all = this.parts.columns.reduce((sum, { values }) => sum + values.size, 0);
    return (all * this.rows) / Math.max(1, this.parts.file.rows);
  }

  get format(): TableFormat {
    return this.parts.file.format;
  }

  get namesLine(): number | undefined {
    return this.parts.file.namesLine;
  }

  get counted(): Table['counted'] {
    return this.parts.file.counted;
  }

  get issues(): readonly DatasetIssue[] {
    return this.parts.issues;
  }

  get outcomes(): readonly StepOutcome[] {
    return this.parts.outcomes;
  }

  get original(): Table {
    return this.parts.file;
  }

  /** The row of the file that a row is. */
  rowOfFile(row: number): number {
    return this.parts.kept === undefined ? row : (this.parts.kept[row] as number);
  }

  /** The same with what is told of it. */
  withTold(issues: readonly DatasetIssue[], outcomes: readonly StepOutcome[]): PreparedTable {
    return new PreparedTable({ ...this.parts, issues, outcomes });
  }

  cell(row: number, column: number): string {
    return this.cells.text(row, column);
  }

  value(row: number, column: number): string {
    return this.reader.value(row, column);
  }

  hashes(columns: Uint32Array): Float64Array {
    const running = new RowHashes(this.parts.file.rows);
    for (const column of columns) this.parts.columns[column]?.values.hashInto(running);
    const { high, low } = running;
    return Float64Array.from({ length: this.rows }, (_, row) => {
      const at = this.rowOfFile(row);
      return hash53(high[at] as number, low[at] as number);
    });
  }

  /** Of the rows as the file has them: by these it is told again which rows were learnt from. */
  keys(): Float64Array {
    const all = this.parts.file.keys();
    return this.parts.kept === undefined
      ? all
      : Float64Array.from(this.parts.kept, (row) => all[row] as number);
  }

  isMissing(row: number, column: number): boolean {
    return this.reader.isMissing(row, column);
  }

  numbers(column: number): Float64Array {
    return this.reader.numbers(column);
  }

  tell(wishes: ReadingWishes, encoding?: Encoding): readonly ReadingPart[] {
    return this.parts.file.tell(wishes, encoding);
  }

  find(name: string): number {
    return this.#indexOf.get(name) ?? -1;
  }

  pick(picked: readonly number[], columns: readonly string[]): Table {
    const readings = columns.flatMap((name) => {
      const column = this.find(name);
      return column < 0 ? [] : [[name, this.reader.found(column).reading] as const];
    });
    const rows = picked.map((row) => this.rowOfFile(row));
    const file = this.parts.file.pick(rows, columns);
    return new PreparedTable({
      file,
      columns: this.parts.columns.map(({ name, values }) => ({
        name,
        values: values instanceof TableColumn ? new TableColumn(file, values.index) : values.pick(rows),
      })),
      kept: undefined,
      issues: [],
      outcomes: [],
      reading: { readings: Object.fromEntries(readings), settled: true },
    });
  }
}

/** The cells of the rows that are left. */
class KeptCells implements CellSource {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly decimal: '.' | ',';
  readonly #kept: Uint32Array | undefined;
  readonly #values: readonly StoredColumn[];
  readonly #numbers = new Map<number, PlainNumbers>();

  constructor({ file, columns, kept }: PreparedParts) {
    this.columns = columns.map(({ name }) => name);
    this.#kept = kept;
    this.#values = columns.map(({ values }) => values);
    this.rows = kept?.length ?? file.rows;
    this.decimal = file.cells.decimal;
  }

  has(row: number, column: number): boolean {
    const values = this.#of(column);
    return !(values instanceof TableColumn) || values.has(this.#at(row));
  }

  text(row: number, column: number): string {
    return this.#of(column).text(this.#at(row));
  }

  plainNumber(row: number, column: number): number {
    return this.#of(column).number(this.#at(row));
  }

  plainNumbers(column: number, stride: number): PlainNumbers {
    const kept = this.#kept;
    if (kept === undefined) return this.#of(column).numbers(stride);
    const all = this.#numbers.get(column) ?? this.#of(column).numbers(1);
    this.#numbers.set(column, all);
    const values = Float64Array.from(
      { length: Math.ceil(kept.length / stride) },
      (_, at) => all.values[kept[at * stride] as number] as number,
    );
    return { ...all, values, count: values.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0) };
  }

  maybePlaceholder(row: number, column: number): boolean {
    return this.#of(column).maybePlaceholder(this.#at(row));
  }

  maybePlaceholders(column: number, stride: number): readonly number[] {
    const found: number[] = [];
    for (let at = 0, row = 0; row < this.rows; at++, row += stride)
      if (this.maybePlaceholder(row, column)) found.push(at);
    return found;
  }

  maybeNumber(row: number, column: number): boolean {
    return this.#of(column).maybeNumber(this.#at(row));
  }

  wasMissing(row: number, column: number): boolean {
    return this.#of(column).isMissing(this.#at(row));
  }

  dayOf(column: number): ((row: number) => number) | undefined {
    const { day } = this.#of(column);
    const kept = this.#kept;
    return day === undefined || kept === undefined ? day : (row) => day(kept[row] as number);
  }

  coded(column: number): CodedTexts | undefined {
    const all = this.#of(column).coded();
    const kept = this.#kept;
    if (all === undefined || kept === undefined) return all;
    return inOrder(
      all.texts,
      Uint16Array.from(kept, (row) => all.codes[row] as number),
    );
  }

  #at(row: number): number {
    return this.#kept === undefined ? row : (this.#kept[row] as number);
  }

  #of(column: number): StoredColumn {
    return this.#values[column] as StoredColumn;
  }
}
