/** Logistic regression (classification) and linear regression: one linear layer. */
import * as z from 'zod';
import { batch, classWeights, clip, epochs, learningRate, patience, warmup, weightDecay } from './shared';

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
