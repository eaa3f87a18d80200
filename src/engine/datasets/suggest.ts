/** Which columns could be predicted, the likeliest first. */
import type { ColumnSummary, TargetSuggestion } from '../../protocol/dataset';
import { usualTask } from '../../protocol/tasks';
import { areYears, writeValue } from '../../protocol/words';
import { labelKey } from './label-key';
import { answerOfColumn } from './target-column';
import { nameWords, targetRank } from './target-rank';
import type { TableLooks } from './target-rank';
import type { Answer, Table } from './types';

const MOST_CLASSES = 100;
const CLASSES_SHOWN = 4;

interface Ranked extends TargetSuggestion {
  readonly rank: number;
}

/** All columns that can be a target: also those that are no good as features, such as numbers that count up, last. */
export function suggestTargets(table: Table, columns: readonly ColumnSummary[]): TargetSuggestion[] {
  const looks = looksOf(columns);
  const ranked: Ranked[] = [];
  for (const column of columns) {
    if (!canBeTarget(column, table.rows)) continue;
    const answer = answerOfColumn(table, column);
    const { rank, reason } = targetRank(column, answer, looks);
    const preview = previewOf(table, column, answer);
    ranked.push({ column: column.name, task: usualTask(answer), preview, reason, rank });
  }
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .map(({ column, task, preview, reason }) => ({ column, task, preview, reason }));
}

/** Fewer words or characters than this are a name for the row, not a text about it. */
const TEXT_WORDS = 4;
const TEXT_CHARACTERS = 25;

function looksOf(columns: readonly ColumnSummary[]): TableLooks {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const counts = new Map<string, number>();
  for (const word of columns.flatMap(({ name }) => [...new Set(nameWords(name))]))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const places = columns.filter(({ kind }) => !NO_PLACE.includes(kind));
  const [front] = columns;
  const rowNames = front !== undefined && areRowNames(front);
  const after = rowNames ? places.filter(({ index }) => index > 0) : places;
  return {
    first: after[0]?.index ?? 0,
    last: after.at(-1)?.index ?? columns.length - 1,
    rowNames,
    hasText: columns.some(
      (column) => column.kind === 'text' && !(column === front && rowNames) && isWordy(column),
    ),
    coordinates: ['x', 'z'].every((name) => names.has(name)),
    names,
    repeated: new Set([...counts].filter(([, count]) => count > 1).map(([word]) => word)),
  };
}

/** What stands before or behind the columns that could be meant. */
const NO_PLACE: readonly ColumnSummary['kind'][] = ['identifier', 'constant', 'empty'];

/** As R writes them: a name for each row, or numbers from 1 on (other tools count from 0). */
function areRowNames({ name, kind, range, distinct, missing, values }: ColumnSummary): boolean {
  if (missing > 0) return false;
  if (/^row[\s_.-]?names?$/iu.test(name)) return true;
  const nameless = name === 'column 1' || /^(?:unnamed: 0|x|\.\.\.1)$/iu.test(name);
  if (!nameless) return false;
  return range === undefined
    ? values.every(({ count }) => count === 1) && distinct > 1
    : kind === 'identifier' && range.min === 1;
}

function isWordy({ values }: ColumnSummary): boolean {
  const mean = (of: (value: string) => number): number =>
    values.reduce((sum, { value }) => sum + of(value), 0) / Math.max(1, values.length);
  return (
    mean((value) => value.length) >= TEXT_CHARACTERS ||
    mean((value) => value.split(/\s+/u).length) >= TEXT_WORDS
  );
}

function canBeTarget({ kind, distinct, missing, range, image }: ColumnSummary, rows: number): boolean {
  if (distinct < 2 || image !== undefined || kind === 'constant' || kind === 'empty') return false;
  if (range !== undefined) return true;
  return kind !== 'identifier' && distinct <= Math.min(MOST_CLASSES, (rows - missing) / 2);
}

/** `3 classes: Adelie 152, Gentoo 124, Chinstrap 68`, or `a number from 326 to 18,823, mean 3,933`. */
function previewOf(table: Table, column: ColumnSummary, answer: Answer): string {
  const missing = column.missing > 0 ? `; ${column.missing} missing` : '';
  if (answer === 'number' && column.range !== undefined) {
    const { min, max, mean } = column.range;
    const figure = (value: number) => writeValue(value, areYears(min, max));
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
