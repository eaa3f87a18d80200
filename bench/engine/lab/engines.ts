/** The engines of this process: the product's three, and TensorFlow.js' WebAssembly backend as a peer. */
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { eagerBackend } from '../../../src/engine/backends/eager';

export type LabEngine = 'onnx' | 'onnx-wasm' | 'plain-onnx' | 'tensorflow' | 'tfjs-wasm' | 'cpu';

export async function openLabEngine(engine: LabEngine, threads: number): Promise<Backend> {
  switch (engine) {
    case 'onnx':
    case 'plain-onnx':
      return openBackend('onnx', { threads, runtime: 'native' });
    case 'onnx-wasm':
      return openBackend('onnx', { threads, runtime: 'wasm' });
    case 'tensorflow':
      return openBackend('tensorflow', { threads });
    case 'cpu':
      return openBackend('cpu');
    case 'tfjs-wasm':
      return openWasm();
  }
}

/** One thread: in Node the backend has no others. Fails by name for the kernels that it lacks. */
async function openWasm(): Promise<Backend> {
  await import('@tensorflow/tfjs-core/dist/register_all_gradients');
  tf.enableProdMode();
  // Not bundled: it finds its .wasm files beside itself. Engine and kernels are TensorFlow.js' global ones.
  const load = createRequire(import.meta.url);
  const { version_wasm: wasmVersion } = load('@tensorflow/tfjs-backend-wasm') as typeof WasmBackend;
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs-backend-wasm cannot be started');
  return eagerBackend({
    engine: 'cpu',
    tfjsBackend: 'wasm',
    runtime: `tfjs-backend-wasm ${wasmVersion}`,
    threads: 1,
    versions: { 'tfjs-backend-wasm': wasmVersion, 'tfjs-core': tf.version_core },
    notice: undefined,
  });
}
