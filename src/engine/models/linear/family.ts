/** Linear models, learnt by gradients. */
import type { FeatureFamily } from '../family';
import { LinearHyperparameters } from './description';
import { linearForward, linearParameters } from './linear';

export const family: FeatureFamily = {
  takes: 'features',
  model: (_, features, outputs) => ({
    parameters: linearParameters(features, outputs),
    structure: 'linear',
    forward: linearForward,
  }),
  descent: (hyperparameters) => LinearHyperparameters.parse(hyperparameters),
};
