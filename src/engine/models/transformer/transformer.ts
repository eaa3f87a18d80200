/**
 * Decoder-only transformer as in nanoGPT (https://github.com/karpathy/nanoGPT, model.py): normalisation before each
 * part, learned positions, GELU, no biases, and one matrix for reading tokens and for naming the next one.
 *
 * The pieces are exported, so that decoding with cached keys and values is made of the same mathematics.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TransformerHyperparameters } from './description';
import { normalise } from '../../../tfjs-onnx';
import { causalSelfAttention, gelu, normalisedProduct, withGain } from '../layers';
import type { Parameter, Weights } from '../parameters';

export type TransformerShape = Pick<TransformerHyperparameters, 'layers' | 'heads' | 'width' | 'context'> & {
  readonly vocabulary: number;
};

/**
 * Normal with deviation 1/√width; what adds to the residual stream is scaled by the number of such additions (GPT-2).
 * GPT-2's own 0.02 suits models six times as wide: at width 128 it begins so small that 2,000 steps on tinyshakespeare
 * end 0.17 nats higher (1.91 instead of 1.74).
 */
export function transformerParameters(shape: TransformerShape): Parameter[] {
  const { layers, width, context, vocabulary } = shape;
  const normal = { deviation: 1 / Math.sqrt(width) };
  const residual = { deviation: 1 / Math.sqrt(width * 2 * layers) };
  const blocks = Array.from({ length: layers }, (_, layer): Parameter[] => [
    { name: `blocks.${layer}.norm1`, shape: [width], initial: 'ones' },
    { name: `blocks.${layer}.attention.qkv`, shape: [width, 3 * width], initial: normal },
    { name: `blocks.${layer}.attention.out`, shape: [width, width], initial: residual },
    { name: `blocks.${layer}.norm2`, shape: [width], initial: 'ones' },
    { name: `blocks.${layer}.mlp.expand`, shape: [width, 4 * width], initial: normal },
    { name: `blocks.${layer}.mlp.contract`, shape: [4 * width, width], initial: residual },
  ]);
  return [
    { name: 'tokens', shape: [vocabulary, width], initial: normal },
    { name: 'positions', shape: [context, width], initial: normal },
    ...blocks.flat(),
    { name: 'norm', shape: [width], initial: 'ones' },
  ];
}

/** `[batch, time]` int32 tokens, time at most the context -> logits `[batch * time, vocabulary]` of each next token. */
export function transformerForward(
  shape: TransformerShape,
  weights: Weights,
  tokens: tf.Tensor2D,
): tf.Tensor2D {
  const [batch, time] = tokens.shape;
  const positions = tf.slice(weights['positions'] as tf.Tensor2D, [0, 0], [time, shape.width]);
  const embedded = tf.gather(weights['tokens'] as tf.Tensor2D, tf.reshape(tokens, [batch * time]));
  const added = tf.add(tf.reshape(embedded, [batch, time, shape.width]), positions);
  let x: tf.Tensor2D = tf.reshape(added, [batch * time, shape.width]);
  for (let layer = 0; layer < shape.layers; layer++) {
    x = tf.add(x, attention(shape, weights, layer, x, batch));
    x = tf.add(x, feedForward(weights, layer, x));
  }
  return nextTokenLogits(weights, x);
}

/** The residual stream `[batch * time, width]` -> the same shape, what the layer's attention adds to it. */
function attention(
  { heads }: TransformerShape,
  weights: Weights,
  layer: number,
  x: tf.Tensor2D,
  batch: number,
): tf.Tensor2D {
  const joint = jointProjection(weights, layer);
  const output = weights[`blocks.${layer}.attention.out`] as tf.Tensor2D;
  return causalSelfAttention(normalise(x), joint, output, { batch, time: x.shape[0] / batch, heads });
}

/** `[width, 3 * width]`: from the normalised stream, gains not yet applied, to queries, keys and values. */
export function jointProjection(weights: Weights, layer: number): tf.Tensor2D {
  return withGain(
    weights[`blocks.${layer}.attention.qkv`] as tf.Tensor2D,
    weights[`blocks.${layer}.norm1`] as tf.Tensor1D,
  );
}

/** `[rows, width]` -> `[rows, width]`, what the layer's perceptron adds to the residual stream. */
export function feedForward(weights: Weights, layer: number, x: tf.Tensor2D): tf.Tensor2D {
  const expanded = normalisedProduct(
    x,
    weights[`blocks.${layer}.norm2`] as tf.Tensor1D,
    weights[`blocks.${layer}.mlp.expand`] as tf.Tensor2D,
  ); // [rows, 4 * width]
  return tf.matMul(gelu(expanded), weights[`blocks.${layer}.mlp.contract`] as tf.Tensor2D);
}

/** `[rows, width]` -> `[rows, vocabulary]`, by the same matrix that reads tokens. */
export function nextTokenLogits(weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  return normalisedProduct(x, weights['norm'] as tf.Tensor1D, weights['tokens'] as tf.Tensor2D, true);
}
