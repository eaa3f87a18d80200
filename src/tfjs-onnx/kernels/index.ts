/**
 * The table of kernels. Every kernel that TensorFlow.js names is either lowered or refused with advice: a name that
 * is in neither table, or in both, does not compile.
 */
import { algebra } from './algebra';
import { convolutions } from './convolution';
import { countings } from './counting';
import { creation } from './creation';
import { dilations } from './dilation';
import { elementwise } from './elementwise';
import { images } from './images';
import { indexing } from './indexing';
import type { Lowering } from './lowering';
import { matmul } from './matmul';
import { normalisations } from './normalisation';
import { poolings } from './pooling';
import { reductions } from './reduction';
import { shapes } from './shape';
import { sparse } from './sparse';

const tables = {
  ...algebra,
  ...convolutions,
  ...countings,
  ...creation,
  ...dilations,
  ...elementwise,
  ...images,
  ...indexing,
  ...matmul,
  ...normalisations,
  ...poolings,
  ...reductions,
  ...shapes,
  ...sparse,
};

export type LoweredKernel = keyof typeof tables;

export const lowered: Readonly<Record<LoweredKernel, Lowering>> = tables;

export { fused } from './fused';
export type { FusedKernel } from './fused';
export { refused } from './refused';
export type { KernelName } from './refused';
export type { Lowering } from './lowering';
