/** Logistic regression (classification) and linear regression: one linear layer. */
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

export const LinearHyperparameters = z.strictObject({
  lr: learningRate(0.01),
  epochs: epochs(60),
  batch: batch(32),
  weightDecay: weightDecay(0.01),
  warmup: warmup(0.05),
  clip: clip(1),
  patience: patience(15),
  classWeights: classWeights(),
});
export type LinearHyperparameters = z.infer<typeof LinearHyperparameters>;

export const family: FamilyDescription = {
  name: 'linear',
  title: 'Linear',
  whenToUse: 'The fastest and the easiest to explain: a baseline, and often best for text columns.',
  takes: 'features',
  trained: 'by gradients',
  hyperparameters: LinearHyperparameters,
};
