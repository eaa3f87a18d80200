/** A table, or a fold of one, as the subject of a training. */
import type { Experiment, Headline } from '../../protocol';
import type { DatasetIssue } from '../../protocol/dataset';
import { rowKeys, type Table } from '../datasets';
import { exportTableModel, type TableChoice, type TableModel, tableModel } from '../models';
import type { Subject } from './subject';
import type { TableData } from './table-data';
import { TableTask } from './table-task';

export interface TableSubject extends Subject {
  readonly data: TableData;
  readonly task: TableTask;
  readonly model: TableModel;
}

/** `judged`: a fold of a cross-validation, whose validation part must not be seen before the end. */
export function tableSubject(
  experiment: Experiment,
  choice: TableChoice,
  table: Table,
  data: TableData,
  judged: boolean,
): TableSubject {
  const { hyperparameters } = choice;
  const model = tableModel(choice, data.encoder.width, data.outputs);
  const { target, encoder } = data;
  return {
    data,
    model,
    task: new TableTask({ data, model, hyperparameters, seed: experiment.seed, validate: !judged }),
    settings: {
      lr: hyperparameters.lr,
      warmup: hyperparameters.warmup,
      floor: 0,
      patience: judged ? 0 : hyperparameters.patience,
      seed: experiment.seed,
      optimizer: {
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: hyperparameters.weightDecay,
        clip: hyperparameters.clip,
      },
    },
    epochs: hyperparameters.epochs,
    rows: { training: data.training.rows.length, validation: data.validation.rows.length },
    ...(target.task === 'classification' ? { classes: target.classes } : {}),
    notes: [...table.issues, ...encoder.notes].map(describe),
    headline: ({ accuracy, r2 }): Headline | undefined => {
      if (target.task === 'classification') {
        return accuracy === undefined
          ? undefined
          : { metric: 'accuracy', value: accuracy, ...commonest(data) };
      }
      if (r2 === undefined) return undefined;
      return { metric: 'r2', value: r2, baseline: 0, baselineLabel: 'always the mean' };
    },
    modelFiles: (weights, { intervalHalfWidth, interval }) => {
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
          ...(intervalHalfWidth === undefined ? {} : { intervalHalfWidth }),
          ...(interval === undefined ? {} : { interval }),
        },
        rowParts: { training: keysOf(data.training.rows), validation: keysOf(data.validation.rows) },
      };
    },
    onnx: (weights) =>
      exportTableModel(model, weights, encoder.width, target.task === 'classification' ? 'classes' : target),
  };
}

/** What always saying the commonest class of the training part would reach on the validation part. */
function commonest({ target, validation }: TableData): Pick<Headline, 'baseline' | 'baselineLabel'> {
  if (target.task !== 'classification' || validation.y.task !== 'classification') {
    return { baseline: 0, baselineLabel: '' };
  }
  const most = target.counts.indexOf(Math.max(...target.counts));
  const { labels } = validation.y;
  const hits = labels.reduce((sum, label) => sum + (label === most ? 1 : 0), 0);
  return { baseline: hits / labels.length, baselineLabel: `always "${target.decode(most)}"` };
}

function describe({ line, message, advice }: DatasetIssue): string {
  return `${line === undefined ? '' : `Line ${line}: `}${message} ${advice}`.trim();
}
