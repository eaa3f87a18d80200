/**
 * Pooling in two and three dimensions with its gradients. Where several elements of a window are its maximum, the
 * first one takes the gradient, as in TensorFlow.
 *
 * Measured on one thread (ms of CPU time, windows of 2 x 2, 64 x 6 x 28 x 28 and 64 x 64 x 14 x 14): MaxPool 0.5 and
 * 0.6, MaxPool with indices 2.4 and 5.8. Gradients: indices and MaxUnpool 2.6 and 6.9, indices and ScatterElements 3.0
 * and 8.1, the positions of the windows one by one 2.0 and 5.4, all positions at once (`firstOfWindow`) 1.8 and 5.8
 * with Where, less with Mul, and with a number of nodes that does not depend on the window.
 */
import type {
  AvgPool3DAttrs,
  AvgPool3DGradAttrs,
  AvgPoolAttrs,
  AvgPoolGradAttrs,
  MaxPool3DAttrs,
  MaxPool3DGradAttrs,
  MaxPoolAttrs,
  MaxPoolGradAttrs,
  MaxPoolWithArgmaxAttrs,
} from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { sameShape, sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import type { Windows } from './windows';
import { channelsFirst, channelsLast, padded, windowAttributes, windowsOf } from './windows';

type Shape = readonly number[];
type Attrs2D = Pick<MaxPoolAttrs, 'filterSize' | 'strides' | 'pad' | 'dimRoundingMode'>;
type Attrs3D = Pick<MaxPool3DAttrs, 'filterSize' | 'strides' | 'pad' | 'dimRoundingMode'> & {
  dataFormat?: 'NDHWC' | 'NCDHW';
};

function windows2d(x: Shape, { filterSize, strides, pad, dimRoundingMode }: Readonly<Attrs2D>): Windows {
  const shape = [...x] as [number, number, number, number];
  return windowsOf(backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode));
}

function windows3d(x: Shape, attrs: Readonly<Attrs3D>): Windows {
  const { filterSize, strides, pad, dimRoundingMode, dataFormat = 'NDHWC' } = attrs;
  const shape = [...x] as [number, number, number, number, number];
  return windowsOf(
    backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode, dataFormat),
  );
}

/** ONNX's pooling, channels first. ONNX Runtime pools floats only. */
function pooled(g: Graph, op: 'MaxPool' | 'AveragePool', x: Value, w: Windows): Value {
  const beyond = w.kernel.some((size, i) => Math.max(w.before[i] ?? 0, w.after[i] ?? 0) >= size);
  if (beyond) return pooledBeyond(g, op, x, w);
  const shape = [w.batch, w.inChannels, ...w.output];
  return g.node(op, [x], { shape, dtype: 'float32' }, windowAttributes(w));
}

/** Windows that may lie in the padding altogether, which ONNX Runtime refuses: the padding is written out. */
function pooledBeyond(g: Graph, op: 'MaxPool' | 'AveragePool', x: Value, w: Windows): Value {
  const wide = padded(g, x, w, 2, op === 'MaxPool' ? -Infinity : 0);
  const none = w.kernel.map(() => 0);
  const rest = w.after.map((pad) => Math.min(0, pad));
  const result = pooled(g, op, wide, { ...w, input: wide.shape.slice(2), before: none, after: rest });
  if (op === 'MaxPool') return result;
  // The mean is over what lies inside, and zero where nothing does.
  const counts = w.output.map((size, axis) => Array.from({ length: size }, (_, at) => insideOf(w, axis, at)));
  const inside = counts.reduce((all, axis) => all.flatMap((n) => axis.map((m) => n * m)), [1]);
  const scales = Float32Array.from(inside, (count) => sizeOf(w.kernel) / Math.max(1, count));
  return emit.mul(g, result, g.constant(scales, [1, 1, ...w.output], 'float32'));
}

/** How many elements of the window at `at` are no padding, along one axis. */
function insideOf(w: Windows, axis: number, at: number): number {
  const start = at * (w.strides[axis] ?? 1) - (w.before[axis] ?? 0);
  const places = Array.from({ length: w.kernel[axis] ?? 1 }, (_, i) => start + i * (w.dilations[axis] ?? 1));
  return places.filter((place) => place >= 0 && place < (w.input[axis] ?? 1)).length;
}

function pool(g: Graph, op: 'MaxPool' | 'AveragePool', x: Value, w: Windows): Value {
  // TensorFlow.js takes windows of one element that give as many as there are for no pooling, whatever the padding.
  if (w.kernel.length === 2 && sizeOf(w.kernel) === 1 && sameShape(w.input, w.output)) return x;
  const source = channelsFirst(g, emit.cast(g, x, 'float32'), w.channelsFirst);
  return channelsLast(g, emit.cast(g, pooled(g, op, source, w), x.dtype), w.channelsFirst);
}

