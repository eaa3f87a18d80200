/** A trained model for tables, ready to judge rows: its encoder, its forward program, its target. */
import type * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { Program, ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import {
  type EncodedRows,
  type Encoder,
  encoderFromJSON,
  type TargetEncoder,
  targetFromJSON,
} from '../datasets';
import { halfWidthAt, type IntervalCurve } from '../learning/interval';
import { flatten, openFamily, parameterCount } from '../models';
import type { SavedModel } from '../runs/saved-model';

/** Numbers in one batch, at most: 4 MB. */
const batchNumbers = 2 ** 20;
const batchRows = 1024;

export class Predictor {
  /** Logits per row: classes of a classification, 1 of a regression. */
  readonly outputs: number;
  /** Bytes of the weights on disk, float32. */
  readonly modelBytes: number;
  private readonly single: Float32Array;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly saved: SavedModel,
    readonly encoder: Encoder,
    readonly target: TargetEncoder,
    private readonly interval: { readonly curve?: IntervalCurve | undefined; readonly everywhere: number },
    readonly parameters: number,
    private readonly program: Program,
    private readonly state: ProgramState,
  ) {
    this.outputs = target.answer === 'name' ? target.classes.length : 1;
    this.modelBytes = parameters * 4;
    this.single = new Float32Array(encoder.width);
  }

  /** LabError('mismatch') when the run is no model for tables, LabError('damaged') when its files do not fit. */
  static async open(backend: Backend, saved: SavedModel): Promise<Predictor> {
    const { preprocess, experiment, weights } = saved;
    const choice = experiment.model;
    const family = await openFamily(choice.family);
    if (preprocess.kind !== 'table' || family.takes !== 'features') {
      throw new LabError('mismatch', `The run "${saved.run.name}" is no model for tables.`, {
        advice: 'Choose a run that was trained on a table.',
        place: { path: saved.runFolder },
      });
    }
    const encoder = encoderFromJSON(preprocess.encoder);
    const target = targetFromJSON(preprocess.target);
    const outputs = target.answer === 'name' ? target.classes.length : 1;
    const model = family.model(choice.hyperparameters, encoder.width, outputs);
    // Refuses weights that are missing or of other shapes.
    flatten(model.parameters, weights);
    const state = backend.createState(
      Object.fromEntries(
        Array.from(weights, ([name, { shape }]) => [name, { shape, dtype: 'float32' as const }]),
      ),
      Object.fromEntries(Array.from(weights, ([name, { data }]) => [name, data])),
    );
    const program = await backend.compile({
      name: 'prediction',
      inputs: { features: { shape: ['batch', encoder.width], dtype: 'float32' } },
      state,
      bake: true,
      trace: ({ inputs, state: parameters }) => ({
        outputs: { outputs: model.forward(parameters, inputs['features'] as tf.Tensor2D) },
      }),
    });
    return new Predictor(
      saved,
      encoder,
      target,
      { curve: preprocess.interval, everywhere: preprocess.intervalHalfWidth ?? Number.NaN },
      parameterCount(model.parameters),
      program,
      state,
    );
  }

  /** Regression: whether rows have intervals. */
  get hasInterval(): boolean {
    const { curve, everywhere } = this.interval;
    return curve !== undefined || !Number.isNaN(everywhere);
  }

  /** Regression: half of the 90 % interval of a row of which `value` is predicted, in the target's units; or NaN. */
  halfWidth(value: number): number {
    const { curve, everywhere } = this.interval;
    return curve === undefined ? everywhere : halfWidthAt(curve, value);
  }

  /** `[rows, outputs]`, flat: logits, or standardised values. */
  predict(rows: EncodedRows): Promise<Float32Array> {
    const result = this.last.then(() => this.run(rows));
    this.last = result.catch(() => undefined);
    return result;
  }

  dispose(): void {
    this.program.dispose();
    this.state.dispose();
  }

  private async run(rows: EncodedRows): Promise<Float32Array> {
    const { width } = this.encoder;
    const all = new Float32Array(rows.rows * this.outputs);
    const size = Math.max(1, Math.min(batchRows, Math.floor(batchNumbers / Math.max(1, width)), rows.rows));
    // The buffer of a single row is always the same, so that the program keeps its tensor.
    const buffer = size === 1 ? this.single : new Float32Array(size * width);
    const indices = new Uint32Array(size);
    for (let start = 0; start < rows.rows; start += size) {
      const count = Math.min(size, rows.rows - start);
      for (let i = 0; i < count; i++) indices[i] = start + i;
      const features = count === size ? buffer : buffer.subarray(0, count * width);
      rows.gather(indices.subarray(0, count), features);
      const { outputs } = await this.program.run({ features });
      all.set((outputs as { readonly data: Float32Array }).data, start * this.outputs);
    }
    return all;
  }
}

/** softmax of row `row` of `logits` `[rows, out.length]`, into `out`. */
export function softmaxRow(logits: Float32Array, row: number, out: Float64Array): void {
  const classes = out.length;
  const start = row * classes;
  let top = -Infinity;
  for (let k = 0; k < classes; k++) top = Math.max(top, logits[start + k] as number);
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += out[k] = Math.exp((logits[start + k] as number) - top);
  for (let k = 0; k < classes; k++) out[k] = (out[k] as number) / sum;
}
