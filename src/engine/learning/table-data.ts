/** A table as a model learns from it: encoded by statistics of the training rows alone, in two parts. */
import {
  type ColumnSummary,
  type DatasetIssue,
  type Experiment,
  LabError,
  writeCounted,
} from '../../protocol';
import {
  describeColumns,
  type EncodedRows,
  type Encoder,
  fitEncoder,
  fitTarget,
  type NumberTransform,
  type Table,
  type TargetColumn,
  type TargetEncoder,
  targetGroups,
} from '../datasets';
import { chooseTransform } from './target-transform';

/** Rows of one part. Positions 0 … rows.length - 1 count within the part. */
export interface TablePart {
  /** Row numbers in the table. */
  readonly rows: Uint32Array;
  readonly x: EncodedRows;
  /** Class index (exact in float32's integers) or standardised value. */
  readonly y: PartTarget;
}

export type PartTarget =
  | { readonly answer: 'name'; readonly labels: Int32Array }
  | { readonly answer: 'number'; readonly values: Float32Array; readonly original: Float64Array };

export interface TableData {
  readonly encoder: Encoder;
  readonly target: TargetEncoder;
  /** What was found in the column to predict. */
  readonly issues: readonly DatasetIssue[];
  /** Classes, or 1. */
  readonly outputs: number;
  readonly training: TablePart;
  readonly validation: TablePart;
}

/**
 * `columns`: what each holds, judged by the whole table as inspection does, so that every fold reads them alike.
 * LabError('dataset') when no column is left to learn from or a part is empty.
 */
export function prepareTable(
  experiment: Experiment,
  table: Table,
  column: TargetColumn,
  rows: { readonly training: Uint32Array; readonly validation: Uint32Array },
  columns: readonly ColumnSummary[] = columnsFor(table, column),
): TableData {
  if (rows.training.length === 0 || rows.validation.length === 0) {
    throw new LabError(
      'dataset',
      `${writeCounted(table.rows, 'row')} ${table.rows === 1 ? 'is' : 'are'} too few to learn from some and check on others.`,
      {
        advice: 'Add rows: a few dozen at the very least, some of each class.',
        place: { path: table.path },
      },
    );
  }
  const encoder = fitEncoder(table, rows.training, {
    target: column.column,
    answer: column.answer,
    exclude: experiment.exclude,
    columns,
  });
  if (encoder.width === 0) {
    throw new LabError('dataset', 'No column is left to learn from.', {
      advice:
        `Columns that are constant, empty, dates or identifiers are not used. ${encoder.notes[0]?.message ?? ''}`.trim(),
      place: { path: table.path },
    });
  }
  const training = encoder.encode(table, rows.training);
  const target = fitTarget(table, rows.training, column, transformFor(column, training, rows.training));
  return {
    encoder,
    target,
    issues: column.issues,
    outputs: target.answer === 'name' ? target.classes.length : 1,
    training: partOf(table, training, target, rows.training),
    validation: partOf(table, encoder.encode(table, rows.validation), target, rows.validation),
  };
}

/** What the columns hold for a target: the same as inspection shows for it. */
export function columnsFor(table: Table, { column, answer }: TargetColumn): ColumnSummary[] {
  return describeColumns(table, undefined, targetGroups(table, column, answer));
}

function transformFor(
  column: TargetColumn,
  x: EncodedRows,
  training: Uint32Array,
): NumberTransform | undefined {
  if (column.answer === 'name') return undefined;
  return chooseTransform(
    x,
    Float64Array.from(training, (row) => column.values[row] as number),
  );
}

function partOf(table: Table, x: EncodedRows, target: TargetEncoder, rows: Uint32Array): TablePart {
  const y: PartTarget =
    target.answer === 'name'
      ? { answer: 'name', labels: target.encode(table, rows) }
      : {
          answer: 'number',
          values: target.encode(table, rows),
          original: target.original(table, rows),
        };
  return { rows, x, y };
}

/**
 * `[classes]`: how much a row of each class counts, the mean over all rows being 1. Balanced weights are the inverse
 * frequencies; `auto` uses their square roots (a compromise between the rare class and the whole) and only where one
 * class has ten times the rows of another.
 */
export function classWeightsOf(wish: 'auto' | 'balanced' | 'none', counts: readonly number[]): Float64Array {
  const weights = new Float64Array(counts.length).fill(1);
  const present = counts.filter((count) => count > 0);
  const unbalanced = Math.max(...present) >= 10 * Math.min(...present);
  if (wish === 'none' || (wish === 'auto' && !unbalanced)) return weights;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const power = wish === 'balanced' ? 1 : 0.5;
  counts.forEach((count, k) => {
    weights[k] = count === 0 ? 0 : (rows / (present.length * count)) ** power;
  });
  const mean = counts.reduce((sum, count, k) => sum + count * (weights[k] as number), 0) / rows;
  return weights.map((weight) => weight / mean);
}
