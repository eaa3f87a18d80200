// @ts-check
/** What is measured: networks with their sizes, and the cases over them. The sizes travel to every contestant. */

/**
 * @typedef {object} Optimizer AdamW; Adam where nothing decays
 * @property {number} lr
 * @property {number} beta1
 * @property {number} beta2
 * @property {number} epsilon
 * @property {number} weightDecay on matrices only
 * @property {number} clip longest gradient (global norm); 0: no limit
 */

/** @typedef {{ kind: 'transformer', layers: number, heads: number, width: number, context: number, vocabulary: number, batch: number, optimizer: Optimizer }} TransformerNetwork */
/** @typedef {{ kind: 'mlp', features: number, width: number, layers: number, classes: number, batch: number, optimizer: Optimizer }} MlpNetwork */
/** @typedef {{ kind: 'cnn', side: number, filters: readonly [number, number], kernel: number, dense: readonly [number, number], classes: number, batch: number, optimizer: Optimizer }} CnnNetwork */
/** @typedef {{ kind: 'lstm', features: number, units: number, steps: number, classes: number, batch: number, optimizer: Optimizer }} LstmNetwork */
/** @typedef {TransformerNetwork | MlpNetwork | CnnNetwork | LstmNetwork} Network */

/** nanoGPT's optimizer (https://github.com/karpathy/nanoGPT, README and train.py). */
const nanoGpt = { lr: 1e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, clip: 1 };
const adam = { lr: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clip: 0 };

/** @type {Record<'gpt' | 'transformer' | 'mlp' | 'cnn' | 'lstm', Network>} */
export const NETWORKS = {
  gpt: {
    kind: 'transformer',
    layers: 4,
    heads: 4,
    width: 128,
    context: 64,
    vocabulary: 65,
    batch: 12,
    optimizer: nanoGpt,
  },
  transformer: {
    kind: 'transformer',
    layers: 6,
    heads: 8,
    width: 256,
    context: 128,
    vocabulary: 65,
    batch: 16,
    optimizer: nanoGpt,
  },
  mlp: { kind: 'mlp', features: 784, width: 512, layers: 2, classes: 10, batch: 128, optimizer: adam },
  // LeNet-5's sizes: 6 filters 5x5 (same), 16 filters 5x5 (valid), each with ReLU and max pooling of 2; dense 120, 84, 10.
  cnn: {
    kind: 'cnn',
    side: 28,
    filters: [6, 16],
    kernel: 5,
    dense: [120, 84],
    classes: 10,
    batch: 64,
    optimizer: adam,
  },
  // 64 numbers in at each of 64 steps; the last state is classified.
  lstm: { kind: 'lstm', features: 64, units: 128, steps: 64, classes: 10, batch: 32, optimizer: adam },
};

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} title
 * @property {keyof typeof NETWORKS} [network]
 * @property {'train' | 'predict' | 'generate' | 'gemm'} measures
 * @property {string} unit
 * @property {number} [rows] rows of one prediction
 * @property {number} count measurements (steps, predictions, tokens) of one turn
 */

/** @type {readonly Case[]} */
export const CASES = [
  { name: 'gemm', title: 'matrix product, 1536 x 1536 x 1536', measures: 'gemm', unit: 'GFLOP/s', count: 8 },
  {
    name: 'gpt',
    title: '(a) nanoGPT CPU configuration, training step',
    network: 'gpt',
    measures: 'train',
    unit: 'ms',
    count: 20,
  },
  {
    name: 'transformer',
    title: '(b) transformer 6 x 256, context 128, batch 16, training step',
    network: 'transformer',
    measures: 'train',
    unit: 'ms',
    count: 5,
  },
  {
    name: 'mlp',
    title: '(c) MLP 784-512-512-10, batch 128, training step',
    network: 'mlp',
    measures: 'train',
    unit: 'ms',
    count: 40,
  },
  {
    name: 'cnn',
    title: '(d) LeNet-5, 28 x 28, batch 64, training step',
    network: 'cnn',
    measures: 'train',
    unit: 'ms',
    count: 40,
  },
  {
    name: 'lstm',
    title: '(e) LSTM 128, 64 steps, batch 32, training step',
    network: 'lstm',
    measures: 'train',
    unit: 'ms',
    count: 20,
  },
  ...predictions('mlp', '(c) MLP'),
  ...predictions('cnn', '(d) LeNet-5'),
  {
    name: 'gpt-writing',
    title: '(g) (a) writes at batch 1',
    network: 'gpt',
    measures: 'generate',
    unit: 'tokens/s',
    count: 200,
  },
  {
    name: 'transformer-writing',
    title: '(g) (b) writes at batch 1',
    network: 'transformer',
    measures: 'generate',
    unit: 'tokens/s',
    count: 200,
  },
];

/** @param {'mlp' | 'cnn'} network @param {string} title @returns {Case[]} */
function predictions(network, title) {
  return [1, 1024].map((rows) => ({
    name: `${network}-${String(rows)}`,
    title: `(f) ${title}, inference of ${rows === 1 ? 'a single row' : '1,024 rows'}`,
    network,
    measures: 'predict',
    unit: 'ms',
    rows,
    count: rows === 1 ? 200 : 20,
  }));
}

/**
 * Floating-point operations of the matrix products of one training step of a transformer: two for each multiplication
 * and addition, forward once and backward twice. Attention counts whole, not the causal half.
 * @param {TransformerNetwork} network
 */
export function stepFlops({ layers, width, context, vocabulary, batch }) {
  const tokens = batch * context;
  const projections = 2 * tokens * 12 * width * width;
  const attention = 4 * batch * context * context * width;
  const head = 2 * tokens * width * vocabulary;
  return 3 * (layers * (projections + attention) + head);
}
