/** The networks of the benchmarks as the product writes them: its own models, and TensorFlow.js operations elsewhere. */
import * as tf from '@tensorflow/tfjs-core';
import {
  transformerForward,
  transformerParameters,
} from '../../../src/engine/models/transformer/transformer';
import { linear } from '../../../src/engine/models/layers';
import { mlpForward, mlpParameters } from '../../../src/engine/models/mlp/mlp';
import type { Parameter, Weights } from '../../../src/engine/models';
import { type InputSpec, lstm, softmaxCrossEntropy, type TensorRecord } from '../../../src/tfjs-onnx';
import type { CnnNetwork, LstmNetwork, MlpNetwork, Network, TransformerNetwork } from '../cases.mjs';

export interface LabNetwork {
  readonly parameters: readonly Parameter[];
  /** One training batch. */
  readonly inputs: { readonly x: InputSpec; readonly y: InputSpec };
  /** Number of different values of `y`. */
  readonly classes: number;
  /** `x` -> logits `[rows, classes]`. */
  forward(weights: Weights, x: tf.Tensor): tf.Tensor2D;
}

export function networkOf(network: Network): LabNetwork {
  switch (network.kind) {
    case 'transformer':
      return transformer(network);
    case 'mlp':
      return mlp(network);
    case 'cnn':
      return cnn(network);
    case 'lstm':
      return recurrent(network);
  }
}

/** Mean cross-entropy of one batch, in nats. */
export function lossOf(network: LabNetwork, weights: Weights, { x, y }: TensorRecord): tf.Scalar {
  const labels: tf.Tensor1D = tf.reshape(y as tf.Tensor, [-1]);
  return tf.mean(softmaxCrossEntropy(network.forward(weights, x as tf.Tensor), labels));
}

function transformer(network: TransformerNetwork): LabNetwork {
  const tokens = { shape: [network.batch, network.context], dtype: 'int32' } as const;
  return {
    parameters: transformerParameters(network),
    inputs: { x: tokens, y: tokens },
    classes: network.vocabulary,
    forward: (weights, x) => transformerForward(network, weights, x as tf.Tensor2D),
  };
}

function mlp({ features, width, layers, classes, batch }: MlpNetwork): LabNetwork {
  const shape = { layers, width, activation: 'relu' } as const;
  return {
    parameters: mlpParameters(shape, features, classes),
    inputs: rowsAndLabels(batch, [features]),
    classes,
    forward: (weights, x) => mlpForward(shape, weights, x as tf.Tensor2D),
  };
}

function cnn({ side, filters, kernel, dense, classes, batch }: CnnNetwork): LabNetwork {
  const [first, second] = filters;
  const [wide, narrow] = dense;
  // The second convolution is `valid`; both are followed by pooling.
  const left = Math.floor((side / 2 - kernel + 1) / 2);
  return {
    parameters: [
      ...layer('conv1', [kernel, kernel, 1, first]),
      ...layer('conv2', [kernel, kernel, first, second]),
      ...layer('dense1', [left * left * second, wide]),
      ...layer('dense2', [wide, narrow]),
      ...layer('output', [narrow, classes]),
    ],
    inputs: rowsAndLabels(batch, [side, side, 1]),
    classes,
    forward: (weights, x) => {
      let h = convolve(weights, 'conv1', x as tf.Tensor4D, 'same'); // [rows, side / 2, side / 2, first]
      h = convolve(weights, 'conv2', h, 'valid'); // [rows, left, left, second]
      const flat: tf.Tensor2D = tf.reshape(h, [-1, left * left * second]);
      const inner = tf.relu(dense2d(weights, 'dense2', tf.relu(dense2d(weights, 'dense1', flat))));
      return dense2d(weights, 'output', inner);
    },
  };
}

function recurrent({ features, units, steps, classes, batch }: LstmNetwork): LabNetwork {
  return {
    parameters: [
      { name: 'lstm.input', shape: [features, 4 * units], initial: { deviation: 1 / Math.sqrt(features) } },
      { name: 'lstm.recurrent', shape: [units, 4 * units], initial: { deviation: 1 / Math.sqrt(units) } },
      { name: 'lstm.bias', shape: [4 * units], initial: 'zeros' },
      ...layer('output', [units, classes]),
    ],
    inputs: rowsAndLabels(batch, [steps, features]),
    classes,
    forward: (weights, x) => {
      const cell = {
        input: weights['lstm.input'] as tf.Tensor2D,
        recurrent: weights['lstm.recurrent'] as tf.Tensor2D,
        bias: weights['lstm.bias'] as tf.Tensor1D,
      };
      return dense2d(weights, 'output', lstm(x as tf.Tensor3D, cell));
    },
  };
}

/** A kernel `[..., in, out]` by He's rule, and its bias. */
function layer(name: string, shape: readonly number[]): Parameter[] {
  const fanIn = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return [
    { name: `${name}.weight`, shape, initial: { deviation: Math.sqrt(2 / fanIn) } },
    { name: `${name}.bias`, shape: [shape.at(-1) as number], initial: 'zeros' },
  ];
}

/** Convolution, ReLU and pooling of 2: `[rows, side, side, in]` -> `[rows, side / 2, side / 2, out]`. */
function convolve(weights: Weights, name: string, x: tf.Tensor4D, pad: 'same' | 'valid'): tf.Tensor4D {
  const convolved = tf.conv2d(x, weights[`${name}.weight`] as tf.Tensor4D, 1, pad);
  const active: tf.Tensor4D = tf.relu(tf.add(convolved, weights[`${name}.bias`] as tf.Tensor1D));
  return tf.maxPool(active, 2, 2, 'valid');
}

function dense2d(weights: Weights, name: string, x: tf.Tensor2D): tf.Tensor2D {
  return linear(x, weights[`${name}.weight`] as tf.Tensor2D, weights[`${name}.bias`] as tf.Tensor1D);
}

function rowsAndLabels(batch: number, row: readonly number[]): LabNetwork['inputs'] {
  return { x: { shape: [batch, ...row], dtype: 'float32' }, y: { shape: [batch], dtype: 'int32' } };
}
