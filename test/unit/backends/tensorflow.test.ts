/** The engine `tensorflow` for real, where tfjs-node is installed with its library or MODEL_LAB_TENSORFLOW names one. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import nodeUtil, { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { openBackend } from '../../../src/engine/backends';
import { Decoder } from '../../../src/engine/generation/decoder';
import { initialWeights, toWeightTensors } from '../../../src/engine/models';
import { transformerModel } from '../../../src/engine/models/transformer/family';
import type { ExperimentInput, MetricRecord } from '../../../src/protocol';
import { cacheFolder } from '../../../scripts/paths.mjs';
import { lossesOf, rings, textExperiment, verses, Workplace } from '../learning/training-fixture';

const LOADING_MS = 180_000;
/** Of losses, relative: both engines compute in float32 and add in different orders. */
const TOLERANCE = 1e-5;

const missing = whyMissing();
const skipWhereMissing = ({ skip }: TestContext): void => skip(missing !== undefined, missing);

/** What keeps tfjs-node from being loaded; undefined where its binding is there. */
function whyMissing(): string | undefined {
  const named = process.env['MODEL_LAB_TENSORFLOW'];
  let folder = named;
  try {
    folder ??= dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
  } catch {
    return '@tensorflow/tfjs-node is not installed, and MODEL_LAB_TENSORFLOW names no folder';
  }
  return existsSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'))
    ? undefined
    : `the tfjs-node in ${folder} has no binding (npm run bench:tensorflow builds one)`;
}

