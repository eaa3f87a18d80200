/** What a recording refuses: values that are not there yet, and numbers that it would freeze. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { openBackend } from '../../../src/engine/backends';
import type { ProgramSpec, Runtime } from '../../../src/tfjs-onnx';
import { compile, openRuntime } from '../../../src/tfjs-onnx';

let onnx: Backend;
beforeAll(async () => {
  onnx = await openBackend('onnx', { threads: 1, spinning: false, runtime: 'native' });
});

describe('traps', () => {
  const of = (name: string, trace: (x: tf.Tensor) => tf.Tensor): ProgramSpec => ({
    name,
    inputs: { x: { shape: [2, 2], dtype: 'float32' } },
    trace: ({ inputs }) => ({ outputs: { y: trace(inputs['x']!) } }),
  });

  it('reports the reading of values by program and kernel', async () => {
    const spec = of('branch', (x) => (tf.sum(x).dataSync()[0]! > 0 ? x : tf.neg(x)));
    await expect(onnx.compile(spec)).rejects.toThrow(/"branch".*result of the kernel Sum/);
    const input = of('peek', (x) => tf.tensor(x.dataSync()));
    await expect(onnx.compile(input)).rejects.toThrow(/"peek".*input "x"/);
  });

  it('reports random numbers that would be frozen', async () => {
    await expect(onnx.compile(of('drop', (x) => tf.dropout(x, 0.5)))).rejects.toThrow(/"drop".*frozen/);
    await expect(
      onnx.compile(of('seeded', (x) => tf.add(x, tf.randomNormal([2, 2], 0, 1, 'float32', 3)))),
    ).rejects.toThrow(/"seeded".*randomNormal would be frozen/);
    await expect(onnx.compile(of('dice', (x) => tf.mul(x, Math.random())))).rejects.toThrow(
      /"dice".*Math\.random/,
    );
    expect(Math.random()).not.toBe(Math.random());
  });

  it('leave TensorFlow.js as it was', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    await expect(onnx.compile(of('fails', (x) => tf.reshape(x, [5])))).rejects.toThrow();
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reports a missing input and a wrong length by name', async () => {
    const program = await onnx.compile(of('plain', (x) => tf.neg(x)));
    await expect(program.run({})).rejects.toThrow(/"plain".*"x" is missing/);
    await expect(program.run({ x: new Float32Array(3) })).rejects.toThrow(/"x" takes 4 elements/);
  });
});

describe('what a recording would freeze', () => {
  const of = (name: string, op: () => number): ProgramSpec => ({
    name,
    inputs: { x: { shape: [2], dtype: 'float32' } },
    trace: ({ inputs }) => ({ outputs: { y: tf.mul(inputs['x']!, op()) } }),
  });
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await openRuntime({ threads: 1, spinning: false, runtime: 'native' });
  });

  const sources: Readonly<Record<string, () => number>> = {
    'Date.now': () => Date.now(),
    'performance.now': () => performance.now(),
    'crypto.getRandomValues': () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    'crypto.randomUUID': () => crypto.randomUUID().length,
    'Math.random': () => Math.random(),
  };
  for (const [name, source] of Object.entries(sources)) {
    it(`refuses ${name} by name, and leaves it as it was`, async () => {
      await expect(compile(runtime, of('clock', source))).rejects.toThrow(new RegExp(`"clock".*${name}`));
      expect(source()).toBeGreaterThanOrEqual(0);
    });
  }

  it('finds a schedule in JavaScript by recording twice', async () => {
    let rate = 1;
    const spec = of('schedule', () => (rate *= 0.5));
    await expect(compile(runtime, spec, { verify: true })).rejects.toThrow(
      /"schedule".*two recordings.*differ/,
    );
  });

  it('finds a branch that goes another way the second time, and names the kernel', async () => {
    let runs = 0;
    const spec: ProgramSpec = {
      ...of('branch', () => 1),
      trace: ({ inputs }) => ({ outputs: { y: runs++ % 2 ? tf.exp(inputs['x']!) : tf.tanh(inputs['x']!) } }),
    };
    await expect(compile(runtime, spec, { verify: true })).rejects.toThrow(/first at the kernel Tanh/);
  });

  it('accepts what is the same each time', async () => {
    const program = await compile(
      runtime,
      of('constant', () => 3),
      { verify: true },
    );
    expect((await program.run({ x: Float32Array.of(1, 2) }))['y']!.data).toEqual(Float32Array.of(3, 6));
    program.dispose();
  });
});
