/**
 * Eager use: the ONNX backend as any other backend of TensorFlow.js, `await registerOnnxBackend(runtime)` and then
 * `tf.setBackend('onnx')`.
 */
import type { Runtime } from '../runtime';
import type { OnnxBackendOptions } from './options';

export type { OnnxBackendOptions } from './options';

/**
 * Registers the backend with TensorFlow.js. Rejects when the runtime's package cannot be called synchronously. What
 * it needs, TensorFlow.js' `cpu` kernels among it, is loaded by the first call: programs do without.
 */
export async function registerOnnxBackend(runtime: Runtime, options: OnnxBackendOptions = {}): Promise<void> {
  const { registerBackend } = await import('./register');
  await registerBackend(runtime, options);
}
