/** Writes a recorded graph as an ONNX file (ModelProto, https://onnx.ai/onnx/repo-docs/IR.html). */
import { onnx } from 'onnx-proto';
import { fuseProducts } from './fuse';
import type { Graph } from './graph';
import { reachable } from './graph';
import { withoutUnusedStacks } from './scan';
import type { Attribute, ConstantArray, GraphDType, GraphNode, Subgraph, Value } from './values';

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
  const names = new Map<Value, string>(inputs.map((port) => [port.value, port.name]));
  const writer = new Writer(names, portable);
  const contents = writer.contents(reachable(graph, results(outputs)), outputs);
  const model: onnx.IModelProto = {
    irVersion: IR_VERSION,
    producerName: 'tfjs-onnx',
    opsetImport: [
      { domain: '', version: OPSET },
      ...Array.from(writer.domains, (domain) => ({ domain, version: 1 })),
    ],
    graph: {
      name: graph.name,
      ...contents,
      input: inputs.map(portProto),
      output: outputs.map(portProto),
    },
  };
  return {
    bytes: onnx.ModelProto.encode(model).finish(),
    nodes: contents.node.map(({ name }) => name ?? ''),
  };
}

const results = (outputs: readonly Port[]): Value[] => outputs.map(({ value }) => value);

/** Writes one graph, and the graphs within its nodes. */
class Writer {
  /** Domains of operators that are not ONNX's own, in the order of their first use. */
  readonly domains: Set<string>;
  private readonly initializers: onnx.ITensorProto[] = [];

  /** `names`: of the inputs. `around`: the graph around this one, and what this one may use of it. */
  constructor(
    private readonly names: Map<Value, string>,
    private readonly portable: boolean,
    private readonly around?: { readonly writer: Writer; readonly captures: ReadonlySet<Value> },
  ) {
    this.domains = around?.writer.domains ?? new Set();
  }

  contents(
    needed: readonly GraphNode[],
    outputs: readonly Port[],
  ): { readonly node: onnx.INodeProto[]; readonly initializer: onnx.ITensorProto[] } {
    const lean = withoutUnusedStacks(needed, results(outputs));
    const nodes = this.portable ? lean : fuseProducts(lean, results(outputs));
    const copies: onnx.INodeProto[] = [];
    for (const { name, value } of outputs) {
      if (this.names.has(value) || value.origin.kind !== 'node' || this.around?.captures.has(value)) {
        copies.push({ opType: 'Identity', input: [this.nameOf(value)], output: [name], name });
      } else this.names.set(value, name);
    }
    const written = nodes.flatMap((node) => this.nodesOf(node));
    return { node: [...written, ...copies], initializer: this.initializers };
  }

  private nameOf(value: Value): string {
    if (this.around?.captures.has(value)) return this.around.writer.nameOf(value);
    const known = this.names.get(value);
    if (known !== undefined) return known;
    const name = `v${value.id}`;
    this.names.set(value, name);
    if (value.origin.kind === 'constant') {
      this.initializers.push({
        name,
        dims: [...value.shape],
        dataType: ELEMENT_TYPE[value.dtype],
        rawData: bytesOf(value.origin.values),
      });
    }
    return name;
  }

  private nodesOf(node: GraphNode): onnx.INodeProto[] {
    const nameOf = (value: Value): string => this.nameOf(value);
    if (this.portable && node.op === 'FusedMatMul') return plainMatMul(node, nameOf);
    if (node.domain !== '') this.domains.add(node.domain);
    const outputs = node.outputs.map(nameOf);
    const name = `${node.kernel}/${outputs[0] ?? ''}`;
    const attribute = Object.entries(node.attributes).map(([key, value]) => attributeProto(key, value));
    if (node.body) attribute.push(this.bodyProto(name, node.body));
    return [
      {
        opType: node.op,
        domain: node.domain,
        name,
        input: node.inputs.map((input) => (input === undefined ? '' : nameOf(input))),
        output: outputs,
        attribute,
      },
    ];
  }

  /** Shapes of a body are left to ONNX Runtime, which knows them from what the node is given. */
  private bodyProto(name: string, { inputs, nodes, results, captures }: Subgraph): onnx.IAttributeProto {
    const typed = (value: Value, i: number, kind: string): Port => ({ name: `${name}.${kind}${i}`, value });
    const fed = inputs.map((value, i) => typed(value, i, 'in'));
    const given = results.map((value, i) => typed(value, i, 'out'));
    const names = new Map<Value, string>(fed.map((port) => [port.value, port.name]));
    const writer = new Writer(names, this.portable, { writer: this, captures: new Set(captures) });
    const g: onnx.IGraphProto = {
      name,
      ...writer.contents(nodes, given),
      input: fed.map(typeProto),
      output: given.map(typeProto),
    };
    return { name: 'body', type: onnx.AttributeProto.AttributeType.GRAPH, g };
  }
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

function typeProto({ name, value }: Port): onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType: ELEMENT_TYPE[value.dtype] } } };
}

function bytesOf(values: ConstantArray): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
