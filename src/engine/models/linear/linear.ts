/** Logistic and linear regression: one linear layer. */
import type * as tf from '@tensorflow/tfjs-core';
import { linear } from '../layers';
import type { Parameter, Weights } from '../parameters';

/** Zeros to begin with: the problem is convex, so every beginning leads to the same end. */
export function linearParameters(features: number, outputs: number): Parameter[] {
  return [
    { name: 'weight', shape: [features, outputs], initial: 'zeros' },
    { name: 'bias', shape: [outputs], initial: 'zeros' },
  ];
}

/** `[batch, features]` -> `[batch, outputs]`: logits, or the standardised target. */
export function linearForward(weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  return linear(x, weights['weight'] as tf.Tensor2D, weights['bias'] as tf.Tensor1D);
}