/** Maxima and where each stands in the whole tensor, channels first. */
function pooledWithIndices(g: Graph, x: Value, w: Windows): [Value, Value] {
  const shape = [w.batch, w.inChannels, ...w.output];
  const [maxima, indices] = g.nodeOf(
    'MaxPool',
    [x],
    [
      { shape, dtype: 'float32' },
      { shape, dtype: 'int64' },
    ],
    windowAttributes(w),
  );
  if (!maxima || !indices) throw new Error('MaxPool has two outputs');
  return [maxima, indices];
}

/** Whether windows lie side by side: every element belongs to one window, or to none behind the last. */
function tiles(w: Windows): boolean {
  return w.kernel.every(
    (size, i) => size === w.strides[i] && w.dilations[i] === 1 && w.before[i] === 0 && (w.after[i] ?? 0) <= 0,
  );
}

/** Windows side by side: the part of `x` `[batch, channels, ...]` that they cover. */
function covered(g: Graph, x: Value, w: Windows): Value {
  const shape = [w.batch, w.inChannels, ...w.output.map((size, i) => size * (w.kernel[i] ?? 1))];
  return emit.slice(
    g,
    x,
    shape.map(() => 0),
    shape,
  );
}

/** Windows side by side: zeros for what they do not cover. */
function uncovered(g: Graph, x: Value, w: Windows): Value {
  const after = [0, 0, ...w.after.map((pad) => -pad)];
  if (after.every((pad) => pad === 0)) return x;
  const shape = x.shape.map((size, axis) => size + (after[axis] ?? 0));
  const pads = g.ints([...after.map(() => 0), ...after]);
  return g.node('Pad', [x, pads, g.scalar(0)], { shape, dtype: 'float32' });
}

/** Windows side by side: one number per window repeated over the window. */
function repeated(g: Graph, x: Value, w: Windows): Value {
  const shape = x.shape.map((size, axis) => size * (w.kernel[axis - 2] ?? 1));
  const scales = g.constant(Float32Array.of(1, 1, ...w.kernel), [shape.length], 'float32');
  return g.node(
    'Resize',
    [x, undefined, scales],
    { shape, dtype: 'float32' },
    {
      mode: { text: 'nearest' },
      coordinate_transformation_mode: { text: 'asymmetric' },
      nearest_mode: { text: 'floor' },
    },
  );
}

/** Descending numbers over each window, `[1, 1, ...]`: the earlier an element stands, the larger its number. */
function ranks(g: Graph, w: Windows): Value {
  const shape = w.output.map((size, i) => size * (w.kernel[i] ?? 1));
  const count = sizeOf(w.kernel);
  const numbers = Float32Array.from({ length: sizeOf(shape) }, (_, index) => {
    let [rest, position, scale] = [index, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [size, width] = [shape[axis] ?? 1, w.kernel[axis] ?? 1];
      position += ((rest % size) % width) * scale;
      scale *= width;
      rest = Math.floor(rest / size);
    }
    return count - position;
  });
  return g.constant(numbers, [1, 1, ...shape], 'float32');
}

/** Windows side by side: one where the first maximum of each window stands, zero elsewhere. */
function firstOfWindow(g: Graph, x: Value, maxima: Value, w: Windows): Value {
  const equal = (a: Value, b: Value): Value => emit.cast(g, emit.binary(g, 'Equal', a, b, 'bool'), 'float32');
  const candidates = emit.mul(g, equal(x, repeated(g, maxima, w)), ranks(g, w));
  const whole = { ...w, input: x.shape.slice(2), after: w.after.map(() => 0) };
  return equal(candidates, repeated(g, pooled(g, 'MaxPool', candidates, whole), w));
}

function maxPoolGradient(g: Graph, dy: Value, x: Value, w: Windows): Value {
  const source = channelsFirst(g, x, w.channelsFirst);
  const gradients = channelsFirst(g, dy, w.channelsFirst);
  if (tiles(w)) {
    const first = firstOfWindow(g, covered(g, source, w), pooled(g, 'MaxPool', source, w), w);
    const dx = emit.mul(g, first, repeated(g, gradients, w));
    return channelsLast(g, uncovered(g, dx, w), w.channelsFirst);
  }
  const [, indices] = pooledWithIndices(g, source, w);
  const [from, to] = [sizeOf(gradients.shape), sizeOf(source.shape)];
  const zeros = g.constant(new Float32Array(to), [to], 'float32');
  const flat = [zeros, emit.reshape(g, indices, [from]), emit.reshape(g, gradients, [from])];
  const attributes = { axis: 0, reduction: { text: 'add' } };
  const sums = g.node('ScatterElements', flat, { shape: [to], dtype: 'float32' }, attributes);
  return channelsLast(g, emit.reshape(g, sums, source.shape), w.channelsFirst);
}

