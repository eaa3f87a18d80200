/** The column to predict: found by name, read as classes or numbers, encoded and decoded. */
import * as z from 'zod';
import type { ColumnSummary } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import { ColumnReading, READ_BEFORE } from './column-reading';
import { describeColumn } from './columns';
import { nearestName } from './names';
import { RowShape } from './types';
import type {
  ClassLabels,
  ClassTarget,
  NumberTarget,
  Table,
  TargetColumn,
  TargetEncoder,
  TargetValues,
} from './types';

/** Numbers with at most so many different whole values are taken for classes when nobody says otherwise. */
const FEW_NUMBERS = 10;
const MOST_CLASSES = 1000;
const NAMES_LISTED = 12;
/**
 * Skewness of positive targets above which their logarithm is learnt. Only for values over many orders of magnitude:
 * errors are judged in original units, and on the diamonds (skewness 1.6) the logarithm costs 16 % of RMSE (651
 * against 559 to 569, the same perceptron).
 */
const HEAVY_TAIL = 5;
/** Predictions are float32 in the marks of an editor and in exported graphs: beyond this they would read as infinite. */
const LARGEST_TARGET = 1e30;

/** The task that suits the column best: what inspection proposes when nobody says. */
export function suggestTask(table: Table, column: string): TargetColumn['task'] {
  return taskOfColumn(table, describeColumn(table, requireColumn(table, column)));
}

/** `summary`: of the column over all rows. */
export function taskOfColumn(table: Table, { index, range, distinct }: ColumnSummary): TargetColumn['task'] {
  if (range === undefined) return 'classification';
  if (distinct > FEW_NUMBERS) return 'regression';
  for (const value of table.numbers(index)) {
    if (!Number.isNaN(value) && !Number.isInteger(value)) return 'regression';
  }
  return 'classification';
}

/** Index of the column; LabError('dataset') naming the columns there are, the nearest first. */
export function requireColumn(table: Table, name: string): number {
  const column = table.find(name);
  if (column >= 0) return column;
  const nearest = nearestName(name, table.columns);
  const listed = table.columns.slice(0, NAMES_LISTED).map((each) => `"${each}"`);
  const more = table.columns.length - listed.length;
  throw new LabError(
    'dataset',
    `There is no column "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    {
      advice: `The columns are ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
      place: { path: table.path, line: table.format.header ? table.format.firstLine : undefined },
    },
  );
}

/**
 * Reads the column to predict. LabError('dataset') when it is not there (with the nearest name), has no values,
 * only one class, a class for nearly every row, or (regression) something else than numbers.
 */
export function readTarget(table: Table, column: string, task: 'classification'): ClassLabels;
export function readTarget(table: Table, column: string, task: 'regression'): TargetValues;
export function readTarget(table: Table, column: string, task: TargetColumn['task']): TargetColumn;
export function readTarget(table: Table, column: string, task: TargetColumn['task']): TargetColumn {
  const index = requireColumn(table, column);
  return task === 'classification' ? readClasses(table, column, index) : readValues(table, column, index);
}

function readClasses(table: Table, column: string, index: number): ClassLabels {
  const found = new Map<string, number>();
  const labels = new Int32Array(table.rows).fill(-1);
  let usable = 0;
  for (let row = 0; row < table.rows; row++) {
    const label = usableLabel(table, row, index);
    if (label === undefined) continue;
    usable++;
    let known = found.get(label);
    if (known === undefined) {
      known = found.size;
      found.set(label, known);
    }
    labels[row] = known;
  }
  const place = {
    path: table.path,
    line: table.format.header ? table.format.firstLine : undefined,
    column: index + 1,
  };
  if (usable === 0) {
    throw new LabError('dataset', `The column "${column}" has no values to learn from.`, {
      advice: 'Choose another column to predict, or fill in some labels.',
      place,
    });
  }
  if (found.size === 1) {
    throw new LabError(
      'dataset',
      `The column "${column}" has only one class, "${[...found.keys()].join('')}".`,
      {
        advice: 'There is nothing to tell apart: choose another column, or add rows of another class.',
        place,
      },
    );
  }
  if (found.size > MOST_CLASSES || (found.size > 20 && found.size > usable / 2)) {
    throw new LabError(
      'dataset',
      `The column "${column}" has ${found.size} different values in ${usable} rows.`,
      {
        advice: 'Too few rows for each class: choose another column, or predict it as a number if it is one.',
        place,
      },
    );
  }
  const classes = [...found.keys()].sort(byNumberThenCodeUnit);
  const rank = new Int32Array(found.size);
  classes.forEach((name, position) => {
    rank[found.get(name) as number] = position;
  });
  for (let row = 0; row < table.rows; row++) {
    const label = labels[row] as number;
    if (label >= 0) labels[row] = rank[label] as number;
  }
  return { task: 'classification', column, classes, labels };
}

