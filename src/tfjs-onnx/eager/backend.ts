/**
 * The backend of eager use. Kernels are recorded as in a program, but into a graph of pending work, which runs when
 * data are asked for. Tensors that hold data are inputs of that graph, so that the same operations on other numbers
 * find the session that ran them before.
 */
import type { BackendValues, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeRecording } from '../backend';
import { ProgramError } from '../errors';
import { arrayOf } from '../graph/graph';
import type { Value } from '../graph/values';
import { isConstant, sizeOf } from '../graph/values';
import type { Lowering } from '../kernels';
import type { ProgramArray, ProgramDType } from '../program';
import type { Waiting } from './pending';
import { PendingGraph } from './pending';
import type { SessionCache } from './session-cache';

/** What stands behind one tensor, or several that share their data. */
interface Entry extends Waiting {
  readonly dtype: DataType;
  /** Data that ONNX has no type for: strings, and complex numbers as pairs. Never part of a graph. */
  readonly foreign: BackendValues | undefined;
  references: number;
}

export class EagerBackend extends tf.KernelBackend {
  private readonly entries = new tf.DataStorage<Entry>(this, tf.engine());
  private readonly pending: PendingGraph;
  private readonly settle = (): void => this.pending.run();

  constructor(private readonly sessions: SessionCache) {
    super();
    this.pending = new PendingGraph(sessions);
    beforeRecording.add(this.settle);
  }

  override write(values: BackendValues, _shape: number[], dtype: DataType): object {
    const id = {};
    this.entries.set(id, entryOf(values, dtype, 1));
    return id;
  }

  override move(
    id: object,
    values: BackendValues,
    _shape: number[],
    dtype: DataType,
    references: number,
  ): void {
    this.entries.set(id, entryOf(values, dtype, references));
  }

  override numDataIds(): number {
    return this.entries.numDataIds();
  }

  override refCount(id: object): number {
    return this.entries.has(id) ? this.entries.get(id).references : 0;
  }

  /** TensorFlow.js calls this when a variable takes over a tensor's data. */
  override incRef(id: object): void {
    const entry = this.entries.get(id);
    entry.references++;
    if (entry.value) this.pending.noteAssignment();
  }

  override disposeData(id: object, force = false): boolean {
    if (!this.entries.has(id)) return true;
    const entry = this.entries.get(id);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.pending.forget(entry);
    this.entries.delete(id);
    return true;
  }

  override readSync(id: object): BackendValues {
    const entry = this.entries.get(id);
    if (entry.foreign) return entry.foreign;
    if (entry.value) this.pending.run();
    if (entry.failure !== undefined) throw failureOf(entry);
    if (!entry.values) throw new Error('a tensor is without data');
    return entry.values;
  }

  override read(id: object): Promise<BackendValues> {
    return new Promise((resolve) => resolve(this.readSync(id)));
  }

  override memory(): { unreliable: boolean; pendingNodes: number; sessions: number } {
    return { unreliable: false, pendingNodes: this.pending.nodes, sessions: this.sessions.size };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return true;
  }

  /** Time until everything that `f` asks for is computed, in ms. */
  override time(f: () => void): Promise<{ kernelMs: number }> {
    return new Promise((resolve) => {
      this.pending.run();
      const started = performance.now();
      f();
      this.pending.run();
      resolve({ kernelMs: performance.now() - started });
    });
  }

  override dispose(): void {
    beforeRecording.delete(this.settle);
    this.sessions.dispose();
  }

  /** Records one call of a kernel. */
  record(
    kernel: string,
    lowering: Lowering,
    inputs: Readonly<Record<string, TensorInfo>>,
    attrs: Readonly<Record<string, unknown>>,
  ): TensorInfo | TensorInfo[] {
    const graph = this.pending.next();
    graph.kernel = kernel;
    const values: Record<string, Value> = {};
    for (const [name, info] of Object.entries(inputs)) values[name] = this.recordedValue(info);
    const result = lowering(graph, values, attrs);
    return Array.isArray(result)
      ? result.map((value: Value) => this.infoOf(value))
      : this.infoOf(result as Value);
  }

  /** A tensor's values, where they are computed already. */
  valuesAtHand({ dataId }: TensorInfo): ProgramArray | undefined {
    return this.entries.get(dataId).values;
  }

  /** Another tensor over the same data. */
  share({ dataId, dtype }: TensorInfo, shape: readonly number[]): TensorInfo {
    this.entries.get(dataId).references++;
    return { dataId, shape: [...shape], dtype };
  }

  private recordedValue({ dataId, shape, dtype }: TensorInfo): Value {
    const entry = this.entries.get(dataId);
    if (entry.failure !== undefined) throw failureOf(entry);
    if (entry.value) return this.pending.reshaped(entry.value, shape);
    if (!entry.values) throw new ProgramError(`a tensor of type ${dtype} has no place in a graph.`);
    return this.pending.leaf(entry.values, shape, dtype as ProgramDType);
  }

  private infoOf(value: Value): TensorInfo {
    if (value.dtype === 'int64') throw new Error('int64 stays inside the graph');
    const { shape, dtype } = value;
    const dataId = {};
    const known = knownValues(value) ?? this.pending.fed(value);
    const base = { dtype, foreign: undefined, failure: undefined, references: 1 };
    if (known) this.entries.set(dataId, { ...base, value: undefined, values: known });
    else {
      const entry = { ...base, value, values: undefined };
      this.entries.set(dataId, entry);
      this.pending.add(entry);
    }
    return { dataId, shape: [...shape], dtype };
  }
}

/** Values that need no run: constants, and tensors without elements. */
function knownValues(value: Value): ProgramArray | undefined {
  const dtype = value.dtype as ProgramDType;
  if (isConstant(value)) return value.origin.values.slice() as ProgramArray;
  return sizeOf(value.shape) === 0 ? (arrayOf(dtype, []) as ProgramArray) : undefined;
}

/** The caller may go on to use its array before the values are needed, so they are copied. */
function entryOf(values: BackendValues, dtype: DataType, references: number): Entry {
  const base = { dtype, value: undefined, failure: undefined, references };
  if (dtype === 'string' || dtype === 'complex64') return { ...base, values: undefined, foreign: values };
  return { ...base, values: copyOf(values as ProgramArray, dtype), foreign: undefined };
}

function copyOf(values: ProgramArray, dtype: ProgramDType): ProgramArray {
  const type = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return values instanceof type ? values.slice() : (arrayOf(dtype, values) as ProgramArray);
}

function failureOf({ failure }: Entry): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}
