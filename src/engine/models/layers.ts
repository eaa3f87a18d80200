/** Pieces that several families are made of. */
import * as tf from '@tensorflow/tfjs-core';

/** Normalises the last dimension to mean 0 and variance 1, then scales it by `gain` `[width]`. */
export function layerNorm<T extends tf.Tensor>(x: T, gain: tf.Tensor1D, epsilon = 1e-5): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), gain);
}

/** x · Φ(x), with Φ by the error function (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415). */
export function gelu<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