describe('the engine "tensorflow"', () => {
  let onnx: Workplace;
  let tensorflow: Workplace;
  beforeAll(async () => {
    if (missing !== undefined) return;
    onnx = await Workplace.open('onnx');
    tensorflow = await Workplace.open('tensorflow');
    for (const place of [onnx, tensorflow]) {
      await place.write('rings.csv', rings(120));
      await place.write('verses.txt', verses(60));
    }
  }, LOADING_MS);
  afterAll(async () => {
    if (missing !== undefined) return;
    await onnx.close();
    await tensorflow.close();
  });

  const trainings: readonly (readonly [string, ExperimentInput])[] = [
    [
      'a table',
      {
        version: 1,
        dataset: { path: 'rings.csv' },
        task: 'classification',
        target: 'kind',
        model: { family: 'mlp', hyperparameters: { width: 16, epochs: 4, batch: 32, patience: 0, lr: 0.01 } },
      },
    ],
    ['a text', textExperiment('verses.txt', { steps: 12, evaluateEvery: 4 })],
  ];

  it.for(trainings)(
    'learns %s to the same losses as "onnx"',
    { timeout: LOADING_MS },
    async ([, experiment], context) => {
      skipWhereMissing(context);
      const wanted = (await lossesOf(await onnx.train(experiment))) as MetricRecord[];
      const got = (await lossesOf(await tensorflow.train(experiment))) as MetricRecord[];
      const losses = (records: readonly MetricRecord[]) =>
        records.flatMap(({ training, validation }) => [training?.loss ?? [], validation?.loss ?? []].flat());
      expect(losses(wanted).length).toBeGreaterThanOrEqual(wanted.length);
      expect(losses(got)).toHaveLength(losses(wanted).length);
      losses(wanted).forEach((loss, at) => {
        expect(Math.abs((losses(got)[at] ?? NaN) - loss)).toBeLessThanOrEqual(TOLERANCE * loss);
      });
    },
  );

  it('decodes token by token to the same logits as "onnx"', { timeout: LOADING_MS }, async (context) => {
    skipWhereMissing(context);
    const shape = { layers: 2, heads: 2, width: 16, context: 8, vocabulary: 11 };
    const model = transformerModel(shape);
    const { parameters } = model;
    const weights = toWeightTensors(parameters, initialWeights(parameters, 3));
    const decoders = await Promise.all(
      [onnx, tensorflow].map(({ backend }) => Decoder.open(backend, { model, weights })),
    );
    const [wanted = [], got = []] = await Promise.all(
      decoders.map(async (decoder) => {
        const logits = [Float32Array.from(await decoder.read(Int32Array.of(1, 2, 3)))];
        for (const token of [4, 9, 0, 7, 5, 5, 10])
          logits.push(Float32Array.from(await decoder.append(token)));
        decoder.dispose();
        return logits.flatMap((row) => [...row]);
      }),
    );
    expect(wanted).toHaveLength(8 * 11);
    wanted.forEach((logit, at) => expect(got[at]).toBeCloseTo(logit, 4));
  });

  it('puts back what tfjs-node needs and newer versions of Node have removed', async (context) => {
    skipWhereMissing(context);
    const util = nodeUtil as unknown as Record<string, unknown>;
    delete util['isNullOrUndefined'];
    delete util['isArray'];
    await openBackend('tensorflow');
    const { values, indices } = tf.topk(tf.tensor1d([1, 5, 3]), 2);
    expect([...(await values.data()), ...(await indices.data())]).toEqual([5, 3, 1, 2]);
  });

  it('leaves the engine "cpu" as exact as it was', { timeout: LOADING_MS }, async (context) => {
    skipWhereMissing(context);
    // In a bundle, as in the engine: there tfjs-node brings a second copy of everything.
    const scattered = await runBundled(
      process.execPath,
      `openBackend('tensorflow', { threads: 1 }).then(() => openBackend('cpu')).then(() => {
        const at = tf.tensor2d([[1], [3]], [2, 1], 'int32');
        const tensor = tf.tensorScatterUpdate(tf.ones([4]), at, tf.tensor1d([7, 8]));
        console.log(JSON.stringify([...tensor.dataSync()]));
      });`,
    );
    expect(scattered).toEqual([1, 7, 1, 8]);
  });

  it('computes in Node 24, the runtime of VS Code', { timeout: LOADING_MS }, async (context) => {
    skipWhereMissing(context);
    const node = newerNode();
    context.skip(node === undefined, 'no Node 23 or newer in the cache folder nor on the PATH');
    const result = (await runBundled(
      node as string,
      `// VS Code's own runtime is Electron, and says so.
      Object.defineProperty(process.versions, 'electron', { value: '37.2.3' });
      openBackend('tensorflow', { threads: 1 }).then(({ versions }) => {
        const [a, b] = [tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])];
        const gradient = tf.grad((x) => tf.sum(tf.square(tf.matMul(x, b))))(a);
        console.log(JSON.stringify({ node: process.versions.node, versions, values: [...gradient.dataSync()] }));
      });`,
    )) as { node: string; versions: Record<string, string>; values: number[] };
    expect(Number.parseInt(result.node)).toBeGreaterThanOrEqual(23);
    expect(result.versions['tensorflow']).toMatch(/^2\./);
    // 2 (a b) bᵀ
    expect(result.values).toEqual([454, 618, 1030, 1402]);
  });
});

/** Runs a program with `tf` and `openBackend` in a process of its own, bundled as the engine is; its output as JSON. */
async function runBundled(node: string, program: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'tensorflow-node-'));
  try {
    const outfile = join(folder, 'backends.cjs');
    await build({
      stdin: {
        contents: `
          import * as tf from '@tensorflow/tfjs-core';
          import { openBackend } from './src/engine/backends';
          ${program}
        `,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node'],
      logLevel: 'error',
    });
    const place =
      process.env['MODEL_LAB_TENSORFLOW'] ?? join(process.cwd(), 'node_modules/@tensorflow/tfjs-node');
    const { stdout } = await promisify(execFile)(node, [outfile], {
      env: { ...process.env, MODEL_LAB_TENSORFLOW: place },
    });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The Node that the editor's tests keep in the cache, else this one or one on the PATH if it is new enough. */
function newerNode(): string | undefined {
  if (Number.parseInt(process.versions.node) >= 23) return process.execPath;
  const kept = join(cacheFolder(), `node-${process.platform}-${process.arch}@24.21.0`);
  const places = [
    join(kept, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node'),
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node24')),
  ];
  return places.find((place) => existsSync(place));
}
