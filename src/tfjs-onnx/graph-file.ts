/** From a program's function to the file of its graph, and what flows over the graph's borders. */
import type { Port } from './graph/serialise';
import { serialise } from './graph/serialise';
import { openBatch } from './graph/symbolic';
import type { Value } from './graph/values';
import { usedBy } from './graph/values';
import type { ProgramDType, ProgramSpec } from './program';
import type { Trace } from './trace';
import { traceProgram } from './trace';

/**
 * Two sizes for the open dimension, larger than one and unlikely as sizes of anything else: whatever differs between
 * a recording with the one and a recording with the other depends on the batch.
 */
const PROBES = [211, 223] as const;

export interface OutputPort {
  readonly name: string;
  readonly dtype: ProgramDType;
  /** Undefined where the shape depends on the batch. */
  readonly shape: readonly number[] | undefined;
}

/** What a program needs to know of its graph to run it. */
export interface GraphBorders {
  readonly nodes: number;
  /** Names of the state that goes in, and of the state that comes out. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly outputs: readonly OutputPort[];
}

export interface GraphFile {
  readonly bytes: Uint8Array;
  /** Names of its nodes. */
  readonly nodes: readonly string[];
  readonly borders: GraphBorders;
  /** The same graph in ONNX's own operators, as it is exported. */
  portable(): Uint8Array;
}

/** Name of a state's present and next value at the border of the graph. */
export const stateIn = (name: string): string => `state.${name}`;
export const stateOut = (name: string): string => `next.${name}`;

/** Records the program and writes its graph. */
export function buildGraph(spec: ProgramSpec): GraphFile {
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
  for (const value of trace.graph.nodes.flatMap(usedBy)) used.add(value);
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
  const borders: GraphBorders = {
    nodes: nodes.length,
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
  return { bytes, nodes, borders, portable: () => serialise(trace.graph, inputs, outputs, true).bytes };
}

/** An output that is called like an input is renamed in the file, where all names share one space. */
export function outputName(spec: ProgramSpec, name: string): string {
  return name in spec.inputs ? `${name}.out` : name;
}
