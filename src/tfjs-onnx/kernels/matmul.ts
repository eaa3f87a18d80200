/** Matrix products. */
import type { BatchMatMulAttrs, _FusedMatMulAttrs } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import { MICROSOFT } from '../graph/graph';
import type { Value } from '../graph/values';
import { broadcastShape, sizeOf } from '../graph/values';
import { activate } from './activation';
import { lower } from './lowering';
import type { Lowering } from './lowering';

/**
 * `[..., m, k] x [..., k, n]`; a bias is added to every row.
 *
 * A transposed right operand costs nothing inside the product. A transposed left one (every weight gradient) makes the
 * product slower than a plain one, so it is written out transposed first where it is the smaller of the two. Not so in
 * batches of small matrices: their transposes run on one thread (2.5 ms of nanoGPT's step on two threads).
 */
export function matMul(
  g: Graph,
  a: Value,
  b: Value,
  transposeA: boolean,
  transposeB: boolean,
  bias?: Value,
): Value {
  checkInner(a, b, transposeA, transposeB);
  const writeOut = transposeA && a.shape.length === 2 && sizeOf(a.shape) <= sizeOf(b.shape);
  const left = writeOut ? emit.swapLast(g, a) : a;
  const leftRows = transposeA && !writeOut ? left.shape.at(-1) : left.shape.at(-2);
  const batch = broadcastShape(left.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...batch, leftRows ?? 1, b.shape.at(transposeB ? -2 : -1) ?? 1];
  const transA = transposeA && !writeOut;
  const product =
    transA || transposeB
      ? g.node(
          'FusedMatMul',
          [left, b],
          { shape, dtype: a.dtype },
          { transA: transA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: { float: 1 } },
          MICROSOFT,
        )
      : g.node('MatMul', [left, b], { shape, dtype: a.dtype });
  return bias ? emit.add(g, product, bias) : product;
}

function checkInner(a: Value, b: Value, transposeA: boolean, transposeB: boolean): void {
  const left = a.shape.at(transposeA ? -2 : -1);
  const right = b.shape.at(transposeB ? -1 : -2);
  if (
    left === undefined ||
    right === undefined ||
    left !== right ||
    Math.min(a.shape.length, b.shape.length) < 2
  ) {
    throw new Error(
      `the inner dimensions of [${a.shape.join(', ')}]${transposeA ? ' transposed' : ''} and ` +
        `[${b.shape.join(', ')}]${transposeB ? ' transposed' : ''} do not match`,
    );
  }
}

export const matmul = {
  BatchMatMul: lower<'a' | 'b', BatchMatMulAttrs>((g, { a, b }, { transposeA, transposeB }) =>
    matMul(g, a, b, transposeA, transposeB),
  ),
  _FusedMatMul: lower<'a' | 'b' | 'bias' | 'preluActivationWeights', _FusedMatMulAttrs>(
    (g, inputs, { transposeA, transposeB, activation, leakyreluAlpha }) => {
      const product = matMul(g, inputs.a, inputs.b, transposeA, transposeB, inputs.bias);
      return activate(g, product, { activation, leakyreluAlpha }, inputs.preluActivationWeights);
    },
  ),
} satisfies Record<string, Lowering>;
