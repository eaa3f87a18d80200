/** The columns of a table as a grid asks for them, each read when it is first needed, then kept as long as the table is. */
import type { Table } from '../datasets';
import { type ColumnCounts, type ColumnValues, countsOf, readColumn } from '../plots';

export class GridColumns {
  readonly #values = new Map<number, ColumnValues>();
  readonly #counts = new Map<number, ColumnCounts>();

  constructor(readonly table: Table) {}

  values(column: number): ColumnValues {
    const known = this.#values.get(column);
    if (known !== undefined) return known;
    const values = readColumn(this.table, column);
    this.#values.set(column, values);
    return values;
  }

  counts(column: number): ColumnCounts {
    const known = this.#counts.get(column);
    if (known !== undefined) return known;
    const counts = countsOf(this.values(column));
    this.#counts.set(column, counts);
    return counts;
  }
}
