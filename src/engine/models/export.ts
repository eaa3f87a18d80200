/** `model.onnx`: the forward graph with the weights inside, for any ONNX runtime. */
import * as tf from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../tfjs-onnx';
import type { WeightTensor } from '../runs/saved-model';
import type { FeatureModel, TokenModel } from './family';
import { toTensors } from './parameters';

/**
 * Input `features` `[batch, width]`, any batch, as the run's encoder makes them. The outputs are what the task makes of the
 * model's own, `[batch, outputs]`.
 */
export function exportFeatureModel(
  model: FeatureModel,
  weights: ReadonlyMap<string, WeightTensor>,
  features: number,
  exported: (outputs: tf.Tensor2D) => Record<string, tf.Tensor>,
): Uint8Array {
  return exportOnnx({
    name: 'model',
    inputs: { features: { shape: ['batch', features], dtype: 'float32' } },
    trace: ({ inputs }) => {
      const outputs = model.forward(toTensors(weights), inputs['features'] as tf.Tensor2D);
      return { outputs: exported(outputs) };
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
