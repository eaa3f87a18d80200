/** Kernels that count, search sorted rows and draw classes: all of them compare values with one another. */
import type {
  BincountAttrs,
  DenseBincountAttrs,
  MultinomialAttrs,
  SearchSortedAttrs,
} from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

/**
 * How often each of 0 … size - 1 stands in each row of `x` `[rows, n]`, or the sum of its weights. Larger values fall
 * into a last place that is cut off.
 */
function counts(g: Graph, x: Value, weights: Value, size: number): Value {
  const [rows = 1, n = 0] = x.shape;
  const { dtype } = weights;
  const values = emit.reshape(g, emit.expand(g, weights, x.shape), [rows * n]);
  const places = emit.binary(g, 'Min', emit.cast(g, x, 'int32'), g.scalar(size, 'int32'));
  const firsts = g.constant(
    Int32Array.from({ length: rows }, (_, row) => row * (size + 1)),
    [rows, 1],
    'int32',
  );
  const at = emit.reshape(g, emit.add(g, places, firsts), [rows * n, 1]);
  const zeros = emit.expand(g, g.scalar(0, dtype), [rows * (size + 1)]);
  const sums = g.node('ScatterND', [zeros, emit.cast(g, at, 'int64'), values], zeros, {
    reduction: { text: 'add' },
  });
  return emit.slice(g, emit.reshape(g, sums, [rows, size + 1]), [0, 0], [rows, size]);
}

function bincount(g: Graph, x: Value, weights: Value, size: number, binary = false): Value {
  const rows = x.shape.length === 2 ? (x.shape[0] ?? 1) : 1;
  const matrix = emit.reshape(g, x, [rows, sizeOf(x.shape) / Math.max(1, rows)]);
  const weighted = sizeOf(weights.shape) > 0 && !binary;
  const one = g.scalar(1, weights.dtype);
  const result = counts(g, matrix, weighted ? emit.reshape(g, weights, matrix.shape) : one, size);
  const seen = binary
    ? emit.cast(g, emit.binary(g, 'Greater', result, g.scalar(0, result.dtype), 'bool'), result.dtype)
    : result;
  return emit.reshape(g, seen, x.shape.length === 2 ? [rows, size] : [size]);
}

/** How many elements of each sorted row stand before each value: an insertion point. */
function insertionPoints(g: Graph, sorted: Value, values: Value, op: 'Less' | 'LessOrEqual'): Value {
  const [rows = 1, n = 0] = sorted.shape;
  const [, count = 0] = values.shape;
  const before = emit.binary(
    g,
    op,
    emit.reshape(g, sorted, [rows, 1, n]),
    emit.reshape(g, values, [rows, count, 1]),
    'bool',
  );
  return emit.reduce(g, 'ReduceSum', emit.cast(g, before, 'int32'), [2], false);
}

/** Uniform numbers in [0, 1) from a seed and a counter (Wang's integer hash, Steele's finaliser). */
function uniform(seed: number, counter: number): number {
  let h = (Math.imul(counter + 1, 0x9e3779b9) ^ Math.imul(Math.floor(seed * 65_536) | 0, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/**
 * Classes drawn by their probabilities. A seed means the same draws at every run, as everywhere in TensorFlow.js, so
 * the uniform numbers are constants of the graph; without one the op asks Math.random, which is refused.
 */
function multinomial(g: Graph, logits: Value, { numSamples, seed, normalized }: MultinomialAttrs): Value {
  const [rows = 1, classes = 1] = logits.shape;
  const probabilities = normalized ? logits : emit.unary(g, 'Softmax', logits, { axis: 1 });
  const below = g.node('CumSum', [probabilities, g.scalar(1, 'int64')], probabilities);
  const bounds = emit.slice(g, below, [0, 0], [rows, classes - 1]);
  const draws = Float32Array.from({ length: numSamples }, (_, i) => uniform(seed, i));
  const values = emit.expand(g, g.constant(draws, [1, numSamples], 'float32'), [rows, numSamples]);
  return classes === 1
    ? g.constant(new Int32Array(rows * numSamples), [rows, numSamples], 'int32')
    : insertionPoints(g, bounds, values, 'LessOrEqual');
}

type Searched = 'sortedSequence' | 'values';

export const countings = {
  Bincount: lower<'x' | 'weights', BincountAttrs>((g, { x, weights }, { size }) =>
    bincount(g, x, weights, size),
  ),
  DenseBincount: lower<'x' | 'weights', DenseBincountAttrs>((g, { x, weights }, { size, binaryOutput }) =>
    bincount(g, x, weights, size, x.shape.length === 2 && binaryOutput === true),
  ),
  SearchSorted: lower<Searched, SearchSortedAttrs>((g, { sortedSequence, values }, { side }) =>
    insertionPoints(g, sortedSequence, values, side === 'left' ? 'Less' : 'LessOrEqual'),
  ),
  LowerBound: lower<Searched>((g, { sortedSequence, values }) =>
    insertionPoints(g, sortedSequence, values, 'Less'),
  ),
  UpperBound: lower<Searched>((g, { sortedSequence, values }) =>
    insertionPoints(g, sortedSequence, values, 'LessOrEqual'),
  ),
  Multinomial: lower<'logits', MultinomialAttrs>((g, { logits }, attrs) => multinomial(g, logits, attrs)),
} satisfies Record<string, Lowering>;
