/** Kernels without a lowering, each with what to use instead. */
import type * as core from '@tensorflow/tfjs-core';
import type { LoweredKernel } from './index';

/** Every kernel that TensorFlow.js names: its constants `Abs = 'Abs'` and so on. */
export type KernelName = {
  [K in keyof typeof core]: (typeof core)[K] extends K ? K : never;
}[keyof typeof core];

const IMAGES = 'Images and convolutions are not recorded; flatten them and use matMul.';
const STRINGS = 'Graphs hold numbers; turn strings into numbers before the program.';
const SPARSE = 'Use dense tensors with gather, tensorScatterUpdate or unsortedSegmentSum.';
const COMPLEX = 'Complex numbers are not recorded; keep real and imaginary part as two tensors.';
const DYNAMIC = 'The shape of its result depends on values; do this outside the program.';
const RANDOM = 'It would be frozen at the time of recording; feed random numbers as an input.';
const CONTRACT = 'Write it with transpose, reshape and matMul.';
const SEARCH = 'Compare with greater or less and sum instead.';

export const refused: Readonly<Record<Exclude<KernelName, LoweredKernel>, string>> = {
  Atan2: 'Use atan of the quotient and where.',
  AvgPool: IMAGES,
  AvgPool3D: IMAGES,
  AvgPool3DGrad: IMAGES,
  AvgPoolGrad: IMAGES,
  BatchToSpaceND: IMAGES,
  Bincount: 'Use oneHot and sum.',
  BitwiseAnd: 'Use logicalAnd on bool tensors.',
  BroadcastArgs: 'Shapes are known when a program is recorded; use broadcastTo.',
  Complex: COMPLEX,
  ComplexAbs: COMPLEX,
  Conv2D: IMAGES,
  Conv2DBackpropFilter: IMAGES,
  Conv2DBackpropInput: IMAGES,
  Conv3D: IMAGES,
  Conv3DBackpropFilterV2: IMAGES,
  Conv3DBackpropInputV2: IMAGES,
  CropAndResize: IMAGES,
  Cumprod: 'Use exp of cumsum of log.',
  DenseBincount: 'Use oneHot and sum.',
  DepthToSpace: IMAGES,
  DepthwiseConv2dNative: IMAGES,
  DepthwiseConv2dNativeBackpropFilter: IMAGES,
  DepthwiseConv2dNativeBackpropInput: IMAGES,
  Diag: 'Multiply with an identity matrix.',
  Dilation2D: IMAGES,
  Dilation2DBackpropFilter: IMAGES,
  Dilation2DBackpropInput: IMAGES,
  Draw: IMAGES,
  Einsum: CONTRACT,
  FFT: COMPLEX,
  FlipLeftRight: 'Use reverse.',
  FromPixels: IMAGES,
  FusedBatchNorm: 'Write it with moments, sub, mul and rsqrt.',
  FusedConv2D: IMAGES,
  FusedDepthwiseConv2D: IMAGES,
  IFFT: COMPLEX,
  Imag: COMPLEX,
  LRN: IMAGES,
  LRNGrad: IMAGES,
  LowerBound: SEARCH,
  MatrixBandPart: 'Multiply with a mask made of comparisons of two ranges.',
  MaxPool: IMAGES,
  MaxPool3D: IMAGES,
  MaxPool3DGrad: IMAGES,
  MaxPoolGrad: IMAGES,
  MaxPoolWithArgmax: IMAGES,
  Multinomial: RANDOM,
  NonMaxSuppressionV3: DYNAMIC,
  NonMaxSuppressionV4: DYNAMIC,
  NonMaxSuppressionV5: DYNAMIC,
  Pool: IMAGES,
  RaggedGather: SPARSE,
  RaggedRange: SPARSE,
  RaggedTensorToTensor: SPARSE,
  Real: COMPLEX,
  ResizeBilinear: IMAGES,
  ResizeBilinearGrad: IMAGES,
  ResizeNearestNeighbor: IMAGES,
  ResizeNearestNeighborGrad: IMAGES,
  RotateWithOffset: IMAGES,
  SearchSorted: SEARCH,
  SpaceToBatchND: IMAGES,
  SparseFillEmptyRows: SPARSE,
  SparseReshape: SPARSE,
  SparseSegmentMean: SPARSE,
  SparseSegmentSum: SPARSE,
  SparseToDense: SPARSE,
  StaticRegexReplace: STRINGS,
  StringNGrams: STRINGS,
  StringSplit: STRINGS,
  StringToHashBucketFast: STRINGS,
  Transform: IMAGES,
  Unique: DYNAMIC,
  UpperBound: SEARCH,
};
