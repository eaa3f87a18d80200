import * as tf from '@tensorflow/tfjs-core';
import { isRecording, runFused } from '../backend';

/**
 * Normalises the last dimension to mean 0 and variance 1, then scales it by `gain` `[width]`
 * (Ba, Kiros and Hinton 2016, https://arxiv.org/abs/1607.06450, without bias). x `[..., width]` -> the same shape.
 */
export function layerNorm<T extends tf.Tensor>(x: T, gain: tf.Tensor1D, epsilon = 1e-5): T {
  const op = tf.customGrad((...args) => {
    const [input, scale, save] = args as unknown as [tf.Tensor, tf.Tensor1D, tf.GradSaveFunc];
    const { y, mean, inverse } = forward(input, scale, epsilon);
    save([input, scale, mean, inverse]);
    return { value: y, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved) };
  });
  return op(x, gain) as T;
}

interface Normalised {
  readonly y: tf.Tensor;
  /** `[..., 1]` */
  readonly mean: tf.Tensor;
  /** One over the deviation, `[..., 1]`. */
  readonly inverse: tf.Tensor;
}

function forward(x: tf.Tensor, gain: tf.Tensor1D, epsilon: number): Normalised {
  if (isRecording()) {
    const [y, mean, inverse] = runFused('LayerNormalization', { x, gain }, { epsilon }) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    return { y, mean, inverse };
  }
  const mean = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return { y: tf.mul(tf.mul(centred, inverse), gain), mean, inverse };
}

/**
 * Normalises the last dimension to mean 0 and variance 1. x `[rows, width]` -> the same shape. For use before a matrix
 * product that takes the gains into its weight (`normalisedProduct`).
 */
export function normalise(x: tf.Tensor2D, epsilon = 1e-5): tf.Tensor2D {
  const op = tf.customGrad((...args) => {
    const [input, save] = args as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const { y, inverse } = forward(input, tf.ones([input.shape[1]]), epsilon);
    save([y, inverse]);
    return { value: y, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => normalBackward(dy, saved) };
  });
  return op(x) as tf.Tensor2D;
}

/** dx = (dn - mean(dn) - n mean(dn n)) / deviation; the means over the width are products with a column of 1 / width. */
function normalBackward(dn: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor {
  const [n, inverse] = saved as [tf.Tensor2D, tf.Tensor2D];
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
function backward(dy: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor[] {
  const [x, gain, mean, inverse] = saved as [tf.Tensor, tf.Tensor1D, tf.Tensor, tf.Tensor];
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
