/** Models of every kind of layer, trained and asked on the ONNX backend and on `cpu`, loss by loss. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRuntime, registerOnnxBackend } from '../../src/tfjs-onnx';
import type { LayerCase } from './layer-cases';
import { directCases, layerCases, notLayers, numbers } from './layer-cases';

const ROWS = 4;
const STEPS = 4;

interface Outcome {
  readonly losses: readonly number[];
  readonly predictions: readonly number[];
  readonly weights: readonly Float32Array[];
}

function modelOf({ input: shape, apply }: LayerCase): LayersModel {
  const inputs = input({ shape: [...shape] });
  const applied = apply(inputs);
  const flat = applied.shape.length === 2 ? applied : (layers.flatten().apply(applied) as SymbolicTensor);
  return model({ inputs, outputs: layers.dense({ units: 2 }).apply(flat) as SymbolicTensor });
}

/** Trains a fresh model from the given weights (its own where none are given). */
async function train(backend: string, index: number, initial?: readonly Float32Array[]): Promise<Outcome> {
  await tf.setBackend(backend);
  const made = layerCases()[index]!;
  const size = made.input.reduce((product, dim) => product * dim, 1);
  const learner = modelOf(made);
  const weights = initial ?? learner.getWeights().map((w) => w.dataSync().slice() as Float32Array);
  learner.setWeights(learner.getWeights().map((w, i) => tf.tensor(weights[i]!, w.shape)));
  learner.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
  const x = tf.tensor(numbers(ROWS * size, 1, made.classes), [ROWS, ...made.input]);
  const y = tf.tensor(numbers(ROWS * 2, 2), [ROWS, 2]);
  const predictions: number[] = Array.from((learner.predict(x) as tf.Tensor).dataSync());
  const losses: number[] = [];
  if (made.notTrained === undefined) {
    for (let step = 0; step < STEPS; step++) losses.push((await learner.trainOnBatch(x, y)) as number);
    predictions.push(...(learner.predict(x) as tf.Tensor).dataSync());
  }
  learner.dispose();
  tf.dispose([x, y]);
  return { losses, predictions, weights };
}

describe('layers', () => {
  beforeAll(async () => {
    await registerOnnxBackend(await openRuntime({ runtime: 'native', threads: 1 }));
  });

  it.each(
    layerCases().map(
      ({ layer, variant }, index) =>
        [variant === undefined ? layer : `${layer} (${variant})`, index] as const,
    ),
  )('%s trains and predicts as on the cpu backend', async (_, index) => {
    const expected = await train('cpu', index);
    const actual = await train('onnx', index, expected.weights);
    expect(actual.losses.length).toBe(expected.losses.length);
    for (const [i, loss] of expected.losses.entries()) {
      expect(Math.abs(actual.losses[i]! - loss), `loss ${i}`).toBeLessThanOrEqual(1e-4 * Math.max(1, loss));
    }
    expect(actual.predictions.length).toBe(expected.predictions.length);
    for (const [i, prediction] of expected.predictions.entries()) {
      expect(actual.predictions[i], `prediction ${i}`).toBeCloseTo(prediction, 3);
    }
    expect(expected.predictions.every(Number.isFinite)).toBe(true);
  });

  it.each(directCases.map((made) => [made.layer, made] as const))(
    '%s gives what it gives on the cpu backend',
    async (_, { input: shape, classes, apply }) => {
      const results: tf.Tensor[] = [];
      for (const backend of ['cpu', 'onnx']) {
        await tf.setBackend(backend);
        const size = shape.reduce((product, dim) => product * dim, ROWS);
        results.push(apply(tf.tensor(numbers(size, 1, classes), [ROWS, ...shape])));
      }
      const [expected, actual] = results as [tf.Tensor, tf.Tensor];
      expect(actual.shape).toEqual(expected.shape);
      const values = actual.dataSync();
      for (const [i, value] of expected.dataSync().entries()) expect(values[i]).toBeCloseTo(value, 4);
    },
  );

  it('are all here', () => {
    const tried = new Set([...layerCases(), ...directCases].map(({ layer }) => layer));
    const missing = Object.keys(layers).filter((name) => !tried.has(name) && !(name in notLayers));
    expect(missing).toEqual([]);
  });
});
