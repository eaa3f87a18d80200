import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBackend, type Backend } from '../../../src/engine/backends';
import { Decoder } from '../../../src/engine/generation/decoder';
import { initialWeights, toTensors, toWeightTensors } from '../../../src/engine/models';
import { transformerModel } from '../../../src/engine/models/transformer/family';
import { transformerForward } from '../../../src/engine/models/transformer/transformer';

const shape = { layers: 2, heads: 2, width: 16, context: 8, vocabulary: 11 };
const model = transformerModel(shape);
const { parameters } = model;
/** Larger than first weights are, so that attention is far from uniform. */
const weightsOf = (seed: number) =>
  toWeightTensors(
    parameters,
    initialWeights(parameters, seed).map((value) => (value === 1 ? 1 : value * 20)),
  );
/** Logits are of the order of 10; float32 sums in another order differ by about 1e-6 of that. */
const tolerance = 2e-4;

/** The whole-context forward function on the cpu backend: logits of the token after the last one. */
async function reference(tokens: readonly number[], weights = weightsOf(1)): Promise<Float32Array> {
  await tf.setBackend('cpu');
  return tf.tidy(() => {
    const logits = transformerForward(
      shape,
      toTensors(weights),
      tf.tensor2d([...tokens], [1, tokens.length], 'int32'),
    );
    return tf
      .slice(logits, [tokens.length - 1, 0], [1, shape.vocabulary])
      .dataSync<'float32'>()
      .slice();
  });
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThan(tolerance));
}

const text = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4];

describe.each(['onnx', 'cpu'] as const)('on the engine %s', (engine) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openBackend(engine);
  });
  afterAll(() => backend.dispose());

  test.each([false, true])(
    'logits of cached decoding equal the whole-context forward function (changing weights: %s)',
    async (changing) => {
      const decoder = await Decoder.open(backend, { model, weights: weightsOf(1), changing });
      expectClose(await decoder.read(Int32Array.from(text.slice(0, 3))), await reference(text.slice(0, 3)));
      for (let length = 4; length <= shape.context; length++) {
        expectClose(await decoder.append(text[length - 1]!), await reference(text.slice(0, length)));
      }
      decoder.dispose();
    },
  );

  test('behind the context the last half is read anew, and the logits are exact for that window', async () => {
    const decoder = await Decoder.open(backend, { model, weights: weightsOf(1) });
    await decoder.read(Int32Array.from(text.slice(0, 1)));
    let start = 0;
    for (let length = 2; length <= text.length; length++) {
      if (length - start > shape.context) start = length - shape.context / 2;
      expectClose(await decoder.append(text[length - 1]!), await reference(text.slice(start, length)));
    }
    expect(start).toBeGreaterThan(shape.context);
    decoder.dispose();
  });

  test('of a prompt longer than the context the last part counts', async () => {
    const decoder = await Decoder.open(backend, { model, weights: weightsOf(1) });
    expectClose(await decoder.read(Int32Array.from(text)), await reference(text.slice(-shape.context)));
    decoder.dispose();
  });

  test('weights can be replaced while a model still learns', async () => {
    const decoder = await Decoder.open(backend, { model, weights: weightsOf(1), changing: true });
    await decoder.read(Int32Array.from(text.slice(0, 4)));
    decoder.replaceWeights(weightsOf(2));
    await decoder.read(Int32Array.from(text.slice(0, 3)));
    expectClose(await decoder.append(text[3]!), await reference(text.slice(0, 4), weightsOf(2)));
    decoder.dispose();
  });
});
