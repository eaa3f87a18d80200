/** One small model around every kind of layer of `@tensorflow/tfjs-layers`. */
import * as tf from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { layers } from '@tensorflow/tfjs-layers';

export interface LayerCase {
  /** The layer's factory in `layers`, which names the case. */
  readonly layer: string;
  /** What distinguishes it from other cases of the layer. */
  readonly variant?: string;
  /** Shape of one example. */
  readonly input: readonly number[];
  /** What the inputs are: numbers, or whole numbers below this one. */
  readonly classes?: number;
  /** From the input to the model's output; what is no vector yet is flattened, and a dense layer follows. */
  readonly apply: (input: SymbolicTensor) => SymbolicTensor;
  /** Why only predictions are compared. */
  readonly notTrained?: string;
}

/** A layer that TensorFlow.js' own models cannot hold; it is applied to a tensor. */
export interface DirectCase {
  readonly layer: string;
  readonly input: readonly number[];
  readonly classes?: number;
  readonly apply: (input: tf.Tensor) => tf.Tensor;
}

const UNSEEDED = 'it draws numbers without a seed';

type Layer = ReturnType<typeof layers.dense>;

const on =
  (...stack: readonly { apply: Layer['apply'] }[]) =>
  (input: SymbolicTensor): SymbolicTensor =>
    stack.reduce((x, layer) => layer.apply(x) as SymbolicTensor, input);

const vector = [6];
const sequence = [5, 4];
const image = [6, 6, 2];
const volume = [4, 4, 4, 2];
const clip = [3, 5, 5, 2];

/** Two dense branches of one input, joined. */
const joined =
  (join: { apply: Layer['apply'] }) =>
  (input: SymbolicTensor): SymbolicTensor => {
    const branch = (): SymbolicTensor => layers.dense({ units: 5 }).apply(input) as SymbolicTensor;
    return join.apply([branch(), branch()]) as SymbolicTensor;
  };

const simple = (layer: string, input: readonly number[], made: { apply: Layer['apply'] }): LayerCase => ({
  layer,
  input,
  apply: on(made),
});

const recurrent = { units: 4 };
const kernel = { filters: 3, kernelSize: 3 };

