/** Loops within graphs: ONNX's `Scan`, and the LSTM that is recorded with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onnx as format } from 'onnx-proto';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { openBackend } from '../../../src/engine/backends';
import type { ProgramSpec, Runtime } from '../../../src/tfjs-onnx';
import {
  compile,
  exportOnnx,
  loadOnnxProgram,
  lstm,
  openProgramCache,
  openRuntime,
  registerOnnxBackend,
} from '../../../src/tfjs-onnx';
import * as emit from '../../../src/tfjs-onnx/graph/emit';
import { Graph } from '../../../src/tfjs-onnx/graph/graph';
import { scan } from '../../../src/tfjs-onnx/graph/scan';
import { serialise } from '../../../src/tfjs-onnx/graph/serialise';
import type { Value } from '../../../src/tfjs-onnx/graph/values';
import type { Case } from './compare';
import { expectClose, expectSame, programOf, runOnce, spread, valuesOf } from './compare';

let runtime: Runtime;
let onnx: Backend;
let wasm: Backend;
let cpu: Backend;
let folder: string;
beforeAll(async () => {
  runtime = await openRuntime({ runtime: 'native', threads: 1, spinning: false });
  onnx = await openBackend('onnx', { threads: 1, spinning: false, runtime: 'native' });
  wasm = await openBackend('onnx', { runtime: 'wasm' });
  cpu = await openBackend('cpu');
  folder = await mkdtemp(path.join(tmpdir(), 'programs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BATCH = 2;
const FEATURES = 6;
const UNITS = 8;

const lastState = (x: tf.Tensor, input: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  lstm(x as tf.Tensor3D, {
    input: input as tf.Tensor2D,
    recurrent: recurrent as tf.Tensor2D,
    bias: bias as tf.Tensor1D,
  });

const caseOf = (steps: number, gradient = true): Case => ({
  args: [
    { shape: [BATCH, steps, FEATURES] },
    { shape: [FEATURES, 4 * UNITS] },
    { shape: [UNITS, 4 * UNITS] },
    { shape: [4 * UNITS] },
  ],
  op: lastState,
  gradient,
  tolerance: 1e-4,
});

const scansOf = (bytes: Uint8Array): format.INodeProto[] =>
  (format.ModelProto.decode(bytes).graph?.node ?? []).filter(({ opType }) => opType === 'Scan');

it('gives an LSTM as many nodes over 64 steps as over 4', async () => {
  const nodesOf = async (steps: number): Promise<number> => {
    const program = await onnx.compile(programOf('lstm', caseOf(steps)));
    program.dispose();
    return program.nodes;
  };
  expect(await nodesOf(64)).toBe(await nodesOf(4));
});

it('gives the states and gradients of an LSTM in WebAssembly, too', async () => {
  await expectSame('lstm', caseOf(5), wasm, cpu);
});

it('gives the same in eager use, where the steps are single operations', async () => {
  const { args } = caseOf(5);
  const gradients = async (): Promise<Float32Array[]> => {
    const tensors = args.map((arg, i) => tf.tensor(valuesOf(arg, i + 1), [...arg.shape]));
    const loss = (...given: tf.Tensor[]): tf.Tensor =>
      tf.sum(lastState(...(given as Parameters<typeof lastState>)));
    return Promise.all(
      tf
        .grads(loss)(tensors)
        .map((grad) => grad.data<'float32'>()),
    );
  };
  await tf.setBackend('cpu');
  const expected = await gradients();
  await registerOnnxBackend(runtime, { name: 'onnx-scan-test' });
  await tf.setBackend('onnx-scan-test');
  const actual = await gradients();
  await tf.setBackend('cpu');
  expected.forEach((grad, i) => expectClose(actual[i]!, grad, 1e-4));
});

it('exports an LSTM in operators of ONNX alone, and the file gives the same', async () => {
  const test = caseOf(5);
  const bytes = exportOnnx(programOf('lstm', test));
  const { opsetImport } = format.ModelProto.decode(bytes);
  expect(opsetImport.map(({ domain }) => domain ?? '')).toEqual(['']);
  const program = await loadOnnxProgram(runtime, 'lstm', bytes);
  const got = await program.run(
    Object.fromEntries(test.args.map((arg, i) => [`x${i}`, valuesOf(arg, i + 1)])),
  );
  program.dispose();
  const expected = await runOnce(cpu, programOf('lstm', test), test.args);
  for (const [name, { data }] of Object.entries(expected)) expectClose(got[name]!.data, data, 1e-4, name);
});

it('keeps of the steps only what is used: nothing without a gradient, five tensors with it', () => {
  // The case calls it twice with the same tensors: that is one loop.
  const [forward] = scansOf(exportOnnx(programOf('forward', caseOf(5, false))));
  expect(forward?.output).toHaveLength(2);
  expect(forward?.attribute?.find(({ name }) => name === 'body')?.g?.output).toHaveLength(2);
  const both = scansOf(exportOnnx(programOf('gradient', caseOf(5))));
  expect(both.map(({ output }) => output?.length)).toEqual([7, 3]);
});

it('leaves the batch of an LSTM open, with its gradient', async () => {
  const open = (batch: number | 'batch'): ProgramSpec => ({
    name: 'open',
    inputs: {
      x: { shape: [batch, 5, FEATURES], dtype: 'float32' },
      input: { shape: [FEATURES, 4 * UNITS], dtype: 'float32' },
      recurrent: { shape: [UNITS, 4 * UNITS], dtype: 'float32' },
      bias: { shape: [4 * UNITS], dtype: 'float32' },
    },
    trace: ({ inputs }) => {
      const given = ['x', 'input', 'recurrent', 'bias'].map((name) => inputs[name]!);
      const loss = (...tensors: tf.Tensor[]): tf.Scalar =>
        tf.sum(tf.square(lastState(...(tensors as Parameters<typeof lastState>))));
      const { value, grads } = tf.valueAndGrads(loss)(given);
      return { outputs: { value, ...Object.fromEntries(grads.map((grad, i) => [`grad${i}`, grad])) } };
    },
  });
  const program = await compile(runtime, open('batch'));
  for (const rows of [1, 3, 16]) {
    const values = {
      x: spread(rows * 5 * FEATURES),
      input: spread(FEATURES * 4 * UNITS, [-1, 1], 2),
      recurrent: spread(UNITS * 4 * UNITS, [-1, 1], 3),
      bias: spread(4 * UNITS, [-1, 1], 4),
    };
    const oracle = await cpu.compile(open(rows));
    const [got, expected] = [await program.run(values), await oracle.run(values)];
    for (const [name, { data, dims }] of Object.entries(expected)) {
      expect(got[name]!.dims).toEqual(dims);
      expectClose(got[name]!.data, data, 1e-4, `${name} of ${rows} rows`);
    }
    oracle.dispose();
  }
  program.dispose();
});

it('computes sizes within a loop from the batch size', async () => {
  const spec: ProgramSpec = {
    name: 'lengths',
    inputs: { x: { shape: ['batch', 4], dtype: 'float32' } },
    trace: ({ inputs }) => {
      const x: tf.Tensor = tf.reshape(inputs['x']!, [1, -1, 4]);
      // The batch is the number of steps and of units.
      const units = x.shape[1] ?? 1;
      const weights = [[4, 4 * units], [units, 4 * units], [4 * units]].map((shape) => tf.fill(shape, 0.1));
      return { outputs: { y: lastState(x, ...(weights as [tf.Tensor, tf.Tensor, tf.Tensor])) } };
    },
  };
  const program = await compile(runtime, spec);
  const oracle = await cpu.compile({ ...spec, inputs: { x: { shape: [3, 4], dtype: 'float32' } } });
  const x = spread(12);
  const [got, expected] = [await program.run({ x }), await oracle.run({ x })];
  expectClose(got['y']!.data, expected['y']!.data, 1e-4);
  [program, oracle].forEach((each) => each.dispose());
});

it('is kept in the cache of compiled programs, and found there', async () => {
  const test = caseOf(5);
  const spec = { ...programOf('lstm', test), structure: 'an LSTM' };
  const cache = openProgramCache({ folder, code: 'first' });
  const feeds = Object.fromEntries(test.args.map((arg, i) => [`x${i}`, valuesOf(arg, i + 1)]));
  const first = await compile(runtime, spec, { cache });
  const expected = await first.run(feeds);
  const second = await compile(runtime, spec, { cache });
  expect(second.fromCache).toBe(true);
  const got = await second.run(feeds);
  for (const [name, { data }] of Object.entries(expected)) expectClose(got[name]!.data, data, 0, name);
  [first, second].forEach((program) => program.dispose());
});

it('goes through a sequence from either end, with values of the graph around it', async () => {
  const sums = async (reverse: boolean): Promise<number[][]> => {
    const g = new Graph('sums');
    const [x, w] = [g.input('x', [3, 1], 'float32'), g.input('w', [1], 'float32')];
    const { states, stacked } = scan(g, {
      states: [g.constant(Float32Array.of(0), [1], 'float32')],
      sequences: [x],
      reverse,
      step: (body, [sum], [now]) => {
        const next = emit.add(body, emit.mul(body, sum as Value, w), now as Value);
        // What is stacked may be a state, a captured value, or a state before the step.
        return { states: [next], stacked: [next, w, sum as Value] };
      },
    });
    const results = [...states, ...stacked];
    const { bytes } = serialise(
      g,
      [x, w].map((value, i) => ({ name: `x${i}`, value })),
      results.map((value, i) => ({ name: `y${i}`, value })),
    );
    const program = await loadOnnxProgram(runtime, 'sums', bytes);
    const outputs = await program.run({ x0: Float32Array.of(1, 2, 3), x1: Float32Array.of(10) });
    program.dispose();
    return results.map((_, i) => Array.from(outputs[`y${i}`]!.data as Float32Array));
  };
  expect(await sums(false)).toEqual([[123], [1, 12, 123], [10, 10, 10], [0, 1, 12]]);
  expect(await sums(true)).toEqual([[321], [321, 32, 3], [10, 10, 10], [32, 3, 0]]);
});

it('refuses to record into the graph around a body meanwhile', () => {
  const g = new Graph('wrong');
  const x = g.input('x', [3, 1], 'float32');
  const wrong = (): unknown =>
    scan(g, {
      states: [],
      sequences: [x],
      step: () => ({ states: [], stacked: [emit.unary(g, 'Tanh', x)] }),
    });
  expect(wrong).toThrow('the graph around a body grew');
});
