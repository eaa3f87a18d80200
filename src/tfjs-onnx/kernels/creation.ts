/** Kernels that make tensors out of nothing: all of them become constants. */
import type { FillAttrs, LinSpaceAttrs, RangeAttrs } from '@tensorflow/tfjs-core';
import type { Graph } from '../graph/graph';
import { arrayOf, filled } from '../graph/graph';
import type { GraphDType, Value } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

function fill(g: Graph, shape: readonly number[], dtype: GraphDType, value: number): Value {
  return g.constant(filled(dtype, shape, value), shape, dtype);
}

export const creation = {
  Fill: lower<never, FillAttrs>((g, _, { shape, value, dtype }) => {
    if (typeof value === 'string') throw new Error('strings have no place in a graph');
    return fill(g, shape, dtype === 'int32' || dtype === 'bool' ? dtype : 'float32', value);
  }),
  ZerosLike: lower<'x'>((g, { x }) => fill(g, x.shape, x.dtype, 0)),
  OnesLike: lower<'x'>((g, { x }) => fill(g, x.shape, x.dtype, 1)),
  Range: lower<never, RangeAttrs>((g, _, { start, stop, dtype, ...attrs }) => {
    // A step of 1, which is what TensorFlow.js sets where none is given, counts down too.
    const step = attrs.step === 1 && stop < start ? -1 : attrs.step;
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const numbers = Array.from({ length: count }, (_unused, i) => start + i * step);
    const type = dtype === 'int32' ? 'int32' : 'float32';
    return g.constant(arrayOf(type, numbers), [count], type);
  }),
  LinSpace: lower<never, LinSpaceAttrs>((g, _, { start, stop, num }) => {
    const step = num > 1 ? (stop - start) / (num - 1) : 0;
    const numbers = Array.from({ length: num }, (_unused, i) => start + i * step);
    return g.constant(arrayOf('float32', numbers), [num], 'float32');
  }),
} satisfies Record<string, Lowering>;
