/**
 * From logits to text, each step apart: processors narrow the distribution, the sampler draws from it, stopping rules
 * end the text, the stream tells of it. May enter: logits `[vocabulary]`. Leaves: tokens and text.
 */
import type { SamplingOptions } from '../../../protocol/generation';
import { type LogitsProcessor, temperature, topK, topP } from './processors';

export { argmax, type LogitsProcessor, temperature, topK, topP } from './processors';
export { drawToken, surprisal, tokenAt } from './sampler';
export { afterTokens, firstOf, type StoppingRule, whenAborted } from './stopping';
export { TextStream } from './stream';

/** In the order that is customary: temperature, top-k, top-p. */
export function processorsFor(
  options: Pick<SamplingOptions, 'temperature' | 'topK' | 'topP'>,
): LogitsProcessor[] {
  if (options.temperature === 0) return [temperature(0)];
  const processors = [temperature(options.temperature)];
  if (options.topK > 0) processors.push(topK(options.topK));
  if (options.topP < 1) processors.push(topP(options.topP));
  return processors;
}
