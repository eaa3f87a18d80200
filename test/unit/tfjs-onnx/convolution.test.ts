/** Convolutions and their gradients over strides, dilations, paddings and both data formats. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openBackend } from '../../../src/engine/backends';
import type { convolutions } from '../../../src/tfjs-onnx/kernels/convolution';
import type { Case } from './compare';
import { describeKernels, programOf, runOnce } from './compare';

type Padding = Parameters<typeof tf.conv2d>[3];
const EXPLICIT: Padding = [
  [0, 0],
  [2, 1],
  [0, 2],
  [0, 0],
];

interface Layer {
  readonly x: readonly number[];
  readonly filter: readonly number[];
  readonly strides?: number | [number, number];
  readonly pad: Padding;
  readonly dilations?: number | [number, number];
  readonly rounding?: 'floor' | 'round' | 'ceil';
}

const layers: readonly Layer[] = [
  { x: [2, 5, 6, 3], filter: [3, 3, 3, 4], pad: 'valid' },
  { x: [2, 5, 6, 3], filter: [3, 3, 3, 4], pad: 'same' },
  { x: [2, 6, 7, 2], filter: [2, 4, 2, 3], pad: 'same' },
  { x: [1, 7, 8, 2], filter: [3, 3, 2, 3], strides: 2, pad: 'same' },
  { x: [1, 8, 8, 2], filter: [3, 3, 2, 3], strides: 2, pad: 'valid' },
  { x: [2, 7, 9, 1], filter: [2, 3, 1, 2], strides: [3, 2], pad: 'valid' },
  { x: [2, 6, 5, 2], filter: [3, 3, 2, 2], strides: 2, pad: 1, rounding: 'floor' },
  { x: [2, 6, 5, 2], filter: [3, 3, 2, 2], strides: 2, pad: EXPLICIT },
  { x: [2, 4, 4, 3], filter: [1, 1, 3, 5], pad: 'valid' },
  { x: [2, 5, 5, 3], filter: [1, 1, 3, 5], strides: 2, pad: 'same' },
  { x: [3, 4, 5, 2], filter: [4, 5, 2, 3], pad: 'valid' },
];
const dilated: readonly Layer[] = [
  { x: [2, 8, 9, 2], filter: [3, 2, 2, 3], pad: 'valid', dilations: 2 },
  { x: [2, 8, 9, 2], filter: [3, 3, 2, 3], pad: 'same', dilations: [2, 3] },
];

/** TensorFlow.js' cpu kernels take NCHW for these two only; elsewhere the transposed NHWC is the oracle. */
const convolved =
  ({ strides = 1, pad, dilations = 1, rounding }: Layer, dataFormat: 'NHWC' | 'NCHW' = 'NHWC') =>
  (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, dataFormat, dilations, rounding);

const depthwise =
  ({ strides = 1, pad, dilations = 1, rounding }: Layer) =>
  (x: tf.Tensor, filter: tf.Tensor) =>
    tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, 'NHWC', dilations, rounding);

const argsOf = ({ x, filter }: Layer): Case['args'] => [{ shape: x }, { shape: filter }];
const toNchw = (layer: Layer): Layer => {
  const [batch = 1, height = 1, width = 1, channels = 1] = layer.x;
  const pad = Array.isArray(layer.pad)
    ? ([layer.pad[0], layer.pad[3], layer.pad[1], layer.pad[2]] as Padding)
    : layer.pad;
  return { ...layer, x: [batch, channels, height, width], pad };
};

const transposedSizes: readonly [Layer, [number, number, number, number]][] = [
  [{ x: [2, 3, 4, 3], filter: [3, 3, 2, 3], pad: 'valid' }, [2, 5, 6, 2]],
  [{ x: [2, 3, 4, 3], filter: [3, 3, 2, 3], strides: 2, pad: 'same' }, [2, 6, 7, 2]],
  [{ x: [2, 3, 4, 3], filter: [2, 2, 2, 3], strides: 2, pad: 'valid' }, [2, 6, 8, 2]],
  [{ x: [1, 3, 3, 2], filter: [2, 2, 3, 2], strides: 3, pad: 'valid' }, [1, 9, 9, 3]],
];

const fusedCases = (fuse: typeof tf.fused.conv2d, filter: readonly number[], channels: number): Case[] => {
  type Options = Omit<Parameters<typeof fuse>[0], 'x' | 'filter' | 'bias'>;
  const fused = (x: tf.Tensor, f: tf.Tensor, bias: tf.Tensor, options: Options): tf.Tensor =>
    fuse({ x: x as tf.Tensor4D, filter: f as tf.Tensor4D, bias, ...options });
  return [
    ...(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const).map((activation) => ({
      args: [{ shape: [2, 5, 6, 3] }, { shape: filter }, { shape: [channels] }],
      op: (x: tf.Tensor, f: tf.Tensor, bias: tf.Tensor) =>
        fused(x, f, bias, { strides: 1, pad: 'same', activation, leakyreluAlpha: 0.3 }),
      gradient: activation === 'relu' || activation === 'linear',
    })),
    {
      args: [{ shape: [2, 5, 6, 3] }, { shape: filter }, { shape: [1] }, { shape: [channels] }],
      op: (x, f, bias, preluActivationWeights) =>
        fused(x, f, bias, { strides: 2, pad: 'valid', activation: 'prelu', preluActivationWeights }),
    },
  ];
};

