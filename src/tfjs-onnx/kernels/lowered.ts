/** The kernels that have a lowering, by name. */
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
