/**
 * Convolutions in two and three dimensions, depthwise and transposed, with their gradients.
 *
 * ONNX wants channels first and TensorFlow.js has them last, so each kernel stands between two transposes; the ones
 * between neighbouring layers are cancelled by ONNX Runtime's optimizer. All filters are `[...window, in, out]`.
 *
 * Measured on one thread (AVX2; ms of CPU time; a: 64 x 28 x 28 x 1, 5 x 5, 6 filters; b: 64 x 14 x 14 x 32, 3 x 3, 64
 * filters):
 * - forward: Conv 1.4 and 8.3, patches laid out and one product 1.7 to 4.7 and 10.8 to 12.4;
 * - gradient of the input (b): ConvTranspose 10, Conv with turned filters 14, patches 14 to 17;
 * - gradient of the filter: one plain product per position of the window 1.7 and 8.3, the same with a transposed left
 *   operand 5.3 and 12, patches and one product 1.9 to 4.3 and 12 to 13, one product per image 2.0 and 14, a
 *   convolution with images as channels 1.6 to 2.9 and 17 to 23.
 */
import type {
  Conv2DAttrs,
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  Conv3DAttrs,
  Conv3DBackpropFilterV2Attrs,
  Conv3DBackpropInputV2Attrs,
  DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
  FusedConv2DAttrs,
  FusedDepthwiseConv2DAttrs,
} from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { madeBy, sizeOf } from '../graph/values';
import { activate } from './activation';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { matMul } from './matmul';
import type { Windows } from './windows';
import {
  channelsFirst,
  channelsLast,
  padded,
  positions,
  seenAt,
  windowAttributes,
  windowsOf,
} from './windows';

type Shape = readonly number[];
type Plane = [number, number, number, number];
type Volume = [number, number, number, number, number];
type Attrs2D = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> & {
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: [number, number] | number | null;
};

function windows2d(x: Shape, filter: Shape, attrs: Readonly<Attrs2D>, depthwise = false): Windows {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC', dilations } = attrs;
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  const [input, kernel] = [[...x] as Plane, [...filter] as Plane];
  return windowsOf(
    backend_util.computeConv2DInfo(
      input,
      kernel,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      depthwise,
      format,
    ),
  );
}

function windows3d(x: Shape, filter: Shape, attrs: Pick<Conv3DAttrs, 'strides' | 'pad'>): Windows {
  const [input, kernel] = [[...x] as Volume, [...filter] as Volume];
  return windowsOf(backend_util.computeConv3DInfo(input, kernel, attrs.strides, 1, attrs.pad));
}

/** `[...window, in, out]` -> `[out, in, ...window]`. */
function filtersFirst(g: Graph, filter: Value): Value {
  const rank = filter.shape.length;
  return emit.transpose(g, filter, [rank - 1, rank - 2, ...filter.shape.slice(2).map((_, i) => i)]);
}

/** Depthwise `[...window, in, multiplier]` -> `[in * multiplier, 1, ...window]`: one group per input channel. */
function filtersByChannel(g: Graph, filter: Value): Value {
  const [channels = 1, multiplier = 1] = filter.shape.slice(-2);
  const turned = emit.transpose(g, filter, [2, 3, 0, 1]);
  return emit.reshape(g, turned, [channels * multiplier, 1, ...filter.shape.slice(0, 2)]);
}

/** The convolution, channels first. A bias has one element per filter. */
function convolve(g: Graph, x: Value, filters: Value, w: Windows, group: number, bias?: Value): Value {
  const inputs = [channelsFirst(g, x, w.channelsFirst), filters, ...(bias ? [bias] : [])];
  const shape = [w.batch, w.outChannels, ...w.output];
  return g.node('Conv', inputs, { shape, dtype: 'float32' }, { ...windowAttributes(w), group });
}

/** `x + bias` as one convolution, where `x` is one and `bias` has a number for each filter. */
export function withBias(g: Graph, x: Value, bias: Value): Value | undefined {
  const turned = madeBy(x, 'Transpose')?.inputs[0];
  const conv = turned && madeBy(turned, 'Conv');
  const filters = turned?.shape[1] ?? 0;
  if (!conv || conv.inputs.length !== 2 || x.shape.at(-1) !== filters) return undefined;
  if (bias.shape.at(-1) !== filters || sizeOf(bias.shape) !== filters) return undefined;
  if (bias.shape.length > x.shape.length || bias.dtype !== 'float32') return undefined;
  const inputs = [...conv.inputs, emit.reshape(g, bias, [filters])];
  return channelsLast(g, g.node('Conv', inputs, turned, conv.attributes));
}

