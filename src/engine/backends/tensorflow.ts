/**
 * The engine `tensorflow`: TensorFlow's own library through `@tensorflow/tfjs-node`, which may be missing. The package
 * is the one installed beside the engine, or the one in the folder that the environment variable MODEL_LAB_TENSORFLOW
 * names. A workspace has no say in it: it is native code.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import nodeUtil from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import { physicalCores } from '../../tfjs-onnx';
import type { Backend, BackendOptions } from './backend';
import { eagerBackend } from './eager';

const PACKAGE = '@tensorflow/tfjs-node';
const PLACE = 'MODEL_LAB_TENSORFLOW';
const THREADS = 'TF_NUM_INTRAOP_THREADS';

interface TfjsNode {
  readonly version: Readonly<Record<string, string>>;
}

/** Opens TensorFlow. Rejects with a LabError `engine-unavailable` that tells how to get it when it is not there. */
export async function openTensorFlow(options: BackendOptions): Promise<Backend> {
  restoreLegacyChecks();
  // The library brings its own copy of every cpu kernel and would warn of each that is there already.
  tf.enableProdMode();
  // Both are read once, when the library is loaded. Level 1: no news of processors and optimisations.
  process.env[THREADS] ??= String(options.threads ?? physicalCores());
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  const folder = process.env[PLACE];
  const putBack = rememberKernels();
  const library = folder ? loadFrom(folder) : await loadInstalled();
  putBack();
  await tf.setBackend('tensorflow');
  return eagerBackend({
    engine: 'tensorflow',
    tfjsBackend: 'tensorflow',
    runtime: `tfjs-node ${library.version['tfjs-node'] ?? ''}`.trim(),
    threads: Number(process.env[THREADS]),
    versions: { ...library.version, tensorflow: libraryVersion() },
    notice: undefined,
  });
}

/**
 * The library brings a second copy of tfjs-core and of the cpu kernels, and registers them over ours. A kernel of the
 * one copy does not know the buffers of the other as such: `cpu` then scattered into zeros instead of into the tensor,
 * without a word. What it registered over our own is put back; what is for its own backend stays.
 */
function rememberKernels(): () => void {
  const kernels = tf.getKernelsForBackend('cpu');
  const gradients = kernels
    // Kernels without a gradient have none, whatever the type says.
    .map(({ kernelName }) => tf.getGradient(kernelName) as tf.GradConfig | undefined)
    .filter((gradient) => gradient !== undefined);
  return () => {
    for (const kernel of kernels) {
      tf.unregisterKernel(kernel.kernelName, 'cpu');
      tf.registerKernel(kernel);
    }
    for (const gradient of gradients) tf.registerGradient(gradient);
  };
}

async function loadInstalled(): Promise<TfjsNode> {
  // A variable, so that neither bundler nor compiler asks for a package that may be missing.
  const name = PACKAGE;
  try {
    const module = (await import(name)) as Partial<TfjsNode> & { default?: TfjsNode };
    return module.default ?? (module as TfjsNode);
  } catch (error) {
    const missing = /ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND/.test((error as NodeJS.ErrnoException).code ?? '');
    throw unavailable(
      missing
        ? 'The engine "tensorflow" is not installed on this machine.'
        : `The engine "tensorflow" is installed but cannot be loaded: ${firstLine(error)}`,
      error,
    );
  }
}

/** Loads the package in a folder that the user's environment names. */
function loadFrom(folder: string): TfjsNode {
  if (!path.isAbsolute(folder)) {
    // A relative path would be looked for in whatever folder is open.
    throw unavailable(`The environment variable ${PLACE} must hold an absolute path, not "${folder}".`);
  }
  try {
    const requireThere = createRequire(path.join(folder, 'package.json'));
    const { name } = requireThere('./package.json') as { readonly name?: unknown };
    if (name !== PACKAGE) throw new Error(`it holds the package ${String(name)}, not ${PACKAGE}`);
    return requireThere(folder) as TfjsNode;
  } catch (error) {
    throw unavailable(`TensorFlow cannot be loaded from "${folder}" (${PLACE}): ${firstLine(error)}`, error);
  }
}

function unavailable(message: string, cause?: unknown): LabError {
  return new LabError('engine-unavailable', message, {
    advice:
      `Install it with "npm install ${PACKAGE}" where the engine can find it (it downloads TensorFlow, several hundred ` +
      `MB), name a folder that holds it in the environment variable ${PLACE}, or choose the engine "auto".`,
    cause,
  });
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}

/** The version of TensorFlow itself; the package's own says nothing of it. */
function libraryVersion(): string {
  const { binding } = tf.backend() as tf.KernelBackend & {
    readonly binding?: { readonly TF_Version?: string };
  };
  return binding?.TF_Version ?? 'unknown';
}

/** tfjs-node 4.22 calls two functions of which Node warns from version 22 on, and one of which it removed in 23. */
function restoreLegacyChecks(): void {
  // Node's types no longer know what it has removed.
  const util = nodeUtil as unknown as Record<string, unknown>;
  util['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  util['isArray'] = (value: unknown) => Array.isArray(value);
}
