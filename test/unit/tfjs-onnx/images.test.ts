/** Rearranging and resampling images, dilation, and their gradients. */
import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { openBackend } from '../../../src/engine/backends';
import type { dilations } from '../../../src/tfjs-onnx/kernels/dilation';
import type { images } from '../../../src/tfjs-onnx/kernels/images';
import type { Argument, Case } from './compare';
import { describeKernels, expectClose, programOf, runOnce } from './compare';

type Kernel = keyof typeof images | keyof typeof dilations;

const picture: Argument = { shape: [2, 5, 7, 3] };
const sizes: readonly [number, number][] = [
  [10, 14],
  [3, 4],
  [5, 7],
  [8, 5],
  [1, 1],
];
const rules: readonly [alignCorners: boolean, halfPixelCenters: boolean][] = [
  [false, false],
  [true, false],
  [false, true],
];
type Resize = (x: tf.Tensor4D, size: [number, number], corners: boolean, half: boolean) => tf.Tensor;
const resizes = (resize: Resize, batch: Argument): Case[] =>
  sizes.flatMap((size) =>
    rules.map(([corners, half]) => ({
      args: [batch],
      op: (x: tf.Tensor) => resize(x as tf.Tensor4D, size, corners, half),
      // The cpu backend's gradients know nothing of half pixels, and mix up height and width or images of a batch.
      gradient: !half && resize !== tf.image.resizeBilinear,
    })),
  );
/** Where height and width are equal its bilinear gradient is right. */
const squares: Case[] = (
  [
    [8, 8],
    [3, 3],
  ] as const
).flatMap((size) =>
  [false, true].map((corners) => ({
    args: [{ shape: [2, 5, 5, 3] }],
    op: (x: tf.Tensor) => tf.image.resizeBilinear(x as tf.Tensor4D, [...size], corners),
    gradient: true,
  })),
);

const boxes: Argument = {
  shape: [4, 4],
  values: [0, 0, 1, 1, 0.1, 0.2, 0.8, 0.7, 0.9, 0.8, 0.1, 0.2, -0.5, 0.3, 0.6, 1.4],
};
const owners: Argument = { shape: [4], dtype: 'int32', values: [0, 1, 1, 0] };
const crops: Case[] = (['bilinear', 'nearest'] as const).flatMap((method) =>
  (
    [
      [3, 4],
      [1, 1],
      [6, 9],
    ] as const
  ).map((size) => ({
    args: [picture, boxes, owners],
    op: (x: tf.Tensor, b: tf.Tensor, i: tf.Tensor) =>
      tf.image.cropAndResize(x as tf.Tensor4D, b as tf.Tensor2D, i as tf.Tensor1D, [...size], method, 0.25),
  })),
);

/** The cpu backend transforms the first image of a batch only. */
const single: Argument = { shape: [1, 5, 7, 3] };
const projections = [
  [0.81, -0.32, 1.33, 0.21, 1.12, -1.23, 0, 0],
  [1.03, 0.11, -9.34, 0.01, 1.72, 6.43, 0.02, 0.01],
  [-1.02, 0.03, 3.04, 0.01, 2.03, 0.34, 0, 0.05],
];
const interpolations = ['nearest', 'bilinear'] as const;
const modes = ['constant', 'reflect', 'wrap', 'nearest'] as const;
const transforms: Case[] = interpolations.flatMap((interpolation) =>
  modes.flatMap((mode) =>
    projections.map((values) => ({
      args: [single, { shape: [1, 8], values }],
      op: (x: tf.Tensor, t: tf.Tensor) =>
        tf.image.transform(x as tf.Tensor4D, t as tf.Tensor2D, interpolation, mode, 0.5, [6, 8]),
      tolerance: 1e-4,
    })),
  ),
);

