/** Compiled programs on disk: found again, told apart, never trusted blindly. */
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StepProgram } from '../../../src/engine/learning/step-program';
import { adamWSpecs } from '../../../src/engine/learning/optimizer';
import { TextTask } from '../../../src/engine/learning/text-task';
import type { Backend } from '../../../src/engine/backends';
import { openBackend } from '../../../src/engine/backends';
import { initialWeights, parameterCount } from '../../../src/engine/models';
import { task as languageModel } from '../../../src/engine/tasks/language-model/task';
import { TransformerHyperparameters } from '../../../src/engine/models/transformer/description';
import { transformerModel } from '../../../src/engine/models/transformer/family';
import type { Program, ProgramSpec, Runtime } from '../../../src/tfjs-onnx';
import { compile, exportOnnx, openProgramCache, openRuntime } from '../../../src/tfjs-onnx';

let runtime: Runtime;
let folder: string;
let problems: string[];
beforeAll(async () => {
  runtime = await openRuntime({ runtime: 'native', threads: 1, spinning: false });
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'programs-'));
  problems = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const cacheOf = (more: { code?: string; limit?: number } = {}) =>
  openProgramCache({ folder, code: 'first', onProblem: (message) => problems.push(message), ...more });

let recordings = 0;
const scaleBy = (factor: number): ProgramSpec & { structure: string } => ({
  name: 'scale',
  inputs: { x: { shape: [2, 2], dtype: 'float32' } },
  structure: JSON.stringify({ factor }),
  trace: ({ inputs }) => {
    recordings++;
    return {
      outputs: { y: tf.mul(tf.matMul(inputs['x'] as tf.Tensor2D, inputs['x'] as tf.Tensor2D), factor) },
    };
  },
});

const x = Float32Array.of(1, 0, 0, 2);
async function result(program: Program): Promise<number[]> {
  const { y } = await program.run({ x });
  program.dispose();
  return [...(y?.data ?? [])];
}
const entries = async () => (await readdir(folder)).map((name) => path.join(folder, name));

