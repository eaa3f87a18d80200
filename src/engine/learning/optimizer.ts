/**
 * AdamW (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101) over flat vectors, as a pure pair: first
 * state, next state. Decay is decoupled from the gradient and falls on matrices only.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { StateSpec } from '../../tfjs-onnx';

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Longest gradient (global norm) that is used as it is; 0: no limit. */
  readonly clip: number;
}

/**
 * Each `[parameters]`. In place of the two moments their discounted sums, from which they differ by a factor each, so
 * that a step needs no pass over all parameters for `1 - beta`: moment 1 is `(1 - beta1) * gradientSum`, moment 2
 * `(1 - beta2) * squareSum`.
 */
export type AdamWState = Readonly<Record<'weights' | 'gradientSum' | 'squareSum', tf.Tensor1D>>;

/** What changes from step to step, fed to the compiled step as scalars. */
export interface AdamWScalars {
  /** Factor of the update: `lr * sqrt(c2) / c1` with c1 and c2 of `adamWScalars`. */
  readonly rate: tf.Scalar;
  /** Epsilon in the scale of `sqrt(squareSum)`: `epsilon * sqrt(c2)`. */
  readonly epsilon: tf.Scalar;
  /** `lr * weightDecay`. */
  readonly decay: tf.Scalar;
}

export function adamWSpecs(parameters: number): Record<keyof AdamWState, StateSpec> {
  const flat: StateSpec = { shape: [parameters], dtype: 'float32' };
  return { weights: flat, gradientSum: flat, squareSum: flat };
}

/**
 * The scalars of step `t` (from 1), with the bias correction and the moments' own factors folded in: with
 * `c1 = (1 - beta1^t) / (1 - beta1)` and `c2 = (1 - beta2^t) / (1 - beta2)` the corrected moments are `gradientSum / c1`
 * and `squareSum / c2`, and their quotient is `sqrt(c2) / c1 * gradientSum / (sqrt(squareSum) + epsilon * sqrt(c2))`.
 */
export function adamWScalars(
  options: AdamWOptions,
  lr: number,
  t: number,
): Record<keyof AdamWScalars, number> {
  const correction1 = (1 - options.beta1 ** t) / (1 - options.beta1);
  const root2 = Math.sqrt((1 - options.beta2 ** t) / (1 - options.beta2));
  return {
    rate: (lr * root2) / correction1,
    epsilon: options.epsilon * root2,
    decay: lr * options.weightDecay,
  };
}

/**
 * One update. `undecayed` lists the positions whose weights do not decay: few (gains and biases), so that decay is one
 * pass over all weights, taken back at these. `norm` is the gradient's length before clipping.
 */
export function adamW(
  options: AdamWOptions,
  state: AdamWState,
  gradient: tf.Tensor1D,
  scalars: AdamWScalars,
  undecayed: Int32Array,
): { readonly next: AdamWState; readonly norm: tf.Scalar } {
  const { beta1, beta2, clip } = options;
  const norm: tf.Scalar = tf.sqrt(tf.sum(tf.square(gradient)));
  const clipped: tf.Tensor1D =
    clip > 0 ? tf.mul(gradient, tf.minimum(1, tf.div(clip, tf.add(norm, 1e-6)))) : gradient;
  const gradientSum: tf.Tensor1D = tf.add(tf.mul(state.gradientSum, beta1), clipped);
  const squareSum: tf.Tensor1D = tf.add(tf.mul(state.squareSum, beta2), tf.square(clipped));
  const update: tf.Tensor1D = tf.div(
    tf.mul(gradientSum, scalars.rate),
    tf.add(tf.sqrt(squareSum), scalars.epsilon),
  );
  const weights: tf.Tensor1D =
    options.weightDecay > 0
      ? tf.sub(
          tf.mul(state.weights, tf.sub(1, scalars.decay)),
          withoutDecay(update, state.weights, scalars.decay, undecayed),
        )
      : tf.sub(state.weights, update);
  return { next: { weights, gradientSum, squareSum }, norm };
}

/** The update, less at `positions` what the decay of all weights takes away there. */
function withoutDecay(
  update: tf.Tensor1D,
  weights: tf.Tensor1D,
  decay: tf.Scalar,
  positions: Int32Array,
): tf.Tensor1D {
  if (positions.length === 0) return update;
  const at = tf.tensor1d(positions, 'int32');
  const kept = tf.sub(tf.gather(update, at), tf.mul(tf.gather(weights, at), decay));
  return tf.tensorScatterUpdate(update, tf.reshape(at, [-1, 1]), kept);
}
