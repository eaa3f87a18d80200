/** The forward pass over any number of rows, by one compiled program that reads the weights being learnt. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Program, ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import type { EncodedRows } from '../features';
import { type FeatureModel, unflatten } from '../models';
import type { Wanted } from '../tasks';
import type { TableData, TablePart } from './table-data';

/** Numbers in one batch of an evaluation, at most: 16 MB. */
const BATCH_NUMBERS = 2 ** 22;
const BATCH_ROWS = 2048;

export class TablePredictor {
  readonly #x: Float32Array;

  private constructor(
    private readonly program: Program,
    private readonly outputs: number,
    private readonly batch: number,
    width: number,
  ) {
    this.#x = new Float32Array(batch * width);
  }

  static async open(
    backend: Backend,
    state: ProgramState,
    model: FeatureModel,
    data: TableData,
  ): Promise<TablePredictor> {
    const { width } = data.encoder;
    const rows = Math.max(data.training.rows.length, data.validation.rows.length);
    const batch = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_NUMBERS / width), rows));
    const program = await backend.compile({
      name: 'evaluation',
      inputs: { x: { shape: [batch, width], dtype: 'float32' } },
      state,
      trace: ({ inputs, state: tensors }) => {
        const weights = unflatten(model.parameters, tensors['weights'] as tf.Tensor);
        return { outputs: { outputs: model.forward(weights, inputs['x'] as tf.Tensor2D) } };
      },
    });
    return new TablePredictor(program, data.outputs, batch, width);
  }

  /** `[positions.length, outputs]`, flat, for the rows at these positions of `x`. */
  async predict(x: EncodedRows, positions: Uint32Array): Promise<Float32Array> {
    const predicted = new Float32Array(positions.length * this.outputs);
    for (let start = 0; start < positions.length; start += this.batch) {
      const chunk = positions.subarray(start, start + this.batch);
      x.gather(chunk, this.#x);
      const { outputs } = await this.program.run({ x: this.#x });
      const values = (outputs?.data as Float32Array).subarray(0, chunk.length * this.outputs);
      predicted.set(values, start * this.outputs);
    }
    return predicted;
  }

  dispose(): void {
    this.program.dispose();
  }
}

/** What is wanted of the rows at these positions. */
export function wantedAt({ y }: TablePart, positions: Uint32Array): Wanted {
  return y.answer === 'name'
    ? { answer: 'name', labels: pick(y.labels, positions, new Int32Array(positions.length)) }
    : {
        answer: 'number',
        values: pick(y.values, positions, new Float32Array(positions.length)),
        original: pick(y.original, positions, new Float64Array(positions.length)),
      };
}

/** The values at these positions, into `out`. By a loop: `from` with a function takes ten times as long. */
function pick<T extends Int32Array | Float32Array | Float64Array>(
  values: T,
  positions: Uint32Array,
  out: T,
): T {
  for (let at = 0; at < positions.length; at++) out[at] = values[positions[at] as number] as number;
  return out;
}

/** 0 … rows - 1. */
export function everyPosition(part: TablePart): Uint32Array {
  return Uint32Array.from({ length: part.rows.length }, (_, position) => position);
}
