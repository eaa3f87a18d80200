/** Pooling and its gradients: windows side by side, overlapping, padded, and with ties. */
import * as tf from '@tensorflow/tfjs-core';
import type { poolings } from '../../../src/tfjs-onnx/kernels/pooling';
import type { Argument, Case } from './compare';
import { describeKernels } from './compare';

type Padding = Parameters<typeof tf.maxPool>[3];
type Rounding = 'floor' | 'ceil' | undefined;
type Windows = readonly [
  shape: readonly number[],
  size: number | [number, number],
  strides: number | [number, number],
  pad: Padding,
  rounding?: Rounding,
];

const EXPLICIT: Padding = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const windows: readonly Windows[] = [
  [[2, 4, 6, 3], 2, 2, 'valid'],
  [[2, 4, 6, 3], 2, 2, 'same'],
  [[2, 5, 7, 3], 2, 2, 'valid'],
  [[2, 5, 7, 3], 2, 2, 'same'],
  [[1, 6, 9, 2], [2, 3], [2, 3], 'valid'],
  [[1, 6, 9, 2], [1, 3], [1, 3], 'valid'],
  [[2, 5, 6, 2], 3, 1, 'valid'],
  [[2, 5, 6, 2], 3, 2, 'same'],
  [[2, 5, 6, 2], 2, 1, 'same'],
  [[2, 6, 6, 2], 3, 2, 1, 'floor'],
  [[2, 6, 7, 2], 3, 2, EXPLICIT],
  [[1, 3, 3, 2], 3, 3, 'valid'],
  [[1, 8, 8, 2], 2, 3, 'valid'],
];

type Pool2D = (
  x: tf.Tensor4D,
  size: number | [number, number],
  ...rest: [number | [number, number], Padding, Rounding]
) => tf.Tensor;
const planes = (pool: Pool2D): Case[] =>
  windows.map(([shape, size, strides, pad, rounding]) => ({
    args: [{ shape }],
    op: (x) => pool(x as tf.Tensor4D, size, strides, pad, rounding),
    gradient: true,
  }));

/** After a rectifier half of the elements are equal; the first maximum takes the gradient. */
const tied: Argument = { shape: [2, 4, 4, 2], range: [-1, 1] };
const ties: Case[] = (
  [
    [2, 2, 'valid'],
    [3, 1, 'same'],
  ] as const
).flatMap(([size, strides, pad]) => [
  {
    args: [tied],
    op: (x: tf.Tensor) => tf.maxPool(tf.round(x) as tf.Tensor4D, size, strides, pad),
  },
  {
    args: [tied],
    op: (x: tf.Tensor) =>
      tf.grad((y: tf.Tensor) => tf.maxPool(y as tf.Tensor4D, size, strides, pad))(tf.round(x)),
  },
  {
    args: [tied],
    op: (x: tf.Tensor) =>
      tf.grad((y: tf.Tensor) => tf.maxPool(tf.relu(y) as tf.Tensor4D, size, strides, pad))(tf.sub(x, 0.4)),
  },
]);

type Pool3D = (x: tf.Tensor5D, size: number, strides: number, pad: 'same' | 'valid') => tf.Tensor;
const volumes = (pool: Pool3D): Case[] =>
  (
    [
      [[2, 4, 4, 6, 2], 2, 2, 'valid'],
      [[1, 5, 4, 6, 2], 2, 2, 'same'],
      [[1, 4, 5, 5, 2], 3, 1, 'valid'],
      [[1, 4, 5, 5, 2], 3, 2, 'same'],
    ] as const
  ).map(([shape, size, strides, pad]) => ({
    args: [{ shape }],
    op: (x) => pool(x as tf.Tensor5D, size, strides, pad),
    gradient: true,
  }));

const argmax: Case[] = [false, true].flatMap((includeBatch) =>
  windows.slice(0, 9).map(([shape, size, strides, pad]) => ({
    args: [{ shape }],
    op: (x: tf.Tensor) => {
      const image = x as tf.Tensor4D;
      const pooled = tf.maxPoolWithArgmax(image, size, strides, pad as 'same', includeBatch);
      return [pooled['result']!, pooled['indexes']!];
    },
  })),
);

const cases: Record<keyof typeof poolings, Case[]> = {
  MaxPool: planes(tf.maxPool),
  AvgPool: planes(tf.avgPool),
  MaxPool3D: volumes(tf.maxPool3d),
  AvgPool3D: volumes(tf.avgPool3d),
  MaxPoolGrad: ties,
  AvgPoolGrad: [
    {
      args: [{ shape: [2, 4, 4, 2] }],
      op: (x) => tf.pool(x as tf.Tensor4D, [2, 2], 'avg', 'same', [2, 2]),
    },
  ],
  // Among equal maxima the cpu backend takes the last one in three dimensions; we take the first, as in two.
  MaxPool3DGrad: volumes((x, size, strides, pad) => tf.maxPool3d(tf.square(x), size, strides, pad)),
  AvgPool3DGrad: volumes(tf.avgPool3d).slice(0, 1),
  MaxPoolWithArgmax: argmax,
};

describeKernels('Poolings', cases);
