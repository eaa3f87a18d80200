/** Hyperparameters that several families have, each declared once: range, default, and the sentence that explains it. */
import * as z from 'zod';

export const learningRate = (initial: number) =>
  z.number().positive().max(10).default(initial).meta({
    title: 'Learning rate',
    description:
      'How far each step moves the weights: too small learns slowly, too large does not learn at all.',
    prominent: true,
  });

export const epochs = (initial: number) =>
  z.int().min(1).max(100_000).default(initial).meta({
    title: 'Epochs',
    description: 'How many times the model sees every training row.',
    prominent: true,
  });

export const batch = (initial: number) =>
  z
    .int()
    .min(1)
    .max(65_536)
    .default(initial)
    .meta({ title: 'Batch', description: 'Examples per step; the weights are corrected once per batch.' });

export const weightDecay = (initial: number) =>
  z.number().min(0).max(10).default(initial).meta({
    title: 'Weight decay',
    description: 'Pulls weights towards zero at every step (AdamW), which counters overfitting.',
  });

export const warmup = (initial: number) =>
  z.number().min(0).max(0.9).default(initial).meta({
    title: 'Warm-up',
    description:
      'Share of all steps in which the learning rate rises from zero, before it falls along a cosine.',
  });

export const clip = (initial: number) =>
  z.number().min(0).max(1000).default(initial).meta({
    title: 'Gradient clipping',
    description:
      'Longest gradient (global norm) that a step may use; longer ones are shortened. 0: no limit.',
  });

export const patience = (initial: number) =>
  z.int().min(0).max(100_000).default(initial).meta({
    title: 'Patience',
    description:
      'Evaluations without a better validation loss before training stops early; the best weights are kept. 0: never.',
  });

export const classWeights = () =>
  z.enum(['auto', 'balanced', 'none']).default('auto').meta({
    title: 'Class weights',
    description:
      'Lets rare classes count more in the loss. auto: only where one class has ten times the rows of another.',
  });
