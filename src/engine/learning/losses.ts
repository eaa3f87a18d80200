/** What training makes small. Both weigh rows; the weights of a batch sum to 1, so that the result is a mean. */
import * as tf from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy } from '../../tfjs-onnx';

/**
 * Softmax cross-entropy in nats. `logits` `[rows, classes]`, `labels` `[rows]` int32, `rowWeights` `[rows]` with sum 1:
 * 0 for the filling of a last, partial batch, larger for rare classes.
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D, rowWeights: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.mul(softmaxCrossEntropy(logits, labels), rowWeights));
}

/** Mean squared error of the standardised target. `predicted` `[rows, 1]`, `wanted` `[rows]`, `rowWeights` `[rows]`. */
export function squaredError(
  predicted: tf.Tensor2D,
  wanted: tf.Tensor1D,
  rowWeights: tf.Tensor1D,
): tf.Scalar {
  return tf.sum(tf.mul(tf.square(tf.sub(tf.reshape(predicted, [-1]), wanted)), rowWeights));
}
