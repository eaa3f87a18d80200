/**
 * Folds what stands beside a matrix product into it, where ONNX Runtime's operators take it for nothing: a factor
 * becomes `alpha` of FusedMatMul or Gemm, an addition becomes `C` of Gemm. ONNX Runtime's own optimizer does a part of
 * this, but looks at additions first and then finds no way for the factor. For sessions, not for exported files: a
 * product is only folded where nothing else uses it.
 */
import { MICROSOFT } from './graph';
import type { Attributes, GraphNode, Value } from './values';
import { isConstant, sameShape, usedBy } from './values';

/** The nodes with products fused, in an order of execution. `results` are read from outside and stay. */
export function fuseProducts(nodes: readonly GraphNode[], results: readonly Value[]): GraphNode[] {
  const scaled = scaleProducts(nodes, results);
  return addToProducts(scaleOperands(scaled, results), results);
}

interface Product {
  readonly inputs: readonly [Value, Value];
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

function productOf(node: GraphNode | undefined): Product | undefined {
  if (node === undefined || (node.op !== 'MatMul' && node.op !== 'FusedMatMul')) return undefined;
  const [a, b] = node.inputs;
  if (!a || !b || a.dtype !== 'float32') return undefined;
  const { transA, transB, alpha } = node.attributes;
  const factor = typeof alpha === 'object' && 'float' in alpha ? alpha.float : 1;
  return { inputs: [a, b], transA: transA === 1, transB: transB === 1, alpha: factor };
}

function fusedMatMul(node: GraphNode, { inputs, transA, transB, alpha }: Product): GraphNode {
  const attributes: Attributes = { transA: transA ? 1 : 0, transB: transB ? 1 : 0, alpha: { float: alpha } };
  return { ...node, op: 'FusedMatMul', domain: MICROSOFT, inputs, attributes };
}

/** x · factor, as a multiplication with a constant that is one number and does not widen x. */
function scaling(node: GraphNode): { readonly x: Value; readonly factor: number } | undefined {
  const [a, b] = node.inputs;
  const [result] = node.outputs;
  if (node.op !== 'Mul' || !a || !b || result?.dtype !== 'float32') return undefined;
  const [x, scalar] = isConstant(a) ? [b, a] : [a, b];
  if (!isConstant(scalar) || scalar.origin.splat === undefined || !sameShape(x.shape, result.shape)) {
    return undefined;
  }
  return { x, factor: scalar.origin.splat };
}

/** (a b) · factor: the factor is taken by the product before it. */
function scaleProducts(nodes: readonly GraphNode[], results: readonly Value[]): GraphNode[] {
  const graph = new Uses(nodes, results);
  return graph.rewrite((node) => {
    const scale = scaling(node);
    const source = scale && graph.soleUse(scale.x);
    const product = productOf(source);
    if (!scale || !source || !product) return undefined;
    graph.drop(source);
    return fusedMatMul(node, { ...product, alpha: product.alpha * scale.factor });
  });
}

/** x · factor, used by products alone: the factor is taken by the products behind it. */
function scaleOperands(nodes: readonly GraphNode[], results: readonly Value[]): GraphNode[] {
  const graph = new Uses(nodes, results);
  const folded = new Map<Value, { readonly x: Value; readonly factor: number }>();
  for (const node of nodes) {
    const scale = scaling(node);
    const [result] = node.outputs;
    if (!scale || !result || !graph.usedOnlyBy(result, (user) => productOf(user) !== undefined)) continue;
    folded.set(result, scale);
    graph.drop(node);
  }
  return graph.rewrite((node) => {
    const product = productOf(node);
    if (!product?.inputs.some((input) => folded.has(input))) return undefined;
    const [a, b] = product.inputs;
    const [left, right] = [folded.get(a), folded.get(b)];
    const alpha = product.alpha * (left?.factor ?? 1) * (right?.factor ?? 1);
    return fusedMatMul(node, { ...product, inputs: [left?.x ?? a, right?.x ?? b], alpha });
  });
}

/** a b + c for matrices, c a matrix of the same shape or one row: one Gemm. */
function addToProducts(nodes: readonly GraphNode[], results: readonly Value[]): GraphNode[] {
  const graph = new Uses(nodes, results);
  return graph.rewrite((node) => {
    const [first, second] = node.inputs;
    const [result] = node.outputs;
    if (node.op !== 'Add' || !first || !second || result?.shape.length !== 2) return undefined;
    for (const [sum, c] of [
      [first, second],
      [second, first],
    ] as const) {
      const source = graph.soleUse(sum);
      const product = productOf(source);
      const fits = sameShape(c.shape, result.shape) || sameShape(c.shape, result.shape.slice(1));
      if (!source || !product || !fits || !sameShape(sum.shape, result.shape)) continue;
      if (product.inputs.some(({ shape }) => shape.length !== 2)) continue;
      graph.drop(source);
      const { inputs, transA, transB, alpha } = product;
      return {
        ...node,
        op: 'Gemm',
        inputs: [...inputs, c],
        attributes: {
          transA: transA ? 1 : 0,
          transB: transB ? 1 : 0,
          alpha: { float: alpha },
          beta: { float: 1 },
        },
      };
    }
    return undefined;
  });
}

/** Who makes and who uses each value, while nodes are replaced. */
class Uses {
  private readonly makers = new Map<Value, GraphNode>();
  private readonly users = new Map<Value, GraphNode[]>();
  private readonly results: ReadonlySet<Value>;
  private readonly dropped = new Set<GraphNode>();
  private readonly replaced = new Set<GraphNode>();

  constructor(
    private readonly nodes: readonly GraphNode[],
    results: readonly Value[],
  ) {
    this.results = new Set(results);
    for (const node of nodes) {
      for (const output of node.outputs) this.makers.set(output, node);
      for (const input of usedBy(node)) {
        const users = this.users.get(input);
        if (users) users.push(node);
        else this.users.set(input, [node]);
      }
    }
  }

  /** The node that makes `value` when it has one use, and has not itself been replaced. */
  soleUse(value: Value): GraphNode | undefined {
    const maker = this.makers.get(value);
    const sole = !this.results.has(value) && this.users.get(value)?.length === 1;
    return sole && maker && !this.replaced.has(maker) && !this.dropped.has(maker) ? maker : undefined;
  }

  usedOnlyBy(value: Value, holds: (node: GraphNode) => boolean): boolean {
    return !this.results.has(value) && (this.users.get(value) ?? []).every(holds);
  }

  drop(node: GraphNode): void {
    this.dropped.add(node);
  }

  /** Each node or what `replace` makes of it, without the dropped ones. */
  rewrite(replace: (node: GraphNode) => GraphNode | undefined): GraphNode[] {
    const written = this.nodes.map((node): readonly [GraphNode, GraphNode] => {
      const replacement = replace(node);
      if (replacement) this.replaced.add(node);
      return [node, replacement ?? node];
    });
    return written.flatMap(([node, now]) => (this.dropped.has(node) ? [] : [now]));
  }
}
