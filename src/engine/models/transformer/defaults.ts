/** The configuration of nanoGPT for a CPU; smaller and shorter for texts that would be learnt by heart. */
import type { Defaults } from '../facts';

const SMALL_TEXT = 50_000;

export const defaults: Defaults = ({ characters }) => {
  const small = characters < SMALL_TEXT;
  // The validation part, a tenth of the text, must be longer than the context.
  const context = Math.min(64, Math.max(4, 2 ** Math.floor(Math.log2(Math.max(4, characters / 10 - 1)))));
  return {
    hyperparameters: {
      context,
      ...(small ? { layers: 3, width: 96, steps: 1000, sampleEvery: 100, evaluateEvery: 50 } : {}),
    },
    rank: 1,
  };
};
