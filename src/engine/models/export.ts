/** `model.onnx`: the forward graph with the weights inside, for any ONNX runtime. */
import * as tf from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../tfjs-onnx';
import type { WeightTensor } from '../runs/saved-model';
import type { FeatureModel, TokenModel } from './family';
import { toTensors } from './parameters';

/** How a standardised target becomes the original one: `value * deviation + mean`, then `exp(x) - 1` for log1p. */
export interface TargetScale {
  readonly mean: number;
  readonly deviation: number;
  readonly transform: 'none' | 'log1p';
}

/**
 * Input `features` `[batch, width]`, any batch, as the run's encoder makes them. Output `probabilities`
 * `[batch, classes]` for a classification, `prediction` `[batch]` in the target's own units for a regression.
 */
export function exportFeatureModel(
  model: FeatureModel,
  weights: ReadonlyMap<string, WeightTensor>,
  features: number,
  target: 'classes' | TargetScale,
): Uint8Array {
  return exportOnnx({
    name: 'model',
    inputs: { features: { shape: ['batch', features], dtype: 'float32' } },
    trace: ({ inputs }) => {
      const outputs = model.forward(toTensors(weights), inputs['features'] as tf.Tensor2D);
      return {
        outputs:
          target === 'classes'
            ? { probabilities: tf.softmax(outputs) }
            : { prediction: toOriginal(tf.reshape(outputs, [-1]), target) },
      };
    },
  });
}

/** Input `tokens` `[1, context]` int32, output `logits` `[1, context, vocabulary]` of the token after each position. */
export function exportTokenModel(model: TokenModel, weights: ReadonlyMap<string, WeightTensor>): Uint8Array {
  return exportOnnx({
    name: 'model',
    inputs: { tokens: { shape: [1, model.context], dtype: 'int32' } },
    trace: ({ inputs }) => {
      const logits = model.forward(toTensors(weights), inputs['tokens'] as tf.Tensor2D);
      return { outputs: { logits: tf.reshape(logits, [1, model.context, model.vocabulary]) } };
    },
  });
}

function toOriginal(standardised: tf.Tensor1D, scale: TargetScale): tf.Tensor1D {
  const value: tf.Tensor1D = tf.add(tf.mul(standardised, scale.deviation), scale.mean);
  return scale.transform === 'log1p' ? tf.expm1(value) : value;
}
