/** Naive Bayes, learnt directly. */
import type { FeatureFamily } from '../family';
import { NaiveBayesFit } from './fit';
import { bayesForward, bayesParameters } from './naive-bayes';

export const family: FeatureFamily = {
  takes: 'features',
  model: (_, features, outputs) => ({
    parameters: bayesParameters(features, outputs),
    structure: 'naive-bayes',
    forward: bayesForward,
  }),
  fit: (request, from) => new NaiveBayesFit(request, from),
};