function usableLabel(table: Table, row: number, column: number): string | undefined {
  if (table.shape[row] === RowShape.tooMany || table.isMissing(row, column)) return undefined;
  return table.cell(row, column).trim();
}

function byNumberThenCodeUnit(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : 1) : difference;
}

function readValues(table: Table, column: string, index: number): TargetValues {
  const values = table.numbers(index).slice();
  let usable = 0;
  let bad = -1;
  let badCount = 0;
  for (let row = 0; row < table.rows; row++) {
    if (table.shape[row] === RowShape.tooMany) values[row] = NaN;
    if (!Number.isNaN(values[row])) usable++;
    else if (table.shape[row] !== RowShape.tooMany && !table.isMissing(row, index)) {
      badCount++;
      if (bad < 0) bad = row;
    }
  }
  if (usable === 0 || badCount > usable) {
    throw new LabError('dataset', `The column "${column}" holds ${bad < 0 ? 'no values' : 'no numbers'}.`, {
      advice:
        bad < 0
          ? 'Choose another column to predict.'
          : `Line ${table.startLine[bad] as number} has "${table.cell(bad, index).slice(0, 40)}": predict it as classes instead.`,
      place: { path: table.path, line: bad < 0 ? undefined : table.startLine[bad], column: index + 1 },
    });
  }
  const huge = values.findIndex((value) => Math.abs(value) > LARGEST_TARGET);
  if (huge >= 0) {
    const line = table.startLine[huge];
    throw new LabError(
      'dataset',
      `The column "${column}" holds ${String(values[huge])} in line ${line ?? 0}: numbers beyond ${LARGEST_TARGET} cannot be predicted.`,
      {
        advice: 'Correct the value, or divide the whole column so that its numbers become smaller.',
        place: { path: table.path, line, column: index + 1 },
      },
    );
  }
  return { task: 'regression', column, values };
}

/** Learns the target's classes or its mean, deviation and transform from the given (training) rows. */
export function fitTarget(table: Table, rows: Uint32Array, target: TargetColumn): TargetEncoder {
  return target.task === 'classification' ? fitClasses(table, rows, target) : fitNumbers(table, rows, target);
}

function fitClasses(table: Table, rows: Uint32Array, target: ClassLabels): ClassTarget {
  const counts = new Array<number>(target.classes.length).fill(0);
  for (const row of rows) {
    const label = target.labels[row] as number;
    if (label >= 0) counts[label] = (counts[label] as number) + 1;
  }
  const present = target.classes.map((name, index) => ({ name, count: counts[index] as number }));
  const kept = present.filter(({ count }) => count > 0);
  return new Classes({
    task: 'classification',
    column: target.column,
    classes: kept.map(({ name }) => name),
    counts: kept.map(({ count }) => count),
    reading: table.reader.found(table.find(target.column)).reading,
  });
}

function fitNumbers(table: Table, rows: Uint32Array, target: TargetValues): NumberTarget {
  const values: number[] = [];
  for (const row of rows) {
    const value = target.values[row] as number;
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length === 0) {
    throw new LabError('dataset', `None of the training rows has a value in "${target.column}".`, {
      advice: 'Fill in some values, or choose another column to predict.',
      place: { path: table.path },
    });
  }
  const original = moments(values);
  const transform = original.min >= 0 && original.skewness > HEAVY_TAIL ? 'log1p' : 'none';
  const used = transform === 'log1p' ? moments(values.map(Math.log1p)) : original;
  return new Numbers({
    task: 'regression',
    column: target.column,
    transform,
    mean: used.mean,
    deviation: used.deviation || 1,
    originalMean: original.mean,
    originalDeviation: original.deviation,
    maximum: original.max,
    reading: table.reader.found(table.find(target.column)).reading,
  });
}

/** Above this the third power of a deviation leaves the range of a double. */
const LARGEST_CUBED = 1e90;

