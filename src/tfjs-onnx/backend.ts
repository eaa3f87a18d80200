/**
 * The TensorFlow.js backend that records. Tensors on it have a shape and a type but no values, except constants;
 * while a program is being recorded every kernel call becomes nodes of that program's graph.
 */
import type { BackendValues, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
// The package leaves the gradients out unless they are asked for.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { ProgramError } from './errors';
import type { Graph } from './graph/graph';
import { arrayOf } from './graph/graph';
import type { Value } from './graph/values';
import type { FusedKernel, Lowering } from './kernels';
import { fused, lowered, refused } from './kernels';

/** The name under which the backend is registered with TensorFlow.js. */
export const RECORDING_BACKEND = 'onnx-recording';

/** What stands behind one tensor: the value of a graph, or plain numbers that may become a constant of any graph. */
interface Entry {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly values: BackendValues | undefined;
  readonly recorded: { readonly graph: Graph; readonly value: Value } | undefined;
  references: number;
}

class RecordingBackend extends tf.KernelBackend {
  graph: Graph | undefined;
  private readonly entries = new tf.DataStorage<Entry>(this, tf.engine());

  override write(values: BackendValues, shape: number[], dtype: DataType): object {
    const id = {};
    this.refuseRandom();
    this.entries.set(id, { shape, dtype, values, recorded: undefined, references: 1 });
    return id;
  }

  override move(
    id: object,
    values: BackendValues,
    shape: number[],
    dtype: DataType,
    references: number,
  ): void {
    this.entries.set(id, { shape, dtype, values, recorded: undefined, references });
  }

  override numDataIds(): number {
    return this.entries.numDataIds();
  }

  override refCount(id: object): number {
    return this.entries.has(id) ? this.entries.get(id).references : 0;
  }

  override incRef(id: object): void {
    this.entries.get(id).references++;
  }

  override disposeData(id: object, force = false): boolean {
    if (!this.entries.has(id)) return true;
    const entry = this.entries.get(id);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.entries.delete(id);
    return true;
  }

  override readSync(id: object): BackendValues {
    const entry = this.entries.get(id);
    if (entry.values !== undefined) return entry.values;
    const origin = entry.recorded?.value.origin;
    if (origin?.kind === 'constant') return origin.values as BackendValues;
    const kernel = origin?.kind === 'node' ? origin.node.kernel : undefined;
    const what =
      origin?.kind === 'input' ? `the input "${origin.name}"` : `the result of the kernel ${kernel ?? '?'}`;
    throw new ProgramError(`the function reads the values of ${what} while it is being recorded.`, {
      program: this.graph?.name,
      kernel,
      advice:
        'There are no values yet, and a branch on them would be frozen; use where() or return the tensor as an output.',
    });
  }

  override read(id: object): Promise<BackendValues> {
    return new Promise((resolve) => resolve(this.readSync(id)));
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  /** The graph's value behind a tensor; a tensor that holds numbers becomes a constant of the graph. */
  recordedValue({ dataId, shape, dtype }: TensorInfo): Value {
    const graph = this.recordingGraph();
    const entry = this.entries.get(dataId);
    if (entry.recorded) {
      if (entry.recorded.graph !== graph) {
        throw new ProgramError('a tensor of another program is used here.', { program: graph.name });
      }
      return entry.recorded.value;
    }
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new ProgramError(`a tensor of type ${dtype} cannot be recorded.`, { program: graph.name });
    }
    const numbers = (entry.values ?? []) as Float32Array;
    return graph.constant(arrayOf(dtype, numbers), shape, dtype);
  }

  /** A tensor for a value of the graph that is being recorded. */
  infoOf(value: Value): TensorInfo {
    if (value.dtype === 'int64') throw new Error('int64 stays inside the graph');
    const dataId = {};
    const { shape, dtype } = value;
    this.entries.set(dataId, {
      shape,
      dtype,
      values: undefined,
      recorded: { graph: this.recordingGraph(), value },
      references: 1,
    });
    return { dataId, shape: [...shape], dtype };
  }

  recordingGraph(): Graph {
    if (this.graph) return this.graph;
    throw new ProgramError('a kernel was called on the recording backend outside any program.');
  }

  /** TensorFlow.js makes random tensors in JavaScript, without a kernel: they show only as the op that asks for them. */
  private refuseRandom(): void {
    if (!this.graph) return;
    const scopes = tf.engine().state.scopeStack;
    const random = scopes.find(({ name }) => /^(rand|truncatedNormal|multinomial|dropout)/.test(name));
    if (!random) return;
    const op = random.name.replace(/__op$/, '');
    throw new ProgramError(`the random numbers of ${op} would be frozen in the graph.`, {
      program: this.graph.name,
      kernel: op,
      advice: 'Feed them as an input, or make them from a seed and the step number inside the program.',
    });
  }
}

/**
 * What is done before a recording begins: eager backends finish their work, for the tensors that a function brings in
 * from outside become constants, and must not be computed while clocks and random numbers are refused.
 */
export const beforeRecording = new Set<() => void>();

let registered: RecordingBackend | undefined;

/** The recording backend, registered with TensorFlow.js at the first call. */
function recordingBackend(): RecordingBackend {
  if (registered) return registered;
  const backend = new RecordingBackend();
  tf.registerBackend(RECORDING_BACKEND, () => backend, 0);
  for (const [kernelName, lowering] of Object.entries({ ...lowered, ...fused }))
    register(backend, kernelName, lowering);
  for (const [kernelName, advice] of Object.entries(refused)) {
    register(backend, kernelName, () => {
      throw new ProgramError(`the kernel ${kernelName} cannot be recorded.`, {
        program: backend.graph?.name,
        kernel: kernelName,
        advice,
      });
    });
  }
  registered = backend;
  return backend;
}

function register(backend: RecordingBackend, kernelName: string, lowering: Lowering): void {
  tf.registerKernel({
    kernelName,
    backendName: RECORDING_BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const graph = backend.recordingGraph();
      const values: Record<string, Value> = {};
      for (const [name, info] of Object.entries(inputs)) {
        // Optional inputs arrive as undefined or null, whatever the type says.
        if ((info as TensorInfo | null | undefined) != null)
          values[name] = backend.recordedValue(info as TensorInfo);
      }
      graph.kernel = kernelName;
      try {
        const result = lowering(graph, values, attrs ?? {});
        return Array.isArray(result)
          ? result.map((value: Value) => backend.infoOf(value))
          : backend.infoOf(result as Value);
      } catch (error) {
        if (error instanceof ProgramError) throw error;
        const message = error instanceof Error ? error.message : String(error);
        throw new ProgramError(`the kernel ${kernelName} cannot be recorded: ${message}.`, {
          program: graph.name,
          kernel: kernelName,
          cause: error,
        });
      }
    },
  });
}

