/**
 * What a task on the rows of a table owns: from the column to predict to the words of a prediction. Each task has a
 * folder with its `description.ts` (data, for everyone) and a `task.ts`, which exports one of these as `task`.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Alert, Headline, Metrics, RowPrediction, Verdict } from '../../protocol';
import type { Table, TargetColumn, TargetEncoder } from '../datasets';
import type { EncodedRows } from '../features';

export interface RowTask<T extends TargetEncoder = TargetEncoder> {
  readonly learnsFrom: 'rows';
  /** Learns what there is to know of the target from the training rows. `x`: these rows, encoded. */
  fitTarget(table: Table, rows: Uint32Array, column: TargetColumn, x: EncodedRows): T;
  /** LabError('damaged') when the data are no target's. */
  targetFromJSON(json: unknown): T;
  /** Numbers that a model gives for each row. */
  outputs(target: T): number;
  /** How much a row counts in the loss, by its class index; undefined: every row the same. */
  classWeights(target: T, wish: 'auto' | 'balanced' | 'none'): Float64Array | undefined;
  /**
   * What gradients make small. `outputs` `[rows, outputs]`, `wanted` `[rows]` (int32 of names, float32 of numbers),
   * `rowWeights` `[rows]` with sum 1. A task without it is learnt only by families that fit directly.
   */
  loss?(outputs: tf.Tensor2D, wanted: tf.Tensor1D, rowWeights: tf.Tensor1D): tf.Scalar;
  /** `outputs` `[rows, outputs]` flat, against what was wanted of the same rows. `final`: of the kept weights. */
  measure(target: T, outputs: Float32Array, wanted: Wanted, final: boolean): Measured;
  /** The figure that the model is known by, beside a guess without any learning. `validation`: what was wanted there. */
  headline(target: T, validation: Wanted, metrics: Metrics): Headline | undefined;
  /** What the folds of a cross-validation keep of rows that their model had not seen. */
  heldOut(target: T, outputs: Float32Array, wanted: Wanted): HeldOut;
  /** Over the held-out rows of all folds. `losses`: of each fold. */
  measureHeldOut(target: T, heldOut: HeldOut, losses: readonly number[]): Metrics;
  /** What `model.onnx` gives, made of the model's outputs `[batch, outputs]`. */
  exported(target: T, outputs: tf.Tensor2D): Record<string, tf.Tensor>;
  /** `kept`: what `measure` asked to keep, as it was stored with the model. */
  judge(target: T, kept: Kept): RowJudge;
}

/** What the rows of one part should be, in their order. */
export type Wanted =
  | {
      readonly answer: 'name';
      /** Class index; negative: a class that the model does not know. */
      readonly labels: Int32Array;
    }
  | {
      readonly answer: 'number';
      /** Standardised. */
      readonly values: Float32Array;
      /** In the target's units. */
      readonly original: Float64Array;
    };

/** Plain data that is stored beside the target in `preprocess.json`. */
export type Kept = Readonly<Record<string, unknown>>;

export interface Measured {
  readonly metrics: Metrics;
  /** What people should know of it, e.g. classes that are never predicted. */
  readonly alerts?: readonly Alert[] | undefined;
  readonly kept?: Kept | undefined;
}

/** Rows that were predicted by a model that had not seen them. */
export interface HeldOut {
  /** `[rows, outputs]`, flat: logits, or values in the target's units. */
  readonly predicted: Float64Array;
  /** `[rows]`: class index, or value in the target's units. */
  readonly actual: Float64Array;
}

/** What is known of the row that is judged. */
export interface Known {
  /** Class index, `UNLABELLED` or `UNKNOWN_CLASS`. */
  readonly label: number;
  /** The label as a number, in the target's units; NaN without one. */
  readonly original: number;
}

/** The row has no label. */
export const UNLABELLED = -1;
/** The label's class is none that the model knows: it cannot but be wrong. */
export const UNKNOWN_CLASS = -2;

/** What a model says of a row. */
export interface Judgement {
  /** The likeliest class; -1 where the answer is a number. */
  classIndex: number;
  /** Its probability. */
  confidence: number;
  /** The number, in the target's units; NaN where the answer is a name. */
  value: number;
  /** Half-width of its 90 % interval, in the target's units; NaN where it is not known. */
  halfWidth: number;
  verdict: Verdict;
}

/** Judges rows by a trained model's outputs, `[outputs]` of one row each. */
export interface RowJudge {
  /** Into `judgement`, which may be used again. */
  judge(outputs: Float32Array, known: Known, judgement: Judgement): void;
  /** In full, for the hover. */
  describe(outputs: Float32Array, known: Known): Partial<RowPrediction>;
  /** The columns that a written prediction adds. */
  readonly columns: readonly string[];
  /** Their cells. */
  cells(outputs: Float32Array): readonly string[];
}
