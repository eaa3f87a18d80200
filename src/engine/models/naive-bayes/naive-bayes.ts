/**
 * Naive Bayes as one model of log-odds: the logarithm of a class's share, and for each feature that of its probability
 * or density in the class, all of which are a sum of the feature, its square and a constant.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Parameter, Weights } from '../parameters';

export function bayesParameters(features: number, classes: number): Parameter[] {
  return [
    { name: 'square', shape: [features, classes], initial: 'zeros' },
    { name: 'weight', shape: [features, classes], initial: 'zeros' },
    { name: 'bias', shape: [classes], initial: 'zeros' },
  ];
}

/** `[batch, features]` -> `[batch, classes]`: log of prior times likelihood, but for what all classes share. */
export function bayesForward(weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  const { square, weight, bias } = weights as Record<'square' | 'weight', tf.Tensor2D> & {
    readonly bias: tf.Tensor1D;
  };
  return tf.add(tf.add(tf.matMul(tf.square(x), square), tf.matMul(x, weight)), bias);
}
