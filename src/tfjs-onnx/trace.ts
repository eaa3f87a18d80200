/** Records a program's function once and keeps the values at its borders. */
import type { Recording } from './backend';
import { recordInto } from './backend';
import { ProgramError } from './errors';
import { arrayOf, Graph } from './graph/graph';
import type { Value } from './graph/values';
import { sameShape } from './graph/values';
import { refuseChance } from './chance';
import type { InputSpec, ProgramSpec, TensorRecord } from './program';

/** One recording: the graph and what flows in and out of it, by name. */
export interface Trace {
  readonly graph: Graph;
  readonly inputs: ReadonlyMap<string, Value>;
  /** State that stays an input of the graph; state that is built in is not among it. */
  readonly state: ReadonlyMap<string, Value>;
  readonly outputs: ReadonlyMap<string, Value>;
  readonly next: ReadonlyMap<string, Value>;
}

/** Records `spec.trace` with every open dimension set to `batch`. `baked` names the state to build in as constants. */
export function traceProgram(spec: ProgramSpec, batch: number, baked: ReadonlySet<string>): Trace {
  const graph = new Graph(spec.name);
  const inputs = new Map<string, Value>();
  for (const [name, { shape, dtype }] of Object.entries(spec.inputs)) {
    inputs.set(name, graph.input(name, fixedShape(shape, batch), dtype));
  }
  const state = new Map<string, Value>();
  const constants = new Map<string, Value>();
  for (const [name, { shape, dtype }] of Object.entries(spec.state?.specs ?? {})) {
    const values = baked.has(name) ? spec.state?.read(name) : undefined;
    if (values) constants.set(name, graph.constant(arrayOf(dtype, values), shape, dtype));
    else state.set(name, graph.input(name, shape, dtype));
  }
  return recordInto(graph, (recording) => {
    const result = refuseChance(spec.name, () =>
      spec.trace({
        inputs: tensorsOf(recording, inputs),
        state: tensorsOf(recording, new Map([...state, ...constants])),
      }),
    );
    const outputs = valuesOf(recording, result.outputs);
    const next = valuesOf(recording, result.next ?? {});
    checkNext(spec, next, baked);
    for (const [name, value] of next) if (value === state.get(name)) next.delete(name);
    return { graph, inputs, state, outputs, next };
  });
}

export function fixedShape(shape: InputSpec['shape'], batch: number): number[] {
  return shape.map((dim) => (dim === 'batch' ? batch : dim));
}

function tensorsOf(recording: Recording, values: ReadonlyMap<string, Value>): TensorRecord {
  return Object.fromEntries(Array.from(values, ([name, value]) => [name, recording.tensorOf(value)]));
}

function valuesOf(recording: Recording, tensors: TensorRecord): Map<string, Value> {
  return new Map(Object.entries(tensors).map(([name, tensor]) => [name, recording.valueOf(tensor)]));
}

/** The state's next values must fit where the present ones are. */
function checkNext(spec: ProgramSpec, next: ReadonlyMap<string, Value>, baked: ReadonlySet<string>): void {
  for (const [name, value] of next) {
    const expected = spec.state?.specs[name];
    if (!expected)
      throw new ProgramError(`it gives the state "${name}", which it does not have.`, { program: spec.name });
    if (baked.has(name)) {
      throw new ProgramError(`it writes the state "${name}", which is built into the graph.`, {
        program: spec.name,
      });
    }
    if (expected.dtype !== value.dtype || !sameShape(expected.shape, value.shape)) {
      throw new ProgramError(
        `the state "${name}" is ${expected.dtype} [${expected.shape.join(', ')}], ` +
          `but its next value is ${value.dtype} [${value.shape.join(', ')}].`,
        { program: spec.name },
      );
    }
  }
}