/** Whether kernels are being recorded now, rather than computed. */
export function isRecording(): boolean {
  return registered?.graph !== undefined;
}

/** Calls one of our own kernels; only while recording. */
export function runFused(
  kernel: FusedKernel,
  inputs: tf.NamedTensorMap,
  attrs: tf.NamedAttrMap,
): tf.Tensor[] {
  return tf.engine().runKernel(kernel, inputs, attrs);
}

/** Hands tensors to a recorded function and takes its results apart again. */
export interface Recording {
  tensorOf(value: Value): tf.Tensor;
  valueOf(tensor: tf.Tensor): Value;
}

/**
 * Runs `record` with every TensorFlow.js kernel recorded into `graph`; synchronous, and TensorFlow.js is afterwards as
 * it was before, also when `record` throws. Random numbers of JavaScript are refused meanwhile.
 */
export function recordInto<T>(graph: Graph, record: (recording: Recording) => T): T {
  const backend = recordingBackend();
  const engine = tf.engine();
  const before = engine.backendName as string | undefined;
  const random = Math.random;
  if (backend.graph)
    throw new ProgramError('programs cannot be recorded inside one another.', { program: graph.name });
  for (const prepare of beforeRecording) prepare();
  use(RECORDING_BACKEND);
  backend.graph = graph;
  Math.random = () => {
    throw new ProgramError(
      'Math.random is called while the function is being recorded; its number would be frozen.',
      {
        program: graph.name,
        kernel: graph.kernel,
        advice: 'Feed random numbers as an input.',
      },
    );
  };
  engine.startScope(`record ${graph.name}`);
  try {
    return record({
      tensorOf: (value) => engine.makeTensorFromTensorInfo(backend.infoOf(value)),
      valueOf: (tensor) => backend.recordedValue(tensor),
    });
  } finally {
    engine.endScope();
    Math.random = random;
    backend.graph = undefined;
    if (before !== undefined) use(before);
  }
}

/** Registered factories are synchronous, so the backend is in use when the call returns. */
function use(name: string): void {
  void tf.setBackend(name);
}
