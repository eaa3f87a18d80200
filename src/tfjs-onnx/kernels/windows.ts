/**
 * The geometry of sliding windows, shared by convolutions, pooling and dilation: how TensorFlow.js' paddings and
 * rounding modes become ONNX's attributes, and how one position of all windows is cut out of the input.
 *
 * Spatial axes are listed in the order of the tensor: [height, width] or [depth, height, width].
 */
import type { backend_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Attributes, Value } from '../graph/values';
import { sameShape } from '../graph/values';

export interface Windows {
  /** Whether TensorFlow.js' own tensors have their channels before the spatial axes. */
  readonly channelsFirst: boolean;
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
  /** Padding that the last window needs; negative where it leaves a rest of the input unread. */
  readonly after: readonly number[];
}

type Info = backend_util.Conv2DInfo | backend_util.Conv3DInfo;

/** The geometry behind what TensorFlow.js computes from shapes and attributes. */
export function windowsOf(info: Info): Windows {
  const axes = 'inDepth' in info ? volume(info) : plane(info);
  const after = axes.input.map(
    (size, i) =>
      ((axes.output[i] ?? 1) - 1) * (axes.strides[i] ?? 1) + extent(axes, i) - size - (axes.before[i] ?? 0),
  );
  return {
    ...axes,
    after,
    channelsFirst: info.dataFormat === 'channelsFirst',
    batch: info.batchSize,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
  };
}

type Axes = Pick<Windows, 'input' | 'output' | 'kernel' | 'strides' | 'dilations' | 'before'>;

function plane(i: backend_util.Conv2DInfo): Axes {
  return {
    input: [i.inHeight, i.inWidth],
    output: [i.outHeight, i.outWidth],
    kernel: [i.filterHeight, i.filterWidth],
    strides: [i.strideHeight, i.strideWidth],
    dilations: [i.dilationHeight, i.dilationWidth],
    before: [i.padInfo.top, i.padInfo.left],
  };
}

function volume(i: backend_util.Conv3DInfo): Axes {
  return {
    input: [i.inDepth, i.inHeight, i.inWidth],
    output: [i.outDepth, i.outHeight, i.outWidth],
    kernel: [i.filterDepth, i.filterHeight, i.filterWidth],
    strides: [i.strideDepth, i.strideHeight, i.strideWidth],
    dilations: [i.dilationDepth, i.dilationHeight, i.dilationWidth],
    before: [i.padInfo.front, i.padInfo.top, i.padInfo.left],
  };
}

/** How many input elements one window spans along an axis, its holes included. */
function extent({ kernel, dilations }: Axes, axis: number): number {
  return ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1;
}

/** The attributes of ONNX's operators over windows. */
export function windowAttributes(w: Windows): Attributes {
  return {
    kernel_shape: w.kernel,
    strides: w.strides,
    dilations: w.dilations,
    pads: [...w.before, ...w.after.map((pad) => Math.max(0, pad))],
  };
}

/** Every position inside a window, row by row. */
export function positions({ kernel }: Windows): number[][] {
  return kernel.reduce<number[][]>(
    (heads, size) => heads.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])),
    [[]],
  );
}

/** The spatial axes of `x` (from `firstAxis`) widened so that all windows lie inside. */
export function padded(g: Graph, x: Value, w: Windows, firstAxis: number, fill = 0): Value {
  const pads = (side: readonly number[]): number[] =>
    x.shape.map((_, axis) => Math.max(0, side[axis - firstAxis] ?? 0));
  const [before, after] = [pads(w.before), pads(w.after)];
  if ([...before, ...after].every((pad) => pad === 0)) return x;
  const shape = x.shape.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0));
  return g.node('Pad', [x, g.ints([...before, ...after]), g.scalar(fill, x.dtype)], {
    shape,
    dtype: x.dtype,
  });
}

/** What all windows see at `position`: a view of the padded input with the spatial shape of the output. */
export function seenAt(
  g: Graph,
  paddedInput: Value,
  w: Windows,
  position: readonly number[],
  firstAxis: number,
): Value {
  const { shape, dtype } = paddedInput;
  const spatial = (values: readonly number[], other: (axis: number) => number): number[] =>
    shape.map((_, axis) => values[axis - firstAxis] ?? other(axis));
  const result = spatial(w.output, (axis) => shape[axis] ?? 1);
  const starts = position.map((at, i) => at * (w.dilations[i] ?? 1));
  const begin = spatial(starts, () => 0);
  if (w.strides.every((stride) => stride === 1)) return emit.slice(g, paddedInput, begin, result);
  const axes = w.strides.map((_, i) => i + firstAxis);
  const ends = starts.map((start, i) => start + ((w.output[i] ?? 1) - 1) * (w.strides[i] ?? 1) + 1);
  if (sameShape(result, shape) && starts.every((start) => start === 0)) return paddedInput;
  return g.node('Slice', [paddedInput, ...[starts, ends, axes, w.strides].map((list) => g.ints(list))], {
    shape: result,
    dtype,
  });
}

/** Channels before the spatial axes, as ONNX wants them. */
export function channelsFirst(g: Graph, x: Value, already = false): Value {
  const last = x.shape.length - 1;
  return already ? x : emit.transpose(g, x, [0, last, ...range(1, last)]);
}

/** The way back: channels after the spatial axes. */
export function channelsLast(g: Graph, x: Value, keep = false): Value {
  return keep ? x : emit.transpose(g, x, [0, ...range(2, x.shape.length), 1]);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
