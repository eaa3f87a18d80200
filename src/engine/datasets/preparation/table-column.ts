/** A column of a table as it is, for a table that has others beside it. */
import type { CellSource } from '../cell-source';
import type { CodedTexts } from '../coded-texts';
import type { RowHashes, StoredColumn } from '../columns/stored-column';
import type { PlainNumbers } from '../plain-numbers';
import type { Table } from '../types';

export class TableColumn implements StoredColumn {
  readonly #cells: CellSource;
  readonly day: ((row: number) => number) | undefined;

  constructor(
    private readonly table: Table,
    /** Its index there. */
    readonly index: number,
  ) {
    this.#cells = table.cells;
    this.day = table.cells.dayOf(index);
  }

  get rows(): number {
    return this.table.rows;
  }

  get size(): number {
    return this.table.size / this.table.columns.length;
  }

  /** False where the row is too short. */
  has(row: number): boolean {
    return this.#cells.has(row, this.index);
  }

  text(row: number): string {
    return this.#cells.text(row, this.index);
  }

  number(row: number): number {
    return this.#cells.has(row, this.index) ? this.#cells.plainNumber(row, this.index) : NaN;
  }

  numbers(stride: number): PlainNumbers {
    return this.#cells.plainNumbers(this.index, stride);
  }

  maybePlaceholder(row: number): boolean {
    return !this.#cells.has(row, this.index) || this.#cells.maybePlaceholder(row, this.index);
  }

  maybeNumber(row: number): boolean {
    return this.#cells.has(row, this.index) && this.#cells.maybeNumber(row, this.index);
  }

  isMissing(row: number): boolean {
    return !this.#cells.has(row, this.index) || this.#cells.wasMissing(row, this.index);
  }

  coded(): CodedTexts | undefined {
    return this.#cells.coded(this.index);
  }

  hashInto(hashes: RowHashes): void {
    const own = this.table.hashes(Uint32Array.of(this.index));
    for (let row = 0; row < own.length; row++) {
      const hash = own[row] as number;
      hashes.add(row, hash | 0);
      hashes.add(row, Math.floor(hash / 2 ** 32));
    }
  }

  pick(rows: readonly number[]): StoredColumn {
    return new TableColumn(this.table.pick(rows, this.table.columns), this.index);
  }
}
