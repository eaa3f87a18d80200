/** The names of metrics as terms that explain themselves. */
import type { TemplateResult } from 'lit';
import type { Term } from '../../src/protocol/glossary';
import type { Metrics } from '../../src/protocol/training';
import { metricTitles } from '../../src/protocol/words';
import { term } from './lab-term';

const entries = {
  accuracy: 'accuracy',
  averagePrecision: 'average precision',
  balancedAccuracy: 'balanced accuracy',
  f1: 'f1',
  r2: 'r²',
  rmse: 'rmse',
  mae: 'mae',
  perplexity: 'perplexity',
  bitsPerCharacter: 'bits per character',
  loss: 'loss',
} as const satisfies Record<keyof Metrics, Term>;

export const metricNames = Object.keys(metricTitles) as (keyof Metrics)[];

export function metricTerm(metric: keyof Metrics): TemplateResult {
  return term(metricTitles[metric], entries[metric]);
}
