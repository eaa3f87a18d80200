/** Which columns could be predicted, the likeliest first. */
import type { ColumnSummary, TargetSuggestion } from '../../protocol/dataset';
import { labelKey } from './labels';
import { taskOfColumn } from './target-column';
import { targetRank } from './target-rank';
import type { TableLooks } from './target-rank';
import type { Table } from './types';

const MOST_CLASSES = 100;
const CLASSES_SHOWN = 4;

interface Ranked extends TargetSuggestion {
  readonly rank: number;
}

/** All columns that can be a target: also those that are no good as features, such as numbers that count up, last. */
export function suggestTargets(table: Table, columns: readonly ColumnSummary[]): TargetSuggestion[] {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const looks: TableLooks = {
    columns: columns.length,
    hasText: columns.some(({ kind }) => kind === 'text'),
    coordinates: ['x', 'z'].every((name) => names.has(name)),
  };
  const ranked: Ranked[] = [];
  for (const column of columns) {
    if (!canBeTarget(column, table.rows)) continue;
    const task = taskOfColumn(table, column);
    const { rank, reason } = targetRank(column, task, looks);
    ranked.push({ column: column.name, task, preview: previewOf(table, column, task), reason, rank });
  }
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .map(({ column, task, preview, reason }) => ({ column, task, preview, reason }));
}

function canBeTarget({ kind, distinct, missing, range }: ColumnSummary, rows: number): boolean {
  if (distinct < 2 || kind === 'constant' || kind === 'empty') return false;
  if (range !== undefined) return true;
  return kind !== 'identifier' && distinct <= Math.min(MOST_CLASSES, (rows - missing) / 2);
}

/** `3 classes: Adelie 152, Gentoo 124, Chinstrap 68`, or `a number from 326 to 18,823, mean 3,933`. */
function previewOf(table: Table, column: ColumnSummary, task: TargetSuggestion['task']): string {
  const missing = column.missing > 0 ? `; ${column.missing} missing` : '';
  if (task === 'regression' && column.range !== undefined) {
    const { min, max, mean } = column.range;
    return `a number from ${figure(min)} to ${figure(max)}, mean ${figure(mean)}${missing}`;
  }
  const values = column.values.length > 0 ? column.values : countValues(table, column.index);
  const whole = values.length >= column.distinct;
  const classes = whole ? together(values) : values;
  const distinct = whole ? classes.length : column.distinct;
  const shown = classes.slice(0, CLASSES_SHOWN).map(({ value, count }) => `${value} ${count}`);
  const more = distinct - shown.length;
  return `${distinct} classes: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}${missing}`;
}

interface Counted {
  readonly value: string;
  readonly count: number;
}

/** Labels that differ only in their spelling are one class, as in training. The commonest comes first. */
function together(values: readonly Counted[]): Counted[] {
  const classes = new Map<string, { value: string; count: number }>();
  for (const { value, count } of values) {
    const key = labelKey(value);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { value, count });
    else known.count += count;
  }
  if (classes.size < 2) return [...values];
  return [...classes.values()].sort((a, b) => b.count - a.count);
}

function countValues(table: Table, column: number): Counted[] {
  const counts = new Map<number, number>();
  for (const value of table.numbers(column)) {
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => ({ value: String(value), count }));
}

/** At least three significant digits, thousands apart. */
function figure(value: number): string {
  const digits = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en-US', digits);
}
