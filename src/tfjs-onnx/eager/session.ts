/**
 * Sessions that answer at once. TensorFlow.js promises synchronous reads (`dataSync`), but `InferenceSession.run` of
 * both packages returns a promise. Underneath both compute synchronously; eager use calls what lies underneath.
 */
import type { ProgramArray, ProgramDType } from '../program';

/** One input of a run. */
export interface Feed {
  readonly dtype: ProgramDType;
  readonly shape: readonly number[];
  readonly values: ProgramArray;
}

/** A graph to run: its file, whose inputs are named `i0`, `i1` … and whose outputs `o0`, `o1` …. */
export interface SessionGraph {
  readonly bytes: Uint8Array;
  readonly inputs: number;
  readonly outputs: readonly ProgramDType[];
  /** Threads of one run. */
  readonly threads: number;
}

export interface EagerSession {
  /** The outputs in their order, in arrays of their own. Throws ONNX Runtime's message when the run fails. */
  run(feeds: readonly Feed[]): ProgramArray[];
  release(): void;
}

/** Creates sessions; throws ONNX Runtime's message when it refuses a graph. */
export type OpenSession = (graph: SessionGraph) => EagerSession;

export const inputName = (index: number): string => `i${index}`;
export const outputName = (index: number): string => `o${index}`;