export function moments(values: ArrayLike<number>): {
  mean: number;
  deviation: number;
  skewness: number;
  min: number;
  max: number;
} {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const unit = largest > LARGEST_CUBED ? largest : 1;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) / unit;
  const mean = sum / values.length;
  let second = 0;
  let third = 0;
  for (let i = 0; i < values.length; i++) {
    const off = (values[i] as number) / unit - mean;
    second += off * off;
    third += off * off * off;
  }
  const deviation = Math.sqrt(second / values.length);
  const skewness = deviation > 0 ? third / values.length / deviation ** 3 : 0;
  return { mean: mean * unit, deviation: deviation * unit, skewness, min, max };
}

const ClassData = z.strictObject({
  task: z.literal('classification'),
  column: z.string(),
  classes: z.array(z.string()),
  counts: z.array(z.int().min(0)),
  reading: ColumnReading.optional(),
});
const NumberData = z.strictObject({
  task: z.literal('regression'),
  column: z.string(),
  transform: z.enum(['none', 'log1p']),
  mean: z.number(),
  deviation: z.number().positive(),
  originalMean: z.number(),
  originalDeviation: z.number(),
  maximum: z.number(),
  reading: ColumnReading.optional(),
});
const TargetData = z.discriminatedUnion('task', [ClassData, NumberData]);

/** LabError('damaged') when the data are no target encoder's. */
export function targetFromJSON(json: unknown): TargetEncoder {
  const parsed = TargetData.safeParse(json);
  if (!parsed.success) {
    throw new LabError('damaged', `The stored target is damaged: ${z.prettifyError(parsed.error)}`, {
      advice: 'Train the model again.',
    });
  }
  return parsed.data.task === 'classification' ? new Classes(parsed.data) : new Numbers(parsed.data);
}

class Classes implements ClassTarget {
  readonly task = 'classification';
  readonly column: string;
  readonly classes: readonly string[];
  readonly counts: readonly number[];
  readonly reading: ColumnReading;
  readonly #data: z.infer<typeof ClassData>;
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(data: z.infer<typeof ClassData>) {
    this.column = data.column;
    this.classes = data.classes;
    this.counts = data.counts;
    this.reading = data.reading ?? READ_BEFORE;
    this.#data = data;
    this.#indexOf = new Map(data.classes.map((name, index) => [name, index]));
  }

  encode(table: Table, rows: Uint32Array): Int32Array {
    const column = table.find(this.column);
    const labels = new Int32Array(rows.length).fill(-1);
    if (column < 0) return labels;
    rows.forEach((row, position) => {
      if (!table.isMissing(row, column)) {
        labels[position] = this.#indexOf.get(table.cell(row, column).trim()) ?? -1;
      }
    });
    return labels;
  }

  decode(index: number): string {
    const name = this.classes[index];
    if (name === undefined) throw new RangeError(`Class ${index} of ${this.classes.length}`);
    return name;
  }

  toJSON(): z.infer<typeof ClassData> {
    return { ...this.#data };
  }
}

class Numbers implements NumberTarget {
  readonly task = 'regression';
  readonly column: string;
  readonly transform: 'none' | 'log1p';
  readonly mean: number;
  readonly deviation: number;
  readonly originalMean: number;
  readonly originalDeviation: number;
  readonly reading: ColumnReading;
  readonly #data: z.infer<typeof NumberData>;

  constructor(data: z.infer<typeof NumberData>) {
    this.#data = data;
    this.column = data.column;
    this.transform = data.transform;
    this.mean = data.mean;
    this.deviation = data.deviation;
    this.originalMean = data.originalMean;
    this.originalDeviation = data.originalDeviation;
    this.reading = data.reading ?? READ_BEFORE;
  }

  encode(table: Table, rows: Uint32Array): Float32Array {
    return Float32Array.from(this.original(table, rows), (value) => {
      const used = this.transform === 'log1p' ? Math.log1p(Math.max(0, value)) : value;
      return (used - this.mean) / this.deviation;
    });
  }

  original(table: Table, rows: Uint32Array): Float64Array {
    const column = table.find(this.column);
    const out = new Float64Array(rows.length).fill(NaN);
    if (column < 0) return out;
    const numbers = table.numbers(column);
    rows.forEach((row, position) => {
      out[position] = numbers[row] as number;
    });
    return out;
  }

  decode(value: number): number {
    const used = value * this.deviation + this.mean;
    if (this.transform === 'none') return used;
    // Ten times the largest value seen: the exponential must not turn a small overshoot into an absurd figure.
    return Math.min(Math.max(0, Math.expm1(used)), this.#data.maximum * 10);
  }

  toJSON(): z.infer<typeof NumberData> {
    return { ...this.#data };
  }
}
