/** A trained model for tables, ready to judge rows: its encoder, its forward program, its target. */
import type * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { Program, ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import type { TargetEncoder } from '../datasets';
import { type EncodedRows, type Encoder, encoderFromJSON } from '../features';
import { flatten, openFamily, parameterCount } from '../models';
import type { SavedModel } from '../runs/saved-model';
import { openRowTask, type Kept, type RowJudge, type RowTask } from '../tasks';

/** Numbers in one batch, at most: 4 MB. */
const batchNumbers = 2 ** 20;
const batchRows = 1024;

export class Predictor {
  /** Numbers that the model gives for each row: a logit for each class, or 1. */
  readonly outputs: number;
  /** Makes of them what is said of the row. */
  readonly judge: RowJudge;
  /** Bytes of the weights on disk, float32. */
  readonly modelBytes: number;
  private readonly single: Float32Array;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly saved: SavedModel,
    readonly encoder: Encoder,
    readonly target: TargetEncoder,
    readonly task: RowTask,
    readonly parameters: number,
    private readonly program: Program,
    private readonly state: ProgramState,
  ) {
    this.outputs = task.outputs(target);
    this.judge = task.judge(target, keptOf(saved));
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
    const task = await openRowTask(experiment.task);
    const target = task.targetFromJSON(preprocess.target);
    const outputs = task.outputs(target);
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
    return new Predictor(saved, encoder, target, task, parameterCount(model.parameters), program, state);
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

/** What is stored beside encoder and target is the task's. */
function keptOf({ preprocess }: SavedModel): Kept {
  const own = new Set(['version', 'kind', 'encoder', 'target']);
  return Object.fromEntries(Object.entries(preprocess).filter(([name]) => !own.has(name)));
}
