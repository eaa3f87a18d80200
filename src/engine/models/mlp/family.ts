/** Multilayer perceptrons, learnt by gradients. */
import type { FeatureFamily } from '../family';
import { MlpHyperparameters } from './description';
import { mlpForward, mlpParameters } from './mlp';

export const family: FeatureFamily = {
  takes: 'features',
  model: (hyperparameters, features, outputs) => {
    const { layers, width, activation } = MlpHyperparameters.parse(hyperparameters);
    const shape = { layers, width, activation };
    return {
      parameters: mlpParameters(shape, features, outputs),
      structure: JSON.stringify({ family: 'mlp', ...shape }),
      forward: (weights, x) => mlpForward(shape, weights, x),
    };
  },
  descent: (hyperparameters) => MlpHyperparameters.parse(hyperparameters),
};
