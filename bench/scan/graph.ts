/** Writes ONNX graphs by hand: nodes by operator, values by name, graphs within nodes. */
import { onnx } from 'onnx-proto';

export type Attribute = number | readonly number[] | onnx.IGraphProto;

export interface Port {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One graph while it is written. Names are unique over all graphs, as those within a `Scan` see the ones around them. */
export class GraphWriter {
  private readonly nodes: onnx.INodeProto[] = [];
  private readonly constants: onnx.ITensorProto[] = [];

  /** A node with one result; answers with its name. */
  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const output = fresh();
    this.write(op, inputs, [output], attributes);
    return output;
  }

  /** The parts of `x` along an axis; `sizes` are theirs. */
  split(x: string, sizes: readonly number[], axis = 0): string[] {
    const outputs = sizes.map(fresh);
    this.write('Split', [x, this.integers(sizes)], outputs, { axis });
    return outputs;
  }

  /** A node with the given names for its results. */
  write(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): void {
    this.nodes.push({
      opType: op,
      domain: op === 'FusedMatMul' ? 'com.microsoft' : '',
      name: `${op}/${outputs[0] ?? ''}`,
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
    });
  }

  integers(values: readonly number[]): string {
    const name = fresh();
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.constants.push({
      name,
      dims: [values.length],
      dataType: onnx.TensorProto.DataType.INT64,
      rawData,
    });
    return name;
  }

  /** float32, all of one value. */
  filled(shape: readonly number[], value: number): string {
    const name = fresh();
    const size = shape.reduce((product, length) => product * length, 1);
    const rawData = new Uint8Array(new Float32Array(size).fill(value).buffer);
    this.constants.push({ name, dims: [...shape], dataType: onnx.TensorProto.DataType.FLOAT, rawData });
    return name;
  }

  graph(name: string, inputs: readonly Port[], outputs: readonly Port[]): onnx.IGraphProto {
    return {
      name,
      node: this.nodes,
      initializer: this.constants,
      input: inputs.map(portProto),
      output: outputs.map(portProto),
    };
  }
}

let names = 0;

/** A name that nothing has yet. */
export function fresh(): string {
  return `v${names++}`;
}

export function modelOf(graph: onnx.IGraphProto): Uint8Array {
  const opsetImport = [
    { domain: '', version: 20 },
    { domain: 'com.microsoft', version: 1 },
  ];
  return onnx.ModelProto.encode({ irVersion: 9, producerName: 'bench', opsetImport, graph }).finish();
}

function attributeProto(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (isList(value)) return { name, type: AttributeType.INTS, ints: [...value] };
  return { name, type: AttributeType.GRAPH, g: value };
}

function isList(value: readonly number[] | onnx.IGraphProto): value is readonly number[] {
  return Array.isArray(value);
}

function portProto({ name, shape }: Port): onnx.IValueInfoProto {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim } } } };
}
