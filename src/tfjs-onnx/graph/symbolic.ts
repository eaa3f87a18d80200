/**
 * One graph for any batch size, out of two recordings with two sizes. The function is recorded twice; where the two
 * graphs differ, they differ by the batch: a dimension, or an entry of a shape constant, that is `a` in one and `b` in
 * the other is `scale · batch + offset`. Such constants are computed inside the graph from the shape of an input.
 * Anything else that differs (numbers, attributes, the operators themselves) cannot be open and is reported by name.
 */
import { ProgramError } from '../errors';
import { Graph } from './graph';
import type { Attributes, ConstantValue, GraphNode, Subgraph, Value } from './values';
import { isConstant, sameShape } from './values';

/** The borders of a recording, as far as they matter here. */
export interface Bordered {
  readonly graph: Graph;
  readonly inputs: ReadonlyMap<string, Value>;
  readonly state: ReadonlyMap<string, Value>;
  readonly outputs: ReadonlyMap<string, Value>;
  readonly next: ReadonlyMap<string, Value>;
}

/** A number that depends on the batch size: scale · batch + offset. */
interface Affine {
  readonly scale: number;
  readonly offset: number;
}

/** The name of the open dimension in the file. */
const BATCH = 'batch';

export interface Opened<T extends Bordered> {
  readonly trace: T;
  /** A value's shape for the border of the graph: a name stands where it depends on the batch. */
  readonly dims: (value: Value) => readonly (number | string)[];
}

/** Merges two recordings of one function, made with the batch sizes `probes`. */
export function openBatch<T extends Bordered>(
  first: T,
  second: T,
  probes: readonly [number, number],
): Opened<T> {
  const merge = new Merge(first, second, probes);
  return { trace: { ...first, ...merge.borders() }, dims: (value) => merge.dims(value) };
}

class Merge {
  /** The graph that is written now: the merged one, or a body within it. */
  private graph: Graph;
  /** Values of the first recording -> values of the merged graph. */
  private readonly merged = new Map<Value, Value>();
  /** Values of the merged graph -> the second recording's counterpart of where they came from. */
  private readonly twins = new Map<Value, Value>();
  private batchSize: Value | undefined;

  constructor(
    private readonly first: Bordered,
    second: Bordered,
    private readonly probes: readonly [number, number],
  ) {
    this.graph = new Graph(first.graph.name);
    first.graph.inputs.forEach((input, i) => {
      const twin = second.graph.inputs[i];
      if (input.origin.kind !== 'input' || !twin) throw this.diverges('its inputs');
      const value = this.graph.input(input.origin.name, input.shape, input.dtype);
      this.merged.set(input, value);
      this.twins.set(value, twin);
    });
    if (first.graph.nodes.length !== second.graph.nodes.length)
      throw this.diverges('the number of its operations');
    first.graph.nodes.forEach((node, i) => {
      const twin = second.graph.nodes[i];
      if (!twin) throw this.diverges(node.kernel);
      this.copy(node, twin);
    });
    for (const [name, value] of first.outputs) this.outputOf(value, second.outputs.get(name));
    for (const [name, value] of first.next) this.outputOf(value, second.next.get(name));
  }

  borders(): Bordered {
    const through = (values: ReadonlyMap<string, Value>): Map<string, Value> =>
      new Map(Array.from(values, ([name, value]) => [name, this.merged.get(value) ?? value]));
    const { inputs, state, outputs, next } = this.first;
    return {
      graph: this.graph,
      inputs: through(inputs),
      state: through(state),
      outputs: through(outputs),
      next: through(next),
    };
  }

  dims(value: Value): readonly (number | string)[] {
    const twin = this.twins.get(value);
    if (!twin) return value.shape;
    return value.shape.map((dim, axis) => {
      const other = twin.shape[axis] ?? dim;
      if (other === dim) return dim;
      const { scale, offset } = this.affine(dim, other, 'the shape of an output');
      return scale === 1 && offset === 0 ? BATCH : `${scale}*${BATCH}+${offset}`;
    });
  }

  private copy(node: GraphNode, twin: GraphNode): void {
    if (node.op !== twin.op || node.inputs.length !== twin.inputs.length) throw this.diverges(node.kernel);
    if (!sameAttributes(node.attributes, twin.attributes)) throw this.diverges(node.kernel);
    this.graph.kernel = node.kernel;
    const inputs = node.inputs.map((input, i) => {
      const other = twin.inputs[i];
      if (!input || !other) return undefined;
      return this.valueOf(input, other, node);
    });
    const body = this.bodyOf(node, twin);
    const outputs = body
      ? this.graph.nodeAround(node.op, inputs, node.outputs, node.attributes, body)
      : this.graph.nodeOf(node.op, inputs, node.outputs, node.attributes, node.domain);
    outputs.forEach((output, i) => {
      const [original, other] = [node.outputs[i], twin.outputs[i]];
      if (!original || !other) return;
      this.merged.set(original, output);
      this.twins.set(output, other);
    });
  }