const volume = (strides: number | [number, number, number], pad: 'same' | 'valid'): Case[] => [
  {
    args: [{ shape: [2, 4, 5, 6, 2] }, { shape: [2, 3, 3, 2, 3] }],
    op: (x, filter) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides, pad),
    gradient: true,
  },
];
const volumes = [
  ...volume(1, 'valid'),
  ...volume(1, 'same'),
  ...volume(2, 'same'),
  ...volume([1, 2, 3], 'valid'),
];

const gradients = layers.map((layer) => ({ args: argsOf(layer), op: convolved(layer), gradient: true }));
const depthwiseLayers = layers.map((layer) => ({ ...layer, filter: layer.filter.with(3, 2) }));
const depthwiseGradients = depthwiseLayers.map((layer) => ({
  args: argsOf(layer),
  op: depthwise(layer),
  gradient: true,
}));

const cases: Record<keyof typeof convolutions, Case[]> = {
  Conv2D: [
    ...gradients,
    ...dilated.map((layer) => ({ args: argsOf(layer), op: convolved(layer) })),
    ...[...layers, ...dilated].map((layer) => ({
      args: argsOf(toNchw(layer)),
      op: convolved(toNchw(layer), 'NCHW'),
    })),
    {
      args: [{ shape: [2, 9, 3] }, { shape: [4, 3, 5] }],
      op: (x, filter) => tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, 2, 'same'),
      gradient: true,
    },
  ],
  Conv2DBackpropInput: transposedSizes.map(([{ x, filter, strides = 1, pad }, shape]) => ({
    args: [{ shape: x }, { shape: filter }],
    op: (y, f) => tf.conv2dTranspose(y as tf.Tensor4D, f as tf.Tensor4D, shape, strides, pad),
    gradient: true,
  })),
  Conv2DBackpropFilter: layers
    .filter(({ strides = 1 }) => strides === 1)
    .map((layer) => ({
      args: argsOf(toNchw(layer)),
      op: (x, filter) => {
        const op = convolved(toNchw(layer), 'NCHW');
        return tf.grads((a: tf.Tensor, b: tf.Tensor) => op(a, b))([x, filter]);
      },
    })),
  FusedConv2D: fusedCases(tf.fused.conv2d, [3, 3, 3, 4], 4),
  DepthwiseConv2dNative: [
    ...depthwiseGradients,
    ...dilated.map((layer) => ({ args: argsOf(layer), op: depthwise(layer) })),
  ],
  DepthwiseConv2dNativeBackpropInput: depthwiseGradients.slice(0, 1),
  DepthwiseConv2dNativeBackpropFilter: depthwiseGradients.slice(3, 4),
  FusedDepthwiseConv2D: fusedCases(tf.fused.depthwiseConv2d as typeof tf.fused.conv2d, [3, 3, 3, 2], 6),
  Conv3D: [
    ...volumes,
    {
      args: [{ shape: [1, 6, 7, 8, 2] }, { shape: [2, 3, 2, 2, 3] }],
      op: (x, filter) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, 1, 'same', 'NDHWC', 2),
    },
  ],
  Conv3DBackpropInputV2: [
    {
      args: [{ shape: [1, 2, 3, 3, 3] }, { shape: [2, 2, 2, 2, 3] }],
      op: (y, f) => tf.conv3dTranspose(y as tf.Tensor5D, f as tf.Tensor5D, [1, 4, 6, 6, 2], 2, 'same'),
    },
  ],
  Conv3DBackpropFilterV2: volume([2, 1, 2], 'same'),
};

// The sums of the gradients have hundreds of terms, which float32 adds up in another order here.
describeKernels('Convolutions', cases, 1e-4);

it('differentiates dilated depthwise convolutions, which TensorFlow.js refuses: <dy, f(x)> = <df(dy), x>', async () => {
  const onnx = await openBackend('onnx', { threads: 1, spinning: false });
  const args = [{ shape: [2, 9, 9, 2] }, { shape: [3, 3, 2, 2] }, { shape: [2, 9, 9, 4] }];
  const attrs = {
    strides: 1,
    pad: 'same',
    dilations: 2,
    inputShape: [2, 9, 9, 2],
    filterShape: [3, 3, 2, 2],
  };
  const kernel = (name: string, inputs: tf.NamedTensorMap): tf.Tensor =>
    tf.engine().runKernel(`DepthwiseConv2dNative${name}`, inputs, attrs);
  const inner = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b));
  const spec = programOf('adjoint', {
    args,
    op: (x, filter, dy) => [
      inner(dy, kernel('', { x, filter })),
      inner(x, kernel('BackpropInput', { dy, filter })),
      inner(filter, kernel('BackpropFilter', { x, dy })),
    ],
  });
  const { result0, result1, result2 } = await runOnce(onnx, spec, args);
  expect(result1!.data[0]).toBeCloseTo(result0!.data[0]!, 2);
  expect(result2!.data[0]).toBeCloseTo(result0!.data[0]!, 2);
});
