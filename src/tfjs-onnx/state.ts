/**
 * State of traced programs: for every tensor two buffers of ONNX Runtime, one with the present values and one that
 * the next run writes into; after the run they change places. No copy, and nothing of TensorFlow.js. Where the runtime
 * keeps state on a device, both buffers lie there from the second run on.
 */
import type { Tensor } from 'onnxruntime-common';
import { ProgramError } from './errors';
import type { ProgramArray, ProgramState, StateSpec } from './program';
import { sizeOf } from './graph/values';
import type { Runtime } from './runtime';

export interface StateSlot {
  readonly spec: StateSpec;
  current: Tensor;
  /** Made at the first run that writes; unused where the runtime gives new buffers. */
  spare: Tensor | undefined;
}

export class OnnxState implements ProgramState {
  readonly specs: Readonly<Record<string, StateSpec>>;
  private readonly slots = new Map<string, StateSlot>();
  private readonly runtime: Runtime;

  constructor(
    runtime: Runtime,
    specs: Readonly<Record<string, StateSpec>>,
    initial: Readonly<Record<string, ProgramArray>> = {},
  ) {
    this.runtime = runtime;
    this.specs = specs;
    for (const [name, spec] of Object.entries(specs)) {
      this.slots.set(name, { spec, current: emptyTensor(runtime, spec), spare: undefined });
    }
    for (const [name, values] of Object.entries(initial)) this.write(name, values);
  }

  read(name: string): ProgramArray {
    return this.runtime.download(this.slot(name).current).slice();
  }

  write(name: string, values: ProgramArray): void {
    const slot = this.slot(name);
    const { shape, dtype } = slot.spec;
    if (values.length !== sizeOf(shape)) {
      throw new ProgramError(
        `the state "${name}" has ${sizeOf(shape)} elements, but ${values.length} values were given.`,
      );
    }
    if (slot.current.location === 'cpu') (slot.current.data as ProgramArray).set(values);
    else slot.current = this.runtime.tensor(dtype, values.slice(), shape);
  }

  slot(name: string): StateSlot {
    const slot = this.slots.get(name);
    if (!slot) throw new ProgramError(`there is no state "${name}".`);
    return slot;
  }

  /** The buffer that the next run may write into; null where the runtime makes one. */
  target(name: string): Tensor | null {
    const slot = this.slot(name);
    if (this.runtime.fillsBuffers) slot.spare ??= emptyTensor(this.runtime, slot.spec);
    return slot.spare ?? null;
  }

  /** What was written becomes present; what was present is the next run's target. */
  advance(name: string, written: Tensor): void {
    const slot = this.slot(name);
    const { fillsBuffers, keepsState } = this.runtime;
    const reusable = fillsBuffers || (keepsState && slot.current.location !== 'cpu');
    slot.spare = reusable ? slot.current : undefined;
    slot.current = written;
  }

  dispose(): void {
    this.slots.clear();
  }
}

function emptyTensor(runtime: Runtime, { shape, dtype }: StateSpec): Tensor {
  return runtime.tensor(dtype, emptyArray(dtype, sizeOf(shape)), shape);
}

/** Zeros. */
export function emptyArray(dtype: StateSpec['dtype'], size: number): ProgramArray {
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}
