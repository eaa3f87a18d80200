import * as tf from '@tensorflow/tfjs-core';
import { isRecording, runFused } from '../backend';
import { customGradient } from './custom-gradient';

/**
 * Normalises the last dimension to mean 0 and variance 1, then scales it by `gain` `[width]`
 * (Ba, Kiros and Hinton 2016, https://arxiv.org/abs/1607.06450, without bias). x `[..., width]` -> the same shape.
 */
export function layerNorm<T extends tf.Tensor>(x: T, gain: tf.Tensor1D, epsilon = 1e-5): T {
  return customGradient(
    [x, gain],
    (input, scale) => {
      const { y, mean, inverse } = forward(input, scale, epsilon);
      return { value: y, saved: [input, scale, mean, inverse] };
    },
    backward,
  );
}

interface Normalised<T extends tf.Tensor> {
  readonly y: T;
  /** `[..., 1]` */
  readonly mean: T;
  /** One over the deviation, `[..., 1]`. */
  readonly inverse: T;
}

function forward<T extends tf.Tensor>(x: T, gain: tf.Tensor1D, epsilon: number): Normalised<T> {
  if (isRecording()) {
    const [y, mean, inverse] = runFused('LayerNormalization', { x, gain }, { epsilon }) as [T, T, T];
    return { y, mean, inverse };
  }
  const mean: T = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const inverse: T = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return { y: tf.mul(tf.mul(centred, inverse), gain), mean, inverse };
}

/**
 * Normalises the last dimension to mean 0 and variance 1. x `[rows, width]` -> the same shape. For use before a matrix
 * product that takes the gains into its weight (as `normalisedProduct` of the engine's `models/layers.ts` does).
 */
export function normalise(x: tf.Tensor2D, epsilon = 1e-5): tf.Tensor2D {
  return customGradient(
    [x],
    (input) => {
      const { y, inverse } = forward(input, tf.ones([input.shape[1]]), epsilon);
      return { value: y, saved: [y, inverse] };
    },
    normalBackward,
  );
}

/** dx = (dn - mean(dn) - n mean(dn n)) / deviation; the means over the width are products with a column of 1 / width. */
function normalBackward(
  dn: tf.Tensor2D,
  [n, inverse]: readonly [n: tf.Tensor2D, inverse: tf.Tensor2D],
): tf.Tensor {
  const width = n.shape[1];
  const column = tf.fill([width, 1], 1 / width);
  const meanOver = (t: tf.Tensor): tf.Tensor => tf.matMul(t, column);
  const centred = tf.sub(dn, meanOver(dn));
  return tf.mul(tf.sub(centred, tf.mul(n, meanOver(tf.mul(dn, n)))), inverse);
}

/**
 * With n = (x - mean) / deviation and a = dy gain: dx = (a - mean(a) - n mean(a n)) / deviation, dgain = Σ dy n.
 * The two means over the width are products with gain / width, so that a n is never written out.
 */
function backward(
  dy: tf.Tensor,
  [x, gain, mean, inverse]: readonly [x: tf.Tensor, gain: tf.Tensor1D, mean: tf.Tensor, inverse: tf.Tensor],
): tf.Tensor[] {
  const width = gain.size;
  const rows = x.size / width;
  const column = tf.reshape(tf.mul(gain, 1 / width), [width, 1]);
  const meanOver = (t: tf.Tensor): tf.Tensor => tf.matMul(tf.reshape(t, [rows, width]), column);
  const norm = tf.reshape(tf.mul(tf.sub(x, mean), inverse), [rows, width]);
  const dyRows = tf.reshape(dy, [rows, width]);
  const dyNorm = tf.mul(dyRows, norm);
  const inner = tf.sub(tf.sub(tf.mul(dyRows, gain), meanOver(dyRows)), tf.mul(norm, meanOver(dyNorm)));
  const dx = tf.mul(inner, tf.reshape(inverse, [rows, 1]));
  return [tf.reshape(dx, x.shape), tf.sum(dyNorm, 0)];
}
