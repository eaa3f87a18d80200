/** What training makes small: the surprise at the right class. */
import * as tf from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy } from '../../../tfjs-onnx';

/**
 * Softmax cross-entropy in nats. `logits` `[rows, classes]`, `labels` `[rows]` int32, `rowWeights` `[rows]` with sum 1:
 * 0 for the filling of a last, partial batch, larger for rare classes.
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D, rowWeights: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.mul(softmaxCrossEntropy(logits, labels), rowWeights));
}
