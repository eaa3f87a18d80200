import * as tf from '@tensorflow/tfjs-core';
import { isRecording } from '../backend';
import { customGradient } from './custom-gradient';
import type { LstmSteps } from './lstm-steps';
import { scanned, unrolled } from './lstm-steps';

/** Columns in the order of Keras and PyTorch: input gate, forget gate, candidate, output gate. */
export interface LstmWeights {
  /** `[features, 4 * units]` */
  readonly input: tf.Tensor2D;
  /** `[units, 4 * units]` */
  readonly recurrent: tf.Tensor2D;
  /** `[4 * units]` */
  readonly bias: tf.Tensor1D;
}

/**
 * The last state of a long short-term memory (Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000)
 * that begins with zeros: x `[batch, time, features]` -> `[batch, units]`.
 *
 * With its gradient written out. Inside, a row of the batch is a column: so the weights stand on the left of the
 * products, where they are read as they lie, in place of being packed anew at each step (a sixth of the time of a step's
 * products with 128 units and 32 rows), and gates lie one behind the other. The three gates go through one sigmoid and one
 * derivative together. In programs the steps are ONNX's `Scan`, elsewhere one after the other.
 *
 * `Scan` measures better at 32, 64, 128 and 256 steps (`npm run bench:scan`; 2 cores, AMD EPYC with AVX2, shared, one
 * thread): a gradient takes 13.0, 27.1, 48.9, 100 ms and unrolled 13.5, 27.4, 51.1, 104 ms, within the noise at first;
 * opening takes 7 to 13 ms, and unrolled 75 ms to 1.9 s. A whole training step with Adam takes 0.89 to 0.99 of the unrolled
 * one's time with 64 steps and 0.91 to 0.96 with 256 (medians of pairs run in turns beside other work).
 */
export function lstm(x: tf.Tensor3D, weights: LstmWeights): tf.Tensor2D {
  return lstmBy(isRecording() ? scanned : unrolled, x, weights);
}

/** `lstm` with its steps made one way or the other; `scanned` only while recording. */
export function lstmBy(
  steps: LstmSteps,
  x: tf.Tensor3D,
  { input, recurrent, bias }: LstmWeights,
): tf.Tensor2D {
  return customGradient(
    [x, input, recurrent, bias],
    (sequence, inputWeight, stateWeight, offset) => {
      const [batch, time] = sequence.shape;
      // A feature that is always one takes the bias into the product.
      const features: tf.Tensor3D = tf.concat(
        [tf.transpose(sequence, [1, 2, 0]), tf.ones([time, 1, batch])],
        1,
      ); // [time, in + 1, batch]
      const biased: tf.Tensor2D = tf.concat([inputWeight, tf.reshape(offset, [1, -1])], 0);
      const toInput = gatesTogether(biased); // [4 * units, in + 1]
      const toState = gatesTogether(stateWeight); // [4 * units, units]
      // What comes in is multiplied for all steps at once: time times [4 * units, batch].
      const driven: tf.Tensor3D = tf.matMul(tf.expandDims<tf.Tensor3D>(toInput, 0), features);
      const { state, saved } = steps.forward(driven, toState);
      return { value: tf.transpose(state), saved: [features, toInput, toState, ...saved] };
    },
    (dy, [features, toInput, toState, ...saved]) => {
      const { dSums, states } = steps.backward(tf.transpose(dy), toState, saved);
      return gradients(dSums, states, features, toInput);
    },
  );
}

/** Of x and the weights: one product for each, over all steps. */
function gradients(
  dSums: tf.Tensor2D,
  states: tf.Tensor2D,
  features: tf.Tensor3D,
  toInput: tf.Tensor2D,
): tf.Tensor[] {
  const [time, inputs, batch] = features.shape;
  const seen = tf.reshape(tf.transpose(features, [1, 0, 2]), [inputs, time * batch]);
  const dInput = gatesApart(tf.matMul(dSums, seen, false, true)); // [in + 1, 4 * units]
  const dFeatures = tf.reshape(tf.matMul(toInput, dSums, true, false), [inputs, time, batch]);
  return [
    tf.transpose(tf.slice(dFeatures, 0, inputs - 1), [2, 1, 0]),
    tf.slice(dInput, 0, inputs - 1),
    gatesApart(tf.matMul(dSums, states, false, true)),
    tf.reshape(tf.slice(dInput, inputs - 1), [-1]),
  ];
}

/** `[rows, input | forget | candidate | output]` -> `[input | forget | output | candidate, rows]`. */
function gatesTogether(weight: tf.Tensor2D): tf.Tensor2D {
  const [i, f, g, o] = tf.split(tf.transpose(weight), 4, 0) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  return tf.concat([i, f, o, g], 0);
}

/** The way back. */
function gatesApart(weight: tf.Tensor2D): tf.Tensor2D {
  const [i, f, o, g] = tf.split(weight, 4, 0) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return tf.transpose(tf.concat([i, f, g, o], 0));
}
