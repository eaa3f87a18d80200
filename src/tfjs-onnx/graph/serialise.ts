/** Writes a recorded graph as an ONNX file (ModelProto, https://onnx.ai/onnx/repo-docs/IR.html). */
import { onnx } from 'onnx-proto';
import { fuseProducts } from './fuse';
import type { Graph } from './graph';
import { reachable } from './graph';
import type { Attribute, ConstantArray, GraphDType, GraphNode, Value } from './values';

/** The version of ONNX's operators that lowerings are written for. */
const OPSET = 20;
const IR_VERSION = 9;

const ELEMENT_TYPE: Readonly<Record<GraphDType, onnx.TensorProto.DataType>> = {
  float32: onnx.TensorProto.DataType.FLOAT,
  int32: onnx.TensorProto.DataType.INT32,
  int64: onnx.TensorProto.DataType.INT64,
  bool: onnx.TensorProto.DataType.BOOL,
};

export function elementType(dtype: GraphDType): number {
  return ELEMENT_TYPE[dtype];
}

/** One graph input or output under its outside name; `dims` holds names for open dimensions. */
export interface Port {
  readonly name: string;
  readonly value: Value;
  readonly dims?: readonly (number | string)[];
}

export interface SerialisedGraph {
  readonly bytes: Uint8Array;
  /** Names of the nodes written (after pruning what no output needs), each with the kernel it comes from before a slash. */
  readonly nodes: readonly string[];
}

/**
 * The graph as bytes. Only what the outputs need is written; inputs are written as given, whether needed or not.
 * The names of inputs and outputs together must be unique. A `portable` file holds ONNX's own operators only.
 */
export function serialise(
  graph: Graph,
  inputs: readonly Port[],
  outputs: readonly Port[],
  portable = false,
): SerialisedGraph {
  const results = outputs.map((port) => port.value);
  const needed = reachable(graph, results);
  const nodes = portable ? needed : fuseProducts(needed, results);
  const names = new Map<Value, string>(inputs.map((port) => [port.value, port.name]));
  const initializers: onnx.ITensorProto[] = [];
  const copies: onnx.INodeProto[] = [];
  for (const port of outputs) {
    if (names.has(port.value) || port.value.origin.kind !== 'node') {
      copies.push({ opType: 'Identity', input: [nameOf(port.value)], output: [port.name], name: port.name });
    } else names.set(port.value, port.name);
  }

  function nameOf(value: Value): string {
    const known = names.get(value);
    if (known !== undefined) return known;
    const name = `v${value.id}`;
    names.set(value, name);
    if (value.origin.kind === 'constant') {
      initializers.push({
        name,
        dims: [...value.shape],
        dataType: ELEMENT_TYPE[value.dtype],
        rawData: bytesOf(value.origin.values),
      });
    }
    return name;
  }

  const written = nodes.flatMap((node) =>
    portable && node.op === 'FusedMatMul' ? plainMatMul(node, nameOf) : [nodeProto(node, nameOf)],
  );
  const domains = new Set(written.map((node) => node.domain ?? '').filter((domain) => domain !== ''));
  const model: onnx.IModelProto = {
    irVersion: IR_VERSION,
    producerName: 'tfjs-onnx',
    opsetImport: [
      { domain: '', version: OPSET },
      ...Array.from(domains, (domain) => ({ domain, version: 1 })),
    ],
    graph: {
      name: graph.name,
      node: [...written, ...copies],
      initializer: initializers,
      input: inputs.map(portProto),
      output: outputs.map(portProto),
    },
  };
  return {
    bytes: onnx.ModelProto.encode(model).finish(),
    nodes: [...written, ...copies].map(({ name }) => name ?? ''),
  };
}

function nodeProto(node: GraphNode, nameOf: (value: Value) => string): onnx.INodeProto {
  const outputs = node.outputs.map(nameOf);
  return {
    opType: node.op,
    domain: node.domain,
    name: `${node.kernel}/${outputs[0] ?? ''}`,
    input: node.inputs.map((input) => (input === undefined ? '' : nameOf(input))),
    output: outputs,
    attribute: Object.entries(node.attributes).map(([name, attribute]) => attributeProto(name, attribute)),
  };
}

/** FusedMatMul without its own transposes, for runtimes that do not know it. */
function plainMatMul(node: GraphNode, nameOf: (value: Value) => string): onnx.INodeProto[] {
  const [product] = node.outputs;
  if (!product) return [];
  const name = nameOf(product);
  const operands = (['transA', 'transB'] as const).map((flag, i) => {
    const operand = node.inputs[i];
    if (!operand) throw new Error('a product has two operands');
    if (node.attributes[flag] !== 1) return { source: nameOf(operand), transpose: [] };
    const perm = operand.shape.map((_, axis) => axis);
    perm.splice(-2, 2, perm.length - 1, perm.length - 2);
    const turned: onnx.INodeProto = {
      opType: 'Transpose',
      name: `${node.kernel}/${name}/${flag}`,
      input: [nameOf(operand)],
      output: [`${name}.${flag}`],
      attribute: [attributeProto('perm', perm)],
    };
    return { source: `${name}.${flag}`, transpose: [turned] };
  });
  return [
    ...operands.flatMap(({ transpose }) => transpose),
    {
      opType: 'MatMul',
      name: `${node.kernel}/${name}`,
      input: operands.map(({ source }) => source),
      output: [name],
    },
  ];
}

function attributeProto(name: string, attribute: Attribute): onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof attribute === 'number') return { name, type: AttributeType.INT, i: attribute };
  if ('float' in attribute) return { name, type: AttributeType.FLOAT, f: attribute.float };
  if ('text' in attribute)
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(attribute.text) };
  return { name, type: AttributeType.INTS, ints: [...attribute] };
}

function portProto({ name, value, dims = value.shape }: Port): onnx.IValueInfoProto {
  return {
    name,
    type: {
      tensorType: {
        elemType: ELEMENT_TYPE[value.dtype],
        shape: {
          dim: dims.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })),
        },
      },
    },
  };
}

function bytesOf(values: ConstantArray): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
