import type { Defaults } from '../../../../src/engine/models/facts';

export const defaults: Defaults = () => ({ hyperparameters: { epochs: 30 }, rank: 10 });
