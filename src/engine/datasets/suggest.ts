/** Which columns could be predicted, the likeliest first. */
import type { ColumnSummary, TargetSuggestion } from '../../protocol/dataset';
import { writeNumber } from '../../protocol/words';
import { taskOfColumn } from './target';
import type { Table } from './types';

/** Names by which people call what is to be predicted, by strength. */
const LABEL_WORDS = new Set(
  'target label labels class classes species category outcome diagnosis topic sentiment intent survived churn churned spam verdict edible quality grade'.split(
    ' ',
  ),
);
const AMOUNT_WORDS = new Set(
  'price prices rent cost income salary revenue sales demand rentals amount value count total cnt score charges'.split(
    ' ',
  ),
);
const MOST_CLASSES = 100;
const CLASSES_SHOWN = 4;

interface Ranked extends TargetSuggestion {
  readonly rank: number;
}

export function suggestTargets(table: Table, columns: readonly ColumnSummary[]): TargetSuggestion[] {
  const ranked: Ranked[] = [];
  const hasText = columns.some(({ kind }) => kind === 'text');
  const coordinates = ['x', 'z'].every((name) =>
    columns.some((column) => column.name.toLowerCase() === name),
  );
  for (const column of columns) {
    if (!canBeTarget(column, table.rows)) continue;
    const task = taskOfColumn(table, column);
    const { rank, reason } = rankOf(column, columns.length, hasText, coordinates);
    ranked.push({ column: column.name, task, preview: previewOf(table, column, task), reason, rank });
  }
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .map(({ column, task, preview, reason }) => ({ column, task, preview, reason }));
}

function canBeTarget({ kind, distinct, missing }: ColumnSummary, rows: number): boolean {
  if (distinct < 2) return false;
  if (kind === 'number') return true;
  return (
    (kind === 'category' || kind === 'boolean') && distinct <= Math.min(MOST_CLASSES, (rows - missing) / 2)
  );
}

function rankOf(
  column: ColumnSummary,
  count: number,
  hasText: boolean,
  coordinates: boolean,
): { readonly rank: number; readonly reason: string } {
  const words = column.name
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const last = column.index === count - 1;
  const classes = column.kind === 'category' || column.kind === 'boolean';
  const place = last ? 5 : 0;
  if (words.some((word) => LABEL_WORDS.has(word)))
    return { rank: 100 + place, reason: 'named like a target' };
  if (classes && hasText) return { rank: 90 - column.index / count, reason: 'a label beside a text' };
  if (column.kind === 'number' && words.some((word) => AMOUNT_WORDS.has(word))) {
    return { rank: 80 + place, reason: 'named like a target' };
  }
  if (words.includes('y') && words.length === 1 && !coordinates)
    return { rank: 75, reason: 'named like a target' };
  if (last) return { rank: 70, reason: 'last column' };
  if (classes && column.index === 0) return { rank: 60, reason: 'first column' };
  return { rank: classes ? 20 - column.index / count : 10 - column.index / count, reason: '' };
}

/** `3 classes: Adelie 152, Gentoo 124, Chinstrap 68`, or `a number from 326 to 18,823, mean 3,933`. */
function previewOf(table: Table, column: ColumnSummary, task: TargetSuggestion['task']): string {
  const missing = column.missing > 0 ? `; ${column.missing} missing` : '';
  if (task === 'regression' && column.range !== undefined) {
    const { min, max, mean } = column.range;
    return `a number from ${writeNumber(min)} to ${writeNumber(max)}, mean ${writeNumber(mean)}${missing}`;
  }
  const values = column.values.length > 0 ? column.values : countValues(table, column.index);
  const shown = values.slice(0, CLASSES_SHOWN).map(({ value, count }) => `${value} ${count}`);
  const more = column.distinct - shown.length;
  return `${column.distinct} classes: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}${missing}`;
}

function countValues(table: Table, column: number): { value: string; count: number }[] {
  const counts = new Map<number, number>();
  for (const value of table.numbers(column)) {
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => ({ value: String(value), count }));
}
