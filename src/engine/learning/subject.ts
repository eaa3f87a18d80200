/** What is learnt in one training and what is made of it: a task for the loop, and the files and words of its result. */
import type { Alert, Headline, Metrics } from '../../protocol';
import type { Backend } from '../backends';
import type { HeldOut } from '../tasks';
import type { ModelFiles, WeightTensor } from '../runs';
import type { LearningWay } from './learner';
import type { Evaluation, LearningTask } from './task';

export interface Subject {
  readonly task: LearningTask;
  /** How it is learnt: by gradients, or directly. */
  readonly way: LearningWay;
  readonly epochs: number;
  readonly rows: { readonly training: number; readonly validation: number };
  readonly classes?: readonly string[] | undefined;
  /** What the reading of the data has to say. */
  readonly notes: readonly string[];
  /** What is worth knowing about the data whatever is learnt from them. */
  readonly alert?: Alert | undefined;
  headline(validation: Metrics): Headline | undefined;
  /** Over the held-out rows of a cross-validation; `losses`: of each fold. */
  measureHeldOut?(heldOut: HeldOut, losses: readonly number[]): Metrics;
  /** Tables: what to ask about columns that give the answer away. */
  leak?(headline: Headline | undefined): Alert | undefined;
  /** Everything that is kept of the model beside its graph. */
  modelFiles(weights: ReadonlyMap<string, WeightTensor>, final: Evaluation): ModelFiles;
  /** Language models: what shows how it writes by now. */
  readonly sampling?: {
    readonly every: number;
    open(backend: Backend, flat: Float32Array): Promise<Sampler>;
  };
  /** The forward graph with the weights inside. */
  onnx(weights: ReadonlyMap<string, WeightTensor>): Uint8Array;
}

export interface Sampler {
  /** Some lines by these weights, the same ones for the same weights. */
  write(flat: Float32Array): Promise<string>;
  dispose(): void;
}
