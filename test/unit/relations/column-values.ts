/** A column read and prepared in one call. */
import type { Table } from '../../../src/engine/datasets';
import { readColumn } from '../../../src/engine/plots';
import { type ColumnValues, valuesOf } from '../../../src/engine/relations';

export function columnValues(table: Table, column: number, kind: string): ColumnValues {
  return valuesOf(kind, readColumn(table, column));
}
