/** From a function over tensors to a program that runs: record, write the graph, create the session, keep the buffers. */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { ProgramError } from './errors';
import type { Port } from './graph/serialise';
import { serialise } from './graph/serialise';
import { openBatch } from './graph/symbolic';
import type { Value } from './graph/values';
import { sizeOf } from './graph/values';
import type {
  InputSpec,
  Program,
  ProgramArray,
  ProgramDType,
  ProgramOutput,
  ProgramSpec,
  ProgramState,
  StateSpec,
} from './program';
import type { Runtime } from './runtime';
import { OnnxState } from './state';
import type { Trace } from './trace';
import { traceProgram } from './trace';

/**
 * Two sizes for the open dimension, larger than one and unlikely as sizes of anything else: whatever differs between
 * a recording with the one and a recording with the other depends on the batch.
 */
const PROBES = [211, 223] as const;

/** State for programs of this runtime. `initial` gives the first values by name, zeros where absent. */
export function createState(
  runtime: Runtime,
  specs: Readonly<Record<string, StateSpec>>,
  initial?: Readonly<Record<string, ProgramArray>>,
): ProgramState {
  return new OnnxState(runtime, specs, initial);
}

/**
 * Compiles a program: one ONNX graph, one session. Rejects with a ProgramError that names the program, and the kernel
 * where there is one, when the function cannot be recorded.
 */
export async function compile(runtime: Runtime, spec: ProgramSpec): Promise<Program> {
  if (spec.state && !(spec.state instanceof OnnxState)) {
    throw new ProgramError('its state was made by another engine.', { program: spec.name });
  }
  const started = performance.now();
  const file = buildGraph(spec);
  const traced = performance.now();
  let session: InferenceSession;
  try {
    session = await runtime.createSession(file.bytes, file.writes.map(stateOut));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`ONNX Runtime refuses its graph: ${message}`, {
      program: spec.name,
      cause: error,
    });
  }
  return new OnnxProgram(runtime, spec, spec.state, file, session, {
    trace: traced - started,
    session: performance.now() - traced,
  });
}

/** The program's graph as an ONNX file, without running anything. State is built in where `spec.bake` says so. */
export function exportOnnx(spec: ProgramSpec): Uint8Array {
  return buildGraph(spec).portable();
}

interface OutputPort {
  readonly name: string;
  readonly dtype: ProgramDType;
  /** Undefined where the shape depends on the batch. */
  readonly shape: readonly number[] | undefined;
}

interface GraphFile {
  readonly bytes: Uint8Array;
  /** The same graph in ONNX's own operators, as it is exported. */
  portable(): Uint8Array;
  readonly nodes: number;
  /** Names of the state that goes in, and of the state that comes out. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly outputs: readonly OutputPort[];
}

/** Name of a state's present and next value at the border of the graph. */
const stateIn = (name: string): string => `state.${name}`;
const stateOut = (name: string): string => `next.${name}`;

function buildGraph(spec: ProgramSpec): GraphFile {
  const baked = new Set(spec.bake === true ? Object.keys(spec.state?.specs ?? {}) : (spec.bake ?? []));
  const open = Object.values(spec.inputs).some(({ shape }) => shape.includes('batch'));
  const [first, second] = PROBES;
  const trace = traceProgram(spec, first, baked);
  if (!open) return writeGraph(trace, spec, (value) => value.shape);
  const other = traceProgram(spec, second, baked);
  const opened = openBatch(trace, other, PROBES);
  return writeGraph(opened.trace, spec, opened.dims);
}

function writeGraph(
  trace: Trace,
  spec: ProgramSpec,
  dims: (value: Value) => readonly (number | string)[],
): GraphFile {
  const used = new Set([...trace.outputs.values(), ...trace.next.values()]);
  for (const node of trace.graph.nodes) for (const input of node.inputs) if (input) used.add(input);
  const reads = [...trace.state].filter(([, value]) => used.has(value));
  const port = (name: string, value: Value): Port => ({ name, value, dims: dims(value) });
  const inputs = [
    ...Array.from(trace.inputs, ([name, value]) => port(name, value)),
    ...reads.map(([name, value]) => port(stateIn(name), value)),
  ];
  const outputs = [
    ...Array.from(trace.outputs, ([name, value]) => port(outputName(spec, name), value)),
    ...Array.from(trace.next, ([name, value]) => port(stateOut(name), value)),
  ];
  const { bytes, nodes } = serialise(trace.graph, inputs, outputs);
  return {
    bytes,
    nodes,
    portable: () => serialise(trace.graph, inputs, outputs, true).bytes,
    reads: reads.map(([name]) => name),
    writes: [...trace.next.keys()],
    outputs: Array.from(trace.outputs, ([name, value]) => {
      const shape = dims(value);
      const fixed = shape.filter((dim) => typeof dim === 'number');
      return {
        name,
        dtype: value.dtype === 'int64' ? 'int32' : value.dtype,
        shape: fixed.length === shape.length ? fixed : undefined,
      };
    }),
  };
}

/** An output that is called like an input is renamed in the file, where all names share one space. */
function outputName(spec: ProgramSpec, name: string): string {
  return name in spec.inputs ? `${name}.out` : name;
}

class OnnxProgram implements Program {
  readonly name: string;
  readonly nodes: number;
  readonly traceMs: number;
  readonly sessionMs: number;
  private readonly feeds: Record<string, Tensor> = {};
  private readonly fetches: Record<string, Tensor | null> = {};
  private readonly inputs: readonly (readonly [name: string, spec: InputSpec, size: number | undefined])[];
  private running = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly spec: ProgramSpec,
    private readonly state: OnnxState | undefined,
    private readonly file: GraphFile,
    private readonly session: InferenceSession,
    times: { readonly trace: number; readonly session: number },
  ) {
    this.name = spec.name;
    this.nodes = file.nodes;
    this.traceMs = times.trace;
    this.sessionMs = times.session;
    this.inputs = Object.entries(spec.inputs).map(([name, input]) => [name, input, fixedSize(input)]);
    for (const { name } of file.outputs) this.fetches[outputName(spec, name)] = null;
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
      results = await this.session.run(this.feeds, this.fetches);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ProgramError(`the run failed: ${message}`, { program: this.name, cause: error });
    } finally {
      this.running = false;
    }
    this.advance(results);
    const outputs: Record<string, ProgramOutput> = {};
    for (const { name } of this.file.outputs) {
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
    if (!this.state) return;
    for (const name of this.file.reads) this.feeds[stateIn(name)] = this.state.slot(name).current;
    for (const name of this.file.writes) {
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
    for (const name of this.file.writes) {
      const written = results[stateOut(name)];
      if (written) this.state.advance(name, written);
    }
  }
}

function fixedSize({ shape }: InputSpec): number | undefined {
  const fixed = shape.filter((dim) => dim !== 'batch');
  return fixed.length === shape.length ? sizeOf(fixed) : undefined;
}
