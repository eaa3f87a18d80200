/** The product's own training step and decoder in nanoGPT's CPU configuration. */
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../../src/engine/backends';
import { Decoder } from '../../src/engine/generation';
import { drawToken } from '../../src/engine/generation/sampling';
import { adamWSpecs } from '../../src/engine/learning/optimizer';
import { StepProgram } from '../../src/engine/learning/step-program';
import {
  initialWeights,
  parameterCount,
  toWeightTensors,
  transformerForward,
  transformerParameters,
} from '../../src/engine/models';
import { softmaxCrossEntropy } from '../../src/tfjs-onnx';

export { openBackend } from '../../src/engine/backends';
export { physicalCores } from '../../src/tfjs-onnx';

/** https://github.com/karpathy/nanoGPT, README: 4 layers, 4 heads, 128 wide, context 64, batch 12, 65 characters. */
const SHAPE = { layers: 4, heads: 4, width: 128, context: 64, vocabulary: 65 };
const BATCH = 12;
const OPTIONS = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, clip: 1 };

/** Training steps on random tokens; the time of a step does not depend on the text. */
export async function openStep(backend: Backend): Promise<{ measure(steps: number): Promise<number[]> }> {
  const parameters = transformerParameters(SHAPE);
  const specs = adamWSpecs(parameterCount(parameters));
  const state = backend.createState(specs, { weights: initialWeights(parameters, 1) });
  const tokens = { shape: [BATCH, SHAPE.context], dtype: 'int32' as const };
  const program = await StepProgram.compile(
    backend,
    state,
    {
      parameters,
      inputs: { x: tokens, y: tokens },
      loss: (weights, { x, y }) => {
        const logits = transformerForward(SHAPE, weights, x as tf.Tensor2D);
        const labels: tf.Tensor1D = tf.reshape(y as tf.Tensor, [-1]);
        return tf.mean(softmaxCrossEntropy(logits, labels));
      },
    },
    OPTIONS,
  );
  let step = 0;
  return {
    measure: async (steps) => {
      const times: number[] = [];
      for (let i = 0; i < steps; i++) {
        const text = Int32Array.from({ length: BATCH * SHAPE.context + 1 }, () =>
          Math.floor(Math.random() * SHAPE.vocabulary),
        );
        const start = performance.now();
        await program.run({ x: text.slice(0, -1), y: text.slice(1) }, step++, 1e-3);
        times.push(performance.now() - start);
      }
      return times;
    },
  };
}

/** Writes one character after the other from an untrained model, drawn at temperature 0.8. */
export async function openWriter(
  backend: Backend,
): Promise<{ tokensPerSecond(tokens: number): Promise<number> }> {
  const parameters = transformerParameters(SHAPE);
  const weights = toWeightTensors(parameters, initialWeights(parameters, 1));
  const decoder = await Decoder.open(backend, { shape: SHAPE, weights });
  return {
    tokensPerSecond: async (tokens) => {
      const start = performance.now();
      let logits = await decoder.read(Int32Array.of(0));
      for (let i = 0; i < tokens; i++) {
        const token = drawToken(
          logits.map((logit) => logit / 0.8),
          1,
          i,
        );
        logits = await decoder.append(token);
      }
      return (tokens * 1000) / (performance.now() - start);
    },
  };
}
