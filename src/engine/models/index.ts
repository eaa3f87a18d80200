/**
 * The room of models: one folder per family, with its parameters and its forward function in TensorFlow.js operations.
 * May enter: hyperparameters, sizes, weights, tensors. Leaves: parameters, tensors, suggestions. Knows nothing of
 * files, training or the editor.
 */
export {
  undecayedPositions,
  flatten,
  initialWeights,
  type Parameter,
  parameterCount,
  toTensors,
  toWeightTensors,
  unflatten,
  type Weights,
} from './parameters';
export { exportFeatureModel, exportTokenModel } from './export';
export type * from './family';
export { installFamily, openFamily, openFeatureFamily, openTokenFamily } from './open-family';
