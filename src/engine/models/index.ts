/**
 * The room of models: one file per family, with its parameters and its forward function in TensorFlow.js operations.
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
export { exportTableModel, exportTransformer, type TargetScale } from './export';
export { suggestModels } from './suggest';
export {
  type Prefilled,
  type Step,
  type StepInputs,
  transformerPrefill,
  transformerStep,
} from './transformer-decode';
export { transformerForward, transformerParameters, type TransformerShape } from './transformer';
export { type TableChoice, type TableModel, tableModel, type TextChoice } from './table-model';
