/**
 * The three engines that can run a program: `onnx` (traced graphs), `tensorflow` (tfjs-node, eager) and `cpu` (eager,
 * slow, exact). May enter: a wish (`auto` or a name). Leaves: a `Backend` that compiles programs.
 */
export type { Backend, BackendOptions, EngineName } from './backend';
export { type CompiledProgram, measured } from './measured';
export { loadPredictor } from './onnx';
export { openBackend } from './open';
