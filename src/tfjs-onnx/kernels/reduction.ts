/** Kernels that shrink dimensions, the ones that scan them, and the normalised exponentials. */
import type { CumsumAttrs, LogSoftmaxAttrs, SoftmaxAttrs, TopKAttrs } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { positiveAxis } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

interface ReductionAttrs {
  axis: number | number[];
  keepDims: boolean;
}

const axesOf = (x: Value, axis: number | number[]): number[] => util.parseAxisParam(axis, [...x.shape]);

const reduction = (op: string): Lowering =>
  lower<'x', ReductionAttrs>((g, { x }, { axis, keepDims }) =>
    emit.reduce(g, op, x.dtype === 'bool' ? emit.cast(g, x, 'int32') : x, axesOf(x, axis), keepDims),
  );

/** All and Any, as minimum and maximum of 0 and 1. */
const logical = (op: string): Lowering =>
  lower<'x', ReductionAttrs>((g, { x }, { axis, keepDims }) =>
    emit.cast(g, emit.reduce(g, op, emit.cast(g, x, 'int32'), axesOf(x, axis), keepDims), 'bool'),
  );

/** The largest or smallest element; not a number where one of them is none, over which ONNX Runtime passes. */
function extreme(g: Graph, op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
  if (x.dtype === 'bool')
    return emit.cast(g, extreme(g, op, emit.cast(g, x, 'int32'), axes, keepDims), 'bool');
  const result = emit.reduce(g, op, x, axes, keepDims);
  if (x.dtype !== 'float32') return result;
  const none = g.node('IsNaN', [x], { shape: x.shape, dtype: 'bool' });
  const some = emit.reduce(g, 'ReduceMax', emit.cast(g, none, 'float32'), axes, keepDims);
  return emit.where(g, emit.cast(g, some, 'bool'), g.scalar(NaN), result);
}

/** The place of the largest or smallest element (the first, where several are equal) that is a number. */
const position = (op: string, last: number): Lowering =>
  lower<'x', { axis: number }>((g, inputs, { axis }) => {
    const at = positiveAxis(axis, inputs.x.shape.length);
    const x = ordered(g, inputs.x, last);
    const shape = x.shape.filter((_, i) => i !== at);
    return emit.cast(g, g.node(op, [x], { shape, dtype: 'int64' }, { axis: at, keepdims: 0 }), 'int32');
  });

/** Something that has an order: numbers only, with what comes last in place of what is none. */
function ordered(g: Graph, x: Value, last: number): Value {
  if (x.dtype === 'bool') return emit.cast(g, x, 'int32');
  if (x.dtype !== 'float32') return x;
  return emit.where(g, g.node('IsNaN', [x], { shape: x.shape, dtype: 'bool' }), g.scalar(last), x);
}

/** Both subtract the maximum first, so that large logits do not overflow. */
function softmax(g: Graph, op: string, x: Value, axis: number): Value {
  return emit.unary(g, op, x, { axis: positiveAxis(axis, x.shape.length) });
}

export const reductions = {
  Sum: reduction('ReduceSum'),
  Mean: lower<'x', ReductionAttrs>((g, { x }, { axis, keepDims }) =>
    emit.reduce(g, 'ReduceMean', emit.cast(g, x, 'float32'), axesOf(x, axis), keepDims),
  ),
  Max: lower<'x', { reductionIndices: number | number[]; keepDims: boolean }>(
    (g, { x }, { reductionIndices, keepDims }) =>
      extreme(g, 'ReduceMax', x, axesOf(x, reductionIndices), keepDims),
  ),
  Min: lower<'x', ReductionAttrs>((g, { x }, { axis, keepDims }) =>
    extreme(g, 'ReduceMin', x, axesOf(x, axis), keepDims),
  ),
  Prod: reduction('ReduceProd'),
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: position('ArgMax', -Infinity),
  ArgMin: position('ArgMin', Infinity),
  TopK: lower<'x', TopKAttrs>((g, { x }, { k }) => {
    const shape = x.shape.map((dim, i) => (i === x.shape.length - 1 ? k : dim));
    const [values, indices] = g.nodeOf(
      'TopK',
      [x, g.ints([k])],
      [
        { shape, dtype: x.dtype },
        { shape, dtype: 'int64' },
      ],
      // Sorted in any case: of equal elements the first comes first.
      { axis: -1, sorted: 1 },
    );
    if (!values || !indices) throw new Error('TopK has two outputs');
    return [values, emit.cast(g, indices, 'int32')];
  }),
  Cumsum: lower<'x', CumsumAttrs>((g, { x }, { axis, exclusive, reverse }) =>
    g.node('CumSum', [x, g.scalar(positiveAxis(axis, x.shape.length), 'int64')], x, {
      exclusive: exclusive ? 1 : 0,
      reverse: reverse ? 1 : 0,
    }),
  ),
  Softmax: lower<'logits', SoftmaxAttrs>((g, { logits }, { dim }) => softmax(g, 'Softmax', logits, dim)),
  LogSoftmax: lower<'logits', LogSoftmaxAttrs>((g, { logits }, { axis }) =>
    softmax(g, 'LogSoftmax', logits, axis),
  ),
} satisfies Record<string, Lowering>;