/** The gradient with respect to the input, which is also the transposed convolution. */
function spread(g: Graph, dy: Value, filters: Value, w: Windows, group: number): Value {
  const shape = [w.batch, w.inChannels, ...w.input];
  const unread = w.after.map((pad) => Math.max(0, -pad));
  const gradients = channelsFirst(g, dy, w.channelsFirst);
  const given = gradients.shape.slice(2);
  // A transposed convolution may be asked for less than its input spreads to: the rest of the input is not read.
  const read = [w.batch, w.outChannels, ...w.output.map((size, i) => Math.min(size, given[i] ?? size))];
  const dx = g.node(
    'ConvTranspose',
    [
      emit.slice(
        g,
        gradients,
        read.map(() => 0),
        read,
      ),
      filters,
    ],
    { shape, dtype: 'float32' },
    { ...windowAttributes(w), group, output_padding: unread },
  );
  return channelsLast(g, dx, w.channelsFirst);
}

/**
 * The gradient with respect to the filter: for each row of the window the product of what it saw,
 * `[batch * output, across * in]`, with `dy` as `[out, batch * output]`.
 */
function correlate(g: Graph, x: Value, dy: Value, w: Windows): Value {
  const rows = w.batch * sizeOf(w.output);
  const seen = rowsSeen(g, padded(g, channelsLast(g, x, !w.channelsFirst), w, 1), w);
  const spatial = w.output.map((_, i) => i + 2);
  const turned = emit.transpose(g, channelsFirst(g, dy, w.channelsFirst), [1, 0, ...spatial]);
  const gradients = emit.reshape(g, turned, [w.outChannels, rows]);
  const parts = seen.map((values) => {
    const columns = values.shape.at(-1) ?? 1;
    return matMul(g, gradients, emit.reshape(g, values, [rows, columns]), false, false);
  });
  const columns = (w.inChannels * sizeOf(w.kernel)) / parts.length;
  const all = emit.reshape(g, emit.concat(g, parts, 0), [parts.length, w.outChannels, columns]);
  return emit.reshape(g, emit.transpose(g, all, [0, 2, 1]), [...w.kernel, w.inChannels, w.outChannels]);
}

/** From so many channels on, the products of single positions are wide enough. */
const WIDE = 16;

/**
 * What each row of the window sees (each position, where there are many channels), channels last. A row's positions lie
 * side by side among the channels: they are cut out along the last axis once for all rows, and then come in long runs.
 */
function rowsSeen(g: Graph, input: Value, w: Windows): Value[] {
  if (w.inChannels >= WIDE) return positions(w).map((position) => seenAt(g, input, w, position, 1));
  const last = w.kernel.length - 1;
  const only = (values: readonly number[], other: readonly number[]): number[] =>
    values.map((value, axis) => (axis === last ? value : (other[axis] ?? 1)));
  const ones = w.kernel.map(() => 1);
  const across = {
    ...w,
    kernel: only(w.kernel, ones),
    strides: only(w.strides, ones),
    output: only(w.output, input.shape.slice(1)),
  };
  const side = emit.concat(
    g,
    positions(across).map((position) => seenAt(g, input, across, position, 1)),
    input.shape.length - 1,
  );
  const down = { ...w, kernel: only(ones, w.kernel), strides: only(ones, w.strides) };
  return positions(down).map((position) => seenAt(g, side, down, position, 1));
}

/** The gradient with respect to a depthwise filter: sums of products, position by position. */
function correlateByChannel(g: Graph, x: Value, dy: Value, w: Windows): Value {
  const rows = w.batch * sizeOf(w.output);
  const multiplier = w.outChannels / w.inChannels;
  const seen = padded(g, channelsLast(g, x, !w.channelsFirst), w, 1);
  const gradients = emit.reshape(g, channelsLast(g, dy, !w.channelsFirst), [rows, w.inChannels, multiplier]);
  const parts = positions(w).map((position) => {
    const rowsSeen = emit.reshape(g, seenAt(g, seen, w, position, 1), [rows, w.inChannels, 1]);
    return emit.reduce(g, 'ReduceSum', emit.mul(g, rowsSeen, gradients), [0], true);
  });
  return emit.reshape(g, emit.concat(g, parts, 0), [...w.kernel, w.inChannels, multiplier]);
}

type FusedInputs = Readonly<Record<'x' | 'filter', Value> & { bias?: Value; preluActivationWeights?: Value }>;

