/** What a training needs to know of the data and the model. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Alert, Metrics } from '../../protocol';
import type { InputSpec, ProgramArray, ProgramState, TensorRecord } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import type { Parameter, Weights } from '../models';
import type { Kept } from '../tasks';

/** The course of a training, whichever way it learns. */
export interface LearningTask {
  readonly parameters: readonly Parameter[];
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Steps between two evaluations; the last step is always evaluated. */
  readonly evaluateEvery: number;
  /** Steps between two records of the training loss alone; 0: none. */
  readonly recordEvery: number;
  /** Rows, or tokens for language models. */
  readonly examplesPerStep: number;
  /** Compiles what judges the weights in `state`. */
  openEvaluator(backend: Backend, state: ProgramState): Promise<Evaluator>;
}

/** What is learnt by gradients, batch by batch; tables and texts each have one. */
export interface DescentTask extends LearningTask {
  /** Shapes of one batch. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /**
   * All that `loss` depends on beside its arguments, as text: equal texts, parameters and inputs mean an equal function.
   * Where it is given, the compiled training step may be kept for the next training.
   */
  readonly structure?: string;
  /** The loss of one batch, from the model's weights. */
  loss(weights: Weights, inputs: TensorRecord): tf.Scalar;
  /** The batch of step 0 … steps - 1, from the seed and the step alone. Arrays may be reused by the next call. */
  batch(step: number): Readonly<Record<string, ProgramArray>>;
}

/** `interim`: quick looks while it learns. `final`: the figures that are reported. */
export type EvaluationDepth = 'interim' | 'final';

export interface Evaluation {
  /** Absent where the running mean of the steps' losses serves. */
  readonly training?: Metrics | undefined;
  /** Absent in the trainings of a cross-validation, which must not see what judges them. */
  readonly validation?: Metrics | undefined;
  /** What people should know of the validation part. */
  readonly alerts?: readonly Alert[] | undefined;
  /** What the task keeps with the model, of the kept weights. */
  readonly kept?: Kept | undefined;
}

export interface Evaluator {
  /** Judges the weights that are in the state now. */
  evaluate(depth: EvaluationDepth): Promise<Evaluation>;
  dispose(): void;
}
