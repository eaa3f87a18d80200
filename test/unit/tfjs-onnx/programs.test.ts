/** Whole programs: state, open batch sizes, runtimes, memory, and the same training on every engine. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { loadPredictor, openBackend } from '../../../src/engine/backends';
import {
  transformerForward,
  transformerParameters,
} from '../../../src/engine/models/transformer/transformer';
import { initialWeights, parameterCount, unflatten } from '../../../src/engine/models/parameters';
import type { Program, ProgramSpec } from '../../../src/tfjs-onnx';
import { softmaxCrossEntropy } from '../../../src/tfjs-onnx';
import { expectClose, openEngines, spread } from './compare';

let onnx: Backend, wasm: Backend, cpu: Backend;
beforeAll(async () => {
  ({ onnx, wasm, cpu } = await openEngines());
});

const counter = (backend: Backend): ProgramSpec & { state: NonNullable<ProgramSpec['state']> } => ({
  name: 'counter',
  inputs: { by: { shape: [2], dtype: 'float32' } },
  state: backend.createState(
    {
      total: { shape: [2], dtype: 'float32' },
      runs: { shape: [], dtype: 'int32' },
      kept: { shape: [1], dtype: 'bool' },
    },
    { total: Float32Array.of(10, 20) },
  ),
  trace: ({ inputs, state }) => ({
    outputs: { before: state['total']! },
    next: {
      total: tf.add(state['total']!, inputs['by']!),
      runs: tf.add(state['runs']!, tf.scalar(1, 'int32')),
    },
  }),
});

describe('state', () => {
  for (const engine of ['onnx', 'wasm', 'cpu'] as const) {
    it(`survives from run to run, can be read and written (${engine})`, async () => {
      const backend = { onnx, wasm, cpu }[engine];
      const spec = counter(backend);
      const program = await backend.compile(spec);
      const by = Float32Array.of(1, 2);
      expect((await program.run({ by }))['before']!.data).toEqual(Float32Array.of(10, 20));
      expect((await program.run({ by }))['before']!.data).toEqual(Float32Array.of(11, 22));
      by.set([100, 100]);
      await program.run({ by });
      expect(spec.state.read('total')).toEqual(Float32Array.of(112, 124));
      expect(spec.state.read('runs')).toEqual(Int32Array.of(3));
      spec.state.write('total', Float32Array.of(1, 1));
      expect((await program.run({ by }))['before']!.data).toEqual(Float32Array.of(1, 1));
      expect(() => spec.state.write('total', Float32Array.of(1))).toThrow(/"total" has 2 elements/);
      expect(() => spec.state.read('nothing')).toThrow(/no state "nothing"/);
      program.dispose();
    });

    it(`is shared by programs, and frozen where a program bakes it in (${engine})`, async () => {
      const backend = { onnx, wasm, cpu }[engine];
      const spec = counter(backend);
      const step = await backend.compile(spec);
      const look: ProgramSpec = {
        name: 'look',
        inputs: { times: { shape: [], dtype: 'float32' } },
        state: spec.state,
        trace: ({ inputs, state }) => ({ outputs: { seen: tf.mul(state['total']!, inputs['times']!) } }),
      };
      const live = await backend.compile(look);
      const baked = await backend.compile({ ...look, bake: true });
      await step.run({ by: Float32Array.of(1, 1) });
      const times = Float32Array.of(2);
      expect((await live.run({ times }))['seen']!.data).toEqual(Float32Array.of(22, 42));
      expect((await baked.run({ times }))['seen']!.data).toEqual(Float32Array.of(20, 40));
      [step, live, baked].forEach((program) => program.dispose());
    });
  }

  it('must keep its shape', async () => {
    const spec = counter(onnx);
    const wrong: ProgramSpec = {
      ...spec,
      trace: ({ state }) => ({ outputs: {}, next: { total: tf.sum(state['total']!) } }),
    };
    await expect(onnx.compile(wrong)).rejects.toThrow(/"counter".*"total" is float32 \[2\].*float32 \[\]/);
  });
});

describe('an open batch size', () => {
  const width = 3;
  const classify = (backend: Backend): ProgramSpec => ({
    name: 'classify',
    inputs: { x: { shape: ['batch', width], dtype: 'float32' } },
    state: backend.createState({ w: { shape: [width * 4], dtype: 'float32' } }, { w: spread(width * 4) }),
    bake: true,
    trace: ({ inputs, state }) => {
      const x = inputs['x']!;
      const [batch] = x.shape as [number];
      const hidden = tf.matMul(x, tf.reshape(state['w']!, [width, 4]), false, false);
      const wide = tf.reshape(hidden, [batch * 2, 2]);
      const joined = tf.concat([wide, tf.zeros([batch * 2, 1])], 1);
      const shifted = tf.add(joined, tf.broadcastTo(tf.tensor([[1, 2, 3]]), [batch * 2, 3]));
      return { outputs: { p: tf.softmax(tf.reshape(shifted, [batch, 2, 3])), best: tf.argMax(hidden, -1) } };
    },
  });

  it('runs any number of rows as the cpu backend does, and so does the exported file', async () => {
    const ours = await onnx.compile(classify(onnx));
    const oracle = await cpu.compile(classify(cpu));
    const file = await loadPredictor('classify', ours.onnx()!, { runtime: 'native' });
    for (const rows of [1, 2, 7, 211, 1000]) {
      const x = spread(rows * width, [-2, 2], rows);
      const expected = await oracle.run({ x });
      for (const program of [ours, file]) {
        const got = await program.run({ x });
        expect(got['p']!.dims).toEqual([rows, 2, 3]);
        expectClose(got['p']!.data, expected['p']!.data, 1e-5, `p of ${rows} rows`);
        expectClose(got['best']!.data, expected['best']!.data, 0, `best of ${rows} rows`);
      }
    }
    await expect(ours.run({ x: new Float32Array(4) })).rejects.toThrow(/"x" takes rows of 3 elements/);
  });

  it('is refused by name where numbers depend on it', async () => {
    const spec: ProgramSpec = {
      name: 'counts',
      inputs: { x: { shape: ['batch', 2], dtype: 'float32' } },
      trace: ({ inputs }) => ({ outputs: { y: tf.mul(inputs['x']!, inputs['x']!.shape[0]) } }),
    };
    await expect(onnx.compile(spec)).rejects.toThrow(/"counts".*kernel Multiply depends on the batch size/);
  });
});

/** 50 steps of AdamW on one flat vector of weights. */
async function losses(
  backend: Backend,
  initial: Float32Array,
  loss: (flat: tf.Tensor, inputs: Readonly<Record<string, tf.Tensor>>) => tf.Tensor,
  inputs: ProgramSpec['inputs'],
  feed: (step: number) => Parameters<Program['run']>[0],
): Promise<number[]> {
  const shape = [initial.length];
  const flat = { shape, dtype: 'float32' as const };
  const program = await backend.compile({
    name: 'adamw',
    inputs: { ...inputs, bias: { shape: [2], dtype: 'float32' } },
    state: backend.createState({ w: flat, m: flat, v: flat }, { w: initial }),
    trace: ({ inputs: given, state }) => {
      const { value, grad } = tf.valueAndGrad((w: tf.Tensor) => loss(w, given))(state['w']!);
      const [b1, b2] = tf.split(given['bias']!, 2) as [tf.Tensor, tf.Tensor];
      const clip = tf.minimum(1, tf.div(1, tf.add(tf.sqrt(tf.sum(tf.square(grad))), 1e-6)));
      const g = tf.mul(grad, clip);
      const m = tf.add(tf.mul(state['m']!, 0.9), tf.mul(g, 0.1));
      const v = tf.add(tf.mul(state['v']!, 0.99), tf.mul(tf.square(g), 0.01));
      const step = tf.div(tf.div(m, b1), tf.add(tf.sqrt(tf.div(v, b2)), 1e-8));
      const w = tf.sub(tf.mul(state['w']!, 1 - 0.01 * 0.1), tf.mul(step, 0.01));
      return { outputs: { loss: value }, next: { w, m, v } };
    },
  });
  const result: number[] = [];
  for (let step = 1; step <= 50; step++) {
    const bias = Float32Array.of(1 - 0.9 ** step, 1 - 0.99 ** step);
    result.push((await program.run({ ...feed(step), bias }))['loss']!.data[0]!);
  }
  program.dispose();
  return result;
}

