/** Matrix products. */
import type { BatchMatMulAttrs, _FusedMatMulAttrs } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { broadcastShape } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';

/**
 * `[..., m, k] x [..., k, n]`. Two matrices become one Gemm, which takes either operand transposed (and a bias) and
 * leaves no copy behind; more dimensions become MatMul, whose transposes ONNX Runtime folds into it.
 */
export function matMul(
  g: Graph,
  a: Value,
  b: Value,
  transposeA: boolean,
  transposeB: boolean,
  bias?: Value,
): Value {
  if (a.shape.length === 2 && b.shape.length === 2) {
    const rows = a.shape[transposeA ? 1 : 0] ?? 1;
    const columns = b.shape[transposeB ? 0 : 1] ?? 1;
    if (!transposeA && !transposeB && !bias)
      return g.node('MatMul', [a, b], { shape: [rows, columns], dtype: a.dtype });
    return g.node(
      'Gemm',
      bias ? [a, b, bias] : [a, b],
      { shape: [rows, columns], dtype: a.dtype },
      { ...(transposeA ? { transA: 1 } : {}), ...(transposeB ? { transB: 1 } : {}) },
    );
  }
  const left = transposeA ? emit.swapLast(g, a) : a;
  const right = transposeB ? emit.swapLast(g, b) : b;
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const shape = [...batch, left.shape.at(-2) ?? 1, right.shape.at(-1) ?? 1];
  const product = g.node('MatMul', [left, right], { shape, dtype: a.dtype });
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
