/**
 * Sparse kernels whose results have a shape that is known when the program is recorded: by an attribute, or because
 * the ids that decide it are constants.
 */
import type { SparseToDenseAttrs } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { isConstant } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

/** Sums or means of the rows of `data` named by `indices`, one per segment. */
function segments(
  g: Graph,
  { data, indices, segmentIds }: Readonly<Record<'data' | 'indices' | 'segmentIds', Value>>,
  mean: boolean,
): Value {
  if (!isConstant(segmentIds)) {
    throw new Error('the last segment id decides the shape of its result, so the ids must be constants');
  }
  const ids = Array.from(segmentIds.origin.values, Number);
  const count = (ids.at(-1) ?? -1) + 1;
  const sizes = new Float32Array(count);
  for (const id of ids) sizes[id] = (sizes[id] ?? 0) + 1;
  const shape = [count, ...data.shape.slice(1)];
  const rows = g.node(
    'Gather',
    [data, emit.cast(g, indices, 'int32')],
    { shape: [ids.length, ...data.shape.slice(1)], dtype: data.dtype },
    { axis: 0 },
  );
  const zeros = emit.expand(g, g.scalar(0, data.dtype), shape);
  const at = emit.reshape(g, emit.cast(g, segmentIds, 'int64'), [ids.length, 1]);
  const sums = g.node('ScatterND', [zeros, at, rows], zeros, { reduction: { text: 'add' } });
  if (!mean) return sums;
  const column = [count, ...shape.slice(1).map(() => 1)];
  const divisors = g.constant(
    sizes.map((size) => Math.max(1, size)),
    column,
    'float32',
  );
  return emit.div(g, sums, emit.cast(g, divisors, data.dtype));
}

type SegmentInputs = 'data' | 'indices' | 'segmentIds';

export const sparse = {
  SparseToDense: lower<'sparseIndices' | 'sparseValues' | 'defaultValue', SparseToDenseAttrs>(
    (g, { sparseIndices, sparseValues, defaultValue }, { outputShape }) => {
      const rank = outputShape.length;
      const count = sparseIndices.shape[0] ?? 1;
      const at = emit.reshape(g, emit.cast(g, sparseIndices, 'int64'), [count, rank]);
      const values = emit.expand(g, sparseValues, [count]);
      const base = emit.expand(g, emit.reshape(g, defaultValue, []), outputShape);
      return g.node('ScatterND', [base, at, values], base, { reduction: { text: 'none' } });
    },
  ),
  SparseSegmentSum: lower<SegmentInputs>((g, inputs) => segments(g, inputs, false)),
  SparseSegmentMean: lower<SegmentInputs>((g, inputs) => segments(g, inputs, true)),
} satisfies Record<string, Lowering>;
