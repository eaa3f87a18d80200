/** nanoGPT's CPU configuration as programs: one whole training step, and one step of decoding. */
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../../src/engine/backends';
import { transformerForward, transformerParameters } from '../../src/engine/models';
import { decayMask, initialWeights, parameterCount, unflatten } from '../../src/engine/models/parameters';
import type { Program } from '../../src/tfjs-onnx';
import { softmaxCrossEntropy } from '../../src/tfjs-onnx';

/** https://github.com/karpathy/nanoGPT, README, "i only have a macbook": 4 layers, 4 heads, 128 wide, context 64. */
export const SHAPE = { layers: 4, heads: 4, width: 128, context: 64, vocabulary: 65 } as const;
export const BATCH = 12;

const BETA1 = 0.9;
const BETA2 = 0.99;
const DECAY = 0.1;
const CLIP = 1;

/** One step: forward, backward, gradient clipped to norm 1, AdamW. Inputs x, y `[batch, context]` int32, and rates `[3]`. */
export function compileStep(backend: Backend): Promise<Program> {
  const parameters = transformerParameters(SHAPE);
  const size = parameterCount(parameters);
  const state = backend.createState(
    Object.fromEntries(
      ['weights', 'm', 'v'].map((name) => [name, { shape: [size], dtype: 'float32' as const }]),
    ),
    { weights: initialWeights(parameters, 1) },
  );
  const mask = decayMask(parameters);
  return backend.compile({
    name: 'gpt step',
    inputs: {
      x: { shape: [BATCH, SHAPE.context], dtype: 'int32' },
      y: { shape: [BATCH, SHAPE.context], dtype: 'int32' },
      rates: { shape: [3], dtype: 'float32' },
    },
    state,
    trace: ({ inputs, state: now }) => {
      const weights = now['weights'] as tf.Tensor1D;
      const targets = tf.reshape(inputs['y'] as tf.Tensor, [-1]);
      const loss = (flat: tf.Tensor): tf.Tensor => {
        const logits = transformerForward(SHAPE, unflatten(parameters, flat), inputs['x'] as tf.Tensor2D);
        return tf.mean(softmaxCrossEntropy(logits, targets as tf.Tensor1D));
      };
      const { value, grad } = tf.valueAndGrad(loss)(weights);
      const [rate, bias1, bias2] = tf.split(inputs['rates'] as tf.Tensor1D, 3) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      const norm = tf.sqrt(tf.sum(tf.square(grad)));
      const clip = tf.minimum(1, tf.div(CLIP, tf.add(norm, 1e-6)));
      const m = tf.add(tf.mul(now['m'] as tf.Tensor, BETA1), tf.mul(grad, tf.mul(clip, 1 - BETA1)));
      const v = tf.add(
        tf.mul(now['v'] as tf.Tensor, BETA2),
        tf.mul(tf.square(grad), tf.mul(tf.square(clip), 1 - BETA2)),
      );
      // rate (m / bias1) / (√(v / bias2) + ε), its scalars drawn together.
      const root = tf.sqrt(bias2);
      const step = tf.mul(
        tf.div(m, tf.add(tf.sqrt(v), tf.mul(root, 1e-8))),
        tf.div(tf.mul(rate, root), bias1),
      );
      const kept = tf.sub(1, tf.mul(tf.tensor1d(mask.map((bit) => bit * DECAY)), rate));
      return {
        outputs: { loss: value },
        next: { weights: tf.sub(tf.mul(weights, kept), step), m, v },
      };
    },
  });
}
