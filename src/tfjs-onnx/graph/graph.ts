/**
 * The recorder: a graph that grows node by node. Equal constants and equal nodes are recorded once (every operator
 * used here gives the same result for the same inputs).
 */
import type { Attributes, ConstantArray, GraphDType, GraphNode, Subgraph, Value } from './values';
import { sizeOf, usedBy } from './values';

/** Shape and element type of one output of a node. */
export interface OutputType {
  readonly shape: readonly number[];
  readonly dtype: GraphDType;
}

/** Where a node lives when it is not one of ONNX's own. */
export const MICROSOFT = 'com.microsoft';

export class Graph {
  readonly name: string;
  /** In the order of recording, which is an order of execution. */
  readonly nodes: GraphNode[] = [];
  readonly inputs: Value[] = [];
  /** The kernel that is being recorded; nodes carry it for messages. */
  kernel = '';
  private counter = 0;
  private readonly constants = new Map<string, Value[]>();
  private readonly known = new Map<string, readonly Value[]>();

  constructor(name: string) {
    this.name = name;
  }

  input(name: string, shape: readonly number[], dtype: GraphDType): Value {
    const value: Value = { id: this.counter++, shape, dtype, origin: { kind: 'input', name } };
    this.inputs.push(value);
    return value;
  }

  /** A constant; one that equals an earlier one is that earlier one. `values` must not be changed afterwards. */
  constant(values: ConstantArray, shape: readonly number[], dtype: GraphDType): Value {
    const key = `${dtype}|${shape.join()}|${String(values[0])}|${String(values.at(-1))}`;
    const alike = this.constants.get(key) ?? [];
    const equal = alike.find(
      (other) => other.origin.kind === 'constant' && sameElements(other.origin.values, values),
    );
    if (equal) return equal;
    const value: Value = {
      id: this.counter++,
      shape,
      dtype,
      origin: { kind: 'constant', values, splat: splatOf(values) },
    };
    this.constants.set(key, [...alike, value]);
    return value;
  }

  /** A constant without dimensions. */
  scalar(number: number, dtype: GraphDType = 'float32'): Value {
    return this.constant(arrayOf(dtype, [number]), [], dtype);
  }

  /** A vector of int64, as shapes, axes and sizes are given to operators. */
  ints(numbers: readonly number[]): Value {
    return this.constant(arrayOf('int64', numbers), [numbers.length], 'int64');
  }

  /** Records a node with one output. */
  node(
    op: string,
    inputs: readonly (Value | undefined)[],
    output: OutputType,
    attributes: Attributes = {},
    domain = '',
  ): Value {
    const [value] = this.nodeOf(op, inputs, [output], attributes, domain);
    if (value === undefined) throw new Error(`${op} has no output`);
    return value;
  }

  /** Records a node with several outputs. */
  nodeOf(
    op: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly OutputType[],
    attributes: Attributes = {},
    domain = '',
  ): readonly Value[] {
    const key = `${domain}|${op}|${inputs.map((input) => input?.id ?? '').join()}|${JSON.stringify(attributes)}|${outputs.length}`;
    const earlier = this.known.get(key);
    if (earlier) return earlier;
    const values = this.write({ op, domain, inputs, attributes, body: undefined }, outputs);
    this.known.set(key, values);
    return values;
  }

  /** Records a node that holds a graph of its own. */
  nodeAround(
    op: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly OutputType[],
    attributes: Attributes,
    body: Subgraph,
  ): readonly Value[] {
    const key = `${op}|${inputs.map((input) => input?.id ?? '').join()}|${JSON.stringify(attributes)}|${bodyKey(body)}`;
    const earlier = this.known.get(key);
    if (earlier) return earlier;
    const values = this.write({ op, domain: '', inputs, attributes, body }, outputs);
    this.known.set(key, values);
    return values;
  }

