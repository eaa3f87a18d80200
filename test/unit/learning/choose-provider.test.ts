import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { chooseProvider } from '../../../src/engine/learning/choose-provider';
import type { DescentSettings } from '../../../src/engine/learning/learner';
import type { DescentTask } from '../../../src/engine/learning/task';
import { LabError } from '../../../src/protocol';
import type { Provider } from '../../../src/tfjs-onnx';

const settings: DescentSettings = {
  lr: 0.01,
  warmup: 0,
  floor: 0.1,
  patience: 0,
  seed: 1,
  optimizer: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, clip: 1 },
};

/** Wide enough that the engines differ many times over in speed. */
const task: DescentTask = {
  parameters: [
    { name: 'w', shape: [256, 256], initial: { deviation: 0.1 } },
    { name: 'b', shape: [256], initial: 'ones' },
  ],
  steps: 1_000_000,
  stepsPerEpoch: 10,
  evaluateEvery: 10,
  recordEvery: 0,
  examplesPerStep: 64,
  inputs: { x: { shape: [64, 256], dtype: 'float32' } },
  loss: ({ w, b }, { x }) =>
    tf.mean(tf.square(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b as tf.Tensor1D))),
  batch: (step) => ({ x: Float32Array.from({ length: 64 * 256 }, (_, i) => Math.sin(i + step)) }),
  openEvaluator: () => Promise.reject(new Error('nothing is evaluated here')),
};

const descent = { task, settings };

/** A backend beside which another one stands as its device. */
function beside(backend: Backend, device: () => Promise<Backend>): Backend {
  return { ...backend, others: ['webgpu'] satisfies Provider[], on: device };
}

describe('The provider of a training', () => {
  let fast: Backend;
  let slow: Backend;
  beforeAll(async () => {
    fast = await openBackend('onnx', { threads: 1 });
    slow = await openBackend('cpu');
  });
  afterAll(() => {
    fast.dispose();
    slow.dispose();
  });

  it('is the processor unless somebody asks, and nothing is tried', async () => {
    const never = beside(fast, () => Promise.reject(new Error('must not be opened')));
    expect(await chooseProvider(never, 'cpu', descent)).toEqual({
      backend: never,
      notes: [],
      refused: undefined,
    });
  });

  it('is by "auto" the device that runs the training faster', async () => {
    const choice = await chooseProvider(
      beside(slow, () => Promise.resolve(fast)),
      'auto',
      descent,
    );
    expect(choice.backend).toBe(fast);
    expect(choice.notes).toEqual([
      expect.stringMatching(/^A step takes .* ms on webgpu and .* on the processor/),
    ]);
  });

  it('stays by "auto" the processor where the device is slower', async () => {
    const backend = beside(fast, () => Promise.resolve(slow));
    const choice = await chooseProvider(backend, 'auto', descent);
    expect(choice.backend).toBe(backend);
    expect(choice.refused).toBeUndefined();
  });

  it('is not looked for where the training is over in a moment', async () => {
    const backend = beside(fast, () => Promise.reject(new Error('must not be opened')));
    const choice = await chooseProvider(backend, 'auto', { task: { ...task, steps: 8 }, settings });
    expect(choice).toEqual({ backend, notes: [], refused: undefined });
  });

  it('is not a device whose losses differ from those of the processor', async () => {
    const wrong: Backend = {
      ...fast,
      createState: (specs) => fast.createState(specs),
    };
    const backend = beside(fast, () => Promise.resolve(wrong));
    const choice = await chooseProvider(backend, 'webgpu', descent);
    expect(choice.backend).toBe(backend);
    expect(choice.refused).toMatch(/first losses are not those of the processor/);
  });

  it('stays the processor, with the reason, where the device that is asked for cannot be opened', async () => {
    const gone = new LabError('engine-unavailable', 'No adapter.');
    const backend = beside(fast, () => Promise.reject(gone));
    const choice = await chooseProvider(backend, 'webgpu', descent);
    expect(choice).toEqual({ backend, notes: [], refused: 'No adapter.' });
  });
});