describe('the same training gives the same losses on onnx (both runtimes) and cpu', () => {
  it('for a perceptron, within 1e-4', async () => {
    const sizes = [5 * 16, 16, 16 * 3, 3];
    const labels = Int32Array.from({ length: 32 }, (_, i) => (i * 7) % 3);
    const run = (backend: Backend): Promise<number[]> =>
      losses(
        backend,
        spread(
          sizes.reduce((a, b) => a + b),
          [-0.5, 0.5],
        ),
        (flat, { x, y }) => {
          const [w1, b1, w2, b2] = tf.split(flat, sizes) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
          const h = tf.relu(tf.add(tf.matMul(x!, tf.reshape(w1, [5, 16])), b1));
          const logits = tf.add<tf.Tensor2D>(tf.matMul(h, tf.reshape(w2, [16, 3])), b2);
          return tf.mean(softmaxCrossEntropy(logits, y as tf.Tensor1D));
        },
        { x: { shape: [32, 5], dtype: 'float32' }, y: { shape: [32], dtype: 'int32' } },
        (step) => ({ x: spread(32 * 5, [-1, 1], step % 4), y: labels }),
      );
    const [native, web, oracle] = [await run(onnx), await run(wasm), await run(cpu)];
    expect(oracle.at(-1)).toBeLessThan(oracle[0]!);
    expectClose(Float32Array.from(native), Float32Array.from(oracle), 1e-4, 'native');
    expectClose(Float32Array.from(web), Float32Array.from(oracle), 1e-4, 'wasm');
  });

  it('for a small transformer, within 1e-3', async () => {
    const shape = { layers: 2, heads: 2, width: 16, context: 8, vocabulary: 11 };
    const parameters = transformerParameters(shape);
    const run = (backend: Backend): Promise<number[]> =>
      losses(
        backend,
        initialWeights(parameters, 1),
        (flat, { x, y }) => {
          const logits = transformerForward(shape, unflatten(parameters, flat), x as tf.Tensor2D);
          return tf.mean(softmaxCrossEntropy(logits, tf.reshape<tf.Rank.R1>(y!, [-1])));
        },
        { x: { shape: [3, 8], dtype: 'int32' }, y: { shape: [3, 8], dtype: 'int32' } },
        (step) => {
          const text = Int32Array.from({ length: 25 }, (_, i) => (i * 3 + step) % 11);
          return { x: text.slice(0, 24), y: text.slice(1) };
        },
      );
    expect(parameterCount(parameters)).toBeGreaterThan(1000);
    const [native, web, oracle] = [await run(onnx), await run(wasm), await run(cpu)];
    expect(oracle.at(-1)).toBeLessThan(oracle[0]! - 0.3);
    expectClose(Float32Array.from(native), Float32Array.from(oracle), 1e-3, 'native');
    expectClose(Float32Array.from(web), Float32Array.from(oracle), 1e-3, 'wasm');
  });
});

