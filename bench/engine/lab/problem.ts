/**
 * The problem that every contestant is given: first weights and batches, in one safetensors file. Tensors `weight.*`
 * by the product's names, in its layouts (matrices `[in, out]`, kernels `[height, width, in, out]`), and `x`, `y` with
 * all batches in one: `[batches, batch, …]`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { uniformAt } from '../../../src/engine/datasets/random';
import { fillNormal } from '../../../src/engine/models/noise';
import { flatten, initialWeights, toWeightTensors } from '../../../src/engine/models';
import { readSafetensors, type StoredTensor, writeSafetensors } from '../../../src/engine/runs';
import type { WeightTensor } from '../../../src/engine/runs/saved-model';
import type { ProgramArray } from '../../../src/tfjs-onnx';
import type { Network } from '../cases.mjs';
import { type LabNetwork, networkOf } from './networks';

const SEED = 1;
const BATCHES = 8;
/** Streams of the seed for data; those of the weights begin at 0. */
const FEATURES_STREAM = 10_000;
const NOISE_STREAM = 10_001;

export interface Problem {
  readonly network: LabNetwork;
  readonly weights: ReadonlyMap<string, WeightTensor>;
  /** The same, flat, in the order of the parameters. */
  readonly flat: Float32Array;
  /** The batch of step 0, 1, …; they come again and again. */
  batch(step: number): { readonly x: ProgramArray; readonly y: ProgramArray };
}

/** Writes the problem of one network. */
export async function writeProblem(path: string, network: Network): Promise<void> {
  const lab = networkOf(network);
  const { x, y } = lab.inputs;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of toWeightTensors(lab.parameters, initialWeights(lab.parameters, SEED))) {
    tensors.set(`weight.${name}`, tensor);
  }
  const xSize = sizeOf(x.shape as number[]) * BATCHES;
  const ySize = sizeOf(y.shape as number[]) * BATCHES;
  const data =
    network.kind === 'transformer' ? text(xSize, network.vocabulary) : classes(xSize, ySize, lab.classes);
  tensors.set('x', { shape: [BATCHES, ...(x.shape as number[])], data: data.x });
  tensors.set('y', { shape: [BATCHES, ...(y.shape as number[])], data: data.y });
  await writeFile(path, writeSafetensors(tensors));
}

export async function readProblem(path: string, network: Network): Promise<Problem> {
  const lab = networkOf(network);
  const { tensors } = readSafetensors(await readFile(path), path);
  const weights = new Map<string, WeightTensor>();
  for (const [name, { shape, data }] of tensors) {
    if (name.startsWith('weight.')) weights.set(name.slice(7), { shape, data: data as Float32Array });
  }
  const batches = (name: 'x' | 'y'): ProgramArray[] => {
    const all = tensors.get(name)?.data as ProgramArray;
    const size = sizeOf(lab.inputs[name].shape as number[]);
    return Array.from({ length: BATCHES }, (_, at) => all.slice(at * size, (at + 1) * size));
  };
  const xs = batches('x');
  const ys = batches('y');
  return {
    network: lab,
    weights,
    flat: flatten(lab.parameters, weights),
    batch: (step) => ({
      x: xs[step % BATCHES] as ProgramArray,
      y: ys[step % BATCHES] as ProgramArray,
    }),
  };
}

/** A text in which each token mostly follows from the one before it, so that there is something to learn. */
function text(size: number, vocabulary: number): { x: Int32Array; y: Int32Array } {
  const tokens = new Int32Array(size + 1);
  for (let at = 1; at <= size; at++) {
    const follows = uniformAt(SEED, FEATURES_STREAM, at) < 0.8;
    tokens[at] = follows
      ? ((tokens[at - 1] as number) * 5 + 3) % vocabulary
      : Math.floor(uniformAt(SEED, NOISE_STREAM, at) * vocabulary);
  }
  return { x: tokens.slice(0, -1), y: tokens.slice(1) };
}

/** Noise, shifted by a pattern of each class that can be found but is not obvious. */
function classes(xSize: number, rows: number, kinds: number): { x: Float32Array; y: Int32Array } {
  const row = xSize / rows;
  const x = new Float32Array(xSize);
  fillNormal(x, 1, SEED, FEATURES_STREAM);
  const patterns = new Float32Array(kinds * row);
  fillNormal(patterns, 0.1, SEED, NOISE_STREAM);
  const y = Int32Array.from({ length: rows }, (_, at) => at % kinds);
  for (let at = 0; at < xSize; at++) {
    const kind = y[Math.floor(at / row)] as number;
    x[at] = (x[at] as number) + (patterns[kind * row + (at % row)] as number);
  }
  return { x, y };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
