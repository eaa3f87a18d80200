/** Runs that write state and results where they are told to, so that nothing is copied between steps. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProgramSpec, Runtime } from '../../../src/tfjs-onnx';
import { compile, openRuntime } from '../../../src/tfjs-onnx';
import { OnnxState } from '../../../src/tfjs-onnx/state';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await openRuntime({ threads: 1, spinning: false, runtime: 'native' });
});

/** Adds the chosen one of three numbers to a thousand others; a choice beyond the three fails. */
function chooser(): ProgramSpec & { state: OnnxState } {
  const state = new OnnxState(runtime, { sum: { shape: [1000], dtype: 'float32' } });
  return {
    name: 'chooser',
    inputs: { choice: { shape: [1], dtype: 'int32' } },
    state,
    trace: ({ inputs, state: { sum } }) => {
      const chosen = tf.gather(tf.tensor1d([1, 10, 100]), inputs['choice'] as tf.Tensor1D);
      const next = tf.add(sum!, chosen);
      return { outputs: { first: tf.slice(next, [0], [1]) }, next: { sum: next } };
    },
  };
}

const at = (choice: number): { choice: Int32Array } => ({ choice: Int32Array.of(choice) });

describe('a program that writes state', () => {
  it('takes turns between two buffers, without a new one for any run', async () => {
    const spec = chooser();
    const program = await compile(runtime, spec);
    const buffers = new Set<unknown>();
    for (let run = 0; run < 10; run++) {
      buffers.add((spec.state.slot('sum').current.data as Float32Array).buffer);
      await program.run(at(run % 3));
    }
    expect(buffers.size).toBe(2);
    expect(spec.state.read('sum')[999]).toBe(334);
    program.dispose();
  });

  it('gives results that later runs leave as they are', async () => {
    const program = await compile(runtime, chooser());
    const first = await program.run(at(2));
    await program.run(at(0));
    expect(first['first']?.data).toEqual(Float32Array.of(100));
    expect(first['first']?.dims).toEqual([1]);
    program.dispose();
  });

  it('keeps its state when a run fails, and says why it failed', async () => {
    const spec = chooser();
    const program = await compile(runtime, spec);
    await program.run(at(1));
    await expect(program.run(at(7))).rejects.toThrow(/chooser.*the run failed.*indices/s);
    expect(spec.state.read('sum')[0]).toBe(10);
    await program.run(at(2));
    expect(spec.state.read('sum')[0]).toBe(110);
    program.dispose();
  });
});
