/** What one column alone tells of the target: a table of its values, or of bins of them, and the answer in each. */
import type { Table } from '../datasets';
import { isLopsided } from './lopsided';
import { fitRidge, predictRidge, rSquared } from './ridge';

/** The target of some rows: class indices, or numbers. */
export interface Answers {
  readonly rows: Uint32Array;
  /** `[rows]` */
  readonly values: ArrayLike<number>;
}

/** Bins of a column of numbers: quantiles of the training rows. */
const BINS = 64;

/** Names the bin or the value that a row has in the column. */
function keysOf(
  table: Table,
  column: number,
  isNumber: boolean,
  training: Uint32Array,
): (row: number) => string {
  if (!isNumber) return (row) => table.value(row, column);
  const numbers = table.numbers(column);
  const sorted = Float64Array.from(training, (row) => numbers[row] as number)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const edges = [
    ...new Set(
      Array.from({ length: BINS - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / BINS)]),
    ),
  ].filter((edge) => edge !== undefined);
  return (row) => {
    const value = numbers[row] as number;
    if (Number.isNaN(value)) return '';
    const bin = edges.findIndex((edge) => value < edge);
    return String(bin < 0 ? edges.length : bin);
  };
}

/** Share of right validation rows (mean over the classes where nearly all rows are of one) by the commonest class of each value. */
export function classesByColumn(
  table: Table,
  column: number,
  isNumber: boolean,
  training: Answers,
  validation: Answers,
  counts: readonly number[],
): number {
  const keyOf = keysOf(table, column, isNumber, training.rows);
  const seen = new Map<string, number[]>();
  training.rows.forEach((row, at) => {
    const key = keyOf(row);
    const tally = seen.get(key) ?? counts.map(() => 0);
    const label = training.values[at] as number;
    if (label >= 0) tally[label] = (tally[label] as number) + 1;
    seen.set(key, tally);
  });
  const commonest = counts.indexOf(Math.max(...counts));
  const right = counts.map(() => 0);
  const actual = counts.map(() => 0);
  validation.rows.forEach((row, at) => {
    const label = validation.values[at] as number;
    if (label < 0) return;
    const tally = seen.get(keyOf(row));
    const said = tally === undefined ? commonest : tally.indexOf(Math.max(...tally));
    actual[label] = (actual[label] as number) + 1;
    if (said === label) right[label] = (right[label] as number) + 1;
  });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (!isLopsided(counts)) return sum(right) / Math.max(1, validation.rows.length);
  const recalls = actual.flatMap((rows, k) => (rows === 0 ? [] : [(right[k] as number) / rows]));
  return sum(recalls) / Math.max(1, recalls.length);
}

/** R² on the validation rows by the mean of each value or bin, or by a straight line, whichever is better. */
export function numbersByColumn(
  table: Table,
  column: number,
  isNumber: boolean,
  training: Answers,
  validation: Answers,
): number {
  const keyOf = keysOf(table, column, isNumber, training.rows);
  const sums = new Map<string, { sum: number; count: number }>();
  let total = 0;
  training.rows.forEach((row, at) => {
    const key = keyOf(row);
    const known = sums.get(key) ?? { sum: 0, count: 0 };
    known.sum += training.values[at] as number;
    known.count++;
    total += training.values[at] as number;
    sums.set(key, known);
  });
  const mean = total / Math.max(1, training.rows.length);
  const means = Float64Array.from(validation.rows, (row) => {
    const known = sums.get(keyOf(row));
    return known === undefined ? mean : known.sum / known.count;
  });
  const byMeans = rSquared(means, validation.values);
  return isNumber ? Math.max(byMeans, sumOfColumns(table, [column], training, validation)) : byMeans;
}

/** R² on the validation rows of the best weighted sum of columns of numbers; missing numbers are the column's mean. */
export function sumOfColumns(
  table: Table,
  columns: readonly number[],
  training: Answers,
  validation: Answers,
): number {
  const scales = columns.map((column) => {
    const numbers = table.numbers(column);
    const present = Float64Array.from(training.rows, (row) => numbers[row] as number).filter(Number.isFinite);
    const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
    const deviation = Math.sqrt(
      present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, present.length),
    );
    return { numbers, mean, deviation: deviation || 1 };
  });
  const design = ({ rows }: Answers) => {
    const values = new Float64Array(rows.length * columns.length);
    rows.forEach((row, r) => {
      scales.forEach(({ numbers, mean, deviation }, c) => {
        const value = numbers[row] as number;
        values[r * columns.length + c] = Number.isFinite(value) ? (value - mean) / deviation : 0;
      });
    });
    return { rows: rows.length, width: columns.length, values };
  };
  return rSquared(
    predictRidge(design(validation), fitRidge(design(training), training.values)),
    validation.values,
  );
}
