/** Synchronous sessions on the binding of `onnxruntime-node`, which its own `run` calls inside `setImmediate`. */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type * as Binding from 'onnxruntime-node/dist/binding.js';
import type { ProgramArray } from '../program';
import type { Runtime } from '../runtime';
import type { OpenSession, SessionGraph } from './session';
import { inputName, outputName } from './session';

export async function openNativeSessions(runtime: Runtime): Promise<OpenSession> {
  const module = (await import('onnxruntime-node/dist/binding.js')) as Partial<typeof Binding> & {
    default?: typeof Binding;
  };
  const { binding, initOrt } = module.default ?? module;
  initOrt();
  return (graph) => {
    const { bytes, inputs, outputs } = graph;
    const session = new binding.InferenceSession();
    session.loadModel(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength, optionsFor(graph));
    const fetches = Object.fromEntries(outputs.map((_, i) => [outputName(i), null]));
    return {
      run(feeds) {
        const values: Record<string, Tensor> = {};
        for (let i = 0; i < inputs; i++) {
          const feed = feeds[i];
          if (feed) values[inputName(i)] = runtime.tensor(feed.dtype, feed.values, feed.shape);
        }
        const results = session.run(values, fetches, {}) as Readonly<Record<string, Tensor>>;
        return outputs.map((_, i) => results[outputName(i)]?.data as ProgramArray);
      },
      release: () => session.dispose(),
    };
  };
}

/**
 * Every session brings its own pool of threads and its own arena, which cost more than a small graph gains: eager
 * graphs are written as they are, without ONNX Runtime's rewriting, and most run on the calling thread.
 */
function optionsFor({ threads }: SessionGraph): InferenceSession.SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'disabled',
    enableCpuMemArena: false,
    enableMemPattern: false,
    logSeverityLevel: 4,
    extra: { session: { set_denormal_as_zero: '1', intra_op: { allow_spinning: '0' } } },
  };
}
