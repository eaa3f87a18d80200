/** Settings that suit a linear model, and where it is the one to take. */
import type { Defaults } from '../facts';
import { epochsFor, scaledRate, tableBatch, textBatch } from '../sizes';

/** First where a look at the rows found no bend, and for text alone, which is nearly linear. */
export const defaults: Defaults = ({ rows, hasText, hasDense, straight }) => {
  const batch = hasText ? textBatch(rows) : tableBatch(rows);
  return {
    hyperparameters: {
      batch,
      // Thousands of sparse columns fit the training rows within a few hundred steps; more is learning by heart.
      epochs: hasText ? epochsFor(rows, batch, 700, 8, 30) : epochsFor(rows, batch, 3_000, 10, 60),
      lr: hasText ? 0.02 : scaledRate(0.01, batch),
    },
    // What numbers and categories beside a text have to say need not be linear.
    rank: straight === true || (hasText && !hasDense) ? 3 : 1,
  };
};
