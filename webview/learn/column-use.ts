/** Which columns of a table the model sees. */
import { isLeftOut } from '../../src/protocol/column-kinds';
import type { ColumnSummary, TableSummary } from '../../src/protocol/dataset';
import { writeNumber } from '../../src/protocol/words';

/** All columns but the target. */
export function features(table: TableSummary, target: string | undefined): readonly ColumnSummary[] {
  return table.columns.filter((column) => column.name !== target);
}

/** `6 of 8 used`. */
export function countUsed(
  table: TableSummary,
  target: string | undefined,
  exclude: readonly string[],
): string {
  const all = features(table, target);
  const excluded = new Set(exclude);
  const used = all.filter((column) => !isLeftOut(column.kind) && !excluded.has(column.name));
  return `${writeNumber(used.length)} of ${writeNumber(all.length)} used`;
}
