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
  type Table,
  type TargetColumn,
  type TargetEncoder,
  targetGroups,
} from '../datasets';
import { type EncodedRows, type Encoder, fitEncoder } from '../features';
import type { RowTask, Wanted } from '../tasks';

/** Rows of one part. Positions 0 … rows.length - 1 count within the part. */
export interface TablePart {
  /** Row numbers in the table. */
  readonly rows: Uint32Array;
  readonly x: EncodedRows;
  /** What the model should say of them. */
  readonly y: Wanted;
}

export interface TableData {
  readonly encoder: Encoder;
  readonly target: TargetEncoder;
  /** What was found in the column to predict. */
  readonly issues: readonly DatasetIssue[];
  readonly task: RowTask;
  /** Numbers that the model gives for each row. */
  readonly outputs: number;
  readonly training: TablePart;
  readonly validation: TablePart;
}

/**
 * `columns`: what each holds, judged by the whole table as inspection does, so that every fold reads them alike.
 * LabError('dataset') when no column is left to learn from or a part is empty.
 */
export function prepareTable(
  task: RowTask,
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
  const target = task.fitTarget(table, rows.training, column, training);
  return {
    encoder,
    target,
    issues: column.issues,
    task,
    outputs: task.outputs(target),
    training: partOf(table, training, target, rows.training),
    validation: partOf(table, encoder.encode(table, rows.validation), target, rows.validation),
  };
}

/** What the columns hold for a target: the same as inspection shows for it. */
export function columnsFor(table: Table, { column, answer }: TargetColumn): ColumnSummary[] {
  return describeColumns(table, undefined, targetGroups(table, column, answer));
}

function partOf(table: Table, x: EncodedRows, target: TargetEncoder, rows: Uint32Array): TablePart {
  const y: Wanted =
    target.answer === 'name'
      ? { answer: 'name', labels: target.encode(table, rows) }
      : {
          answer: 'number',
          values: target.encode(table, rows),
          original: target.original(table, rows),
        };
  return { rows, x, y };
}
