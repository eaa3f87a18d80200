/** What the rest of the engine knows of an engine that runs programs. */
import type {
  Program,
  ProgramCache,
  ProgramArray,
  ProgramSpec,
  ProgramState,
  Provider,
  StateSpec,
} from '../../tfjs-onnx';

export type EngineName = 'onnx' | 'tensorflow' | 'cpu';

/** What runs programs in this process. */
export interface Backend {
  readonly engine: EngineName;
  /** `native` or `wasm` for onnx, the library's version name otherwise. */
  readonly runtime: string;
  /** Execution provider, e.g. `cpu`. */
  readonly provider: string;
  /** Execution providers that this engine might use instead on this machine; opening them tells. */
  readonly others: readonly Provider[];
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
  /** What a person should know about the choice, e.g. that a slower engine had to be taken. */
  readonly notice: string | undefined;
  /** State shared by programs; `initial` gives the first values by name (zeros where absent). */
  createState(
    specs: Readonly<Record<string, StateSpec>>,
    initial?: Readonly<Record<string, ProgramArray>>,
  ): ProgramState;
  compile(spec: ProgramSpec): Promise<Program>;
  /** The same engine on another provider. Rejects with a LabError `engine-unavailable` where it cannot be used. */
  on(provider: Provider): Promise<Backend>;
  dispose(): void;
}

export interface BackendOptions {
  /** Where compiled programs are kept (onnx only); a folder that the environment names, or nowhere, unless given. */
  readonly programs?: ProgramCache;
  /** Threads of one run; the number of physical cores unless given. */
  readonly threads?: number;
  /** Whether waiting threads spin (onnx only); decided by the machine's load unless given. */
  readonly spinning?: boolean;
  /** ONNX Runtime's build (onnx only); the environment variable MODEL_LAB_RUNTIME decides unless given. */
  readonly runtime?: 'auto' | 'native' | 'wasm';
}
