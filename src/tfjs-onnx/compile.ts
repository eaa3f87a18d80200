/** From a function over tensors to a program that runs: record, write the graph, create the session, keep the buffers. */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { ProgramError } from './errors';
import type { CachedGraph, ProgramCache } from './cache';
import { sizeOf } from './graph/values';
import type { GraphBorders, GraphFile } from './graph-file';
import { buildGraph, outputName, stateIn, stateOut } from './graph-file';
import type {
  InputSpec,
  Program,
  ProgramArray,
  ProgramOutput,
  ProgramSpec,
  ProgramState,
  StateSpec,
} from './program';
import type { Runtime, SessionOptions } from './runtime';
import { emptyArray, OnnxState } from './state';
import { verifyRecording } from './verify';

/** State for programs of this runtime. `initial` gives the first values by name, zeros where absent. */
export function createState(
  runtime: Runtime,
  specs: Readonly<Record<string, StateSpec>>,
  initial?: Readonly<Record<string, ProgramArray>>,
): ProgramState {
  return new OnnxState(runtime, specs, initial);
}

export interface CompileOptions {
  /** Keeps the graphs of programs that declare their `structure`. */
  readonly cache?: ProgramCache | undefined;
  /**
   * Records the function once more and compares, so that what it takes from outside (a schedule, a clock, a counter) is
   * found. Always done before a graph is kept in the cache.
   */
  readonly verify?: boolean;
}

/**
 * Compiles a program: one ONNX graph, one session. Rejects with a ProgramError that names the program, and the kernel
 * where there is one, when the function cannot be recorded.
 */
export async function compile(
  runtime: Runtime,
  spec: ProgramSpec,
  { cache, verify = false }: CompileOptions = {},
): Promise<Program> {
  if (spec.state && !(spec.state instanceof OnnxState)) {
    throw new ProgramError('its state was made by another engine.', { program: spec.name });
  }
  const key = cache?.keyOf(runtime, spec);
  if (!cache || key === undefined) return compileAnew(runtime, spec, verify);
  return (await fromCache(runtime, spec, await cache.read(key))) ?? compileInto(cache, key, runtime, spec);
}

async function compileAnew(runtime: Runtime, spec: ProgramSpec, verify: boolean): Promise<Program> {
  const { file, traceMs } = record(spec, verify);
  const started = performance.now();
  const session = await sessionOf(runtime, spec, file);
  return new OnnxProgram(runtime, spec, file, session, {
    traceMs,
    sessionMs: performance.now() - started,
    fromCache: false,
  });
}

function record(spec: ProgramSpec, verify: boolean): { readonly file: GraphFile; readonly traceMs: number } {
  const started = performance.now();
  const file = buildGraph(spec);
  if (verify) verifyRecording(spec, file);
  return { file, traceMs: performance.now() - started };
}

/** The program of a cache's entry; undefined when there is none, or when ONNX Runtime does not take it. */
async function fromCache(
  runtime: Runtime,
  spec: ProgramSpec,
  entry: CachedGraph | undefined,
): Promise<Program | undefined> {
  if (!entry) return undefined;
  const started = performance.now();
  const { borders, model } = entry;
  // An entry that was whole when it was read and still does not load is made anew, like one that is damaged.
  const session = await runtime
    .createSession(model, { state: borders.writes.map(stateOut), optimise: false })
    .catch(() => undefined);
  if (!session) return undefined;
  const file = { borders, portable: () => buildGraph(spec).portable() };
  return new OnnxProgram(runtime, spec, file, session, {
    traceMs: 0,
    sessionMs: performance.now() - started,
    fromCache: true,
  });
}

async function compileInto(
  cache: ProgramCache,
  key: string,
  runtime: Runtime,
  spec: ProgramSpec,
): Promise<Program> {
  const { file, traceMs } = record(spec, true);
  const started = performance.now();
  const written = await cache.scratch();
  const session = await sessionOf(runtime, spec, file, written);
  const sessionMs = performance.now() - started;
  if (written !== undefined) await cache.keep(key, file.borders, written);
  return new OnnxProgram(runtime, spec, file, session, { traceMs, sessionMs, fromCache: false });
}

/** `writeTo`: where ONNX Runtime writes the graph as it has opened it. */
async function sessionOf(
  runtime: Runtime,
  spec: ProgramSpec,
  file: GraphFile,
  writeTo?: string,
): Promise<InferenceSession> {
  const { bytes, borders } = file;
  const options = { ...sessionOptions(runtime, borders), optimise: gainsByOptimising(file), writeTo };
  try {
    return await runtime.createSession(bytes, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`ONNX Runtime refuses its graph: ${message}`, {
      program: spec.name,
      cause: error,
    });
  }
}

/** From so many nodes on, ONNX Runtime's optimizer takes longer than everything else together. */
const MANY_NODES = 1500;

/**
 * The optimizer's time grows faster than the graph (an unrolled LSTM over 256 steps opens in 1.8 s without it and 3.3 s with it).
 * What it does for training steps is to cancel transposes round convolutions (a fifth of LeNet-5's step and more on two
 * threads); transformers, perceptrons and recurrent networks ran as fast without it.
 */
function gainsByOptimising({ nodes }: GraphFile): boolean {
  return nodes.length < MANY_NODES || nodes.some((name) => name.includes('Conv'));
}

