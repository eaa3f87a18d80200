/** Learning from a text: windows that cover the text once a pass in random order, evaluation on fixed windows. */
import * as tf from '@tensorflow/tfjs-core';
import { type InputSpec, type ProgramArray, type ProgramState, type TensorRecord } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { shuffle, uniformAt } from '../datasets/random';
import { type Parameter, type TokenDescent, type TokenModel, unflatten, type Weights } from '../models';
import type { TextTask as Task } from '../tasks';
import type { Evaluator, DescentTask } from './task';

/** Batches of windows of an evaluation. With 200 batches of 12 windows the loss is known to about ± 0.01. */
const INTERIM_BATCHES = 20;
const FINAL_BATCHES = 200;
const FINAL_TRAINING_BATCHES = 50;
/** Overlapping windows tell little more: so many times the length of a part, at most. */
const MOST_COVERAGE = 4;
const ORDER_STREAM = 2_000_000;
const PHASE_STREAM = 1_000_000;
const RECORDS_PER_EVALUATION = 5;

export interface TextTaskOptions {
  readonly task: Task;
  readonly model: TokenModel;
  readonly descent: TokenDescent;
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly seed: number;
}

export class TextTask implements DescentTask {
  readonly parameters: readonly Parameter[];
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly evaluateEvery: number;
  readonly recordEvery: number;
  readonly examplesPerStep: number;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly structure: string;
  readonly #options: TextTaskOptions;
  readonly #windows: Windows;
  #pass: Pass | undefined;

  constructor(options: TextTaskOptions) {
    const { model, descent, training } = options;
    const { batch, steps, evaluateEvery } = descent;
    const { context } = model;
    this.#options = options;
    this.parameters = model.parameters;
    this.steps = steps;
    this.stepsPerEpoch = training.length / (batch * context);
    this.evaluateEvery = Math.min(evaluateEvery, steps);
    this.recordEvery = Math.max(1, Math.floor(this.evaluateEvery / RECORDS_PER_EVALUATION));
    this.examplesPerStep = batch * context;
    const window: InputSpec = { shape: [batch, context], dtype: 'int32' };
    this.inputs = { tokens: window, next: window };
    this.structure = model.structure;
    this.#windows = new Windows(batch, context);
  }

  loss(weights: Weights, inputs: TensorRecord): tf.Scalar {
    return tf.mean(this.#losses(weights, inputs));
  }

  batch(step: number): Readonly<Record<string, ProgramArray>> {
    const { training, descent } = this.#options;
    const first = step * descent.batch;
    return this.#windows.fill(training, (window) => this.#place(first + window));
  }

  /**
   * Where window number `count` of the whole training starts. A pass lays windows side by side over the text, from a
   * random phase on, and takes them in random order: windows at independent random places would leave a third of the
   * text unseen in the time of one pass. Seed and count decide alone, so that a resumed training goes on the same way.
   */
  #place(count: number): number {
    const { training, seed, model } = this.#options;
    const { context } = model;
    const places = training.length - context;
    const perPass = Math.max(1, Math.floor(places / context));
    const number = Math.floor(count / perPass);
    if (this.#pass?.number !== number) {
      const order = shuffle(
        Uint32Array.from({ length: perPass }, (_, at) => at),
        seed,
        ORDER_STREAM + number,
      );
      const slack = Math.max(1, places - (perPass - 1) * context);
      this.#pass = { number, order, phase: Math.floor(uniformAt(seed, PHASE_STREAM, number) * slack) };
    }
    return this.#pass.phase + (this.#pass.order[count % perPass] ?? 0) * context;
  }

  async openEvaluator(backend: Backend, state: ProgramState): Promise<Evaluator> {
    const program = await backend.compile({
      name: 'evaluation',
      inputs: this.inputs,
      state,
      trace: ({ inputs, state: tensors }) => {
        const weights = unflatten(this.parameters, tensors['weights'] as tf.Tensor);
        return { outputs: { loss: this.loss(weights, inputs) } };
      },
    });
    const { descent, model } = this.#options;
    const { batch } = descent;
    const { context } = model;
    const windows = new Windows(batch, context);
    /** The mean over windows at even distances: the same ones at every evaluation. */
    const meanLoss = async (tokens: Int32Array, batches: number): Promise<number> => {
      const enough = Math.ceil((MOST_COVERAGE * tokens.length) / (batch * context));
      const count = Math.min(batches, enough);
      const last = tokens.length - context - 1;
      let sum = 0;
      for (let k = 0; k < count; k++) {
        const inputs = windows.fill(tokens, (window) =>
          Math.floor((last * (k * batch + window)) / Math.max(1, count * batch - 1)),
        );
        const { loss } = await program.run(inputs);
        sum += loss?.data[0] ?? NaN;
      }
      return sum / count;
    };
    const { training, validation } = this.#options;
    return {
      evaluate: async (depth) =>
        depth === 'interim'
          ? { validation: this.#options.task.measure(await meanLoss(validation, INTERIM_BATCHES)) }
          : {
              training: this.#options.task.measure(await meanLoss(training, FINAL_TRAINING_BATCHES)),
              validation: this.#options.task.measure(await meanLoss(validation, FINAL_BATCHES)),
            },
      dispose: () => program.dispose(),
    };
  }

  /** `[batch * context]`, nats. */
  #losses(weights: Weights, inputs: TensorRecord): tf.Tensor1D {
    const logits = this.#options.model.forward(weights, inputs['tokens'] as tf.Tensor2D);
    return this.#options.task.losses(logits, tf.reshape(inputs['next'] as tf.Tensor2D, [-1]));
  }
}

/** One pass over the text: the order of its windows, and where the first of them starts. */
interface Pass {
  readonly number: number;
  readonly order: Uint32Array;
  readonly phase: number;
}

/** Buffers of one batch: `tokens` `[batch, context]`, and `next`, the same one character on. */
class Windows {
  readonly #inputs: { readonly tokens: Int32Array; readonly next: Int32Array };

  constructor(
    private readonly batch: number,
    private readonly context: number,
  ) {
    this.#inputs = { tokens: new Int32Array(batch * context), next: new Int32Array(batch * context) };
  }

  fill(text: Int32Array, startOf: (window: number) => number): Readonly<Record<string, Int32Array>> {
    for (let window = 0; window < this.batch; window++) {
      const start = startOf(window);
      const at = window * this.context;
      this.#inputs.tokens.set(text.subarray(start, start + this.context), at);
      this.#inputs.next.set(text.subarray(start + 1, start + 1 + this.context), at);
    }
    return this.#inputs;
  }
}
