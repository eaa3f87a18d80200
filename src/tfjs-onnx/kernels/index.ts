/**
 * The table of kernels. Every kernel that TensorFlow.js names is either lowered or refused with advice: a name that
 * is in neither table, or in both, does not compile.
 */
import { creation } from './creation';
import { elementwise } from './elementwise';
import { indexing } from './indexing';
import type { Lowering } from './lowering';
import { matmul } from './matmul';
import { reductions } from './reduction';
import { shapes } from './shape';

export type LoweredKernel =
  | keyof typeof creation
  | keyof typeof elementwise
  | keyof typeof indexing
  | keyof typeof matmul
  | keyof typeof reductions
  | keyof typeof shapes;

export const lowered: Readonly<Record<LoweredKernel, Lowering>> = {
  ...creation,
  ...elementwise,
  ...indexing,
  ...matmul,
  ...reductions,
  ...shapes,
};

export { fused } from './fused';
export type { FusedKernel } from './fused';
export { refused } from './refused';
export type { KernelName } from './refused';
export type { Lowering } from './lowering';
