/** Normalisation, counting and searching, sparse tensors, sums over named indices. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openBackend } from '../../../src/engine/backends';
import type { algebra } from '../../../src/tfjs-onnx/kernels/algebra';
import type { countings } from '../../../src/tfjs-onnx/kernels/counting';
import type { normalisations } from '../../../src/tfjs-onnx/kernels/normalisation';
import type { sparse } from '../../../src/tfjs-onnx/kernels/sparse';
import type { Argument, Case } from './compare';
import { describeKernels, programOf, runOnce } from './compare';

type Kernel =
  keyof typeof algebra | keyof typeof countings | keyof typeof normalisations | keyof typeof sparse;

const counted: Argument = { shape: [7], dtype: 'int32', values: [0, 3, 3, 1, 6, 0, 3] };
const table: Argument = { shape: [2, 4], dtype: 'int32', values: [0, 3, 3, 1, 5, 0, 2, 2] };
const sorted: Argument = { shape: [2, 5], values: [-2, -1, 0, 0, 1.5, -1, 0, 0.5, 0.5, 3] };
const sought: Argument = { shape: [2, 4], values: [0, -3, 2, -1, 0.5, 0.4, 3, 9] };
const image: Argument = { shape: [2, 3, 4, 6] };
const channels: Argument = { shape: [6], range: [0.2, 2] };
const matrix: Argument = { shape: [3, 4] };

const products: readonly (readonly [string, ...(readonly number[])[]])[] = [
  ['ij,jk->ik', [3, 4], [4, 5]],
  ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
  ['abc,bad->adc', [2, 3, 4], [3, 2, 5]],
  ['ij->ji', [2, 3]],
  ['ijk->j', [2, 3, 4]],
  ['acbe,aecd->abcd', [2, 3, 4, 5], [2, 5, 3, 2]],
  ['i,i->', [4], [4]],
];

/** A state machine's constants: what decides a shape cannot be an input. */
const ids = (): tf.Tensor1D => tf.tensor1d([0, 0, 1, 3], 'int32');
const rows = (): tf.Tensor1D => tf.tensor1d([4, 1, 1, 2], 'int32');

