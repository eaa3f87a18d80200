/** Decoder-only transformer over characters, as in nanoGPT (https://github.com/karpathy/nanoGPT). */
import * as z from 'zod';
import type { FamilyDescription } from '../../../protocol/families';
import { batch, clip, learningRate, patience, warmup, weightDecay } from '../../../protocol/hyperparameters';

export const TransformerHyperparameters = z
  .strictObject({
    layers: z
      .int()
      .min(1)
      .max(24)
      .default(4)
      .meta({ title: 'Layers', description: 'Transformer blocks, one after the other.' }),
    heads: z
      .int()
      .min(1)
      .max(32)
      .default(4)
      .meta({ title: 'Heads', description: 'Attention heads per block; they share the width between them.' }),
    width: z.int().min(8).max(2048).default(128).meta({
      title: 'Width',
      description: 'Numbers that represent one character inside the model.',
      prominent: true,
    }),
    context: z
      .int()
      .min(4)
      .max(2048)
      .default(64)
      .meta({ title: 'Context', description: 'Characters that the model can look back on.' }),
    batch: batch(12),
    steps: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(2000)
      .meta({ title: 'Steps', description: 'How many times the weights are corrected.', prominent: true }),
    lr: learningRate(0.001),
    weightDecay: weightDecay(0.1),
    warmup: warmup(0.05),
    clip: clip(1),
    evaluateEvery: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(100)
      .meta({ title: 'Evaluate every', description: 'Steps between two looks at the validation part.' }),
    sampleEvery: z.int().min(0).max(1_000_000).default(200).meta({
      title: 'Sample every',
      description: 'Steps between two samples of what the model writes. 0: none.',
    }),
    patience: patience(0),
  })
  .refine((h) => h.width % h.heads === 0, {
    message: 'The width must be a multiple of the heads, so that each head gets an equal share.',
    path: ['width'],
  });
export type TransformerHyperparameters = z.infer<typeof TransformerHyperparameters>;

export const family: FamilyDescription = {
  name: 'transformer',
  title: 'Transformer',
  whenToUse: 'Learns to write text, character by character.',
  takes: 'tokens',
  trained: 'by gradients',
  hyperparameters: TransformerHyperparameters,
  looksBackBy: 'context',
};
