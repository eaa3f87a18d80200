/**
 * Decoding with cached keys and values: what was computed for earlier positions is kept, so that one more token costs
 * one step and not the whole context. Two functions over the same mathematics as `transformerForward`:
 * reading a prompt (`transformerPrefill`) and taking in one token (`transformerStep`).
 *
 * The caches are inputs and not state of the program: a step gives back the new token's row only, which the caller
 * writes into its own arrays. As state, a step would copy every cache to change one row of it.
 */
import * as tf from '@tensorflow/tfjs-core';
import { attend, mergeHeads, normalise, projectHeads } from '../../../tfjs-onnx';
import type { Prefilled, Step, StepInputs } from '../family';
import type { Weights } from '../parameters';
import { feedForward, jointProjection, nextTokenLogits, type TransformerShape } from './transformer';

/** `tokens` `[1, context]` int32, padded at the end; `last` `[1]` int32, the position of the last real token. */
export function transformerPrefill(
  shape: TransformerShape,
  weights: Weights,
  tokens: tf.Tensor2D,
  last: tf.Tensor1D,
): Prefilled {
  const { context, heads, layers, width } = shape;
  const embedded = tf.gather(weights['tokens'] as tf.Tensor2D, tf.reshape(tokens, [context]));
  let x = tf.add<tf.Tensor2D>(embedded, weights['positions'] as tf.Tensor2D);
  const keys: tf.Tensor4D[] = [];
  const values: tf.Tensor4D[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const projections = projectHeads(normalise(x), jointProjection(weights, layer), heads);
    keys.push(tf.expandDims(projections.k, 0));
    values.push(tf.expandDims(projections.v, 0));
    // No position sees a later one, so the padding behind the prompt changes nothing before it.
    const { mixed } = attend(projections, { batch: 1, time: context, heads });
    x = tf.add(x, tf.matMul(mergeHeads(mixed), weights[`blocks.${layer}.attention.out`] as tf.Tensor2D));
    x = tf.add(x, feedForward(weights, layer, x));
  }
  const final = tf.reshape<tf.Rank.R2>(tf.gather(x, last), [1, width]);
  return {
    logits: tf.reshape(nextTokenLogits(weights, final), [shape.vocabulary]),
    keys: tf.concat(keys, 0),
    values: tf.concat(values, 0),
  };
}

/** Takes in one token behind what the caches hold. */
export function transformerStep(shape: TransformerShape, weights: Weights, inputs: StepInputs): Step {
  const { layers, heads, width, context } = shape;
  const headWidth = width / heads;
  const cached = (cache: tf.Tensor4D, layer: number) =>
    tf.reshape(tf.slice(cache, [layer, 0, 0, 0], [1, heads, context, headWidth]), [
      heads,
      context,
      headWidth,
    ]);
  const token = tf.gather(weights['tokens'] as tf.Tensor2D, inputs.token);
  let x = tf.add<tf.Tensor2D>(token, tf.gather(weights['positions'] as tf.Tensor2D, inputs.position));
  const newKeys: tf.Tensor3D[] = [];
  const newValues: tf.Tensor3D[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const joined = tf.matMul(normalise(x), jointProjection(weights, layer)); // [1, 3 * width]
    const [q, k, v] = tf.split(tf.reshape<tf.Rank.R3>(joined, [3 * heads, 1, headWidth]), 3) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ]; // [heads, 1, head width] each
    const before = tf.add(tf.matMul(q, cached(inputs.keys, layer), false, true), attentionMask(inputs.mask)); // [heads, 1, context]
    const here = tf.sum(tf.mul(q, k), -1, true); // [heads, 1, 1]
    const scores = tf.mul(tf.concat([before, here], 2), 1 / Math.sqrt(headWidth));
    const [past, present] = tf.split(tf.softmax(scores), [context, 1], 2) as [tf.Tensor3D, tf.Tensor3D];
    const mixed = tf.add(tf.matMul(past, cached(inputs.values, layer)), tf.mul(present, v)); // [heads, 1, head width]
    const merged: tf.Tensor2D = tf.reshape(mixed, [1, width]);
    x = tf.add(x, tf.matMul(merged, weights[`blocks.${layer}.attention.out`] as tf.Tensor2D));
    x = tf.add(x, feedForward(weights, layer, x));
    newKeys.push(tf.reshape(k, [1, heads, headWidth]));
    newValues.push(tf.reshape(v, [1, heads, headWidth]));
  }
  return {
    logits: tf.reshape(nextTokenLogits(weights, x), [shape.vocabulary]),
    keys: tf.concat(newKeys, 0),
    values: tf.concat(newValues, 0),
  };
}

function attentionMask(mask: tf.Tensor1D): tf.Tensor3D {
  return tf.reshape(mask, [1, 1, mask.size]);
}
