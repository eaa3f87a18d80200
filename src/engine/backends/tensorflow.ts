/** The engine `tensorflow`: TensorFlow's own library through `@tensorflow/tfjs-node`, which may be missing. */
import nodeUtil from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { Backend, BackendOptions } from './backend';
import { eagerBackend } from './eager';

interface TfjsNode {
  readonly version: Readonly<Record<string, string>>;
}

/** Opens TensorFlow. Rejects with a LabError `engine-unavailable` that tells how to get it when it is not there. */
export async function openTensorFlow(options: BackendOptions): Promise<Backend> {
  restoreLegacyChecks();
  // The library brings its own copy of every cpu kernel and would warn of each that is there already.
  tf.enableProdMode();
  if (options.threads !== undefined) process.env['TF_NUM_INTRAOP_THREADS'] ??= String(options.threads);
  const name = '@tensorflow/tfjs-node';
  let library: TfjsNode;
  try {
    const module = (await import(name)) as Partial<TfjsNode> & { default?: TfjsNode };
    library = module.default ?? (module as TfjsNode);
  } catch (error) {
    throw new LabError('engine-unavailable', 'The engine "tensorflow" is not installed on this machine.', {
      advice:
        'Install it with "npm install @tensorflow/tfjs-node" where the engine can find it (it downloads TensorFlow, ' +
        'several hundred MB), or set "modelLab.engine" to "auto".',
      cause: error,
    });
  }
  await tf.setBackend('tensorflow');
  return eagerBackend({
    engine: 'tensorflow',
    tfjsBackend: 'tensorflow',
    runtime: `tfjs-node ${library.version['tfjs-node'] ?? ''}`.trim(),
    threads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? 0),
    versions: { ...library.version },
    notice: undefined,
  });
}

/** tfjs-node 4.22 calls two functions that Node removed in version 23. */
function restoreLegacyChecks(): void {
  const util = nodeUtil as unknown as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= (value: unknown) => Array.isArray(value);
}
