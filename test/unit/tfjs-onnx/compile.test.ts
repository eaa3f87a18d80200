import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../../src/tfjs-onnx';
import { compile, createState, openRuntime } from '../../../src/tfjs-onnx';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await openRuntime({ threads: 2 });
});

describe('compile', () => {
  it('trains a small network whose weights are one flat vector', async () => {
    const sizes = [2 * 8, 8, 8, 1];
    const total = sizes.reduce((a, b) => a + b);
    let seed = 7;
    const noise = (): number => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647 - 0.5;
    };
    const state = createState(
      runtime,
      { weights: { shape: [total], dtype: 'float32' }, m: { shape: [total], dtype: 'float32' } },
      { weights: Float32Array.from({ length: total }, noise) },
    );
    const program = await compile(runtime, {
      name: 'xor step',
      inputs: { x: { shape: [4, 2], dtype: 'float32' }, y: { shape: [4, 1], dtype: 'float32' } },
      state,
      trace: ({ inputs, state: s }) => {
        const f = (flat: tf.Tensor): tf.Scalar => {
          const [w1, b1, w2, b2] = tf.split(flat, sizes);
          const h = tf.tanh(tf.add(tf.matMul(inputs['x']!, tf.reshape(w1!, [2, 8])), b1!));
          const out = tf.add(tf.matMul(h, tf.reshape(w2!, [8, 1])), b2!);
          return tf.mean(tf.squaredDifference(out, inputs['y']!));
        };
        const { value, grad } = tf.valueAndGrad(f as (x: tf.Tensor) => tf.Tensor)(s['weights']!);
        const m = tf.add(tf.mul(s['m']!, 0.9), grad);
        return { outputs: { loss: value }, next: { weights: tf.sub(s['weights']!, tf.mul(m, 0.1)), m } };
      },
    });
    const x = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
    const y = Float32Array.of(0, 1, 1, 0);
    const first = (await program.run({ x, y }))['loss']!.data[0]!;
    let last = first;
    for (let i = 0; i < 300; i++) last = (await program.run({ x, y }))['loss']!.data[0]!;
    expect(first).toBeGreaterThan(0.1);
    expect(last).toBeLessThan(0.01);
    expect(program.nodes).toBeGreaterThan(10);
    program.dispose();
  });
});
