/** The engine `cpu`: TensorFlow.js' own kernels in JavaScript, slow and exact. */
import * as tf from '@tensorflow/tfjs-core';
import { version_cpu as version } from '@tensorflow/tfjs-backend-cpu';
import type { Backend } from './backend';
import { eagerBackend } from './eager';

export async function openCpu(notice?: string): Promise<Backend> {
  // Without it the backend greets people with an advertisement on standard error.
  tf.enableProdMode();
  await tf.setBackend('cpu');
  return eagerBackend({
    engine: 'cpu',
    tfjsBackend: 'cpu',
    runtime: `tfjs-backend-cpu ${version}`,
    threads: 1,
    versions: { 'tfjs-backend-cpu': version, 'tfjs-core': tf.version_core },
    notice,
  });
}
