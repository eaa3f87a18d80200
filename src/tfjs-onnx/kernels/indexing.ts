/** Kernels that read and write at positions given by other tensors. */
import type {
  GatherV2Attrs,
  OneHotAttrs,
  ScatterNdAttrs,
  TensorInfo,
  UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';
import { backend_util, gather_util, scatter_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { positiveAxis, sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { matMul } from './matmul';

/** Above this many segments adding at positions is faster than a product with a one-hot matrix. */
const ONE_HOT_SEGMENTS = 256;

/** Rows with one hot entry, as a comparison with 0, 1, 2 …, which takes indices of any type; ONNX's OneHot does not. */
function oneHot(g: Graph, indices: Value, depth: number): Value {
  const column = emit.reshape(g, emit.cast(g, indices, 'int32'), [...indices.shape, 1]);
  const classes = g.constant(
    Int32Array.from({ length: depth }, (_, i) => i),
    [depth],
    'int32',
  );
  return emit.binary(g, 'Equal', column, classes, 'bool');
}

function zeros(g: Graph, shape: readonly number[], dtype: Value['dtype']): Value {
  return emit.expand(g, g.scalar(0, dtype), shape);
}

/** Adds the rows of `x` `[n, ...]` that carry the same segment id. */
function segmentSum(g: Graph, x: Value, ids: Value, segments: number): Value {
  const [rows = 1, ...rest] = x.shape;
  const shape = [segments, ...rest];
  if (segments <= ONE_HOT_SEGMENTS && x.dtype === 'float32') {
    const width = rest.reduce((product, dim) => product * dim, 1);
    const flat = emit.reshape(g, x, [rows, width]);
    const chosen = emit.cast(g, oneHot(g, ids, segments), 'float32');
    const sums = matMul(g, chosen, flat, true, false);
    return emit.reshape(g, sums, shape);
  }
  const at = emit.reshape(g, emit.cast(g, ids, 'int64'), [rows, 1]);
  return scatter(g, zeros(g, shape, x.dtype), at, x, 'add');
}

function scatter(g: Graph, base: Value, indices: Value, updates: Value, reduction: 'add' | 'none'): Value {
  return g.node('ScatterND', [base, indices, updates], base, { reduction: { text: reduction } });
}

/** Scatters with indices and updates in any of the shapes that TensorFlow.js takes, down to a single index. */
function scatterRows(
  g: Graph,
  base: Value,
  indices: Value,
  updates: Value,
  reduction: 'add' | 'none',
): Value {
  const { sliceRank, numUpdates } = scatter_util.calculateShapes(infoOf(updates), infoOf(indices), [
    ...base.shape,
  ]);
  const at = emit.reshape(g, emit.cast(g, indices, 'int64'), [numUpdates, sliceRank]);
  const rows = emit.reshape(g, updates, [numUpdates, ...base.shape.slice(sliceRank)]);
  return scatter(g, base, at, rows, reduction);
}

/** Every row of the batch is gathered from by its own indices. */
function gatherInBatch(g: Graph, x: Value, indices: Value, axis: number, batchDims: number): Value {
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
    backend_util.segment_util.collectGatherOpShapeInfo(infoOf(x), infoOf(indices), axis, batchDims);
  const count = sizeOf(indices.shape) / batchSize;
  const rows = emit.transpose(
    g,
    emit.reshape(g, x, [batchSize, outerSize, dimSize, sliceSize]),
    [0, 2, 1, 3],
  );
  const at = emit.reshape(g, emit.cast(g, indices, 'int64'), [batchSize, count, 1]);
  const shape = [batchSize, count, outerSize, sliceSize];
  const gathered = g.node('GatherND', [rows, at], { shape, dtype: x.dtype }, { batch_dims: 1 });
  return emit.reshape(g, emit.transpose(g, gathered, [0, 2, 1, 3]), outputShape);
}

/** What TensorFlow.js' checks of shapes and types read of a tensor. */
function infoOf({ shape, dtype }: Value): TensorInfo {
  return { dataId: {}, shape: [...shape], dtype: dtype === 'int64' ? 'int32' : dtype };
}

export const indexing = {
  GatherV2: lower<'x' | 'indices', GatherV2Attrs>((g, { x, indices }, { axis, batchDims }) => {
    const at = positiveAxis(axis, x.shape.length);
    if (batchDims !== 0) return gatherInBatch(g, x, indices, at, batchDims);
    const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)];
    return g.node('Gather', [x, emit.cast(g, indices, 'int32')], { shape, dtype: x.dtype }, { axis: at });
  }),
  GatherNd: lower<'params' | 'indices'>((g, { params, indices }) => {
    // TensorFlow.js only reads the shapes and the type of the indices.
    const [shape] = gather_util.prepareAndValidate(infoOf(params), infoOf(indices));
    return g.node('GatherND', [params, emit.cast(g, indices, 'int64')], { shape, dtype: params.dtype });
  }),
  ScatterNd: lower<'indices' | 'updates', ScatterNdAttrs>((g, { indices, updates }, { shape }) =>
    scatterRows(g, zeros(g, shape, updates.dtype), indices, updates, 'add'),
  ),
  TensorScatterUpdate: lower<'tensor' | 'indices' | 'updates'>((g, { tensor, indices, updates }) =>
    scatterRows(g, tensor, indices, updates, 'none'),
  ),
  UnsortedSegmentSum: lower<'x' | 'segmentIds', UnsortedSegmentSumAttrs>(
    (g, { x, segmentIds }, { numSegments }) => segmentSum(g, x, segmentIds, numSegments),
  ),
  OneHot: lower<'indices', OneHotAttrs>((g, { indices }, { depth, onValue, offValue, dtype }) => {
    const hot = oneHot(g, indices, depth);
    const type = dtype === 'float32' || dtype === 'bool' ? dtype : 'int32';
    return onValue === 1 && offValue === 0
      ? emit.cast(g, hot, type)
      : emit.where(g, hot, g.scalar(onValue, type), g.scalar(offValue, type));
  }),
} satisfies Record<string, Lowering>;
