/** A table, or a fold of one, as the subject of a training. */
import type { Experiment } from '../../protocol';
import { joinSentences } from '../../protocol/errors';
import type { DatasetIssue } from '../../protocol/dataset';
import { rowKeys, type Table } from '../datasets';
import { exportFeatureModel, type FeatureFamily, type FeatureModel } from '../models';
import { leakAlert } from './leak-guard';
import type { Subject } from './subject';
import type { TableData } from './table-data';
import { tableWay } from './table-way';

export interface TableSubject extends Subject {
  readonly data: TableData;
  readonly model: FeatureModel;
}

export interface TableSubjectOptions {
  /** A fold of a cross-validation, whose validation part must not be seen before the end. */
  readonly judged: boolean;
  /** What else there is to say of the table's rows. */
  readonly issues: readonly DatasetIssue[];
}

export function tableSubject(
  { model: choice, task: taskName, seed }: Experiment,
  family: FeatureFamily,
  table: Table,
  data: TableData,
  { judged, issues }: TableSubjectOptions,
): TableSubject {
  const model = family.model(choice.hyperparameters, data.encoder.width, data.outputs);
  const { target, encoder } = data;
  return {
    data,
    model,
    ...tableWay(family, choice.hyperparameters, taskName, { data, model, seed, validate: !judged }),
    rows: { training: data.training.rows.length, validation: data.validation.rows.length },
    ...(target.answer === 'name' ? { classes: target.classes } : {}),
    notes: [...table.issues, ...issues, ...data.issues, ...encoder.notes].map((issue) =>
      describe(issue, table.counted),
    ),
    headline: (validation) => data.task.headline(target, data.validation.y, validation),
    measureHeldOut: (heldOut, losses) => data.task.measureHeldOut(target, heldOut, losses),
    leak: (headline) => leakAlert(table, data, headline),
    modelFiles: (weights, { kept }) => {
      const keys = rowKeys(table);
      const keysOf = (rows: Uint32Array): Float64Array =>
        Float64Array.from(rows, (row) => keys[row] as number);
      return {
        weights,
        preprocess: {
          version: 1,
          kind: 'table',
          encoder: encoder.toJSON(),
          target: target.toJSON(),
          ...kept,
        },
        rowParts: { training: keysOf(data.training.rows), validation: keysOf(data.validation.rows) },
      };
    },
    onnx: (weights) =>
      exportFeatureModel(model, weights, encoder.width, (outputs) => data.task.exported(target, outputs)),
  };
}

function describe({ line, message, advice }: DatasetIssue, counted: Table['counted']): string {
  const named = line === undefined || message.includes(`${counted} ${line}`);
  return (named ? '' : `${counted === 'line' ? 'Line' : 'Row'} ${line}: `) + joinSentences(message, advice);
}