/** Programs that write state run in place where the size of every result is known before the run. */
function sessionOptions(runtime: Runtime, { writes, outputs }: GraphBorders): SessionOptions {
  const inPlace =
    runtime.fillsBuffers && writes.length > 0 && outputs.every(({ shape }) => shape !== undefined);
  return { state: writes.map(stateOut), inPlace };
}

/** The program's graph as an ONNX file, without running anything. State is built in where `spec.bake` says so. */
export function exportOnnx(spec: ProgramSpec): Uint8Array {
  return buildGraph(spec).portable();
}

interface Making {
  readonly traceMs: number;
  readonly sessionMs: number;
  readonly fromCache: boolean;
}

class OnnxProgram implements Program {
  readonly name: string;
  readonly nodes: number;
  readonly traceMs: number;
  readonly sessionMs: number;
  readonly fromCache: boolean;
  private readonly state: OnnxState | undefined;
  private readonly borders: GraphBorders;
  private readonly feeds: Record<string, Tensor> = {};
  private readonly fetches: Record<string, Tensor | null> = {};
  private readonly inputs: readonly (readonly [name: string, spec: InputSpec, size: number | undefined])[];
  private readonly inPlace: boolean;
  private running = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly spec: ProgramSpec,
    private readonly file: Pick<GraphFile, 'borders' | 'portable'>,
    private readonly session: InferenceSession,
    making: Making,
  ) {
    this.name = spec.name;
    this.state = spec.state instanceof OnnxState ? spec.state : undefined;
    this.borders = file.borders;
    this.nodes = file.borders.nodes;
    this.traceMs = making.traceMs;
    this.sessionMs = making.sessionMs;
    this.fromCache = making.fromCache;
    this.inPlace = sessionOptions(runtime, file.borders).inPlace ?? false;
    this.inputs = Object.entries(spec.inputs).map(([name, input]) => [name, input, fixedSize(input)]);
  }

  async run(
    inputs: Readonly<Record<string, ProgramArray>>,
  ): Promise<Readonly<Record<string, ProgramOutput>>> {
    if (this.running)
      throw new ProgramError('a run began before the one before it ended.', { program: this.name });
    this.bind(inputs);
    this.running = true;
    let results: Readonly<Record<string, Tensor>>;
    try {
      results = await this.runtime.run(this.session, this.feeds, this.fetches);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ProgramError(`the run failed: ${message}`, { program: this.name, cause: error });
    } finally {
      this.running = false;
    }
    this.advance(results);
    const outputs: Record<string, ProgramOutput> = {};
    for (const { name } of this.borders.outputs) {
      const result = results[outputName(this.spec, name)];
      if (result) outputs[name] = { data: result.data as ProgramArray, dims: result.dims };
    }
    return outputs;
  }

  onnx(): Uint8Array {
    return this.file.portable();
  }

  dispose(): void {
    void this.session.release();
  }

  private bind(inputs: Readonly<Record<string, ProgramArray>>): void {
    for (const [name, { shape, dtype }, size] of this.inputs) {
      const values = inputs[name];
      if (!values) throw new ProgramError(`the input "${name}" is missing.`, { program: this.name });
      if (size !== undefined && values.length !== size) {
        throw new ProgramError(
          `the input "${name}" takes ${size} elements ([${shape.join(', ')}]), but ${values.length} were given.`,
          { program: this.name },
        );
      }
      const known = this.feeds[name];
      if (known?.data === values) continue;
      this.feeds[name] = this.runtime.tensor(dtype, values, this.dimsFor(name, shape, values.length));
    }
    for (const { name, dtype, shape } of this.borders.outputs) {
      // New at each run: whoever keeps a result shall not see the next one in it.
      const target =
        this.inPlace && shape ? this.runtime.tensor(dtype, emptyArray(dtype, sizeOf(shape)), shape) : null;
      this.fetches[outputName(this.spec, name)] = target;
    }
    if (!this.state) return;
    for (const name of this.borders.reads) this.feeds[stateIn(name)] = this.state.slot(name).current;
    for (const name of this.borders.writes) {
      this.fetches[stateOut(name)] = this.state.target(name);
    }
  }

  private dimsFor(name: string, shape: InputSpec['shape'], length: number): number[] {
    const row = shape.reduce<number>((product, dim) => (dim === 'batch' ? product : product * dim), 1);
    const batch = length / row;
    if (!Number.isInteger(batch) || batch === 0) {
      throw new ProgramError(
        `the input "${name}" takes rows of ${row} elements ([${shape.join(', ')}]), but ${length} were given.`,
        { program: this.name },
      );
    }
    return shape.map((dim) => (dim === 'batch' ? batch : dim));
  }

  /** What was written becomes present; what was present is the next run's target. */
  private advance(results: Readonly<Record<string, Tensor>>): void {
    if (!this.state) return;
    for (const name of this.borders.writes) {
      const written = results[stateOut(name)];
      if (written) this.state.advance(name, written);
    }
  }
}

function fixedSize({ shape }: InputSpec): number | undefined {
  const fixed = shape.filter((dim) => dim !== 'batch');
  return fixed.length === shape.length ? sizeOf(fixed) : undefined;
}
