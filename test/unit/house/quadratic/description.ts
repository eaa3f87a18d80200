/** A toy family: a line through the features and their squares. */
import * as z from 'zod';
import type { FamilyDescription } from '../../../../src/protocol/families';
import {
  batch,
  classWeights,
  clip,
  epochs,
  learningRate,
  patience,
  warmup,
  weightDecay,
} from '../../../../src/protocol/hyperparameters';

export const QuadraticHyperparameters = z.strictObject({
  lr: learningRate(0.02),
  epochs: epochs(40),
  batch: batch(16),
  weightDecay: weightDecay(0),
  warmup: warmup(0.05),
  clip: clip(1),
  patience: patience(0),
  classWeights: classWeights(),
});

export const family: FamilyDescription = {
  name: 'quadratic',
  title: 'Quadratic',
  whenToUse: 'A toy for tests.',
  takes: 'features',
  trained: 'by gradients',
  hyperparameters: QuadraticHyperparameters,
};
