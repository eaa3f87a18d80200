/**
 * The room of features: columns of a table come in; rows of numbers leave, by statistics of the training rows alone.
 * One folder for each kind of column, found by the name of its description; knows datasets, and nothing of models.
 *
 * `openFeatures` (once) → `fitEncoder` (which columns, what is learnt of each) → `encode` → `gather` (batches); `toJSON`
 * and `encoderFromJSON` are the way through `preprocess.json`.
 */
export * from './types';
export type {
  BlockData,
  DenseBlock,
  DenseFeature,
  Feature,
  FeatureNote,
  SparseBlock,
  SparseFeature,
} from './feature';
export { encoderFromJSON } from './encoder';
export { fitEncoder } from './fit-encoder';
export { missingColumns } from './missing-columns';
export { findFeature, installFeature, openFeatures, removeFeature } from './open-features';
