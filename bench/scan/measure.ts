/** Opens the LSTM unrolled and by `Scan` (by hand, and as it is recorded), holds their results against each other, and measures them in turns. */
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import * as native from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import type { ProgramSpec } from '../../src/tfjs-onnx';
import { buildGraph } from '../../src/tfjs-onnx/graph-file';
import { lstmBy } from '../../src/tfjs-onnx/ops/lstm';
import { type LstmSteps, scanned, unrolled } from '../../src/tfjs-onnx/ops/lstm-steps';
import { inTurns, report } from '../harness.mjs';
import { inputPorts, scannedForward, scannedGradient, type Sizes } from './scanned-lstm';

const { values: options } = parseArgs({
  options: {
    steps: { type: 'string', default: '32,64,128,256' },
    threads: { type: 'string', default: '1,2' },
    only: { type: 'string', default: 'forward,gradient' },
    turns: { type: 'string', default: '8' },
    optimizers: { type: 'string', default: 'all' },
    wasm: { type: 'boolean', default: false },
    processor: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
/** A turn of one contestant takes about so long, in ms. */
const TURN_MS = 150;
/** How often a session is opened to tell how long that takes. */
const OPENINGS = 3;
/** Results are equal to this share of the largest number among them, or of one. */
const TOLERANCE = 1e-5;

interface Contestant {
  readonly engine: string;
  readonly model: Uint8Array;
}

if (options.wasm) web.env.wasm.numThreads = 1;
for (const time of numbers(options.steps)) {
  const sizes: Sizes = { batch: 32, time, features: 64, units: 128 };
  const cases: Readonly<Record<string, () => Contestant[]>> = {
    forward: () => [
      { engine: 'Scan, steps kept', model: scannedForward(sizes, true) },
      { engine: 'Scan, last state only', model: scannedForward(sizes, false) },
      { engine: 'Scan, recorded', model: buildGraph(recordedForward(sizes, scanned)).bytes },
      { engine: 'unrolled', model: buildGraph(recordedForward(sizes, unrolled)).bytes },
    ],
    gradient: () => [
      { engine: 'Scan', model: scannedGradient(sizes) },
      { engine: 'Scan, recorded', model: buildGraph(recordedGradient(sizes, scanned)).bytes },
      { engine: 'unrolled', model: buildGraph(recordedGradient(sizes, unrolled)).bytes },
    ],
  };
  for (const name of options.only.split(',')) {
    const contestants = cases[name]?.();
    if (!contestants) throw new Error(`--only wants forward or gradient, and not "${name}".`);
    for (const threads of numbers(options.threads)) {
      await measure(`${name}, ${String(time)} steps, ${String(threads)} thr.`, contestants, sizes, threads);
    }
  }
}

async function measure(
  name: string,
  contestants: readonly Contestant[],
  sizes: Sizes,
  threads: number,
): Promise<void> {
  const openings = contestants.map(({ engine, model }) => {
    const openOnce = async () => {
      const session = await open(model, threads);
      await session.release();
    };
    return { engine, measure: timed(openOnce, 1) };
  });
  report(await inTurns('opening', name, 'ms', openings, OPENINGS), options.json);

  const feeds = feedsFor(sizes);
  const opened: InferenceSession[] = [];
  const runs: { readonly engine: string; readonly measure: () => Promise<number[]> }[] = [];
  let first: InferenceSession.OnnxValueMapType | undefined;
  for (const { engine, model } of contestants) {
    const session = await open(model, threads);
    opened.push(session);
    const fed = Object.fromEntries(session.inputNames.map((input) => [input, feeds[input] as Tensor]));
    const results = await session.run(fed);
    first ??= results;
    console.error(`${name}: ${engine} differs by ${difference(first, results).toExponential(1)} at most`);
    const runOnce = async () => {
      await session.run(fed);
    };
    const started = performance.now();
    await runOnce();
    const count = Math.max(1, Math.round(TURN_MS / (performance.now() - started)));
    runs.push({ engine, measure: timed(runOnce, count) });
  }
  report(await inTurns('run', name, 'ms', runs, Number(options.turns)), options.json);
  for (const session of opened) await session.release();
}

/** Measures `count` calls one by one, in ms. */
function timed(work: () => Promise<void>, count: number): () => Promise<number[]> {
  return async () => {
    const values: number[] = [];
    for (let i = 0; i < count; i++) {
      const started = now();
      await work();
      values.push(now() - started);
    }
    return values;
  };
}

/** ms by the clock on the wall, or of processor time of all threads. */
function now(): number {
  if (!options.processor) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * As `src/tfjs-onnx/runtime` opens its sessions; from 1,500 nodes on the lab would open them with `--optimizers disabled`
 * (`compile.ts`).
 */
function open(model: Uint8Array, threads: number): Promise<InferenceSession> {
  const graphOptimizationLevel = options.optimizers === 'disabled' ? 'disabled' : 'all';
  if (options.wasm) {
    const executionProviders = ['wasm'];
    return web.InferenceSession.create(model, {
      executionProviders,
      graphOptimizationLevel,
      logSeverityLevel: 3,
    });
  }
  return native.InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel,
    logSeverityLevel: 3,
    extra: {
      optimization: {
        disable_specified_optimizers: 'MatmulTransposeFusion;GemmTransposeFusion;NchwcTransformer',
      },
      session: { set_denormal_as_zero: '1', intra_op: { allow_spinning: '0' } },
    },
  });
}

function recordedForward(sizes: Sizes, steps: LstmSteps): ProgramSpec {
  return {
    name: 'forward',
    inputs: inputSpecs(sizes, ['x', 'input', 'recurrent', 'bias']),
    trace: ({ inputs }) => ({ outputs: { state: lastState(steps, inputs) } }),
  };
}

function recordedGradient(sizes: Sizes, steps: LstmSteps): ProgramSpec {
  return {
    name: 'gradient',
    inputs: inputSpecs(sizes, ['x', 'input', 'recurrent', 'bias', 'dy']),
    trace: ({ inputs }) => {
      const { input, recurrent, bias, dy } = inputs as Record<string, tf.Tensor>;
      const loss = (...weights: tf.Tensor[]) => {
        const [i, r, b] = weights;
        const y = lastState(steps, { ...inputs, input: i, recurrent: r, bias: b });
        return tf.sum<tf.Scalar>(tf.mul(y, dy as tf.Tensor));
      };
      const { value, grads } = tf.valueAndGrads(loss)([input, recurrent, bias] as tf.Tensor[]);
      const [dInput, dRecurrent, dBias] = grads as [tf.Tensor, tf.Tensor, tf.Tensor];
      return { outputs: { loss: value, dInput, dRecurrent, dBias } };
    },
  };
}

function lastState(steps: LstmSteps, inputs: Readonly<Record<string, tf.Tensor | undefined>>): tf.Tensor2D {
  const { x, input, recurrent, bias } = inputs;
  return lstmBy(steps, x as tf.Tensor3D, {
    input: input as tf.Tensor2D,
    recurrent: recurrent as tf.Tensor2D,
    bias: bias as tf.Tensor1D,
  });
}

function inputSpecs(sizes: Sizes, names: readonly string[]): ProgramSpec['inputs'] {
  const ports = inputPorts(sizes).filter(({ name }) => names.includes(name));
  return Object.fromEntries(ports.map(({ name, shape }) => [name, { shape, dtype: 'float32' }]));
}

/** The same numbers for every contestant: weights as PyTorch draws them, inputs between -1 and 1. */
function feedsFor(sizes: Sizes): Record<string, Tensor> {
  let state = 1;
  const draw = () => (state = (state * 48_271) % 2_147_483_647) / 1_073_741_823.5 - 1;
  return Object.fromEntries(
    inputPorts(sizes).map(({ name, shape }) => {
      const bound = ['input', 'recurrent', 'bias'].includes(name) ? 1 / Math.sqrt(sizes.units) : 1;
      const size = shape.reduce((product, length) => product * length, 1);
      return [
        name,
        new native.Tensor(
          'float32',
          Float32Array.from({ length: size }, () => draw() * bound),
          shape,
        ),
      ];
    }),
  );
}

/** The largest difference, as a share of the largest number (or of one). Throws where it is no rounding. */
function difference(
  expected: InferenceSession.OnnxValueMapType,
  found: InferenceSession.OnnxValueMapType,
): number {
  let largest = 0;
  for (const [name, tensor] of Object.entries(expected)) {
    const a = tensor.data as Float32Array;
    const b = found[name]?.data as Float32Array;
    const scale = a.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
    const share = a.reduce((max, value, i) => Math.max(max, Math.abs(value - (b[i] ?? NaN))), 0) / scale;
    if (!(share <= TOLERANCE)) throw new Error(`"${name}" differs by ${String(share)}`);
    largest = Math.max(largest, share);
  }
  return largest;
}

function numbers(list: string): number[] {
  const values = list.split(',').map(Number);
  if (values.every((value) => Number.isInteger(value) && value > 0)) return values;
  throw new Error(`a list of whole numbers is wanted, and not "${list}".`);
}