  /** The graphs within two nodes, merged as those around them are. */
  private bodyOf(node: GraphNode, twin: GraphNode): Subgraph | undefined {
    const [body, other] = [node.body, twin.body];
    if (!body && !other) return undefined;
    if (body?.nodes.length !== other?.nodes.length || !body || !other) throw this.diverges(node.kernel);
    // The graph around must not grow meanwhile, and sizes within the body are computed from this one.
    this.batch();
    const around = this.graph;
    const merged = around.subgraph((graph) => {
      this.graph = graph;
      body.inputs.forEach((input, i) => {
        const counterpart = other.inputs[i];
        if (!counterpart) throw this.diverges(node.kernel);
        const value = graph.input('', input.shape, input.dtype);
        this.merged.set(input, value);
        this.twins.set(value, counterpart);
      });
      body.nodes.forEach((inner, i) => {
        const counterpart = other.nodes[i];
        if (!counterpart) throw this.diverges(inner.kernel);
        this.copy(inner, counterpart);
      });
      return body.results.map((result, i) => {
        const counterpart = other.results[i];
        if (!counterpart) throw this.diverges(node.kernel);
        return this.valueOf(result, counterpart, node);
      });
    });
    this.graph = around;
    return merged;
  }

  private valueOf(value: Value, twin: Value, node: GraphNode): Value {
    if (!isConstant(value)) {
      const known = this.merged.get(value);
      const counterpart = known && this.twins.get(known);
      if (!known || counterpart !== twin) throw this.diverges(node.kernel);
      return known;
    }
    if (!isConstant(twin)) throw this.diverges(node.kernel);
    return this.constant(value, twin, node);
  }

  private constant(value: ConstantValue, twin: ConstantValue, node: GraphNode): Value {
    const [a, b] = [value.origin, twin.origin];
    const { shape, dtype } = value;
    if (sameShape(shape, twin.shape)) {
      const open = indicesWhere(
        a.values.length,
        (i) => a.values[i] !== b.values[i] && !bothNaN(a.values[i], b.values[i]),
      );
      if (open.length === 0) return this.graph.constant(a.values, shape, dtype);
      if (dtype === 'int64')
        return this.openInts(Array.from(a.values, Number), Array.from(b.values, Number), node);
    } else if (a.splat !== undefined && a.splat === b.splat && shape.length === twin.shape.length) {
      const size = this.openInts([...shape], [...twin.shape], node);
      return this.graph.node('Expand', [this.graph.scalar(a.splat, dtype), size], { shape, dtype });
    }
    throw new ProgramError(`a constant of the kernel ${node.kernel} depends on the batch size.`, {
      program: this.graph.name,
      kernel: node.kernel,
      advice: 'Only shapes may: compute with the values of tensors instead of their sizes.',
    });
  }

  /** A vector of int64 whose entries depend on the batch. */
  private openInts(a: readonly number[], b: readonly number[], node: GraphNode): Value {
    const { graph } = this;
    const open = indicesWhere(a.length, (i) => a[i] !== b[i]);
    const [only] = open;
    // Reshape finds one open dimension by itself.
    if (node.op === 'Reshape' && open.length === 1 && !a.includes(0)) {
      return graph.ints(a.map((entry, i) => (i === only ? -1 : entry)));
    }
    const parts = a.map((entry, i) => {
      const other = b[i] ?? entry;
      if (other === entry) return graph.ints([entry]);
      const { scale, offset } = this.affine(entry, other, node.kernel);
      const type = { shape: [1], dtype: 'int64' as const };
      const scaled =
        scale === 1 ? this.batch() : graph.node('Mul', [this.batch(), graph.ints([scale])], type);
      return offset === 0 ? scaled : graph.node('Add', [scaled, graph.ints([offset])], type);
    });
    const [single] = parts;
    if (parts.length === 1 && single) return single;
    return graph.node('Concat', parts, { shape: [a.length], dtype: 'int64' }, { axis: 0 });
  }

  /** The batch size `[1]`, read off the shape of an input. */
  private batch(): Value {
    if (this.batchSize) return this.batchSize;
    const [size] = this.probes;
    for (const input of this.graph.inputs) {
      const twin = this.twins.get(input);
      const axis = input.shape.findIndex((dim, i) => dim === size && dim !== twin?.shape[i]);
      if (axis < 0) continue;
      this.batchSize = this.graph.node(
        'Shape',
        [input],
        { shape: [1], dtype: 'int64' },
        { start: axis, end: axis + 1 },
      );
      return this.batchSize;
    }
    throw this.diverges('its inputs');
  }

  private affine(a: number, b: number, where: string): Affine {
    const [first, second] = this.probes;
    const scale = (b - a) / (second - first);
    if (!Number.isInteger(scale)) throw this.diverges(where);
    return { scale, offset: a - scale * first };
  }

  private outputOf(value: Value, twin: Value | undefined): void {
    if (this.merged.has(value) || !isConstant(value)) return;
    if (!twin || !isConstant(twin) || !sameShape(value.shape, twin.shape)) throw this.diverges('an output');
    this.merged.set(value, this.graph.constant(value.origin.values, value.shape, value.dtype));
  }

  private diverges(where: string): ProgramError {
    return new ProgramError(`it is another program at another batch size (at ${where}).`, {
      program: this.graph.name,
      kernel: where,
      advice: 'Give its inputs fixed shapes, or make the function independent of the batch size.',
    });
  }
}

function indicesWhere(length: number, holds: (index: number) => boolean): number[] {
  return Array.from({ length }, (_, i) => i).filter(holds);
}

function bothNaN(a: unknown, b: unknown): boolean {
  return Number.isNaN(a) && Number.isNaN(b);
}

function sameAttributes(a: Attributes, b: Attributes): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