/** Built anew for every backend: layers carry their weights. */
export const layerCases = (): readonly LayerCase[] => [
  { ...simple('dense', vector, layers.dense({ units: 4, activation: 'tanh' })), variant: 'tanh' },
  simple('activation', vector, layers.activation({ activation: 'softplus' })),
  ...(
    [
      'elu',
      'hardSigmoid',
      'linear',
      'relu',
      'relu6',
      'selu',
      'sigmoid',
      'softmax',
      'softsign',
      'swish',
      'mish',
    ] as const
  ).map((activation): LayerCase => ({
    ...simple('activation', vector, layers.activation({ activation })),
    variant: activation,
  })),
  simple('elu', vector, layers.elu()),
  simple('leakyReLU', vector, layers.leakyReLU({ alpha: 0.2 })),
  simple('prelu', vector, layers.prelu({ alphaInitializer: 'ones' })),
  simple('reLU', vector, layers.reLU({ maxValue: 1 })),
  simple('softmax', vector, layers.softmax({ axis: -1 })),
  simple('thresholdedReLU', vector, layers.thresholdedReLU({ theta: 0.3 })),
  simple('dropout', vector, layers.dropout({ rate: 0.4, seed: 7 })),
  { ...simple('alphaDropout', vector, layers.alphaDropout({ rate: 0.3 })), notTrained: UNSEEDED },
  { ...simple('gaussianDropout', vector, layers.gaussianDropout({ rate: 0.3 })), notTrained: UNSEEDED },
  { ...simple('gaussianNoise', vector, layers.gaussianNoise({ stddev: 0.3 })), notTrained: UNSEEDED },
  simple('spatialDropout1d', sequence, layers.spatialDropout1d({ rate: 0.4, seed: 7 })),
  simple('flatten', image, layers.flatten()),
  simple('reshape', vector, layers.reshape({ targetShape: [3, 2] })),
  simple('permute', sequence, layers.permute({ dims: [2, 1] })),
  simple('repeatVector', vector, layers.repeatVector({ n: 3 })),
  { layer: 'masking', input: sequence, apply: on(layers.masking({ maskValue: 0 }), layers.lstm(recurrent)) },
  { ...simple('embedding', [5], layers.embedding({ inputDim: 7, outputDim: 3 })), classes: 7 },
  {
    layer: 'embedding',
    variant: 'with a mask, below a GRU',
    input: [5],
    classes: 7,
    apply: on(layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true }), layers.gru(recurrent)),
  },
  simple('batchNormalization', image, layers.batchNormalization()),
  { ...simple('batchNormalization', vector, layers.batchNormalization()), variant: 'of vectors' },
  simple('layerNormalization', sequence, layers.layerNormalization()),
  simple('rescaling', image, layers.rescaling({ scale: 0.5, offset: 1 })),
  simple('conv1d', sequence, layers.conv1d({ ...kernel, activation: 'relu' })),
  simple('conv2d', image, layers.conv2d({ ...kernel, activation: 'relu' })),
  {
    ...simple('conv2d', image, layers.conv2d({ ...kernel, strides: 2, padding: 'same', activation: 'elu' })),
    variant: 'strided, same',
  },
  simple('conv2dTranspose', image, layers.conv2dTranspose({ ...kernel, strides: 2, padding: 'same' })),
  simple('separableConv2d', image, layers.separableConv2d({ ...kernel, depthMultiplier: 2 })),
  simple('depthwiseConv2d', image, layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })),
  simple('conv3d', volume, layers.conv3d({ ...kernel, kernelSize: 2 })),
  {
    ...simple('conv3dTranspose', volume, layers.conv3dTranspose({ ...kernel, kernelSize: 2, strides: 2 })),
    notTrained: 'TensorFlow.js has no gradient for it',
  },
  simple(
    'cropping2D',
    image,
    layers.cropping2D({
      cropping: [
        [1, 1],
        [1, 0],
      ],
    }),
  ),
  simple(
    'zeroPadding2d',
    image,
    layers.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 1],
      ],
    }),
  ),
  simple('upSampling2d', image, layers.upSampling2d({ size: [2, 2] })),
  simple('maxPooling1d', sequence, layers.maxPooling1d({ poolSize: 2 })),
  simple('maxPooling2d', image, layers.maxPooling2d({ poolSize: 2 })),
  simple('maxPooling3d', volume, layers.maxPooling3d({ poolSize: 2 })),
  simple('averagePooling1d', sequence, layers.averagePooling1d({ poolSize: 2 })),
  simple('averagePooling2d', image, layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' })),
  simple('averagePooling3d', volume, layers.averagePooling3d({ poolSize: 2 })),
  simple('globalAveragePooling1d', sequence, layers.globalAveragePooling1d()),
  simple('globalAveragePooling2d', image, layers.globalAveragePooling2d({})),
  simple('globalMaxPooling1d', sequence, layers.globalMaxPooling1d()),
  simple('globalMaxPooling2d', image, layers.globalMaxPooling2d({})),
  simple('simpleRNN', sequence, layers.simpleRNN(recurrent)),
  simple('gru', sequence, layers.gru({ ...recurrent, returnSequences: true })),
  { ...simple('gru', sequence, layers.gru({ ...recurrent, goBackwards: true })), variant: 'backwards' },
  simple('lstm', sequence, layers.lstm({ ...recurrent, returnSequences: true })),
  { ...simple('lstm', sequence, layers.lstm({ ...recurrent, unroll: true })), variant: 'unrolled' },
  simple('simpleRNNCell', sequence, layers.rnn({ cell: layers.simpleRNNCell(recurrent) })),
  simple('gruCell', sequence, layers.rnn({ cell: layers.gruCell(recurrent) })),
  simple('lstmCell', sequence, layers.rnn({ cell: layers.lstmCell(recurrent) })),
  {
    layer: 'stackedRNNCells',
    input: sequence,
    apply: on(
      layers.rnn({
        cell: layers.stackedRNNCells({ cells: [layers.gruCell(recurrent), layers.lstmCell(recurrent)] }),
      }),
    ),
  },
  simple('rnn', sequence, layers.rnn({ cell: [layers.gruCell(recurrent)], returnSequences: true })),
  simple('convLstm2d', clip, layers.convLstm2d({ ...kernel, returnSequences: false })),
  {
    layer: 'bidirectional',
    input: sequence,
    apply: on(
      layers.bidirectional({
        layer: layers.lstm({ ...recurrent, returnSequences: true }),
        mergeMode: 'concat',
      }),
    ),
  },
  simple('timeDistributed', sequence, layers.timeDistributed({ layer: layers.dense({ units: 3 }) })),
  { layer: 'add', input: vector, apply: joined(layers.add()) },
  { layer: 'average', input: vector, apply: joined(layers.average()) },
  { layer: 'concatenate', input: vector, apply: joined(layers.concatenate()) },
  { layer: 'dot', input: vector, apply: joined(layers.dot({ axes: -1 })) },
  { layer: 'maximum', input: vector, apply: joined(layers.maximum()) },
  { layer: 'minimum', input: vector, apply: joined(layers.minimum()) },
  { layer: 'multiply', input: vector, apply: joined(layers.multiply()) },
];