  /**
   * Records the graph within a node. `record` writes into the graph that it is given, and may use values of this one,
   * but must not write into this one meanwhile: numbers are given to the values of both in one sequence.
   */
  subgraph(record: (body: Graph) => readonly Value[]): Subgraph {
    const body = new Graph(this.name);
    const first = this.counter;
    body.counter = first;
    body.kernel = this.kernel;
    const results = record(body);
    if (this.counter !== first) throw new Error('the graph around a body grew while the body was recorded');
    this.counter = body.counter;
    const nodes = reachable(body, results);
    const used = new Set([...nodes.flatMap(usedBy), ...results]);
    return { inputs: body.inputs, nodes, results, captures: [...used].filter(({ id }) => id < first) };
  }

  private write(
    parts: Pick<GraphNode, 'op' | 'domain' | 'inputs' | 'attributes' | 'body'>,
    outputs: readonly OutputType[],
  ): readonly Value[] {
    const values: Value[] = [];
    const node: GraphNode = { ...parts, outputs: values, kernel: this.kernel };
    outputs.forEach(({ shape, dtype }, index) => {
      values.push({ id: this.counter++, shape, dtype, origin: { kind: 'node', node, index } });
    });
    this.nodes.push(node);
    return values;
  }
}

/** The nodes that `results` depend on, in an order of execution. */
export function reachable(
  graph: { readonly nodes: readonly GraphNode[] },
  results: readonly Value[],
): GraphNode[] {
  const needed = new Set<GraphNode>();
  const open = [...results];
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.origin.kind !== 'node' || needed.has(value.origin.node)) continue;
    needed.add(value.origin.node);
    open.push(...usedBy(value.origin.node));
  }
  return graph.nodes.filter((node) => needed.has(node));
}

/** Equal for bodies that compute the same: their own values are numbered anew, as each recording has its own numbers. */
function bodyKey({ inputs, nodes, results, captures }: Subgraph): string {
  const names = new Map<Value, string>(captures.map((value) => [value, `around ${value.id}`]));
  const nameOf = (value: Value): string => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const { origin, dtype, shape } = value;
    const content = origin.kind === 'constant' ? `=${origin.splat ?? origin.values.join()}` : '';
    const name = `${names.size}:${dtype}[${shape.join()}]${content}`;
    names.set(value, name);
    return name;
  };
  const parts = nodes.map((node) => {
    const used = node.inputs.map((input) => (input ? nameOf(input) : ''));
    const inner = node.body ? bodyKey(node.body) : '';
    return `${node.domain}${node.op}(${used.join()})${JSON.stringify(node.attributes)}${inner}=${node.outputs.map(nameOf).join()}`;
  });
  return `${inputs.map(nameOf).join()};${parts.join(';')}=>${results.map(nameOf).join()}`;
}

/** Numbers as the elements of a constant. */
export function arrayOf(dtype: GraphDType, numbers: readonly number[] | ConstantArray): ConstantArray {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(numbers as ArrayLike<number>, Number);
    case 'int32':
      return Int32Array.from(numbers as ArrayLike<number>, Number);
    case 'int64':
      return BigInt64Array.from(Array.from(numbers as ArrayLike<number>, (n) => BigInt(n)));
    case 'bool':
      return Uint8Array.from(numbers as ArrayLike<number>, (n) => (n ? 1 : 0));
  }
}

/** A constant array of `shape` filled with one number. */
export function filled(dtype: GraphDType, shape: readonly number[], number: number): ConstantArray {
  const size = sizeOf(shape);
  switch (dtype) {
    case 'float32':
      return new Float32Array(size).fill(number);
    case 'int32':
      return new Int32Array(size).fill(number);
    case 'int64':
      return new BigInt64Array(size).fill(BigInt(number));
    case 'bool':
      return new Uint8Array(size).fill(number ? 1 : 0);
  }
}

function sameElements(a: ConstantArray, b: ConstantArray): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function splatOf(values: ConstantArray): number | undefined {
  const first = values[0];
  if (first === undefined) return undefined;
  for (let i = 1; i < values.length; i++) if (values[i] !== first) return undefined;
  return Number(first);
}
