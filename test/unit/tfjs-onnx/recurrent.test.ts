/** Layers that repeat: recurrent cells over time, and the sums that their gradients make. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openBackend } from '../../../src/engine/backends';
import { lstm as fused } from '../../../src/tfjs-onnx';
import type { Case } from './compare';
import { describeKernels, expectClose, programOf } from './compare';

const STEPS = 5;

/** The last state of a cell with the columns of Keras and PyTorch: input, forget, candidate, output. */
function plainLstm(x: tf.Tensor, input: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const [batch = 1] = x.shape;
  let memory: tf.Tensor = tf.zeros([batch, recurrent.shape[0]]);
  let state = memory;
  for (const now of tf.unstack(x, 1)) {
    const sum = tf.add(tf.add(tf.matMul(now, input), tf.matMul(state, recurrent)), bias);
    const [i, f, g, o] = tf.split(sum, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    memory = tf.add(tf.mul(tf.sigmoid(f), memory), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    state = tf.mul(tf.sigmoid(o), tf.tanh(memory));
  }
  return state;
}

const fusedLstm: typeof plainLstm = (x, input, recurrent, bias) =>
  fused(x as tf.Tensor3D, {
    input: input as tf.Tensor2D,
    recurrent: recurrent as tf.Tensor2D,
    bias: bias as tf.Tensor1D,
  });

/** A cell over time: its last state. Weights `[inputs + units, 4 units]`. */
function lstm(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const [batch = 1] = x.shape;
  const units = (kernel.shape[1] ?? 4) / 4;
  let c: tf.Tensor2D = tf.zeros([batch, units]);
  let h: tf.Tensor2D = tf.zeros([batch, units]);
  for (const now of tf.unstack(x, 1)) {
    [c, h] = tf.basicLSTMCell(1, kernel as tf.Tensor2D, bias as tf.Tensor1D, now as tf.Tensor2D, c, h);
  }
  return h;
}

const args: Case['args'] = [{ shape: [2, STEPS, 6] }, { shape: [14, 32] }, { shape: [32] }];
const cases: Record<string, Case[]> = {
  'a cell over time': [{ args, op: lstm, gradient: true, tolerance: 1e-4 }],
  'an LSTM with its gradient written out': [1, STEPS].map((steps) => ({
    args: [{ shape: [2, steps, 6] }, { shape: [6, 32] }, { shape: [8, 32] }, { shape: [32] }],
    op: fusedLstm,
    gradient: true,
    tolerance: 1e-4,
  })),
  'a weight that is used again and again': [
    {
      args: [{ shape: [3, 8] }, { shape: [8, 8], range: [-0.5, 0.5] }, { shape: [8] }],
      op: (x, w, b) =>
        Array.from({ length: 4 }).reduce<tf.Tensor>((h) => tf.tanh(tf.add(tf.matMul(h, w), b)), x),
      gradient: true,
      tolerance: 1e-4,
    },
  ],
  'slices that are neighbours, that overlap, that leave a hole': [
    {
      args: [{ shape: [3, 12] }],
      op: (x) => [0, 1, 2, 3].map((i) => tf.mul(tf.slice(x, [0, 3 * i], [3, 3]), i + 1)),
      gradient: true,
    },
    {
      args: [{ shape: [3, 12] }],
      op: (x) => [0, 2, 8].map((i) => tf.mul(tf.slice(x, [0, i], [3, 4]), i + 1)),
      gradient: true,
    },
    {
      args: [{ shape: [6, 4] }],
      op: (x) => [4, 0, 2].map((i) => tf.square(tf.slice(x, [i, 0], [2, 4]))),
      gradient: true,
    },
  ],
};

describeKernels('Repeated layers', cases);

it('writes one product for the gradient of a weight, however often it is used', async () => {
  const onnx = await openBackend('onnx', { threads: 1, spinning: false });
  const gradientOnly = (steps: number): Case => ({
    args: [{ shape: [2, steps, 6] }, { shape: [14, 32] }, { shape: [32] }],
    op: (x, kernel, bias) => tf.grad((k: tf.Tensor) => tf.sum(lstm(x, k, bias)))(kernel),
  });
  const nodesOf = async (steps: number): Promise<number> => {
    const program = await onnx.compile(programOf('recurrent', gradientOnly(steps)));
    program.dispose();
    return program.nodes;
  };
  const [short, middle, long] = [await nodesOf(4), await nodesOf(6), await nodesOf(8)];
  expect(long - middle).toBe(middle - short);
  // Two products per step (forward, and back to the state before), none for the weight itself.
  expect((long - short) / 4).toBeLessThan(44);
});

it('gives the states and gradients of an LSTM that is written step by step', () => {
  const values = (shape: readonly number[], seed: number): tf.Tensor =>
    tf.randomUniform([...shape], -1, 1, 'float32', seed);
  const args = [values([3, STEPS, 6], 1), values([6, 32], 2), values([8, 32], 3), values([32], 4)] as const;
  const weighted = (network: typeof plainLstm) =>
    tf.valueAndGrads((x, input, recurrent, bias) =>
      tf.sum(tf.mul(network(x, input, recurrent, bias), values([3, 8], 5))),
    )([...args]);
  const [plain, together] = [weighted(plainLstm), weighted(fusedLstm)];
  expectClose(together.value.dataSync(), plain.value.dataSync(), 1e-5);
  together.grads.forEach((grad, at) => expectClose(grad.dataSync(), plain.grads[at]!.dataSync(), 1e-5));
});
