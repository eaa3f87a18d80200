/** Sums over named indices, running products, and matrices made of diagonals and bands. */
import type { CumprodAttrs, EinsumAttrs } from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { positiveAxis, sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { reverse } from './shape';

function einsum(g: Graph, tensors: readonly Value[], equation: string): Value {
  const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length);
  // TensorFlow.js only reads the shapes of the tensors that it asks for here.
  const shaped = tensors.map(({ shape }) => ({ shape })) as unknown as Parameters<
    typeof backend_util.checkEinsumDimSizes
  >[2];
  backend_util.checkEinsumDimSizes(allDims.length, idDims, shaped);
  const sizes = new Map<number, number>();
  idDims.forEach((dims, i) => dims.forEach((dim, axis) => sizes.set(dim, tensors[i]?.shape[axis] ?? 1)));
  const letters = equation.replace(/\s/g, '');
  const result = letters.slice(letters.indexOf('->') + 2);
  const shape = Array.from(result, (letter) => sizes.get(allDims.indexOf(letter)) ?? 1);
  const [first] = tensors;
  return g.node(
    'Einsum',
    tensors,
    { shape, dtype: first?.dtype ?? 'float32' },
    { equation: { text: letters } },
  );
}

/** The product of everything up to each element, in log2(n) steps: each doubles how far back an element looks. */
function runningProduct(g: Graph, x: Value, { axis, exclusive, reverse: backwards }: CumprodAttrs): Value {
  const at = positiveAxis(axis, x.shape.length);
  const n = x.shape[at] ?? 1;
  /** Everything moved on by `steps`, with ones at the start. */
  const moved = (value: Value, steps: number): Value => {
    const kept = value.shape.with(at, n - steps);
    const start = emit.expand(g, g.scalar(1, x.dtype), value.shape.with(at, steps));
    const begin = kept.map(() => 0);
    return emit.concat(g, [start, emit.slice(g, value, begin, kept)], at);
  };
  let product = backwards ? reverse(g, x, at) : x;
  if (exclusive && n > 0) product = moved(product, Math.min(1, n));
  for (let steps = 1; steps < n; steps *= 2) product = emit.mul(g, product, moved(product, steps));
  return backwards ? reverse(g, product, at) : product;
}

function diagonal(g: Graph, x: Value): Value {
  const n = sizeOf(x.shape);
  const eye = g.constant(
    Uint8Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    [n, n],
    'bool',
  );
  const matrix = emit.where(g, eye, emit.reshape(g, x, [n, 1]), g.scalar(0, x.dtype));
  return emit.reshape(g, matrix, [...x.shape, ...x.shape]);
}

/** Keeps `numLower` diagonals below the main one and `numUpper` above it; a negative number keeps all of them. */
function band(g: Graph, input: Value, numLower: Value, numUpper: Value): Value {
  const [rows = 1, columns = 1] = input.shape.slice(-2);
  const counted = (size: number, shape: readonly number[]): Value =>
    g.constant(
      Int32Array.from({ length: size }, (_, i) => i),
      shape,
      'int32',
    );
  const below = emit.sub(g, counted(rows, [rows, 1]), counted(columns, [1, columns]));
  const within = (distance: Value, limit: Value): Value => {
    const number = emit.reshape(g, emit.cast(g, limit, 'int32'), []);
    const all = emit.binary(g, 'Less', number, g.scalar(0, 'int32'), 'bool');
    return emit.binary(g, 'Or', all, emit.binary(g, 'LessOrEqual', distance, number, 'bool'), 'bool');
  };
  const kept = emit.binary(
    g,
    'And',
    within(below, numLower),
    within(emit.unary(g, 'Neg', below), numUpper),
    'bool',
  );
  return emit.where(g, kept, input, g.scalar(0, input.dtype));
}

/** The shape that two shapes, given as vectors, broadcast to. Whether they do is not checked. */
function broadcastShapes(g: Graph, a: Value, b: Value): Value {
  const length = Math.max(a.shape[0] ?? 0, b.shape[0] ?? 0);
  const filled = (x: Value): Value => {
    const missing = length - (x.shape[0] ?? 0);
    const ones = g.constant(new Int32Array(missing).fill(1), [missing], 'int32');
    return emit.concat(g, [ones, emit.cast(g, x, 'int32')], 0);
  };
  const [left, right] = [filled(a), filled(b)];
  return emit.where(g, emit.binary(g, 'Equal', left, g.scalar(1, 'int32'), 'bool'), right, left);
}

export const algebra = {
  Einsum: lower<string, EinsumAttrs>((g, inputs, { equation }) => einsum(g, Object.values(inputs), equation)),
  Cumprod: lower<'x', CumprodAttrs>((g, { x }, attrs) => runningProduct(g, x, attrs)),
  Diag: lower<'x'>((g, { x }) =>
    x.dtype === 'bool' ? emit.cast(g, diagonal(g, emit.cast(g, x, 'int32')), 'bool') : diagonal(g, x),
  ),
  MatrixBandPart: lower<'input' | 'numLower' | 'numUpper'>((g, { input, numLower, numUpper }) =>
    band(g, input, numLower, numUpper),
  ),
  BroadcastArgs: lower<'s0' | 's1'>((g, { s0, s1 }) => broadcastShapes(g, s0, s1)),
} satisfies Record<string, Lowering>;
