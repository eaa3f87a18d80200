/** Settings that suit naive Bayes. It is never the one to take first: linear models and perceptrons judge better. */
import type { Defaults } from '../facts';

export const defaults: Defaults = () => ({ hyperparameters: {}, rank: 0 });
