/** Pieces that several families are made of. */
import * as tf from '@tensorflow/tfjs-core';
import { normalise } from '../../tfjs-onnx';

export { causalSelfAttention, gelu } from '../../tfjs-onnx';

/** `[rows, in]` x `[in, out]` + `[out]` -> `[rows, out]`. */
export function linear(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.add(tf.matMul(x, weight), bias);
}

/**
 * Layer normalisation with gains, then a product: x `[rows, width]`, gain `[width]`, weight `[width, out]` (`[out, width]`
 * where `transposed`) -> `[rows, out]`. The gains are multiplied into the weight, which in training is smaller than the
 * activations, and their gradient falls out of the weight's.
 */
export function normalisedProduct(
  x: tf.Tensor2D,
  gain: tf.Tensor1D,
  weight: tf.Tensor2D,
  transposed = false,
): tf.Tensor2D {
  return tf.matMul(normalise(x), withGain(weight, gain, transposed), false, transposed);
}

/** The weight with each input's gain multiplied in; `transposed` when its inputs are the columns. */
export function withGain(weight: tf.Tensor2D, gain: tf.Tensor1D, transposed = false): tf.Tensor2D {
  return tf.mul(weight, tf.reshape(gain, transposed ? [1, gain.size] : [gain.size, 1]));
}
