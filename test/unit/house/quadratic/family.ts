import * as tf from '@tensorflow/tfjs-core';
import type { FeatureFamily } from '../../../../src/engine/models';
import { QuadraticHyperparameters } from './description';

export const family: FeatureFamily = {
  takes: 'features',
  model: (_, features, outputs) => ({
    parameters: [
      { name: 'straight', shape: [features, outputs], initial: 'zeros' },
      { name: 'squared', shape: [features, outputs], initial: 'zeros' },
      { name: 'bias', shape: [outputs], initial: 'zeros' },
    ],
    structure: 'quadratic',
    forward: ({ straight, squared, bias }, x) =>
      tf.add(
        tf.add(tf.matMul(x, straight as tf.Tensor2D), tf.matMul(tf.square(x), squared as tf.Tensor2D)),
        bias as tf.Tensor1D,
      ),
  }),
  descent: (hyperparameters) => QuadraticHyperparameters.parse(hyperparameters),
};