/** A convolution with bias and activation; a bias of one number per filter is the convolution's own. */
function fused(
  g: Graph,
  { x, filter, bias, preluActivationWeights }: FusedInputs,
  attrs: Readonly<FusedConv2DAttrs>,
  depthwise: boolean,
): Value {
  const w = windows2d(x.shape, filter.shape, attrs, depthwise);
  const filters = depthwise ? filtersByChannel(g, filter) : filtersFirst(g, filter);
  const group = depthwise ? w.inChannels : 1;
  const own = bias?.shape.length === 1 && bias.shape[0] === w.outChannels ? bias : undefined;
  const convolved = channelsLast(g, convolve(g, x, filters, w, group, own), w.channelsFirst);
  const perChannel = (value: Value): Value =>
    w.channelsFirst && value.shape.length === 1 && value.shape[0] !== 1
      ? emit.reshape(g, value, [value.shape[0] ?? 1, 1, 1])
      : value;
  const biased = bias && !own ? emit.add(g, convolved, perChannel(bias)) : convolved;
  return activate(g, biased, attrs, preluActivationWeights && perChannel(preluActivationWeights));
}

export const convolutions = {
  Conv2D: lower<'x' | 'filter', Conv2DAttrs>((g, { x, filter }, attrs) => {
    const w = windows2d(x.shape, filter.shape, attrs);
    return channelsLast(g, convolve(g, x, filtersFirst(g, filter), w, 1), w.channelsFirst);
  }),
  Conv2DBackpropInput: lower<'dy' | 'filter', Conv2DBackpropInputAttrs>((g, { dy, filter }, attrs) => {
    const w = windows2d(attrs.inputShape, filter.shape, attrs);
    return spread(g, dy, filtersFirst(g, filter), w, 1);
  }),
  Conv2DBackpropFilter: lower<'x' | 'dy', Conv2DBackpropFilterAttrs>((g, { x, dy }, attrs) =>
    correlate(g, x, dy, windows2d(x.shape, attrs.filterShape, attrs)),
  ),
  FusedConv2D: lower<keyof FusedInputs, FusedConv2DAttrs>((g, inputs, attrs) =>
    fused(g, inputs, attrs, false),
  ),

  DepthwiseConv2dNative: lower<'x' | 'filter', DepthwiseConv2dNativeAttrs>((g, { x, filter }, attrs) => {
    const w = windows2d(x.shape, filter.shape, attrs, true);
    const convolved = convolve(g, x, filtersByChannel(g, filter), w, w.inChannels);
    return channelsLast(g, convolved, w.channelsFirst);
  }),
  DepthwiseConv2dNativeBackpropInput: lower<'dy' | 'filter', DepthwiseConv2dNativeBackpropInputAttrs>(
    (g, { dy, filter }, attrs) => {
      const w = windows2d(attrs.inputShape, filter.shape, attrs, true);
      return spread(g, dy, filtersByChannel(g, filter), w, w.inChannels);
    },
  ),
  DepthwiseConv2dNativeBackpropFilter: lower<'x' | 'dy', DepthwiseConv2dNativeBackpropFilterAttrs>(
    (g, { x, dy }, attrs) => correlateByChannel(g, x, dy, windows2d(x.shape, attrs.filterShape, attrs, true)),
  ),
  FusedDepthwiseConv2D: lower<keyof FusedInputs, FusedDepthwiseConv2DAttrs>((g, inputs, attrs) =>
    fused(g, inputs, attrs, true),
  ),

  Conv3D: lower<'x' | 'filter', Conv3DAttrs>((g, { x, filter }, attrs) => {
    const { strides, pad, dilations } = attrs;
    const [input, kernel] = [[...x.shape] as Volume, [...filter.shape] as Volume];
    const w = windowsOf(backend_util.computeConv3DInfo(input, kernel, strides, dilations, pad));
    return channelsLast(g, convolve(g, x, filtersFirst(g, filter), w, 1));
  }),
  Conv3DBackpropInputV2: lower<'dy' | 'filter', Conv3DBackpropInputV2Attrs>((g, { dy, filter }, attrs) =>
    spread(g, dy, filtersFirst(g, filter), windows3d(attrs.inputShape, filter.shape, attrs), 1),
  ),
  Conv3DBackpropFilterV2: lower<'x' | 'dy', Conv3DBackpropFilterV2Attrs>((g, { x, dy }, attrs) =>
    correlate(g, x, dy, windows3d(x.shape, attrs.filterShape, attrs)),
  ),
} satisfies Record<string, Lowering>;
