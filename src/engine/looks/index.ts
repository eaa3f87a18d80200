/**
 * The room of quick looks: encoded rows come in; what small models say that are solved at once (ridge regressions) leaves.
 * Not part of a training, but asked before and after one. Knows datasets and features, and loads no
 * TensorFlow.js.
 */
export { findGiveaway, type Giveaway, type GiveawayQuestion } from './giveaway';
export { isLopsided } from './lopsided';
export { linearSuffices } from './linear-look';
export { quickDesign, sampled } from './quick-design';
export { fitRidge, predictRidge, rSquared } from './ridge';
export type { Answers } from './single-column';
