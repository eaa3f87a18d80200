/** What training makes small: the squared distance. */
import * as tf from '@tensorflow/tfjs-core';

/** Mean squared error of the standardised target. `predicted` `[rows, 1]`, `wanted` `[rows]`, `rowWeights` `[rows]`. */
export function squaredError(
  predicted: tf.Tensor2D,
  wanted: tf.Tensor1D,
  rowWeights: tf.Tensor1D,
): tf.Scalar {
  return tf.sum(tf.mul(tf.square(tf.sub(tf.reshape(predicted, [-1]), wanted)), rowWeights));
}
