/** The engine `onnx`: programs are recorded, compiled to one graph each and run by ONNX Runtime. */
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { Program, ProgramCache, Runtime, RuntimeOptions } from '../../tfjs-onnx';
import { compile, createState, loadOnnxProgram, openRuntime, ProgramError } from '../../tfjs-onnx';
import type { Backend, BackendOptions } from './backend';
import { programCache } from './program-cache';

/** Opens ONNX Runtime. Rejects with a LabError `engine-unavailable` when neither of its builds can be loaded. */
export async function openOnnx(options: BackendOptions): Promise<Backend> {
  const cache = options.programs ?? (await programCache((line) => console.error(line)));
  return onnxBackend(await open(options), options, cache);
}

function open(options: RuntimeOptions): Promise<Runtime> {
  return openRuntime(options).catch((error: unknown) => {
    throw unavailable(error);
  });
}

function onnxBackend(runtime: Runtime, options: BackendOptions, cache: ProgramCache | undefined): Backend {
  return {
    engine: 'onnx',
    runtime: runtime.kind,
    provider: runtime.provider,
    others: runtime.otherProviders,
    threads: runtime.threads,
    versions: { onnxruntime: runtime.version, 'tfjs-core': tf.version_core },
    notice: noticeOf(runtime),
    createState: (specs, initial) => createState(runtime, specs, initial),
    compile: (spec) => compile(runtime, spec, { cache }).catch(rethrow),
    on: async (provider) => onnxBackend(await open({ ...options, provider }), options, cache),
    dispose: () => undefined,
  };
}

/**
 * A saved .onnx file as a program, by default on one thread of the runtime. Rejects with a LabError `damaged` when the
 * bytes are no graph that ONNX Runtime can run.
 */
export async function loadPredictor(
  name: string,
  bytes: Uint8Array,
  options: BackendOptions = {},
): Promise<Program> {
  const runtime = await open({ threads: 1, ...options });
  return loadOnnxProgram(runtime, name, bytes).catch((error: unknown) => {
    throw new LabError('damaged', error instanceof Error ? error.message : String(error), {
      advice: 'Train the model again, or restore the file.',
      cause: error,
    });
  });
}

function noticeOf(runtime: Runtime): string | undefined {
  if (runtime.fallback === undefined) return undefined;
  return `The native library of ONNX Runtime cannot be loaded (${runtime.fallback}), so its slower WebAssembly build is used.`;
}

function unavailable(error: unknown): LabError {
  return new LabError('engine-unavailable', error instanceof Error ? error.message : String(error), {
    advice: 'Install Local Model Lab again, or choose another engine.',
    cause: error,
  });
}

/** What cannot be recorded or run is a defect of the program, not of its user. */
function rethrow(error: unknown): never {
  if (error instanceof ProgramError) {
    throw new LabError('internal', error.message, { cause: error });
  }
  throw error;
}
