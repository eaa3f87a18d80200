/** Multilayer perceptron: hidden layers of equal width, then one linear layer. */
import * as tf from '@tensorflow/tfjs-core';
import type { MlpHyperparameters } from './description';
import { gelu, linear } from '../layers';
import type { Parameter, Weights } from '../parameters';

type MlpShape = Pick<MlpHyperparameters, 'layers' | 'width' | 'activation'>;

/**
 * He initialisation before ReLU and GELU (variance 2 / inputs; He et al. 2015, https://arxiv.org/abs/1502.01852),
 * variance 1 / inputs before tanh. The last layer begins near zero, so that the first predictions are even.
 */
export function mlpParameters(shape: MlpShape, features: number, outputs: number): Parameter[] {
  const gain = shape.activation === 'tanh' ? 1 : 2;
  const hidden = Array.from({ length: shape.layers }, (_, layer): Parameter[] => {
    const inputs = layer === 0 ? features : shape.width;
    return [
      {
        name: `hidden.${layer}.weight`,
        shape: [inputs, shape.width],
        initial: { deviation: Math.sqrt(gain / inputs) },
      },
      { name: `hidden.${layer}.bias`, shape: [shape.width], initial: 'zeros' },
    ];
  });
  return [
    ...hidden.flat(),
    {
      name: 'output.weight',
      shape: [shape.width, outputs],
      initial: { deviation: 0.1 / Math.sqrt(shape.width) },
    },
    { name: 'output.bias', shape: [outputs], initial: 'zeros' },
  ];
}

/** `[batch, features]` -> `[batch, outputs]`: logits, or the standardised target. */
export function mlpForward(shape: MlpShape, weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  const activate = { relu: tf.relu, gelu, tanh: tf.tanh }[shape.activation];
  let h = x;
  for (let layer = 0; layer < shape.layers; layer++) {
    const weight = weights[`hidden.${layer}.weight`] as tf.Tensor2D;
    h = activate(linear(h, weight, weights[`hidden.${layer}.bias`] as tf.Tensor1D)); // [batch, width]
  }
  return linear(h, weights['output.weight'] as tf.Tensor2D, weights['output.bias'] as tf.Tensor1D);
}
