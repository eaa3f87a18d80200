/**
 * What two pieces of recorded graph have in common: their structure, as a string that is equal where one session can
 * run both. Leaves are inputs, so values do not count; shapes, types, attributes and small constants do.
 */
import type { Graph } from '../graph/graph';
import { reachable } from '../graph/graph';
import type { ConstantValue, GraphNode, Value } from '../graph/values';
import { isConstant, sizeOf } from '../graph/values';

export interface Structure {
  readonly key: string;
  /** Leaves in the order of their first use. */
  readonly leaves: readonly Value[];
  readonly nodes: readonly GraphNode[];
}

/** The structure of everything that `results` depend on. */
export function structureOf(graph: Graph, results: readonly Value[]): Structure {
  const nodes = reachable(graph, results);
  const names = new Map<Value, string>();
  const leaves: Value[] = [];
  const parts: string[] = [];

  function nameOf(value: Value): string {
    const known = names.get(value);
    if (known !== undefined) return known;
    if (isConstant(value)) return constantKey(value);
    const name = `i${leaves.length}`;
    names.set(value, name);
    leaves.push(value);
    parts.push(`${name}:${value.dtype}[${value.shape.join()}]`);
    return name;
  }

  nodes.forEach((node, i) => {
    // Helpers that record a body do so in programs only (`isRecording`), and are single operations here.
    if (node.body) throw new Error(`${node.op} holds a graph, which eager use has no key for`);
    const inputs = node.inputs.map((input) => (input === undefined ? '' : nameOf(input)));
    node.outputs.forEach((output, k) => names.set(output, `${i}.${k}`));
    parts.push(`${node.domain}${node.op}(${inputs.join()})${JSON.stringify(node.attributes)}`);
  });
  return { key: `${parts.join(';')}=>${results.map(nameOf).join()}`, leaves, nodes };
}

function constantKey({ dtype, shape, origin }: ConstantValue): string {
  const { splat, values } = origin;
  const content =
    splat !== undefined && !Object.is(splat, -0)
      ? String(splat)
      : Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('latin1');
  return `${dtype}[${shape.join()}]<${content}>`;
}

/** Products that are worth the start of a second thread, in multiplications. */
const WORTH_THREADS = 4e6;

/** Whether the nodes compute enough for several threads to pay. */
export function isHeavy(nodes: readonly GraphNode[]): boolean {
  let work = 0;
  for (const { op, inputs, outputs } of nodes) {
    const written = outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (/MatMul|Gemm/.test(op)) work += written * (inputs[0]?.shape.at(-1) ?? 1);
    else if (/Conv/.test(op)) work += written * sizeOf(inputs[1]?.shape.slice(1) ?? []);
    else work += written;
  }
  return work >= WORTH_THREADS;
}
