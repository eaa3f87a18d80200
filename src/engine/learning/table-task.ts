/** Learning from a table by gradients: batches by a shuffle per epoch. */
import type * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { InputSpec, ProgramArray, ProgramState, TensorRecord } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { shuffle } from '../datasets/random';
import type { FeatureDescent, Parameter, Weights } from '../models';
import { openTableEvaluator, type TableJudging } from './table-evaluator';
import type { DescentTask, Evaluator } from './task';

/** Stream of the seed, apart from those that split the rows. */
const SHUFFLE_STREAM = 1_000_000;
/** Steps in an epoch from which on the chart also gets points in between. */
const LONG_EPOCH = 400;

export interface TableTaskOptions extends TableJudging {
  /** Its name: what the loss is. */
  readonly task: string;
  readonly descent: FeatureDescent;
}

export class TableTask implements DescentTask {
  readonly parameters: readonly Parameter[];
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly evaluateEvery: number;
  readonly recordEvery: number;
  readonly examplesPerStep: number;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly structure: string;
  readonly #options: TableTaskOptions;
  readonly #batch: { x: Float32Array; y: Float32Array | Int32Array; rowWeights: Float32Array };
  readonly #classWeights: Float64Array | undefined;
  #order: Uint32Array;
  #shuffledEpoch = -1;

  constructor(options: TableTaskOptions) {
    const { data, model, descent, task } = options;
    const rows = data.training.rows.length;
    const batch = Math.min(descent.batch, rows);
    this.#options = options;
    this.parameters = model.parameters;
    this.stepsPerEpoch = Math.ceil(rows / batch);
    this.steps = this.stepsPerEpoch * descent.epochs;
    this.evaluateEvery = this.stepsPerEpoch;
    this.recordEvery = this.stepsPerEpoch > LONG_EPOCH ? LONG_EPOCH / 2 : 0;
    this.examplesPerStep = batch;
    this.inputs = {
      x: { shape: [batch, data.encoder.width], dtype: 'float32' },
      y: { shape: [batch], dtype: data.target.answer === 'name' ? 'int32' : 'float32' },
      rowWeights: { shape: [batch], dtype: 'float32' },
    };
    this.structure = JSON.stringify({ model: model.structure, task });
    this.#batch = {
      x: new Float32Array(batch * data.encoder.width),
      y: data.target.answer === 'name' ? new Int32Array(batch) : new Float32Array(batch),
      rowWeights: new Float32Array(batch),
    };
    this.#classWeights = data.task.classWeights(data.target, descent.classWeights);
    this.#order = Uint32Array.from({ length: rows }, (_, position) => position);
  }

  loss(weights: Weights, inputs: TensorRecord): tf.Scalar {
    const outputs = this.#options.model.forward(weights, inputs['x'] as tf.Tensor2D);
    const y = inputs['y'] as tf.Tensor1D;
    const rowWeights = inputs['rowWeights'] as tf.Tensor1D;
    const loss = this.#options.data.task.loss?.(outputs, y, rowWeights);
    if (loss === undefined) throw new LabError('internal', 'This task has no loss to follow.');
    return loss;
  }

  /** The last batch of an epoch may be partial: it is filled with rows of weight 0, so that shapes stay fixed. */
  batch(step: number): Readonly<Record<string, ProgramArray>> {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.#shuffledEpoch) this.#shuffle(epoch);
    const { x, y, rowWeights } = this.#batch;
    const { training } = this.#options.data;
    const start = (step % this.stepsPerEpoch) * this.examplesPerStep;
    const positions = this.#order.subarray(start, start + this.examplesPerStep);
    training.x.gather(positions, x);
    rowWeights.fill(0);
    const targets = training.y.answer === 'name' ? training.y.labels : training.y.values;
    let total = 0;
    for (let at = 0; at < positions.length; at++) {
      const target = targets[positions[at] as number] as number;
      const weight = this.#classWeights?.[target] ?? 1;
      y[at] = target;
      rowWeights[at] = weight;
      total += weight;
    }
    for (let at = 0; at < positions.length; at++) rowWeights[at] = (rowWeights[at] as number) / total;
    return this.#batch;
  }

  openEvaluator(backend: Backend, state: ProgramState): Promise<Evaluator> {
    return openTableEvaluator(backend, state, this.#options);
  }

  /** A fresh permutation from the seed and the epoch: nothing of earlier epochs is left in it. */
  #shuffle(epoch: number): void {
    for (let position = 0; position < this.#order.length; position++) this.#order[position] = position;
    this.#order = shuffle(this.#order, this.#options.seed, SHUFFLE_STREAM + epoch);
    this.#shuffledEpoch = epoch;
  }
}
