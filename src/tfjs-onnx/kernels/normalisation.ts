/** Normalisation with given statistics, and between neighbouring channels. */
import type { FusedBatchNormAttrs, LRNAttrs } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { matMul } from './matmul';

/** Sums over the channels (last) that are at most `radius` away: a product with a band of ones. */
function neighbourSums(g: Graph, x: Value, radius: number): Value {
  const channels = x.shape.at(-1) ?? 1;
  const band = Float32Array.from({ length: channels * channels }, (_, i) =>
    Math.abs((i % channels) - Math.floor(i / channels)) <= radius ? 1 : 0,
  );
  return matMul(g, x, g.constant(band, [channels, channels], 'float32'), false, false);
}

/** bias + alpha · Σ x² over the neighbours. */
function divisor(g: Graph, x: Value, { depthRadius, bias, alpha }: Readonly<LRNAttrs>): Value {
  const sums = neighbourSums(g, emit.mul(g, x, x), depthRadius);
  return emit.add(g, emit.mul(g, sums, g.scalar(alpha)), g.scalar(bias));
}

const power = (g: Graph, x: Value, exponent: number): Value => emit.binary(g, 'Pow', x, g.scalar(exponent));

export const normalisations = {
  /** As one factor and one summand per channel, which cost nothing beside the two passes over x. */
  FusedBatchNorm: lower<'x' | 'mean' | 'variance' | 'offset' | 'scale', FusedBatchNormAttrs>(
    (g, inputs, { varianceEpsilon }) => {
      const { x, mean, variance } = inputs;
      const { offset, scale } = inputs as { readonly offset?: Value; readonly scale?: Value };
      const deviation = emit.unary(g, 'Sqrt', emit.add(g, variance, g.scalar(varianceEpsilon)));
      const factor = scale ? emit.div(g, scale, deviation) : emit.unary(g, 'Reciprocal', deviation);
      const shift = emit.mul(g, mean, factor);
      const summand = offset ? emit.sub(g, offset, shift) : emit.unary(g, 'Neg', shift);
      return emit.add(g, emit.mul(g, x, factor), summand);
    },
  ),
  LRN: lower<'x', LRNAttrs>((g, { x }, attrs) => emit.mul(g, x, power(g, divisor(g, x, attrs), -attrs.beta))),
  /** dy n^-beta - 2 alpha beta x Σ (dy y / n) over the neighbours, with n the divisor. */
  LRNGrad: lower<'x' | 'y' | 'dy', LRNAttrs>((g, { x, y, dy }, attrs) => {
    const n = divisor(g, x, attrs);
    const sums = neighbourSums(g, emit.div(g, emit.mul(g, dy, y), n), attrs.depthRadius);
    const inner = emit.mul(g, emit.mul(g, x, sums), g.scalar(2 * attrs.alpha * attrs.beta));
    return emit.sub(g, emit.mul(g, dy, power(g, n, -attrs.beta)), inner);
  }),
} satisfies Record<string, Lowering>;
