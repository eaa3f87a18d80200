/** Learning which character follows which. */
import { softmaxCrossEntropy } from '../../../tfjs-onnx';
import type { TextTask } from '../text-task';

export const task: TextTask = {
  learnsFrom: 'text',
  losses: (logits, next) => softmaxCrossEntropy(logits, next),
  measure: (loss) => ({ loss, perplexity: Math.exp(loss), bitsPerCharacter: loss / Math.LN2 }),
  baseline: frequencyPerplexity,
  headline: ({ perplexity }, baseline) =>
    perplexity === undefined
      ? undefined
      : { metric: 'perplexity', value: perplexity, baseline, baselineLabel: 'letters by their frequency' },
};

/** Perplexity of always guessing by the letters' frequencies in the training part, on the validation part. */
export function frequencyPerplexity(
  training: Int32Array,
  validation: Int32Array,
  vocabulary: number,
): number {
  const counts = new Float64Array(vocabulary).fill(1);
  for (const token of training) counts[token] = (counts[token] as number) + 1;
  const total = training.length + vocabulary;
  let loss = 0;
  for (const token of validation) loss -= Math.log((counts[token] as number) / total);
  return Math.exp(loss / validation.length);
}
