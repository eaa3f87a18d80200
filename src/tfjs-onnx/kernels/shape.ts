/** Kernels that move, cut, join and repeat without computing. */
import type {
  BroadCastToAttrs,
  ConcatAttrs,
  ExpandDimsAttrs,
  MirrorPadAttrs,
  PackAttrs,
  PadV2Attrs,
  ReshapeAttrs,
  ReverseAttrs,
  SliceAttrs,
  SplitVAttrs,
  StridedSliceAttrs,
  TileAttrs,
  TransposeAttrs,
  UnpackAttrs,
} from '@tensorflow/tfjs-core';
import { backend_util, slice_util, util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import { filled } from '../graph/graph';
import type { Value } from '../graph/values';
import { positiveAxis, sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

function stridedSlice(g: Graph, x: Value, attrs: Readonly<StridedSliceAttrs>): Value {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const info = slice_util.sliceInfo(
    [...x.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const ends = info.end.map((to, i) => (to < 0 ? -(x.shape[i] ?? 0) - 1 : to));
  const axes = info.end.map((_, i) => i);
  const shape = info.strides.map((by, i) =>
    Math.max(0, Math.ceil(((info.end[i] ?? 0) - (info.begin[i] ?? 0)) / by)),
  );
  const steps = [info.begin, ends, axes, info.strides].map((list) => g.ints(list));
  const cut = g.node('Slice', [x, ...steps], { shape, dtype: x.dtype });
  return emit.reshape(g, cut, info.finalShape);
}

export function reverse(g: Graph, x: Value, dims: number | number[]): Value {
  const axes = util.parseAxisParam(dims, [...x.shape]);
  if (axes.length === 0) return x;
  const ends = axes.map((axis) => -(x.shape[axis] ?? 0) - 1);
  const backwards = axes.map(() => -1);
  return g.node('Slice', [x, g.ints(backwards), g.ints(ends), g.ints(axes), g.ints(backwards)], x);
}

export function pad(
  g: Graph,
  x: Value,
  paddings: readonly (readonly [number, number])[],
  fill: Value | undefined,
  mode: string,
): Value {
  const shape = x.shape.map((dim, i) => dim + (paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0));
  const pads = g.ints([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
  return g.node(
    'Pad',
    fill ? [x, pads, fill] : [x, pads],
    { shape, dtype: x.dtype },
    { mode: { text: mode } },
  );
}

/** Mirrored with the border itself, which ONNX's Pad has no mode for: rows are gathered, axis by axis. */
function padSymmetric(g: Graph, x: Value, paddings: readonly (readonly [number, number])[]): Value {
  return paddings.reduce((padded, [before, after], axis) => {
    if (before === 0 && after === 0) return padded;
    const size = padded.shape[axis] ?? 0;
    const rows = Array.from({ length: before + size + after }, (_, i) => {
      const at = i - before;
      return at < 0 ? -1 - at : at < size ? at : 2 * size - 1 - at;
    });
    const shape = padded.shape.with(axis, rows.length);
    return g.node('Gather', [padded, g.ints(rows)], { shape, dtype: padded.dtype }, { axis });
  }, x);
}

/** A shape with a dimension of one put in at `dim`, counted from the end where negative. */
export function expandedShape(shape: readonly number[], dim: number): number[] {
  const at = dim < 0 ? dim + shape.length + 1 : dim;
  util.assert(at >= 0 && at <= shape.length, () => `Axis must be in [-${shape.length + 1}, ${shape.length}]`);
  return shape.toSpliced(at, 0, 1);
}

export const shapes = {
  Identity: lower<'x'>((_, { x }) => x),
  Reshape: lower<'x', ReshapeAttrs>((g, { x }, { shape }) =>
    emit.reshape(g, x, util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  ),
  ExpandDims: lower<'input', ExpandDimsAttrs>((g, { input }, { dim }) =>
    emit.reshape(g, input, expandedShape(input.shape, dim)),
  ),
  Transpose: lower<'x', TransposeAttrs>((g, { x }, { perm }) => emit.transpose(g, x, perm)),
  BroadcastTo: lower<'x', BroadCastToAttrs>((g, { x }, { shape }) => emit.expand(g, x, shape)),
  Tile: lower<'x', TileAttrs>((g, { x }, { reps }) => {
    const shape = x.shape.map((dim, i) => dim * (reps[i] ?? 1));
    if (x.shape.every((dim, i) => dim === 1 || reps[i] === 1)) return emit.expand(g, x, shape);
    return g.node('Tile', [x, g.ints(reps)], { shape, dtype: x.dtype });
  }),
  Concat: lower<string, ConcatAttrs>((g, inputs, { axis }) => {
    const parts = Object.values(inputs);
    const at = positiveAxis(axis, parts[0]?.shape.length ?? 0);
    const partShapes = parts.map(({ shape }) => [...shape]);
    backend_util.assertParamsConsistent(partShapes, at);
    const shape = backend_util.computeOutShape(partShapes, at);
    return sizeOf(shape) === 0
      ? g.constant(filled(parts[0]?.dtype ?? 'float32', shape, 0), shape, parts[0]?.dtype ?? 'float32')
      : emit.concat(g, parts, at);
  }),
  SplitV: lower<'x', SplitVAttrs>((g, { x }, { numOrSizeSplits, axis }) => {
    const at = positiveAxis(axis, x.shape.length);
    // TensorFlow.js only reads the shape of the tensor that it asks for here.
    const shaped = { shape: x.shape } as Parameters<typeof backend_util.prepareSplitSize>[0];
    return emit.split(g, x, backend_util.prepareSplitSize(shaped, numOrSizeSplits, at), at);
  }),
  Slice: lower<'x', SliceAttrs>((g, { x }, { begin, size }) => {
    const shaped = { shape: x.shape } as Parameters<typeof slice_util.parseSliceParams>[0];
    const [from, extent] = slice_util.parseSliceParams(shaped, begin, size);
    slice_util.assertParamsValid(shaped, from ?? [], extent ?? []);
    return emit.slice(g, x, from ?? [], extent ?? []);
  }),
  StridedSlice: lower<'x', StridedSliceAttrs>((g, { x }, attrs) => stridedSlice(g, x, attrs)),
  Reverse: lower<'x', ReverseAttrs>((g, { x }, { dims }) => reverse(g, x, dims)),
  PadV2: lower<'x', PadV2Attrs>((g, { x }, { paddings, constantValue }) =>
    pad(g, x, paddings, g.scalar(constantValue, x.dtype), 'constant'),
  ),
  MirrorPad: lower<'x', MirrorPadAttrs>((g, { x }, { paddings, mode }) => {
    return mode === 'reflect' ? pad(g, x, paddings, undefined, 'reflect') : padSymmetric(g, x, paddings);
  }),
  Pack: lower<string, PackAttrs>((g, inputs, { axis }) => {
    const parts = Object.values(inputs);
    const at = positiveAxis(axis, (parts[0]?.shape.length ?? 0) + 1);
    for (const part of parts) {
      util.assertShapesMatch([...part.shape], [...(parts[0]?.shape ?? [])], 'All tensors that are stacked: ');
      util.assert(part.dtype === parts[0]?.dtype, () => 'All tensors that are stacked must be of one type');
    }
    const widened = parts.map((part) => emit.reshape(g, part, part.shape.toSpliced(at, 0, 1)));
    return emit.concat(g, widened, at);
  }),
  Unpack: lower<'value', UnpackAttrs>((g, { value }, { axis }) => {
    const at = positiveAxis(axis, value.shape.length);
    const count = value.shape[at] ?? 1;
    const parts = emit.split(g, value, new Array<number>(count).fill(1), at);
    return parts.map((part) => emit.reshape(g, part, value.shape.toSpliced(at, 1)));
  }),
} satisfies Record<string, Lowering>;