describe('memory', () => {
  it('stays flat over 1,000 runs, on eager engines and on onnx', async () => {
    for (const backend of [cpu, onnx]) {
      const program = await backend.compile(counter(backend));
      const by = Float32Array.of(1, 1);
      await program.run({ by });
      const before = { ...tf.memory() };
      for (let i = 0; i < 1000; i++) await program.run({ by });
      const after = tf.memory();
      expect(after.numTensors).toBe(before.numTensors);
      expect(after.numDataBuffers).toBe(before.numDataBuffers);
      program.dispose();
    }
  });
});

describe('engines', () => {
  it('say which they are', () => {
    expect(onnx).toMatchObject({
      engine: 'onnx',
      runtime: 'native',
      provider: 'cpu',
      threads: 1,
      notice: undefined,
    });
    expect(wasm).toMatchObject({ engine: 'onnx', runtime: 'wasm' });
    expect(cpu).toMatchObject({ engine: 'cpu' });
  });

  it('obey the environment variable that forces WebAssembly', async () => {
    process.env['MODEL_LAB_RUNTIME'] = 'wasm';
    try {
      expect((await openBackend('auto')).runtime).toBe('wasm');
    } finally {
      delete process.env['MODEL_LAB_RUNTIME'];
    }
  });

  it('tell how to get TensorFlow where it is missing', async () => {
    const opened = openBackend('tensorflow');
    const outcome = await opened.then(
      (backend) => backend.engine,
      (error: unknown) => error,
    );
    if (outcome !== 'tensorflow') {
      expect(outcome).toMatchObject({ code: 'engine-unavailable' });
      expect((outcome as { advice: string }).advice).toMatch(/npm install @tensorflow\/tfjs-node/);
    }
  });
});
