/** The backend of eager use: what is computed when, what is kept, and that its books are true. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RuntimeKind } from '../../src/tfjs-onnx';
import { compile, createState, openRuntime, registerOnnxBackend } from '../../src/tfjs-onnx';

interface Books {
  readonly numTensors: number;
  readonly numDataBuffers: number;
  readonly numBytes: number;
  readonly pendingNodes: number;
  readonly sessions: number;
}

const books = (): Books => tf.memory() as unknown as Books;

describe.each<RuntimeKind>(['native', 'wasm'])('the backend "onnx" (%s)', (kind) => {
  beforeAll(async () => {
    await registerOnnxBackend(await openRuntime({ runtime: kind, threads: 1 }), { sessions: 8 });
    await tf.setBackend('onnx');
  });

  afterEach(async () => {
    await tf.setBackend('onnx');
  });

  it('computes nothing before data are asked for, and everything that waits then', async () => {
    const x = tf.tensor1d([1, 2, 3]);
    const y = tf.square(x);
    const z = tf.add(y, 1);
    expect(books().pendingNodes).toBe(2);
    expect(Array.from(await z.data())).toEqual([2, 5, 10]);
    expect(books().pendingNodes).toBe(0);
    expect(Array.from(y.dataSync())).toEqual([1, 4, 9]);
    tf.dispose([x, y, z]);
  });

  it('finds the session of the same operations on other numbers, not on other shapes', () => {
    const run = (values: number[]): number =>
      tf.tidy(() => tf.sum(tf.mul(tf.sin(tf.tensor1d(values)), values.length)).dataSync()[0] ?? NaN);
    run([1, 2, 3, 4]);
    const after = books().sessions;
    for (let i = 0; i < 20; i++) expect(run([i, 0, 0, 0])).toBeCloseTo(4 * Math.sin(i), 5);
    expect(books().sessions).toBe(after);
    run([1, 2, 3, 4, 5]);
    expect(books().sessions).toBe(Math.min(8, after + 1));
  });

  it('keeps as many sessions as it was told', () => {
    for (let size = 1; size <= 20; size++) tf.tidy(() => tf.cos(tf.zeros([size])).dataSync());
    expect(books().sessions).toBe(8);
  });

  it('counts pending results as tensors, and forgets those that are disposed of', () => {
    const before = books();
    const x = tf.tensor1d([1, 2, 3, 4]);
    const y = tf.exp(x);
    expect(books().numBytes - before.numBytes).toBe(32);
    expect(books().numDataBuffers - before.numDataBuffers).toBe(2);
    const z = tf.log(y);
    y.dispose();
    expect(Array.from(z.dataSync(), Math.round)).toEqual([1, 2, 3, 4]);
    tf.dispose([x, z]);
    expect(books()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    expect(books().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('leaves nothing behind in a tidy', () => {
    const before = books();
    const kept = tf.tidy(() => {
      const x = tf.randomNormal([8, 8]);
      for (let i = 0; i < 5; i++) tf.matMul(x, x);
      return tf.sum(tf.relu(x));
    });
    expect(books().numTensors).toBe(before.numTensors + 1);
    kept.dispose();
    expect(books().numTensors).toBe(before.numTensors);
    expect(books().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('shares data between tensors that differ in their shape only', () => {
    const before = books();
    const x = tf.add(tf.tensor1d([1, 2, 3, 4]), 1);
    const after = books().numDataBuffers;
    const y = tf.reshape(x, [2, 2]);
    expect(books().numDataBuffers).toBe(after);
    x.dispose();
    expect(tf.transpose(y as tf.Tensor2D).arraySync()).toEqual([
      [2, 4],
      [3, 5],
    ]);
    expect(books().numDataBuffers).toBeGreaterThan(before.numDataBuffers);
  });

  it('takes the values that an array held when the tensor was made', () => {
    const values = Float32Array.of(1, 2, 3);
    const y = tf.add(tf.tensor1d(values), 1);
    values.fill(0);
    expect(Array.from(y.dataSync())).toEqual([2, 3, 4]);
  });

  it('moves tensors to other backends and back', async () => {
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    await tf.setBackend('cpu');
    const y = tf.mul(x, 2);
    expect(Array.from(y.dataSync())).toEqual([4, 6]);
    await tf.setBackend('onnx');
    expect(Array.from(tf.add(x, y).dataSync())).toEqual([6, 9]);
  });

  it('gives its tensors to a compiled program, and takes its results', async () => {
    const runtime = await openRuntime({ runtime: kind, threads: 1 });
    const offset = tf.mul(tf.tensor1d([1, 2]), 10);
    const state = createState(runtime, { w: { shape: [2], dtype: 'float32' } });
    const program = await compile(runtime, {
      name: 'accumulate',
      inputs: {},
      state,
      trace: ({ state: { w } }) => ({ outputs: {}, next: { w: tf.add(w!, offset) } }),
    });
    await program.run({});
    await program.run({});
    const w = tf.tensor1d(state.read('w') as Float32Array);
    expect(Array.from(tf.sub(w, offset).dataSync())).toEqual([10, 20]);
    program.dispose();
  });

  it('fails for the tensor that cannot be computed, not for those that wait with it', () => {
    const good = tf.add(tf.tensor1d([1, 2]), 1);
    const indices = tf.cast(tf.add(tf.tensor1d([0.1, 8]), 1), 'int32');
    const bad = tf.gather(tf.tensor1d([1, 2, 3]), indices);
    expect(() => bad.dataSync()).toThrow(/indices/);
    expect(Array.from(good.dataSync())).toEqual([2, 3]);
    expect(() => tf.add(bad, 1).dataSync()).toThrow(/indices/);
  });

  it('computes what has a shape that depends on values, and what is no number', async () => {
    const unique = tf.unique(tf.tensor1d([3, 1, 3]));
    expect(Array.from(unique.values.dataSync())).toEqual([3, 1]);
    const mask = tf.greater(tf.tensor1d([1, 5, 7]), 4);
    expect(await (await tf.booleanMaskAsync(tf.tensor1d([1, 5, 7]), mask)).array()).toEqual([5, 7]);
    expect(tf.concat([tf.tensor1d(['a']), tf.tensor1d(['b'])]).arraySync()).toEqual(['a', 'b']);
    const product = tf.mul(tf.complex(0, 1), tf.complex(0, 1));
    expect(Array.from(product.dataSync())).toEqual([-1, 0]);
  });

  it('trains with a handful of sessions, although nothing is read', async () => {
    const name = `onnx-training-${kind}`;
    await registerOnnxBackend(await openRuntime({ runtime: kind, threads: 1 }), { name });
    await tf.setBackend(name);
    const x = tf.randomNormal([16, 4], 0, 1, 'float32', 1);
    const w = tf.variable(tf.zeros([4, 1]));
    const optimizer = tf.train.adam(0.1);
    const loss = (): tf.Scalar =>
      tf.losses.meanSquaredError(tf.sum(x, 1, true), tf.matMul(x, w as tf.Tensor2D));
    const first = tf.tidy(() => loss().dataSync()[0] ?? NaN);
    for (let step = 0; step < 60; step++) optimizer.minimize(loss);
    expect(books().pendingNodes).toBeLessThan(400);
    expect(books().sessions).toBeLessThan(5);
    const last = tf.tidy(() => loss().dataSync()[0] ?? NaN);
    expect(last).toBeLessThan(first / 100);
    optimizer.dispose();
    w.dispose();
  });
});
