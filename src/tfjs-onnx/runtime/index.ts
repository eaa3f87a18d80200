/**
 * Where graphs run. May enter: ONNX files and typed arrays. Leaves: sessions. `native` is ONNX Runtime's own library
 * (`onnxruntime-node`); `wasm` its WebAssembly build (`onnxruntime-web`), slower, for machines without a native one.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-common';
import { ProgramError } from '../errors';
import type * as Binding from 'onnxruntime-node/dist/binding.js';
import { forRunsInPlace, runInPlace, runsInPlace } from './in-place';
import type { NativeSession, Provider } from './providers';
import { Download, keepsTensors, listedProviders, smallestGraph } from './providers';

export { PROVIDERS } from './providers';
export type { Provider } from './providers';
export type RuntimeKind = 'native' | 'wasm';

export interface RuntimeOptions {
  /** `auto` takes the native library and falls back to WebAssembly where it cannot be loaded. */
  readonly runtime?: 'auto' | RuntimeKind;
  /** Execution provider of the native library; `cpu` unless given. Opening fails where it cannot run a graph. */
  readonly provider?: Provider;
  /** Threads of one run; the number of physical cores unless given. WebAssembly runs on one. */
  readonly threads?: number;
  /**
   * Whether threads wait for work by spinning: faster on an idle machine, slower on a busy one. Unless given, a short
   * look at the machine decides.
   */
  readonly spinning?: boolean;
  /** Writes ONNX Runtime's profile of every session to files that start with this path. */
  readonly profile?: string;
}

export interface SessionOptions {
  /** Outputs that are state: they may stay on the device. */
  readonly state?: readonly string[];
  /** Every run gives a tensor for each output, see `Runtime.run`. Only where `fillsBuffers` holds. */
  readonly inPlace?: boolean;
  /** Whether ONNX Runtime's optimizer goes over the graph, on native sessions; true unless given. */
  readonly optimise?: boolean;
  /** Where the graph is written as it was opened. Native CPU sessions only. */
  readonly writeTo?: string | undefined;
}

/** The part of `onnxruntime-common` that both packages implement. */
interface OrtModule {
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
  /** Only in the native package. */
  readonly listSupportedBackends?: () => readonly { readonly name: string }[];
  readonly env: {
    readonly versions: Readonly<Record<string, string | undefined>>;
    readonly wasm?: { numThreads?: number };
  };
}

export interface Runtime {
  readonly kind: RuntimeKind;
  readonly provider: Provider;
  /** What `provider` could be instead on this machine, as far as the library tells. */
  readonly otherProviders: readonly Provider[];
  readonly threads: number;
  readonly version: string;
  /** Whether a run can write its results into buffers that it is given; WebAssembly gives new ones. */
  readonly fillsBuffers: boolean;
  /** Whether state stays on a device: it is fed back as it is and has to be read by `download`. */
  readonly keepsState: boolean;
  /** Why the native library is not in use, when `auto` fell back. */
  readonly fallback: string | undefined;
  tensor(
    dtype: 'float32' | 'int32' | 'bool',
    data: Float32Array | Int32Array | Uint8Array,
    dims: readonly number[],
  ): Tensor;
  createSession(bytes: Uint8Array, options?: SessionOptions): Promise<InferenceSession>;
  /** Writes each output into the tensor of its name, or into a new one for null; rejects when the run fails. */
  run(
    session: InferenceSession,
    feeds: Readonly<Record<string, Tensor>>,
    fetches: Readonly<Record<string, Tensor | null>>,
  ): Promise<Readonly<Record<string, Tensor>>>;
  /** The values of a tensor, wherever it lies. */
  download(tensor: Tensor): Float32Array | Int32Array | Uint8Array;
}