const dilationCase = (
  x: readonly number[],
  filter: readonly number[],
  strides: number | [number, number],
  pad: 'valid' | 'same',
  rate: number | [number, number] = 1,
): Case => ({
  args: [{ shape: x }, { shape: filter }],
  op: (a, b) => tf.dilation2d(a as tf.Tensor4D, b as tf.Tensor3D, strides, pad, rate),
  gradient: true,
});
const dilationCases = [
  dilationCase([2, 5, 6, 3], [3, 2, 3], 1, 'valid'),
  dilationCase([2, 5, 6, 3], [3, 3, 3], 1, 'same'),
  dilationCase([1, 7, 6, 2], [2, 3, 2], 2, 'same'),
  dilationCase([1, 7, 8, 2], [2, 2, 2], [3, 2], 'valid'),
  dilationCase([1, 8, 9, 2], [3, 2, 2], 1, 'valid', 2),
  dilationCase([1, 8, 9, 2], [3, 2, 2], 1, 'same', [2, 3]),
];
/** Whole numbers: many positions give the same maximum. */
const tied: Case = {
  args: [{ shape: [1, 5, 6, 2] }, { shape: [2, 2, 2] }],
  op: (x, filter) =>
    tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.dilation2d(a as tf.Tensor4D, b as tf.Tensor3D, 1, 'same'))([
      tf.round(x),
      tf.round(filter),
    ]),
};

const cases: Record<Kernel, Case[]> = {
  BatchToSpaceND: [
    {
      args: [{ shape: [8, 3, 2, 3] }],
      op: (x) =>
        tf.batchToSpaceND(
          x,
          [2, 2],
          [
            [1, 0],
            [0, 2],
          ],
        ),
      gradient: true,
    },
    { args: [{ shape: [6, 4, 2] }], op: (x) => tf.batchToSpaceND(x, [3], [[0, 1]]), gradient: true },
  ],
  SpaceToBatchND: [
    {
      args: [{ shape: [2, 5, 6, 3] }],
      op: (x) =>
        tf.spaceToBatchND(
          x,
          [2, 2],
          [
            [1, 0],
            [2, 0],
          ],
        ),
      gradient: true,
    },
    {
      args: [{ shape: [2, 8, 8, 2] }],
      op: (x) => tf.pool(x as tf.Tensor4D, [2, 3], 'max', 'same', [2, 2], 1),
    },
  ],
  DepthToSpace: [{ args: [{ shape: [2, 3, 2, 12] }], op: (x) => tf.depthToSpace(x as tf.Tensor4D, 2) }],
  FlipLeftRight: [{ args: [picture], op: (x) => tf.image.flipLeftRight(x as tf.Tensor4D) }],
  RotateWithOffset: [
    { args: [picture], op: (x) => tf.image.rotateWithOffset(x as tf.Tensor4D, 0.7) },
    {
      args: [picture],
      op: (x) => tf.image.rotateWithOffset(x as tf.Tensor4D, -2.1, [0.1, 0.2, 0.3], [0.2, 0.7]),
    },
  ],
  CropAndResize: crops,
  Transform: transforms,
  ResizeBilinear: resizes(tf.image.resizeBilinear, picture),
  ResizeBilinearGrad: squares,
  ResizeNearestNeighbor: resizes(tf.image.resizeNearestNeighbor, single),
  ResizeNearestNeighborGrad: resizes(tf.image.resizeNearestNeighbor, single).slice(0, 2),
  Dilation2D: dilationCases,
  Dilation2DBackpropInput: [tied],
  Dilation2DBackpropFilter: dilationCases.slice(0, 1),
};

describeKernels('Images', cases);

it('transforms each image of a batch by its own numbers', async () => {
  const onnx = await openBackend('onnx', { threads: 1, spinning: false });
  const args: Argument[] = [picture, { shape: [2, 8], values: projections.slice(0, 2).flat() }];
  const turn = (x: tf.Tensor, t: tf.Tensor): tf.Tensor =>
    tf.image.transform(x as tf.Tensor4D, t as tf.Tensor2D, 'bilinear', 'reflect');
  const spec = programOf('batch', {
    args,
    op: (x, t) => [
      turn(x, t),
      tf.concat(tf.split(x, 2).map((one, i) => turn(one, tf.slice(t, [i, 0], [1, 8])))),
    ],
  });
  const { result0, result1 } = await runOnce(onnx, spec, args);
  expectClose(result0!.data, result1!.data, 1e-6);
});
