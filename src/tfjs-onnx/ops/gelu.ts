import * as tf from '@tensorflow/tfjs-core';

/** ln(2 / √π), so that exp(LOG_SCALE - z²) is the derivative of erf(z). */
const LOG_SCALE = Math.log(2 / Math.sqrt(Math.PI));

/**
 * x · Φ(x), with Φ by the error function (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415); any shape.
 *
 * Written in z = x / √2, so that every factor stands beside a neighbour's: as ½ √2 z (1 + erf z) the scales before and
 * after are absorbed by the matrix products around it, and three passes over the data remain.
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  const op = tf.customGrad((input, save) => {
    const z = tf.mul(input as tf.Tensor, Math.SQRT1_2);
    const q = tf.add(tf.erf(z), 1);
    (save as tf.GradSaveFunc)([z, q]);
    return {
      value: tf.mul(tf.mul(z, q), Math.SQRT1_2),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [zSaved, qSaved] = saved as [tf.Tensor, tf.Tensor];
        const slope = tf.exp(tf.sub(LOG_SCALE, tf.square(zSaved)));
        const doubled = tf.add(qSaved, tf.mul(zSaved, slope));
        // The half is beside dy, where the matrix product that made dy takes it up.
        return tf.mul(tf.mul(dy, 0.5), doubled);
      },
    };
  });
  return op(x) as T;
}