/** Loads a runtime. Rejects with a ProgramError when the one that is wished for cannot be loaded. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const forced = process.env['MODEL_LAB_RUNTIME'];
  const wish = options.runtime ?? (forced === 'wasm' || forced === 'native' ? forced : 'auto');
  let fallback: string | undefined;
  if (wish !== 'wasm') {
    try {
      return await nativeRuntime(await load(() => import('onnxruntime-node')), options);
    } catch (error) {
      if (error instanceof ProgramError) throw error;
      if (wish === 'native') {
        throw new ProgramError("ONNX Runtime's native library cannot be loaded.", {
          advice: 'Use the WebAssembly runtime instead.',
          cause: error,
        });
      }
      fallback = error instanceof Error ? error.message : String(error);
    }
  }
  try {
    return wasmRuntime(await load(() => import('onnxruntime-web')), fallback);
  } catch (error) {
    throw new ProgramError("ONNX Runtime's WebAssembly build cannot be loaded.", {
      advice: 'Reinstall the package onnxruntime-web.',
      cause: error,
    });
  }
}

/** Both packages are CommonJS to Node's importer: their names may lie under `default`. */
async function load(importer: () => Promise<object>): Promise<OrtModule> {
  const module = (await importer()) as Partial<OrtModule> & { default?: OrtModule };
  return module.InferenceSession === undefined && module.default ? module.default : (module as OrtModule);
}

/** Transposes are written where they pay; folding them back into the products would undo that. */
const UNWANTED = ['MatmulTransposeFusion', 'GemmTransposeFusion'];

/**
 * Blocks of channels suit convolutions with constant filters. With filters that change it blocks only the pooling, and
 * reorders before and after: 4 to 7 % of a training step with 32 and 64 filters.
 */
const UNWANTED_IN_TRAINING = ['NchwcTransformer'];

async function nativeRuntime(ort: OrtModule, options: RuntimeOptions): Promise<Runtime> {
  const provider = options.provider ?? 'cpu';
  const threads = options.threads ?? physicalCores();
  const spinning = options.spinning ?? (threads > 1 && (await machineIsIdle()));
  const session: InferenceSession.SessionOptions = {
    // Alone: with another name behind it, a provider that is missing is passed over in silence.
    ...(provider === 'cpu' ? {} : { executionProviders: [provider] }),
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
    logSeverityLevel: 3,
    ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
  };
  const extra = (training: boolean): Record<string, unknown> => ({
    optimization: {
      disable_specified_optimizers: [...UNWANTED, ...(training ? UNWANTED_IN_TRAINING : [])].join(';'),
    },
    session: {
      set_denormal_as_zero: '1',
      intra_op: { allow_spinning: spinning ? '1' : '0' },
    },
  });
  const keepsState = keepsTensors(provider);
  const native = keepsState ? await nativeSessions() : undefined;
  const downloads = native && new Download(native, { ...session, extra: extra(false) });
  const runtime: Runtime = {
    kind: 'native',
    provider,
    otherProviders: listedProviders(ort.listSupportedBackends?.() ?? []).filter((name) => name !== provider),
    threads,
    version: ort.env.versions['node'] ?? ort.env.versions['common'] ?? '',
    fillsBuffers: !keepsState,
    keepsState,
    fallback: undefined,
    tensor: (dtype, data, dims) => newTensor(ort, dtype, data, dims),
    createSession: (bytes, { state = [], inPlace = false, optimise = true, writeTo } = {}) =>
      ort.InferenceSession.create(inPlace ? forRunsInPlace(bytes) : bytes, {
        ...session,
        extra: extra(state.length > 0),
        ...(optimise ? {} : { graphOptimizationLevel: 'disabled' }),
        ...(writeTo === undefined ? {} : { optimizedModelFilePath: writeTo }),
        ...(keepsState && state.length > 0
          ? { preferredOutputLocation: Object.fromEntries(state.map((name) => [name, 'gpu-buffer'])) }
          : {}),
      }),
    run,
    download: (tensor) =>
      (tensor.location === 'cpu' ? tensor : downloads?.read(tensor))?.data as Float32Array,
  };
  if (provider !== 'cpu') await tryOut(runtime);
  return runtime;
}

