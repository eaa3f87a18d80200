/** Kernels without a lowering, each with what to use instead. */
import type * as core from '@tensorflow/tfjs-core';
import type { LoweredKernel } from './lowered';

/** Every kernel that TensorFlow.js names: its constants `Abs = 'Abs'` and so on. */
export type KernelName = {
  [K in keyof typeof core]: (typeof core)[K] extends K ? K : never;
}[keyof typeof core];

const PIXELS = 'Graphs know no canvas; hand over the pixels as a tensor.';
const STRINGS = 'Graphs hold numbers; turn strings into numbers before the program.';
const RAGGED = 'Use dense tensors with gather, tensorScatterUpdate or unsortedSegmentSum.';
const COMPLEX = 'Complex numbers are not recorded; keep real and imaginary part as two tensors.';
const DYNAMIC = 'The shape of its result depends on values; do this outside the program.';

export const refused: Readonly<Record<Exclude<KernelName, LoweredKernel>, string>> = {
  Complex: COMPLEX,
  ComplexAbs: COMPLEX,
  Draw: PIXELS,
  FFT: COMPLEX,
  FromPixels: PIXELS,
  IFFT: COMPLEX,
  Imag: COMPLEX,
  NonMaxSuppressionV3: DYNAMIC,
  NonMaxSuppressionV4: DYNAMIC,
  NonMaxSuppressionV5: DYNAMIC,
  Pool: 'No op of TensorFlow.js calls it; pool() is made of avgPool or maxPool and spaceToBatchND.',
  RaggedGather: RAGGED,
  RaggedRange: RAGGED,
  RaggedTensorToTensor: RAGGED,
  Real: COMPLEX,
  SparseFillEmptyRows: DYNAMIC,
  SparseReshape: DYNAMIC,
  StaticRegexReplace: STRINGS,
  StringNGrams: STRINGS,
  StringSplit: STRINGS,
  StringToHashBucketFast: STRINGS,
  Unique: DYNAMIC,
};