export const directCases: readonly DirectCase[] = [
  {
    layer: 'resizing',
    input: image,
    apply: (x) => layers.resizing({ height: 4, width: 5 }).apply(x) as tf.Tensor,
  },
  {
    layer: 'centerCrop',
    input: image,
    apply: (x) => layers.centerCrop({ height: 4, width: 4 }).apply(x) as tf.Tensor,
  },
  {
    layer: 'categoryEncoding',
    input: [3],
    classes: 7,
    apply: (x) =>
      layers
        .categoryEncoding({ numTokens: 7, outputMode: 'multiHot' })
        .apply(tf.cast(x, 'int32')) as tf.Tensor,
  },
  {
    layer: 'randomWidth',
    input: image,
    apply: (x) => layers.randomWidth({ factor: [0.5, 0.5], seed: 3 }).apply(x) as tf.Tensor,
  },
];

/** Names in `layers` that are no layer, or another name of one. */
export const notLayers: Readonly<Record<string, string>> = {
  Layer: 'the base class',
  RNN: 'the base class of recurrent layers',
  RNNCell: 'the base class of recurrent cells',
  input: 'makes a symbolic tensor; every case begins with one',
  inputLayer: 'stands behind `input`',
  convLstm2dCell: 'only convLstm2d takes it',
  avgPool1d: 'averagePooling1d',
  avgPool2d: 'averagePooling2d',
  avgPool3d: 'averagePooling3d',
  avgPooling1d: 'averagePooling1d',
  avgPooling2d: 'averagePooling2d',
  avgPooling3d: 'averagePooling3d',
  globalMaxPool1d: 'globalMaxPooling1d',
  globalMaxPool2d: 'globalMaxPooling2d',
  maxPool1d: 'maxPooling1d',
  maxPool2d: 'maxPooling2d',
};

/** Numbers between -1 and 1 (or whole numbers below `classes`) that are the same in every run. */
export function numbers(count: number, seed: number, classes?: number): Float32Array {
  return tf.tidy(() => {
    const drawn = tf.randomUniform([count], -1, 1, 'float32', seed).dataSync() as Float32Array;
    return classes === undefined ? drawn : drawn.map((x) => Math.floor(((x + 1) / 2) * classes));
  });
}
