import * as tf from '@tensorflow/tfjs-core';
import { customGradient } from './custom-gradient';

/** ln(2 / √π), so that exp(LOG_SCALE - z²) is the derivative of erf(z). */
const LOG_SCALE = Math.log(2 / Math.sqrt(Math.PI));

/**
 * x · Φ(x), with Φ by the error function (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415); any shape.
 *
 * Written in z = x / √2, so that every factor stands beside a neighbour's: as ½ √2 z (1 + erf z) the scales before and
 * after are absorbed by the matrix products around it, and three passes over the data remain.
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  return customGradient(
    [x],
    (input) => {
      const z: T = tf.mul(input, Math.SQRT1_2);
      const q: T = tf.add(tf.erf(z), 1);
      const value: T = tf.mul(tf.mul(z, q), Math.SQRT1_2);
      return { value, saved: [z, q] };
    },
    (dy, [z, q]) => {
      const slope = tf.exp(tf.sub(LOG_SCALE, tf.square(z)));
      const doubled = tf.add(q, tf.mul(z, slope));
      // The half is beside dy, where the matrix product that made dy takes it up.
      return tf.mul(tf.mul(dy, 0.5), doubled);
    },
  );
}
