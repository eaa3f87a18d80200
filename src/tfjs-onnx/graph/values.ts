/** The parts of a recorded graph: values that flow, and the nodes that make them. */

/** Element types of the graph. `int64` is ONNX's own, for shapes and indices; TensorFlow.js never sees it. */
export type GraphDType = 'float32' | 'int32' | 'int64' | 'bool';

/** Elements of a constant; `bool` is held as bytes of 0 and 1. */
export type ConstantArray = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** A node's attribute: a number is an ONNX int, an array ints; floats and strings are marked as such. */
export type Attribute = number | readonly number[] | { readonly float: number } | { readonly text: string };
export type Attributes = Readonly<Record<string, Attribute>>;

/** A tensor inside the graph. */
export interface Value {
  /** Position in the order of recording. */
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: GraphDType;
  readonly origin: Origin;
}

export type Origin =
  | { readonly kind: 'input'; readonly name: string }
  | {
      readonly kind: 'constant';
      readonly values: ConstantArray;
      /** The one number that fills the whole constant, where there is one. */
      readonly splat: number | undefined;
    }
  | { readonly kind: 'node'; readonly node: GraphNode; readonly index: number };

export type ConstantValue = Value & { readonly origin: Extract<Origin, { kind: 'constant' }> };

export interface GraphNode {
  readonly op: string;
  /** '' for ONNX's own operators, 'com.microsoft' for ONNX Runtime's. */
  readonly domain: string;
  /** undefined stands for an optional input that is left out. */
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
  /** The graph that the node runs once or several times: its attribute `body`. */
  readonly body: Subgraph | undefined;
  /** The TensorFlow.js kernel during which the node was recorded; for messages. */
  readonly kernel: string;
}

/** A graph within a node. */
export interface Subgraph {
  /** What the node feeds at each run of the body. */
  readonly inputs: readonly Value[];
  /** In an order of execution; only what the results need. */
  readonly nodes: readonly GraphNode[];
  readonly results: readonly Value[];
  /** Values of the graph around it that the body uses by name, without a copy. */
  readonly captures: readonly Value[];
}

/** All values that a node uses: its inputs, and what its body takes from the graph around. */
export function usedBy({ inputs, body }: GraphNode): readonly Value[] {
  const given = inputs.filter((input) => input !== undefined);
  return body ? [...given, ...body.captures] : given;
}

export function isConstant(value: Value): value is ConstantValue {
  return value.origin.kind === 'constant';
}

/** The node that makes `value` when its operator is `op`. */
export function madeBy(value: Value, op: string): GraphNode | undefined {
  return value.origin.kind === 'node' && value.origin.node.op === op ? value.origin.node : undefined;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** The shape of an elementwise result; throws where the shapes do not broadcast. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const da = a[i - rank + a.length] ?? 1;
    const db = b[i - rank + b.length] ?? 1;
    if (da !== db && da !== 1 && db !== 1) {
      throw new Error(`shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
    }
    return da === 1 ? db : da;
  });
}

/** `n` for axis -1 of rank n + 1, and so on. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
