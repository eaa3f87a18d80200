/** Naive Bayes for classification: counted in one pass over the rows. */
import * as z from 'zod';
import type { FamilyDescription } from '../../../protocol/families';

export const NaiveBayesHyperparameters = z.strictObject({
  smoothing: z.number().positive().max(1000).default(1).meta({
    title: 'Smoothing',
    description:
      'Rows that are counted for every word and every yes or no that a class has never had (Laplace).',
    prominent: true,
  }),
  varianceFloor: z.number().min(1e-6).max(10).default(0.01).meta({
    title: 'Variance floor',
    description:
      'Added to the variance of every number in every class, as a share of the largest variance of a number.',
    prominent: true,
  }),
});
export type NaiveBayesHyperparameters = z.infer<typeof NaiveBayesHyperparameters>;

export const family: FamilyDescription = {
  name: 'naive-bayes',
  title: 'Naive Bayes',
  whenToUse: 'Learnt in one pass over the rows, for a first look; sure of itself where columns say the same.',
  takes: 'features',
  trained: 'directly',
  tasks: ['classification'],
  hyperparameters: NaiveBayesHyperparameters,
};
