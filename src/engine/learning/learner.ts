/**
 * What the training loop drives: something that goes forward step by step and has weights. By gradients
 * (`descent-learner.ts`) or directly (`direct-learner.ts`); the loop does not know which.
 */
import type { ProgramState, StateSpec } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import type { AdamWOptions } from './optimizer';
import type { DescentTask } from './task';

export interface DescentSettings {
  readonly lr: number;
  readonly warmup: number;
  /** The last learning rate as a share of the highest. */
  readonly floor: number;
  /** Evaluations without a better validation loss before it ends early; 0: never. */
  readonly patience: number;
  readonly optimizer: AdamWOptions;
  readonly seed: number;
}

/** All that a descent follows from. */
export interface Descent {
  readonly task: DescentTask;
  readonly settings: DescentSettings;
}

/** A way to learn, before it has begun. */
export interface LearningWay {
  /** By gradients only: what a device can be tried with. */
  readonly descent?: Descent | undefined;
  /** `best`: of the weights on the way those with the least validation loss; `last`: those at the end. */
  readonly keeps: 'best' | 'last';
  /** Evaluations without a better validation loss before it ends early; 0: never. */
  readonly patience: number;
  /** What to do where it ends in numbers that are not finite. */
  readonly remedy: string;
  /** Begins, or goes on from saved tensors that are its own. */
  open(backend: Backend, from: LearnerTensors | undefined): Promise<Learner>;
  /** Whether saved tensors are of this training: of their names, kinds and sizes. */
  owns(tensors: LearnerTensors): boolean;
}

export interface Learner {
  /** Holds `weights` `[parameters]`, for programs that judge them. */
  readonly state: ProgramState;
  /** Does step 0 … steps - 1, in this order, and gives its loss where there is one. */
  step(step: number): Promise<number | undefined>;
  /** The learning rate of a step; undefined where there is none. */
  rate(step: number): number | undefined;
  /** Writes the weights as they are by now into the state, where they are not there already. */
  present(): void;
  /** Copies of all that is needed to go on from here. */
  tensors(): LearnerTensors;
  dispose(): void;
}

export interface LearnerTensors {
  /** `[parameters]` */
  readonly weights: Float32Array;
  /** What else the way of learning goes on from. */
  readonly own: OwnTensors;
}

export type OwnTensors = Readonly<Record<string, Float32Array | Float64Array>>;

/** A state with nothing but weights. */
export function weightsState(backend: Backend, weights: Float32Array): ProgramState {
  const spec: StateSpec = { shape: [weights.length], dtype: 'float32' };
  return backend.createState({ weights: spec }, { weights });
}