const run: Runtime['run'] = async (session, feeds, fetches) => {
  if (!runsInPlace(session)) return session.run(feeds, fetches);
  const targets = fetches as Readonly<Record<string, Tensor>>;
  await runInPlace(session, feeds, targets);
  return targets;
};

/** A provider that is compiled in may still find no device, driver or library: that shows at the first session only. */
async function tryOut(runtime: Runtime): Promise<void> {
  try {
    const session = await runtime.createSession(smallestGraph());
    const x = Float32Array.of(1, 2, 3, 4);
    const { y } = await session.run({ x: runtime.tensor('float32', x, [4]) });
    await session.release();
    if (y?.data[3] !== 8) throw new Error('it computes 4 + 4 wrongly');
  } catch (error) {
    throw new ProgramError(`the provider "${runtime.provider}" cannot be used: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** ONNX Runtime's words without the places and conditions of its source that stand before them. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.trim().split('\n')[0] ?? '').replace(/^\S+:\d+ .*? was false\.\s*/, '');
}

/** Makes sessions of the native binding itself, which run without waiting. */
async function nativeSessions(): Promise<() => NativeSession> {
  // Importers differ in where they put what a CommonJS module exports.
  const module = (await import('onnxruntime-node/dist/binding.js')) as typeof Binding & {
    default?: typeof Binding;
  };
  const { binding } = module.default ?? module;
  return () => new binding.InferenceSession();
}

function wasmRuntime(ort: OrtModule, fallback: string | undefined): Runtime {
  if (ort.env.wasm) ort.env.wasm.numThreads = 1;
  return {
    kind: 'wasm',
    provider: 'cpu',
    otherProviders: [],
    threads: 1,
    version: ort.env.versions['web'] ?? ort.env.versions['common'] ?? '',
    fillsBuffers: false,
    keepsState: false,
    fallback,
    tensor: (dtype, data, dims) => newTensor(ort, dtype, data, dims),
    createSession: (bytes) =>
      ort.InferenceSession.create(bytes, {
        executionProviders: ['wasm'],
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      }),
    run,
    download: (tensor) => tensor.data as Float32Array,
  };
}

function newTensor(
  ort: OrtModule,
  dtype: 'float32' | 'int32' | 'bool',
  data: Float32Array | Int32Array | Uint8Array,
  dims: readonly number[],
): Tensor {
  return new ort.Tensor(dtype, data as Float32Array, dims);
}

/** Cores that compute; two threads of one core share its arithmetic units and gain nothing. */
export function physicalCores(): number {
  const available = os.availableParallelism();
  if (process.platform !== 'linux') return process.arch === 'x64' ? Math.max(1, available >> 1) : available;
  try {
    const cores = new Set<string>();
    for (const cpu of readFileSync('/proc/cpuinfo', 'utf8').split('\n\n')) {
      const core = /^core id\s*: (\d+)/m.exec(cpu)?.[1];
      if (core !== undefined) cores.add(`${/^physical id\s*: (\d+)/m.exec(cpu)?.[1] ?? '0'}/${core}`);
    }
    return cores.size > 0 ? Math.min(cores.size, available) : available;
  } catch {
    // Without /proc every logical processor counts as a core.
    return available;
  }
}

/** How long the machine is watched, in ms: some ticks of its clock, and not felt beside the making of a session. */
const WATCH_MS = 80;

/**
 * Whether other programs leave at least three quarters of the processors free at this moment, while we wait. The load
 * of the last minute would not tell: it still holds the build, or the training, that has just ended.
 */
async function machineIsIdle(): Promise<boolean> {
  const before = processorTimes();
  await setTimeout(WATCH_MS);
  const after = processorTimes();
  const all = after.all - before.all;
  return all <= 0 || (after.idle - before.idle) / all >= 0.75;
}

/** Time since the start of the machine over all processors, and how much of it they were idle, in ms. */
function processorTimes(): { readonly all: number; readonly idle: number } {
  let all = 0;
  let idle = 0;
  for (const { times } of os.cpus()) {
    all += times.user + times.nice + times.sys + times.idle + times.irq;
    idle += times.idle;
  }
  return { all, idle };
}