describe('the cache of programs', () => {
  it('gives an equal structure the kept graph, without recording, and the same results', async () => {
    const first = await compile(runtime, scaleBy(3), { cache: cacheOf() });
    expect(first.fromCache).toBe(false);
    const before = recordings;
    const second = await compile(runtime, scaleBy(3), { cache: cacheOf() });
    expect(second.fromCache).toBe(true);
    expect(recordings).toBe(before);
    expect(second.nodes).toBe(first.nodes);
    expect(second.onnx()).toEqual(first.onnx());
    expect(await result(second)).toEqual(await result(first));
    expect(problems).toEqual([]);
  });

  it('leaves one file for each program and nothing else', async () => {
    for (const factor of [3, 3, 4]) (await compile(runtime, scaleBy(factor), { cache: cacheOf() })).dispose();
    expect((await readdir(folder)).every((name) => /^[0-9a-f]{64}\.program$/.test(name))).toBe(true);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('tells structures, shapes, names and versions of the code apart', async () => {
    const [spec, cache] = [scaleBy(3), cacheOf()];
    const shaped = { ...spec, inputs: { x: { shape: [3, 3], dtype: 'float32' as const } } };
    const keys = [
      cache.keyOf(runtime, spec),
      cache.keyOf(runtime, scaleBy(4)),
      cache.keyOf(runtime, { ...spec, name: 'other' }),
      cache.keyOf(runtime, shaped),
      cache.keyOf({ ...runtime, version: '0.0.1' }, spec),
      cacheOf({ code: 'second' }).keyOf(runtime, spec),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(cacheOf().keyOf(runtime, scaleBy(3))).toBe(keys[0]);
    (await compile(runtime, spec, { cache })).dispose();
    expect((await compile(runtime, spec, { cache: cacheOf({ code: 'second' }) })).fromCache).toBe(false);
  });

  it('keeps nothing of programs that declare no structure, bake state in, or run elsewhere', async () => {
    const cache = cacheOf();
    const { name, inputs, trace } = scaleBy(3);
    const open: ProgramSpec = { name, inputs, trace };
    expect(cache.keyOf(runtime, open)).toBeUndefined();
    expect(cache.keyOf(runtime, { ...scaleBy(3), bake: true })).toBeUndefined();
    expect(cache.keyOf({ ...runtime, kind: 'wasm' }, scaleBy(3))).toBeUndefined();
    (await compile(runtime, open, { cache })).dispose();
    expect(await readdir(folder)).toEqual([]);
  });

  const damages: Readonly<Record<string, (file: string) => Promise<void>>> = {
    'cut short': (file) => truncate(file, 40),
    empty: (file) => truncate(file, 0),
    'changed in one byte': async (file) => {
      const bytes = await readFile(file);
      bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
    foreign: async (file) => {
      (await compile(runtime, scaleBy(5), { cache: cacheOf() })).dispose();
      const other = (await entries()).find((name) => name !== file)!;
      await writeFile(file, await readFile(other));
    },
  };
  for (const [kind, damage] of Object.entries(damages)) {
    it(`makes an entry anew that is ${kind}, and says so`, async () => {
      (await compile(runtime, scaleBy(3), { cache: cacheOf() })).dispose();
      await damage((await entries())[0]!);
      const program = await compile(runtime, scaleBy(3), { cache: cacheOf() });
      expect(program.fromCache).toBe(false);
      expect(await result(program)).toEqual([3, 0, 0, 12]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/cannot be used and is made anew/);
      expect((await compile(runtime, scaleBy(3), { cache: cacheOf() })).fromCache).toBe(true);
    });
  }

  it('removes the least recently used entries beyond its limit', async () => {
    for (const factor of [1, 2, 3]) {
      (await compile(runtime, scaleBy(factor), { cache: cacheOf() })).dispose();
    }
    const kept = cacheOf().keyOf(runtime, scaleBy(2))!;
    for (const file of await entries()) {
      const age = file.includes(kept) ? 10 : 1000;
      await utimes(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
    }
    const size = (await readFile((await entries())[0]!)).length;
    (await compile(runtime, scaleBy(4), { cache: cacheOf({ limit: 2.5 * size }) })).dispose();
    expect(await readdir(folder)).toHaveLength(2);
    expect((await compile(runtime, scaleBy(2), { cache: cacheOf() })).fromCache).toBe(true);
    expect((await compile(runtime, scaleBy(4), { cache: cacheOf() })).fromCache).toBe(true);
    expect((await compile(runtime, scaleBy(1), { cache: cacheOf() })).fromCache).toBe(false);
  });

  it('does without a folder that cannot be made, and says so', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const cache = openProgramCache({
      folder: path.join(folder, 'file', 'inside'),
      code: 'first',
      onProblem: (message) => problems.push(message),
    });
    expect(await result(await compile(runtime, scaleBy(3), { cache }))).toEqual([3, 0, 0, 12]);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('training steps in the cache', () => {
  const base = TransformerHyperparameters.parse({
    layers: 1,
    heads: 2,
    width: 16,
    context: 8,
    batch: 2,
  });
  const adamW = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, clip: 1 };
  const text = Int32Array.from({ length: 200 }, (_, i) => i % 5);

  /** The specification that a training compiles, without compiling it. */
  async function stepSpec(changes: object, vocabulary = 5, options = adamW): Promise<ProgramSpec> {
    const hyperparameters = { ...base, ...changes };
    const model = transformerModel({ ...hyperparameters, vocabulary });
    const task = new TextTask({
      task: languageModel,
      model,
      descent: hyperparameters,
      training: text,
      validation: text,
      seed: 1,
    });
    const specs = adamWSpecs(parameterCount(task.parameters));
    const backend = await openBackend('cpu');
    const state = backend.createState(specs, { weights: initialWeights(task.parameters, 1) });
    const seen: ProgramSpec[] = [];
    const keeping: Backend = {
      ...backend,
      compile: (spec) => {
        seen.push(spec);
        return backend.compile(spec);
      },
    };
    await StepProgram.compile(keeping, state, task, options);
    return seen[0]!;
  }

  it('have one key only where they record one graph, whichever setting is changed', async () => {
    const cache = cacheOf();
    const graphs = new Map<string, string>();
    const variants = [
      await stepSpec({}),
      await stepSpec({ layers: 2 }),
      await stepSpec({ heads: 4 }),
      await stepSpec({ width: 32 }),
      await stepSpec({ context: 4 }),
      await stepSpec({ batch: 3 }),
      await stepSpec({ steps: base.steps + 1 }),
      await stepSpec({ learningRate: 0.123 }),
      await stepSpec({}, 6),
      await stepSpec({}, 5, { ...adamW, beta1: 0.8 }),
      await stepSpec({}, 5, { ...adamW, beta2: 0.999 }),
      await stepSpec({}, 5, { ...adamW, weightDecay: 0 }),
      await stepSpec({}, 5, { ...adamW, clip: 0 }),
    ];
    for (const spec of variants) {
      const key = cache.keyOf(runtime, spec)!;
      const graph = Buffer.from(exportOnnx(spec)).toString('base64');
      expect(graphs.get(key) ?? graph).toBe(graph);
      graphs.set(key, graph);
    }
    expect(graphs.size).toBeGreaterThanOrEqual(11);
  });
});
