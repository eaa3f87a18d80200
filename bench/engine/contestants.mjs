// @ts-check
/** Who takes part, and how each is started for a number of threads. */
import { fileURLToPath } from 'node:url';
import { openPython, PYTHON_PEERS } from '../python.mjs';
import { startWorker } from '../worker.mjs';
import { builtTensorFlow } from '../tensorflow/place.mjs';

/**
 * @typedef {object} ContestantKind
 * @property {string} name as `--peers` and the results name it
 * @property {string} title
 * @property {readonly import('./cases.mjs').Case['measures'][]} measures
 * @property {boolean} [singleThreaded] it has no threads: measured at one only
 * @property {boolean} [slow] left out of a quick look
 * @property {(threads: number, say: (line: string) => void) => Promise<import('../worker.mjs').Worker>} start
 */

const everything = /** @type {const} */ (['gemm', 'train', 'predict', 'generate']);

/** Ours first: ratios are to it. @type {readonly ContestantKind[]} */
export const CONTESTANTS = [
  { name: 'onnx', title: 'lab', measures: everything, start: (threads) => lab('onnx', threads) },
  {
    name: 'plain-onnx',
    title: 'plain ONNX Runtime',
    measures: ['gemm', 'predict'],
    start: (threads) => lab('plain-onnx', threads),
  },
  {
    name: 'torch',
    title: 'PyTorch eager',
    measures: everything,
    start: (threads, say) => python('torch', 'torch_peer.py', 'eager', threads, say),
  },
  {
    name: 'torch-compile',
    title: 'torch.compile',
    measures: ['train', 'predict'],
    start: (threads, say) => python('torch', 'torch_peer.py', 'compile', threads, say),
  },
  {
    name: 'torch-cached',
    title: 'PyTorch eager, cached keys',
    measures: ['generate'],
    start: (threads, say) => python('torch', 'torch_peer.py', 'cached', threads, say),
  },
  {
    name: 'keras',
    title: 'TensorFlow/Keras',
    measures: everything,
    start: (threads, say) => python('tensorflow', 'keras_peer.py', 'graph', threads, say),
  },
  {
    name: 'jax',
    title: 'JAX',
    measures: everything,
    start: (threads, say) => python('jax', 'jax_peer.py', 'jit', threads, say),
  },
  {
    name: 'tensorflow',
    title: 'tfjs-node',
    measures: everything,
    start: async (threads) => {
      const folder = builtTensorFlow();
      return lab('tensorflow', threads, folder === undefined ? {} : { MODEL_LAB_TENSORFLOW: folder });
    },
  },
  {
    name: 'onnx-wasm',
    title: 'lab, WebAssembly',
    measures: everything,
    singleThreaded: true,
    slow: true,
    start: () => lab('onnx-wasm', 1),
  },
  {
    name: 'tfjs-wasm',
    title: 'tfjs-backend-wasm',
    measures: everything,
    singleThreaded: true,
    slow: true,
    start: () => lab('tfjs-wasm', 1),
  },
  {
    name: 'cpu',
    title: 'tfjs-backend-cpu',
    measures: ['train', 'predict', 'generate'],
    singleThreaded: true,
    slow: true,
    start: () => lab('cpu', 1),
  },
];

/** The bundle of our side; set before the first of its engines is started. */
export const bundled = { worker: '' };

/** @param {string} engine @param {number} threads @param {NodeJS.ProcessEnv} [env] */
function lab(engine, threads, env = {}) {
  return startWorker(process.execPath, [bundled.worker, engine, String(threads)], {
    TF_CPP_MIN_LOG_LEVEL: '3',
    ...env,
  });
}

/**
 * @param {keyof typeof PYTHON_PEERS} peer
 * @param {string} script
 * @param {string} mode
 * @param {number} threads
 * @param {(line: string) => void} say
 */
async function python(peer, script, mode, threads, say) {
  const program = await openPython(PYTHON_PEERS[peer], say);
  const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  return startWorker(program, [path, mode, String(threads)], {
    TF_CPP_MIN_LOG_LEVEL: '3',
    OMP_NUM_THREADS: String(threads),
  });
}
