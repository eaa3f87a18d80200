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
