/** Learning which character follows which, so as to write. */
import type { TaskDescription } from '../../../protocol/tasks';

export const task: TaskDescription = {
  name: 'language-model',
  title: 'Language model',
  whatItDoes: 'Learns which character is likely to come next, and can so write.',
  learnsFrom: 'text',
  answer: 'text',
  example: 'character',
  examples: 'characters',
  place: 'step',
  byGradients: true,
  metrics: [
    { name: 'perplexity', title: 'Perplexity', better: 'lower' },
    { name: 'bitsPerCharacter', title: 'Bits per character', better: 'lower' },
  ],
  leading: ['perplexity'],
  charted: 'perplexity',
};