const cases: Record<Kernel, Case[]> = {
  Einsum: products.map(([equation, ...shapes]) => ({
    args: shapes.map((shape) => ({ shape })),
    op: (...tensors) => tf.einsum(equation, ...tensors),
  })),
  Cumprod: [0, 1].flatMap((axis) =>
    [false, true].flatMap((exclusive) =>
      [false, true].map((reverse) => ({
        args: [{ shape: [5, 7] }],
        op: (x: tf.Tensor) => tf.cumprod(x, axis, exclusive, reverse),
      })),
    ),
  ),
  Diag: [
    { args: [{ shape: [4] }], op: (x) => tf.diag(x) },
    { args: [{ shape: [2, 3] }], op: (x) => tf.diag(x) },
  ],
  MatrixBandPart: [
    { args: [{ shape: [2, 4, 5] }], op: (x) => tf.linalg.bandPart(x, 1, -1) },
    { args: [{ shape: [4, 3] }], op: (x) => tf.linalg.bandPart(x, 0, 1) },
  ],
  BroadcastArgs: [
    {
      args: [
        { shape: [3], dtype: 'int32', values: [2, 1, 4] },
        { shape: [2], dtype: 'int32', values: [3, 1] },
      ],
      op: (a, b) => tf.broadcastArgs(a, b),
    },
  ],
  Bincount: [
    { args: [counted], op: (x) => tf.bincount(x as tf.Tensor1D, tf.tensor1d([]), 5) },
    { args: [counted, { shape: [7] }], op: (x, w) => tf.bincount(x as tf.Tensor1D, w as tf.Tensor1D, 7) },
  ],
  DenseBincount: [
    { args: [counted], op: (x) => tf.denseBincount(x as tf.Tensor1D, tf.tensor1d([]), 8) },
    { args: [table], op: (x) => tf.denseBincount(x as tf.Tensor2D, tf.tensor2d([], [0, 0]), 5) },
    { args: [table], op: (x) => tf.denseBincount(x as tf.Tensor2D, tf.tensor2d([], [0, 0]), 4, true) },
    {
      args: [table, { shape: [2, 4] }],
      op: (x, w) => tf.denseBincount(x as tf.Tensor2D, w as tf.Tensor2D, 6),
    },
  ],
  SearchSorted: (['left', 'right'] as const).map((side) => ({
    args: [sorted, sought],
    op: (s, v) => tf.searchSorted(s, v, side),
  })),
  LowerBound: [{ args: [sorted, sought], op: (s, v) => tf.lowerBound(s, v) }],
  UpperBound: [{ args: [sorted, sought], op: (s, v) => tf.upperBound(s, v) }],
  // The draws differ from those of the cpu backend; certain events do not.
  Multinomial: [
    {
      args: [{ shape: [2, 3], values: [-90, 0, -90, 0, -90, -90] }],
      op: (x) => tf.multinomial(x as tf.Tensor2D, 5, 3),
    },
  ],
  FusedBatchNorm: [
    {
      args: [image, channels, channels, channels, channels],
      op: (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale),
      gradient: true,
      tolerance: 1e-4,
    },
    {
      args: [image, channels, channels],
      op: (x, mean, variance) => tf.batchNorm(x, mean, variance, undefined, undefined, 0.01),
      // TensorFlow.js differentiates it only with a scale.
      gradient: false,
      tolerance: 1e-4,
    },
    {
      args: [matrix, { shape: [3, 4] }, { shape: [3, 4], range: [0.2, 2] }],
      op: (x, mean, variance) =>
        tf.batchNorm2d(x as tf.Tensor2D, mean as tf.Tensor2D, variance as tf.Tensor2D),
    },
  ],
  LRN: [0, 1, 2, 9].map((radius) => ({
    args: [image],
    op: (x) => tf.localResponseNormalization(x as tf.Tensor4D, radius, 1.5, 0.7, 0.6),
    gradient: true,
  })),
  LRNGrad: [
    {
      args: [image],
      op: (x) => tf.localResponseNormalization(x as tf.Tensor4D),
      gradient: true,
    },
  ],
  SparseToDense: [
    {
      args: [{ shape: [3, 2], dtype: 'int32', values: [0, 1, 2, 3, 1, 0] }, { shape: [3] }, { shape: [] }],
      op: (indices, values, filler) => tf.sparseToDense(indices, values, [3, 4], filler as tf.Scalar),
    },
    {
      args: [{ shape: [2], dtype: 'int32', values: [4, 1] }, { shape: [] }],
      op: (indices, value) => tf.sparseToDense(indices, value, [6], tf.scalar(0.5)),
    },
  ],
  SparseSegmentSum: [
    { args: [{ shape: [5, 3] }], op: (data) => tf.sparse.sparseSegmentSum(data, rows(), ids()) },
  ],
  SparseSegmentMean: [
    { args: [{ shape: [5, 3] }], op: (data) => tf.sparse.sparseSegmentMean(data, rows(), ids()) },
  ],
};

describeKernels('Normalisation, counting, sparse and summing kernels', cases);

it('draws classes as often as their probabilities say, the same ones for the same seed', async () => {
  const onnx = await openBackend('onnx', { threads: 1, spinning: false });
  const args: Argument[] = [{ shape: [1, 4], values: [0.1, 0.2, 0.3, 0.4].map(Math.log) }];
  const draw = async (seed: number): Promise<number[]> => {
    const spec = programOf('draw', { args, op: (x) => tf.multinomial(x as tf.Tensor2D, 20_000, seed) });
    const { result0 } = await runOnce(onnx, spec, args);
    return Array.from(result0!.data);
  };
  const [first, again, other] = [await draw(7), await draw(7), await draw(8)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  for (const [kind, wanted] of [0.1, 0.2, 0.3, 0.4].entries()) {
    expect(first.filter((drawn) => drawn === kind).length / first.length).toBeCloseTo(wanted, 1.7);
  }
});

it('refuses segment ids that are not known when the program is recorded', async () => {
  const onnx = await openBackend('onnx', { threads: 1, spinning: false });
  const args: Argument[] = [{ shape: [5, 3] }, { shape: [4], dtype: 'int32', values: [0, 0, 1, 3] }];
  const spec = programOf('segments', {
    args,
    op: (data, segmentIds) => tf.sparse.sparseSegmentSum(data, rows(), segmentIds as tf.Tensor1D),
  });
  await expect(onnx.compile(spec)).rejects.toThrow(/SparseSegmentSum.*must be constants/s);
});
