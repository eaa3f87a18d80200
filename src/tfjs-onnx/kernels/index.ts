/**
 * The table of kernels. Every kernel that TensorFlow.js names is either lowered or refused with advice: a name that
 * is in neither table, or in both, does not compile.
 */
export { lowered } from './lowered';
export type { LoweredKernel } from './lowered';
export { fused } from './fused';
export type { FusedKernel } from './fused';
export { refused } from './refused';
export type { KernelName } from './refused';
export type { Lowering } from './lowering';
