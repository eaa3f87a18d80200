/** Matrix products. */
import type { BatchMatMulAttrs, _FusedMatMulAttrs } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import { MICROSOFT } from '../graph/graph';
import type { Value } from '../graph/values';
import { broadcastShape, sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

/**
 * `[..., m, k] x [..., k, n]`; a bias is added to every row.
 *
 * A transposed right operand costs nothing inside the product. A transposed left one (every weight gradient) makes the
 * product slower than a plain one, so it is written out transposed first where it is the smaller of the two. Over a
 * whole training step of nanoGPT's CPU configuration the gain is within the noise of a busy machine.
 */
export function matMul(
  g: Graph,
  a: Value,
  b: Value,
  transposeA: boolean,
  transposeB: boolean,
  bias?: Value,
): Value {
  const writeOut = transposeA && (a.shape.length > 2 || sizeOf(a.shape) <= sizeOf(b.shape));
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

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
};

export const matmul = {
  BatchMatMul: lower<'a' | 'b', BatchMatMulAttrs>((g, { a, b }, { transposeA, transposeB }) =>
    matMul(g, a, b, transposeA, transposeB),
  ),
  _FusedMatMul: lower<'a' | 'b' | 'bias' | 'preluActivationWeights', _FusedMatMulAttrs>(
    (g, inputs, { transposeA, transposeB, activation }) => {
      const product = matMul(g, inputs.a, inputs.b, transposeA, transposeB, inputs.bias);
      const name: string = activation;
      if (name === 'linear') return product;
      const op = ACTIVATIONS[name];
      if (op === undefined) throw new Error(`the fused activation "${name}" has no lowering; apply it apart`);
      return emit.unary(g, op, product);
    },
  ),
} satisfies Record<string, Lowering>;
