/**
 * The three engines that can run a program: `onnx` (traced graphs), `tensorflow` (tfjs-node, eager) and `cpu` (eager,
 * slow, exact). May enter: a wish (`auto` or a name). Leaves: a `Backend` that compiles programs.
 */
import type { Program, ProgramArray, ProgramSpec, ProgramState, StateSpec } from '../../tfjs-onnx';

/** What runs programs in this process. */
export interface Backend {
  readonly engine: 'onnx' | 'tensorflow' | 'cpu';
  /** `native` or `wasm` for onnx, the library's version name otherwise. */
  readonly runtime: string;
  /** Execution provider, e.g. `cpu`. */
  readonly provider: string;
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
  /** State shared by programs; `initial` gives the first values by name (zeros where absent). */
  createState(
    specs: Readonly<Record<string, StateSpec>>,
    initial?: Readonly<Record<string, ProgramArray>>,
  ): ProgramState;
  compile(spec: ProgramSpec): Promise<Program>;
  dispose(): void;
}
