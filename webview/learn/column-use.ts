/** Which columns of a table the model sees. */
import type { ColumnSummary, TableSummary } from '../../src/protocol/dataset';
import { writeNumber } from '../../src/protocol/words';

const leftOut: ReadonlySet<ColumnSummary['kind']> = new Set(['identifier', 'constant', 'empty']);

/** Whether the engine leaves a column out of itself: there is nothing to tick. */
export function isLeftOut({ kind }: ColumnSummary): boolean {
  return leftOut.has(kind);
}

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
  const used = all.filter((column) => !isLeftOut(column) && !excluded.has(column.name));
  return `${writeNumber(used.length)} of ${writeNumber(all.length)} used`;
}
