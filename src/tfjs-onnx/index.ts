/**
 * A TensorFlow.js backend whose kernels are recorded instead of computed: a whole program (a training step, a forward
 * pass, one decoding step) becomes one ONNX graph, traced once and replayed by ONNX Runtime.
 *
 * May enter: functions over `@tensorflow/tfjs-core` tensors. Leaves: programs, ONNX files, typed arrays.
 * Knows tfjs-core and ONNX Runtime, nothing of the lab.
 */
export type {
  InputSpec,
  Program,
  ProgramArray,
  ProgramDType,
  ProgramOutput,
  ProgramSpec,
  ProgramState,
  StateSpec,
  TensorRecord,
  TraceResult,
} from './program';
export { hashOfFiles, openProgramCache } from './cache';
export type { ProgramCache, ProgramCacheOptions } from './cache';
export { compile, createState, exportOnnx } from './compile';
export type { CompileOptions } from './compile';
export { registerOnnxBackend } from './eager';
export type { OnnxBackendOptions } from './eager';
export { ProgramError } from './errors';
export { loadOnnxProgram } from './file';
export { openRuntime, physicalCores, PROVIDERS } from './runtime';
export type { Provider, Runtime, RuntimeKind, RuntimeOptions } from './runtime';
export {
  attend,
  causalSelfAttention,
  gelu,
  layerNorm,
  lstm,
  mergeHeads,
  normalise,
  projectHeads,
  softmaxCrossEntropy,
} from './ops';
export type { AttentionShape, HeadProjections, LstmWeights } from './ops';
