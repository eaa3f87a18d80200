/**
 * Rows that stand more than once. A copy of a training row in the validation part is no new row: who has learnt the one
 * by heart knows the other. Copies are told from rows that agree by chance, as they do where columns have few values.
 */
import type { DatasetIssue } from '../../protocol/dataset';
import { placeOf } from './row-words';
import { RowShape } from './types';
import type { Table, TargetColumn } from './types';
import { writeCount } from '../../protocol/words';

export interface DuplicateRows {
  /** `[rows]`: the first row that has the same features (or is the same as a whole); undefined where rows need not be kept together. */
  readonly groups: Uint32Array | undefined;
  /** What is to be said of them. */
  readonly issue: DatasetIssue;
}

/** So many times as many equal pairs as columns without any relation would have are copies. */
const MORE_THAN_CHANCE = 4;
/** Where fewer of the rows with equal features agree in the target, too, only those that do are copies. */
const AGREEING_SHARE = 0.5;
/** Fewer different rows than this could not be split. */
const FEWEST_DIFFERENT = 10;
/** Rows that chance is estimated from. */
const SAMPLED_ROWS = 5_000;
/** Mean length of the cells of a column above which no two are equal by chance. */
const LONG_CELL = 20;

/** Whether any two rows are equal in all columns that a model could learn from: what `findDuplicates` would look into. */
export function hasEqualRows(table: Table, target: string): boolean {
  const columns = featureColumns(table, target, []);
  if (columns.length === 0) return false;
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  return firstEqual(table, rows, columns).some((first, row) => first !== row);
}

/**
 * Rows with equal cells in every column but the target and the excluded ones. Undefined where no whole row stands twice.
 * Columns with a different value in every row are overlooked when they only count the rows.
 */
export function findDuplicates(
  table: Table,
  target: TargetColumn,
  exclude: readonly string[] = [],
): DuplicateRows | undefined {
  const columns = featureColumns(table, target.column, exclude);
  const usable = usableRows(table, target);
  if (columns.length === 0 || usable.length < 2) return undefined;
  const groups = firstEqual(table, usable, columns);
  const whole = Uint32Array.from(groups.keys());
  const labelled = new Map<number, Map<number, number>>();
  let pairs = 0;
  let agreeing = 0;
  let different = 0;
  const sizes = new Map<number, number>();
  let repeats = 0;
  const repeated = new Set<number>();
  let again: { row: number; first: number } | undefined;
  for (const row of usable) {
    const group = groups[row] as number;
    if (group === row) {
      different++;
      continue;
    }
    const size = sizes.get(group) ?? 1;
    pairs += size;
    sizes.set(group, size + 1);
    const rowOf = labelled.get(group) ?? new Map([[valueOf(target, group), group]]);
    labelled.set(group, rowOf);
    const first = rowOf.get(valueOf(target, row));
    if (first === undefined) {
      rowOf.set(valueOf(target, row), row);
      continue;
    }
    repeats++;
    whole[row] = first;
    repeated.add(first);
    again ??= { row, first };
  }
  if (again === undefined) return undefined;
  for (const row of usable)
    if (groups[row] !== row && sameTarget(target, row, groups[row] as number)) agreeing++;
  const copied = usable.length - different;
  const byChance = different < FEWEST_DIFFERENT || equalByChance(table, usable, columns, pairs);
  const issue = issueOf(table, repeats + repeated.size, again, byChance);
  return { groups: byChance ? undefined : agreeing < AGREEING_SHARE * copied ? whole : groups, issue };
}

function issueOf(
  table: Table,
  count: number,
  { row, first }: { readonly row: number; readonly first: number },
  byChance: boolean,
): DatasetIssue {
  const line = table.startLine[row] as number;
  return {
    severity: 'information',
    code: 'duplicate-rows',
    message: `${count === 1 ? '1 row stands' : `${writeCount(count)} rows stand`} more than once (first in ${placeOf(table, first)}, again in ${placeOf(table, row)}).`,
    advice: byChance
      ? 'Its columns have few different values, so that rows agree by chance: they are split like all others.'
      : 'Equal rows are kept on one side of the split, so that no row is judged by a model that has learnt its copy.',
    line,
    rows: count,
  };
}

function valueOf(target: TargetColumn, row: number): number {
  return (target.answer === 'name' ? target.labels[row] : target.values[row]) as number;
}

function sameTarget(target: TargetColumn, a: number, b: number): boolean {
  return valueOf(target, a) === valueOf(target, b);
}

/** Rows that can be learnt from. */
function usableRows(table: Table, target: TargetColumn): Uint32Array {
  const rows = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    const value = valueOf(target, row);
    const known = target.answer === 'name' ? value >= 0 : !Number.isNaN(value);
    if (known && table.shape[row] !== RowShape.tooMany) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function featureColumns(table: Table, target: string, exclude: readonly string[]): number[] {
  const leftOut = new Set([target, ...exclude]);
  return [...table.columns.keys()].filter(
    (column) =>
      !leftOut.has(table.columns[column] as string) &&
      table.reader.wish(column)?.kind !== 'left-out' &&
      !countsRows(table, column),
  );
}

/** Whether the column is an index of the rows: whole numbers, each once, as many as from the least to the greatest. */
export function countsRows(table: Table, column: number): boolean {
  const numbers = table.numbers(column);
  const seen = new Set<number>();
  let min = Infinity;
  let max = -Infinity;
  for (const value of numbers) {
    if (!Number.isInteger(value) || seen.has(value)) return false;
    seen.add(value);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max - min < 2 * seen.size;
}

/** `[rows]`: the first of the given rows whose cells in these columns are the same, by a hash of 53 bits. */
export function firstEqual(table: Table, rows: Uint32Array, columns: readonly number[]): Uint32Array {
  const groups = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const hashed = Uint32Array.from(columns);
  const keys = table.hashes(hashed);
  // A map of so many numbers takes longer than hashing them: open addressing, half of the places free.
  const mask = 2 ** Math.ceil(Math.log2(2 * rows.length + 1)) - 1;
  const places = new Int32Array(mask + 1).fill(-1);
  for (const row of rows) {
    const key = keys[row] as number;
    let place = (key >>> 0) & mask;
    while ((places[place] as number) >= 0 && keys[places[place] as number] !== key)
      place = (place + 1) & mask;
    const known = places[place] as number;
    if (known < 0) places[place] = row;
    else groups[row] = known;
  }
  return groups;
}

/** Whether so many pairs of equal rows are no more than columns without any relation would have. */
export function equalByChance(
  table: Table,
  rows: Uint32Array,
  columns: readonly number[],
  pairs: number,
): boolean {
  return pairs <= MORE_THAN_CHANCE * expectedPairs(table, rows, columns);
}

/** Pairs of rows that would be equal if the columns had nothing to do with each other. */
function expectedPairs(table: Table, rows: Uint32Array, columns: readonly number[]): number {
  const stride = Math.max(1, Math.ceil(rows.length / SAMPLED_ROWS));
  const sample = rows.filter((_, position) => position % stride === 0);
  let chance = 1;
  for (const column of columns) {
    const counts = new Map<string, number>();
    let length = 0;
    for (const row of sample) {
      const cell = table.cell(row, column);
      length += cell.length;
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    if (length > LONG_CELL * sample.length) return 0;
    let equal = 0;
    for (const count of counts.values()) equal += count * (count - 1);
    chance *= equal / (sample.length * (sample.length - 1));
  }
  return (chance * rows.length * (rows.length - 1)) / 2;
}
