import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adamW,
  type AdamWOptions,
  adamWScalars,
  type AdamWState,
} from '../../../src/engine/learning/optimizer';

beforeAll(() => tf.setBackend('cpu'));

const options: AdamWOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, clip: 0 };

/** AdamW as in the paper (algorithm 2), in double precision, one number after the other. */
function reference(weights: number[], gradients: number[][], lr: number, decayed: number[], o: AdamWOptions) {
  const w = [...weights];
  const m = w.map(() => 0);
  const v = w.map(() => 0);
  gradients.forEach((raw, index) => {
    const t = index + 1;
    const norm = Math.sqrt(raw.reduce((sum, x) => sum + x * x, 0));
    const g = raw.map((x) => (o.clip > 0 && norm > o.clip ? (x * o.clip) / norm : x));
    w.forEach((_, i) => {
      m[i] = o.beta1 * m[i]! + (1 - o.beta1) * g[i]!;
      v[i] = o.beta2 * v[i]! + (1 - o.beta2) * g[i]! ** 2;
      const corrected = m[i] / (1 - o.beta1 ** t) / (Math.sqrt(v[i] / (1 - o.beta2 ** t)) + o.epsilon);
      w[i] = w[i]! - lr * (corrected + o.weightDecay * decayed[i]! * w[i]!);
    });
  });
  return w;
}

function run(weights: number[], gradients: number[][], lr: number, decayed: number[], o: AdamWOptions) {
  let state: AdamWState = {
    weights: tf.tensor1d(weights),
    gradientSum: tf.zeros([weights.length]),
    squareSum: tf.zeros([weights.length]),
  };
  const undecayed = Int32Array.from(decayed.flatMap((does, at) => (does ? [] : [at])));
  const norms: number[] = [];
  gradients.forEach((gradient, index) => {
    const { rate, epsilon, decay } = adamWScalars(o, lr, index + 1);
    const scalars = { rate: tf.scalar(rate), epsilon: tf.scalar(epsilon), decay: tf.scalar(decay) };
    const { next, norm } = adamW(o, state, tf.tensor1d(gradient), scalars, undecayed);
    state = next;
    norms.push(norm.dataSync()[0]!);
  });
  return { weights: [...state.weights.dataSync()], norms };
}

const weights = [0.5, -1.5, 2, 0.01];
const gradients = [
  [0.1, -0.2, 3, 0],
  [-0.3, 0.2, 4, 1e-4],
  [0.05, 0.9, -5, 1e-4],
];

describe('AdamW', () => {
  it('gives the numbers of the published algorithm, bias correction included', () => {
    const { weights: got } = run(weights, gradients, 0.01, [1, 1, 0, 0], options);
    reference(weights, gradients, 0.01, [1, 1, 0, 0], options).forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 5);
    });
  });

  it('gives them for any pair of betas', () => {
    const slow = { ...options, beta1: 0.8, beta2: 0.999 };
    const { weights: got } = run(weights, gradients, 0.01, [0, 1, 1, 0], slow);
    reference(weights, gradients, 0.01, [0, 1, 1, 0], slow).forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 5);
    });
  });

  it('shortens gradients to the limit of their global norm and reports the length from before', () => {
    const clipped = { ...options, clip: 1 };
    const { weights: got, norms } = run(weights, gradients, 0.01, [1, 1, 0, 0], clipped);
    reference(weights, gradients, 0.01, [1, 1, 0, 0], clipped).forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 5);
    });
    expect(norms[0]).toBeCloseTo(Math.hypot(0.1, 0.2, 3), 4);
  });

  it('lets weights decay that have no gradient, and only where the mask says so', () => {
    const { weights: got } = run([1, 1], [[0, 0]], 0.1, [1, 0], options);
    expect(got[0]).toBeCloseTo(0.99, 6);
    expect(got[1]).toBe(1);
  });
});
