/** Multilayer perceptron: hidden layers of equal width with a nonlinearity between them. */
import * as z from 'zod';
import type { FamilyDescription } from '../../../protocol/families';
import {
  batch,
  classWeights,
  clip,
  epochs,
  learningRate,
  patience,
  warmup,
  weightDecay,
} from '../../../protocol/hyperparameters';

export const MlpHyperparameters = z.strictObject({
  layers: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .meta({ title: 'Layers', description: 'Hidden layers between the features and the prediction.' }),
  width: z
    .int()
    .min(1)
    .max(4096)
    .default(64)
    .meta({ title: 'Width', description: 'Units in each hidden layer.', prominent: true }),
  activation: z
    .enum(['relu', 'gelu', 'tanh'])
    .default('relu')
    .meta({ title: 'Activation', description: 'The nonlinearity after each hidden layer.' }),
  lr: learningRate(0.003),
  epochs: epochs(60),
  batch: batch(32),
  weightDecay: weightDecay(0.01),
  warmup: warmup(0.05),
  clip: clip(1),
  patience: patience(15),
  classWeights: classWeights(),
});
export type MlpHyperparameters = z.infer<typeof MlpHyperparameters>;

export const family: FamilyDescription = {
  name: 'mlp',
  title: 'Multilayer perceptron',
  whenToUse:
    'Finds curves and combinations of columns: the usual choice for tables of numbers and categories.',
  takes: 'features',
  trained: 'by gradients',
  hyperparameters: MlpHyperparameters,
};
