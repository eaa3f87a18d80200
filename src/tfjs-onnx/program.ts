/**
 * The shape of a compiled program: a function over TensorFlow.js tensors, fixed in its input shapes, with state
 * that survives from run to run. Shared vocabulary of `compile` and of everything that runs programs.
 */
import type { Tensor } from '@tensorflow/tfjs-core';

/** The element types that programs take and give. */
export type ProgramDType = 'float32' | 'int32' | 'bool';

/** Values that travel into and out of a program. `bool` travels as bytes of 0 and 1. */
export type ProgramArray = Float32Array | Int32Array | Uint8Array;

/** Shape and type of one input. A dimension may be `'batch'`: left open, any size at run time (inference only). */
export interface InputSpec {
  readonly shape: readonly (number | 'batch')[];
  readonly dtype: ProgramDType;
}

/** One tensor of state: weights, optimizer moments, caches of keys and values. */
export interface StateSpec {
  readonly shape: readonly number[];
  readonly dtype: ProgramDType;
}

export type TensorRecord = Readonly<Record<string, Tensor>>;

/** What one trace of the function returns. */
export interface TraceResult {
  /** Read back after every run. */
  readonly outputs: TensorRecord;
  /** The state's next values, by name; state that is not named here stays as it is. Shapes must not change. */
  readonly next?: TensorRecord;
}

/** A function over tensors, together with the shapes that it is compiled for. */
export interface ProgramSpec {
  /** Names the program in errors, profiles and the exported graph. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** The state that this program reads or writes. Several programs may share one store. */
  readonly state?: ProgramState;
  /**
   * State whose present values are built into the graph as constants (`true`: all of it), so that the runtime can
   * arrange weights for speed and an exported graph stands alone. Later writes are not seen. For inference.
   */
  readonly bake?: true | readonly string[];
  /**
   * Declares that the function is wholly determined by this text and by the shapes of inputs and state: whatever else it
   * closes over (sizes of the model, constants of the optimizer) must be written here, best as JSON. The compiled graph
   * may then be kept and be used by another process for an equal text. Absent: it is compiled anew each time.
   */
  readonly structure?: string;
  /**
   * The function. It runs once per input signature on the tracing backend (and at every run on eager backends), so
   * it must depend on nothing but its arguments and constants.
   */
  readonly trace: (args: { readonly inputs: TensorRecord; readonly state: TensorRecord }) => TraceResult;
}

/** Named tensors that outlive a run, held outside the JavaScript objects of TensorFlow.js. */
export interface ProgramState {
  readonly specs: Readonly<Record<string, StateSpec>>;
  /** A copy of one tensor's present values. Throws for an unknown name. */
  read(name: string): ProgramArray;
  /** Replaces one tensor's values. Throws when the name is unknown or the length differs. */
  write(name: string, values: ProgramArray): void;
  dispose(): void;
}

/** The result of one output of one run; `dims` tells the size of open dimensions. */
export interface ProgramOutput {
  readonly data: ProgramArray;
  readonly dims: readonly number[];
}

export interface Program {
  readonly name: string;
  /** Number of nodes of the graph; 0 where nothing is traced (eager backends). */
  readonly nodes: number;
  /** Time spent tracing, in ms. */
  readonly traceMs: number;
  /** Time spent creating the runtime's session, in ms. */
  readonly sessionMs: number;
  /** Whether the graph was found in a cache, so that nothing was traced. */
  readonly fromCache?: boolean;
  /**
   * Runs once. Inputs are read at once and may be reused by the caller after the promise settles. Runs of one program
   * (and of programs that share state) must not overlap. Rejects on a missing input or a wrong length, by name.
   */
  run(inputs: Readonly<Record<string, ProgramArray>>): Promise<Readonly<Record<string, ProgramOutput>>>;
  /** The graph as an ONNX file, state included as graph inputs; undefined on eager backends. */
  onnx(): Uint8Array | undefined;
  dispose(): void;
}
