/** One opened case: what a turn of measurements is for training, inference, writing and the bare matrix product. */
import { setTimeout } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../../../src/engine/backends';
import { transformerModel } from '../../../src/engine/models/transformer/family';
import { Decoder } from '../../../src/engine/generation/decoder';
import { drawToken } from '../../../src/engine/generation/sampling';
import { adamWSpecs } from '../../../src/engine/learning/optimizer';
import { StepProgram } from '../../../src/engine/learning/step-program';
import { parameterCount } from '../../../src/engine/models';
import type { ProgramSpec } from '../../../src/tfjs-onnx';
import type { Network, TransformerNetwork } from '../cases.mjs';
import { lossOf } from './networks';
import type { Problem } from './problem';

export interface Turn {
  /** In the case's unit. */
  readonly values: readonly number[];
  /** Training: the loss of each step, before its update. */
  readonly losses?: readonly number[];
}

export interface Opened {
  measure(count: number): Promise<Turn>;
  dispose(): void;
}

export const GEMM_SIZE = 1536;

/** Milliseconds of the wall's clock, or of processor time where the benchmark asks for that. */
function now(): number {
  if (process.env['BENCH_CLOCK'] !== 'processor') return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Training steps by the product's own step program. */
export async function openTraining(backend: Backend, network: Network, problem: Problem): Promise<Opened> {
  const { parameters, inputs } = problem.network;
  const state = backend.createState(adamWSpecs(parameterCount(parameters)), { weights: problem.flat });
  const program = await StepProgram.compile(
    backend,
    state,
    { parameters, inputs, loss: (weights, batch) => lossOf(problem.network, weights, batch) },
    network.optimizer,
  );
  let step = 0;
  return {
    measure: async (count) => {
      const values: number[] = [];
      const losses: number[] = [];
      for (let i = 0; i < count; i++) {
        const batch = problem.batch(step);
        const start = now();
        losses.push(await program.run(batch, step++, network.optimizer.lr));
        values.push(now() - start);
      }
      return { values, losses };
    },
    dispose: () => {
      program.dispose();
      state.dispose();
    },
  };
}

/** The forward pass with the weights built in and the number of rows left open, as the product predicts. */
export function predictionSpec(backend: Backend, { network, weights }: Problem): ProgramSpec {
  const specs = Object.fromEntries(
    Array.from(weights, ([name, { shape }]) => [name, { shape, dtype: 'float32' as const }]),
  );
  const initial = Object.fromEntries(Array.from(weights, ([name, { data }]) => [name, data]));
  const [, ...row] = network.inputs.x.shape;
  return {
    name: 'prediction',
    inputs: { x: { shape: ['batch', ...row], dtype: network.inputs.x.dtype } },
    state: backend.createState(specs, initial),
    bake: true,
    trace: ({ inputs, state }) => ({
      outputs: { probabilities: tf.softmax(network.forward(state, inputs['x'] as tf.Tensor)) },
    }),
  };
}

export async function openPrediction(backend: Backend, problem: Problem, rows: number): Promise<Opened> {
  const program = await backend.compile(predictionSpec(backend, problem));
  const x = rowsOf(problem, rows);
  return {
    measure: (count) => timed(count, () => program.run({ x })),
    dispose: () => program.dispose(),
  };
}

/** The first `rows` rows of the batches, from the first batch again when there are too few. */
export function rowsOf(problem: Problem, rows: number): Float32Array {
  const [batchSize = 1, ...row] = problem.network.inputs.x.shape as number[];
  const size = row.reduce((product, dim) => product * dim, 1);
  const x = new Float32Array(rows * size);
  for (let at = 0, step = 0; at < rows; at += batchSize, step++) {
    x.set(
      (problem.batch(step).x as Float32Array).subarray(0, Math.min(batchSize, rows - at) * size),
      at * size,
    );
  }
  return x;
}

/** Texts of one context each from one first token, every next token drawn at temperature 0.8. */
export async function openWriting(
  backend: Backend,
  network: TransformerNetwork,
  { weights }: Problem,
): Promise<Opened> {
  const { context } = network;
  const decoder = await Decoder.open(backend, { model: transformerModel(network), weights });
  let drawn = 0;
  return {
    measure: async (count) => {
      const start = now();
      let logits: Float32Array = await decoder.read(Int32Array.of(0));
      let length = 1;
      for (let i = 0; i < count; i++) {
        const scaled = logits.map((logit) => logit / 0.8);
        const token = drawToken(scaled, 1, drawn++);
        if (length < context) {
          logits = await decoder.append(token);
          length++;
        } else {
          logits = await decoder.read(Int32Array.of(0));
          length = 1;
        }
      }
      return { values: [(count * 1000) / (now() - start)] };
    },
    dispose: () => decoder.dispose(),
  };
}

/** A large matrix product in GFLOP/s: two operations for each multiplication and addition. */
export function gemmSpec(): ProgramSpec {
  const square = { shape: [GEMM_SIZE, GEMM_SIZE], dtype: 'float32' } as const;
  return {
    name: 'matrix product',
    inputs: { a: square, b: square },
    // Of the product only a row leaves, so that copying results is not measured.
    trace: ({ inputs }) => ({
      outputs: {
        c: tf.slice(
          tf.matMul(inputs['a'] as tf.Tensor2D, inputs['b'] as tf.Tensor2D),
          [0, 0],
          [1, GEMM_SIZE],
        ),
      },
    }),
  };
}

export async function openGemm(backend: Backend): Promise<Opened> {
  const program = await backend.compile(gemmSpec());
  const feeds = gemmFeeds();
  return {
    measure: async (count) => toGflops(await timed(count, () => program.run(feeds))),
    dispose: () => program.dispose(),
  };
}

export function gemmFeeds(): { a: Float32Array; b: Float32Array } {
  const values = (factor: number): Float32Array =>
    Float32Array.from({ length: GEMM_SIZE ** 2 }, (_, at) => ((at * factor) % 17) / 17 - 0.5);
  return { a: values(7), b: values(5) };
}

export function toGflops({ values }: Turn): Turn {
  return { values: values.map((ms) => (2 * GEMM_SIZE ** 3) / ms / 1e6) };
}

/** Milliseconds of each call. */
export async function timed(count: number, call: () => Promise<unknown>): Promise<Turn> {
  const values: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = now();
    await call();
    values.push(now() - start);
  }
  // The next contestant shall not meet threads that still wait for work by spinning.
  await setTimeout(20);
  return { values };
}
