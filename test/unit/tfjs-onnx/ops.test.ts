/** The operations that bring gradients of their own: equal on every engine, and true to finite differences. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { causalSelfAttention, gelu, layerNorm, normalise, softmaxCrossEntropy } from '../../../src/tfjs-onnx';
import { expectSame, openEngines, spread } from './compare';

let onnx: Backend, wasm: Backend, cpu: Backend;
beforeAll(async () => {
  ({ onnx, wasm, cpu } = await openEngines());
});

const ATTENTION = { batch: 2, time: 3, heads: 2 };

describe('fused helpers', () => {
  const table = [
    { name: 'gelu', args: [{ shape: [3, 5] }], op: (x: tf.Tensor) => gelu(x) },
    {
      name: 'layerNorm',
      args: [{ shape: [2, 3, 8] }, { shape: [8] }],
      op: (x: tf.Tensor, g: tf.Tensor) => layerNorm(x, g as tf.Tensor1D),
    },
    { name: 'normalise', args: [{ shape: [3, 8] }], op: (x: tf.Tensor) => normalise(x as tf.Tensor2D) },
    {
      name: 'causalSelfAttention',
      args: [{ shape: [6, 4] }, { shape: [4, 12] }, { shape: [4, 4] }],
      op: (x: tf.Tensor, joint: tf.Tensor, output: tf.Tensor) =>
        causalSelfAttention(x as tf.Tensor2D, joint as tf.Tensor2D, output as tf.Tensor2D, ATTENTION),
    },
    {
      name: 'softmaxCrossEntropy',
      args: [
        { shape: [4, 3], range: [-200, 200] as const },
        { shape: [4], dtype: 'int32' as const, values: [2, 0, 1, 2] },
      ],
      op: (x: tf.Tensor, y: tf.Tensor) => softmaxCrossEntropy(x as tf.Tensor2D, y as tf.Tensor1D),
    },
  ];
  for (const { name, args, op } of table) {
    it(`${name} gives the same on every engine`, async () => {
      await expectSame(name, { args, op, gradient: true, tolerance: 1e-4 }, onnx, cpu);
      await expectSame(name, { args, op, gradient: true, tolerance: 1e-4 }, wasm, cpu);
    });
  }

  it('have the gradients of finite differences', async () => {
    await tf.setBackend('cpu');
    const gain = tf.tensor1d(spread(6, [0.5, 1.5], 3));
    const labels = tf.tensor1d([1, 5], 'int32');
    const losses: ((x: tf.Tensor) => tf.Tensor)[] = [
      (x) => tf.sum(tf.mul(gelu(x), tf.linspace(1, 2, 6))),
      (x) => tf.sum(tf.mul(layerNorm(x, gain), tf.linspace(1, 2, 6))),
      (x) => tf.sum(softmaxCrossEntropy(x as tf.Tensor2D, labels)),
      (x) => tf.sum(tf.mul(normalise(x as tf.Tensor2D), tf.linspace(1, 2, 6))),
      ...[0, 1, 2].map((moved) => (x: tf.Tensor) => {
        const args = [
          tf.tensor2d(spread(24, [-1, 1], 4), [6, 4]),
          tf.tensor2d(spread(48, [-1, 1], 5), [4, 12]),
        ];
        const all = [...args, tf.tensor2d(spread(16, [-1, 1], 6), [4, 4])] as tf.Tensor2D[];
        const target = all[moved]!;
        const given = tf.pad(tf.reshape(x, [12]), [[0, target.size - 12]]);
        all[moved] = tf.add(target, tf.reshape(given, target.shape));
        const [rows, joint, output] = all as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
        const y = causalSelfAttention(rows, joint, output, ATTENTION);
        return tf.sum(tf.mul(y, tf.linspace(1, 2, 4)));
      }),
    ];
    for (const loss of losses) {
      const at = spread(12, [-1.5, 1.5], 9);
      const grad = tf
        .grad(loss)(tf.tensor2d(at, [2, 6]))
        .dataSync();
      at.forEach((value, i) => {
        const moved = (by: number): number => {
          const copy = at.slice();
          copy[i] = value + by;
          return loss(tf.tensor2d(copy, [2, 6])).dataSync()[0]!;
        };
        expect(Math.abs((moved(1e-2) - moved(-1e-2)) / 2e-2 - grad[i]!)).toBeLessThan(5e-3);
      });
    }
  });
});
