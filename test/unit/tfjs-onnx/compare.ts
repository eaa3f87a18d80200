/** Runs one function on two engines and compares what they give. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { openBackend } from '../../../src/engine/backends';
import type { ProgramArray, ProgramDType, ProgramOutput, ProgramSpec } from '../../../src/tfjs-onnx';

/** Both runtimes of the engine under test, and the oracle. */
export async function openEngines(): Promise<Readonly<Record<'onnx' | 'wasm' | 'cpu', Backend>>> {
  return {
    onnx: await openBackend('onnx', { threads: 1, spinning: false, runtime: 'native' }),
    wasm: await openBackend('onnx', { runtime: 'wasm' }),
    cpu: await openBackend('cpu'),
  };
}

/** One tensor to call a function with. Floats without values are spread over `range` (-2 to 2). */
export interface Argument {
  readonly shape: readonly number[];
  readonly dtype?: ProgramDType;
  readonly values?: readonly number[];
  readonly range?: readonly [number, number];
}

export type Op = (...tensors: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

export interface Case {
  readonly args: readonly Argument[];
  readonly op: Op;
  /** Compares the gradient for the float arguments, too. */
  readonly gradient?: boolean;
  readonly tolerance?: number;
}

/** Numbers that look random and are the same everywhere. */
export function spread(
  size: number,
  [low, high]: readonly [number, number] = [-2, 2],
  seed = 1,
): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return low + (x - Math.floor(x)) * (high - low);
  });
}

export function valuesOf({ shape, dtype = 'float32', values, range }: Argument, seed: number): ProgramArray {
  const size = shape.reduce((a, b) => a * b, 1);
  if (dtype === 'float32') return values ? Float32Array.from(values) : spread(size, range, seed);
  return dtype === 'int32' ? Int32Array.from(values ?? []) : Uint8Array.from(values ?? []);
}

function inputsOf(args: readonly Argument[]): ProgramSpec['inputs'] {
  return Object.fromEntries(
    args.map(({ shape, dtype = 'float32' }, i) => [`x${i}`, { shape: [...shape], dtype }]),
  );
}

/** The case's function as a program; its outputs are the results and, where asked for, the gradients. */
export function programOf(name: string, { args, op, gradient = false }: Case): ProgramSpec {
  return {
    name,
    inputs: inputsOf(args),
    trace: ({ inputs }) => {
      const tensors = args.map((_, i) => inputs[`x${i}`]!);
      const outputs: Record<string, tf.Tensor> = {};
      [op(...tensors)].flat().forEach((result, i) => (outputs[`result${i}`] = result));
      if (gradient) {
        const floats = tensors.filter(({ dtype }) => dtype === 'float32');
        const loss = (...variables: tf.Tensor[]): tf.Scalar => {
          let next = 0;
          const called = tensors.map((t) => (t.dtype === 'float32' ? variables[next++]! : t));
          const results = [op(...called)].flat().filter(({ dtype }) => dtype === 'float32');
          // Unequal weights, so that a gradient in the wrong place shows.
          const weighted = results.map((r) =>
            tf.sum(tf.mul(r, tf.reshape(tf.linspace(0.5, 1.5, r.size), r.shape))),
          );
          return tf.addN(weighted) as tf.Scalar;
        };
        tf.grads(loss)(floats).forEach((grad, i) => (outputs[`gradient${i}`] = grad));
      }
      return { outputs };
    },
  };
}

export async function runOnce(
  backend: Backend,
  spec: ProgramSpec,
  args: readonly Argument[],
): Promise<Readonly<Record<string, ProgramOutput>>> {
  const program = await backend.compile(spec);
  try {
    return await program.run(Object.fromEntries(args.map((arg, i) => [`x${i}`, valuesOf(arg, i + 1)])));
  } finally {
    program.dispose();
  }
}

/** Both engines must give the same shapes and, within `tolerance` (relative and absolute), the same numbers. */
export async function expectSame(name: string, test: Case, ours: Backend, oracle: Backend): Promise<void> {
  const spec = programOf(name, test);
  const expected = await runOnce(oracle, spec, test.args);
  const actual = await runOnce(ours, spec, test.args);
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [key, value] of Object.entries(expected)) {
    expect(actual[key]?.dims, `${name}: shape of ${key}`).toEqual(value.dims);
    expectClose(actual[key]!.data, value.data, test.tolerance ?? 1e-5, `${name}: ${key}`);
  }
}

export function expectClose(
  actual: ProgramArray,
  expected: ProgramArray,
  tolerance: number,
  what = '',
): void {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((wanted, i) => {
    const got = actual[i]!;
    const near =
      Object.is(got, wanted) ||
      got === wanted ||
      Math.abs(got - wanted) <= tolerance * (1 + Math.abs(wanted));
    if (!near) expect.fail(`${what}[${i}] is ${got}, not ${wanted} (tolerance ${tolerance})`);
  });
}

/** One test for each kernel of a table: every case against TensorFlow.js' own CPU kernels. */
export function describeKernels(
  subject: string,
  cases: Readonly<Record<string, readonly Case[]>>,
  tolerance = 1e-5,
): void {
  let onnx: Backend;
  let cpu: Backend;
  beforeAll(async () => {
    onnx = await openBackend('onnx', { threads: 1, spinning: false });
    cpu = await openBackend('cpu');
  });
  describe(`${subject} give what the cpu backend gives`, () => {
    for (const [kernel, list] of Object.entries(cases)) {
      it(kernel, async () => {
        for (const [i, test] of list.entries())
          await expectSame(`${kernel} ${i}`, { tolerance, ...test }, onnx, cpu);
      });
    }
  });
}