/** TensorFlow.js divides by the whole window in the gradient, also where a part of it is padding. */
function avgPoolGradient(g: Graph, dy: Value, w: Windows): Value {
  const scaled = emit.mul(g, dy, g.scalar(1 / sizeOf(w.kernel)));
  const gradients = channelsFirst(g, scaled, w.channelsFirst);
  if (tiles(w)) {
    return channelsLast(g, uncovered(g, repeated(g, gradients, w), w), w.channelsFirst);
  }
  // A transposed convolution with ones, every channel as an image of its own.
  const images = w.batch * w.inChannels;
  const ones = g.constant(new Float32Array(sizeOf(w.kernel)).fill(1), [1, 1, ...w.kernel], 'float32');
  const dx = g.node(
    'ConvTranspose',
    [emit.reshape(g, gradients, [images, 1, ...w.output]), ones],
    { shape: [images, 1, ...w.input], dtype: 'float32' },
    { ...windowAttributes(w), output_padding: w.after.map((pad) => Math.max(0, -pad)) },
  );
  return channelsLast(g, emit.reshape(g, dx, [w.batch, w.inChannels, ...w.input]), w.channelsFirst);
}

/** ONNX counts positions with channels first, TensorFlow with channels last, with or without the image's number. */
function argmaxOf(g: Graph, indices: Value, w: Windows, includeBatch: boolean): Value {
  const pixels = sizeOf(w.input);
  const ints = (numbers: readonly number[], shape: Shape): Value =>
    g.constant(BigInt64Array.from(numbers, BigInt), shape, 'int64');
  const counted = (size: number, step: number): number[] => Array.from({ length: size }, (_, i) => i * step);
  const pixel = emit.binary(g, 'Mod', indices, g.scalar(pixels, 'int64'));
  const scaled = emit.mul(g, pixel, g.scalar(w.inChannels, 'int64'));
  const inImage = emit.add(g, scaled, ints(counted(w.inChannels, 1), [1, w.inChannels, 1, 1]));
  if (!includeBatch) return inImage;
  return emit.add(g, inImage, ints(counted(w.batch, pixels * w.inChannels), [w.batch, 1, 1, 1]));
}

export const poolings = {
  MaxPool: lower<'x', MaxPoolAttrs>((g, { x }, attrs) => pool(g, 'MaxPool', x, windows2d(x.shape, attrs))),
  AvgPool: lower<'x', AvgPoolAttrs>((g, { x }, attrs) =>
    pool(g, 'AveragePool', x, windows2d(x.shape, attrs)),
  ),
  MaxPool3D: lower<'x', MaxPool3DAttrs>((g, { x }, attrs) =>
    pool(g, 'MaxPool', x, windows3d(x.shape, attrs)),
  ),
  AvgPool3D: lower<'x', AvgPool3DAttrs>((g, { x }, attrs) =>
    pool(g, 'AveragePool', x, windows3d(x.shape, attrs)),
  ),
  MaxPoolGrad: lower<'dy' | 'input' | 'output', MaxPoolGradAttrs>((g, { dy, input }, attrs) =>
    maxPoolGradient(g, dy, input, windows2d(input.shape, attrs)),
  ),
  AvgPoolGrad: lower<'dy' | 'input', AvgPoolGradAttrs>((g, { dy, input }, attrs) =>
    avgPoolGradient(g, dy, windows2d(input.shape, attrs)),
  ),
  MaxPool3DGrad: lower<'dy' | 'input' | 'output', MaxPool3DGradAttrs>((g, { dy, input }, attrs) =>
    maxPoolGradient(g, dy, input, windows3d(input.shape, attrs)),
  ),
  AvgPool3DGrad: lower<'dy' | 'input', AvgPool3DGradAttrs>((g, { dy, input }, attrs) =>
    avgPoolGradient(g, dy, windows3d(input.shape, attrs)),
  ),
  MaxPoolWithArgmax: lower<'x', MaxPoolWithArgmaxAttrs>((g, { x }, attrs) => {
    const w = windows2d(x.shape, attrs);
    const none = g.node('IsNaN', [x], { shape: x.shape, dtype: 'bool' });
    const numbers = emit.where(g, none, g.scalar(-Infinity), x);
    const [maxima, indices] = pooledWithIndices(g, channelsFirst(g, numbers), w);
    const argmax = argmaxOf(g, indices, w, attrs.includeBatchInIndex);
    return [channelsLast(g, maxima), emit.cast(g, channelsLast(g, argmax), 'int32')];
  }),
} satisfies Record<string, Lowering>;
