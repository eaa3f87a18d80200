/**
 * Sums as the gradients of repeated layers make them, one `Add` after the other: put together when they are recorded,
 * so that a recurrent network over many steps has one product for each of its weights instead of one per step. What an
 * earlier, shorter sum recorded is left behind and not written to the file.
 */
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { isConstant, madeBy, sameShape } from '../graph/values';
import { matMul } from './matmul';

/** `a + b` in another form, where there is a better one. */
export function joinedSum(g: Graph, a: Value, b: Value): Value | undefined {
  if (!sameShape(a.shape, b.shape) || a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  return productOfStacks(g, a, b) ?? sumOfStack(g, a, b) ?? neighbours(g, a, b);
}

/** Two lists one behind the other along `axis`; lists that were put together before are taken apart again. */
function stacked(g: Graph, a: Value, b: Value, axis: number): Value {
  const parts = (x: Value): readonly Value[] => {
    const concat = madeBy(x, 'Concat');
    return concat?.attributes['axis'] === axis ? (concat.inputs as readonly Value[]) : [x];
  };
  return emit.concat(g, [...parts(a), ...parts(b)], axis);
}

/** The factors of a weight's gradient Aᵀ B: A `[rows, in]`, B `[rows, out]`. */
function factors(x: Value): readonly [Value, Value] | undefined {
  const fused = madeBy(x, 'FusedMatMul');
  const plain = madeBy(x, 'MatMul');
  const [left, right] = (fused ?? plain)?.inputs ?? [];
  if (!left || !right || left.shape.length !== 2 || right.shape.length !== 2) return undefined;
  if (fused) {
    const { transA, transB, alpha } = fused.attributes;
    const whole = typeof alpha === 'object' && 'float' in alpha && alpha.float === 1;
    return transA === 1 && transB === 0 && whole ? [left, right] : undefined;
  }
  const turned = madeBy(left, 'Transpose')?.inputs[0];
  return turned && [turned, right];
}

/**
 * A₁ᵀ B₁ + A₂ᵀ B₂ as one product of the stacked factors. Stacking copies the factors; adding reads and writes the
 * result once more, which costs more where a factor has few rows.
 */
function productOfStacks(g: Graph, a: Value, b: Value): Value | undefined {
  const [first, second] = [factors(a), factors(b)];
  if (!first || !second) return undefined;
  const [rows = 1, inputs = 1] = second[0].shape;
  const outputs = second[1].shape[1] ?? 1;
  if (rows * (inputs + outputs) > 2 * inputs * outputs) return undefined;
  return matMul(g, stacked(g, first[0], second[0], 0), stacked(g, first[1], second[1], 0), true, false);
}

/** The sum of two matrices' columns (a bias' gradient) as that of the stacked matrices. */
function sumOfStack(g: Graph, a: Value, b: Value): Value | undefined {
  const columns = (x: Value): Value | undefined => {
    const node = madeBy(x, 'ReduceSum');
    const [matrix, axes] = node?.inputs ?? [];
    if (!matrix || !axes || matrix.shape.length !== 2 || node?.attributes['keepdims'] !== 0) return undefined;
    return isConstant(axes) && axes.origin.splat === 0 ? matrix : undefined;
  };
  const [first, second] = [columns(a), columns(b)];
  return first && second && emit.reduce(g, 'ReduceSum', stacked(g, first, second, 0), [0], false);
}

interface Part {
  readonly values: Value;
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

/** A tensor in a frame of zeros along one axis: the gradient of a slice. */
function framed(x: Value): Part | undefined {
  const node = madeBy(x, 'Pad');
  const [values, pads, fill] = node?.inputs ?? [];
  const mode = node?.attributes['mode'];
  const constant = typeof mode === 'object' && 'text' in mode && mode.text === 'constant';
  if (!values || !pads || !fill || !constant || !isConstant(pads) || !isConstant(fill)) return undefined;
  if (fill.origin.splat !== 0) return undefined;
  const rank = x.shape.length;
  const widths = Array.from(pads.origin.values, Number);
  const axes = x.shape.map((_, i) => i).filter((i) => widths[i] !== 0 || widths[i + rank] !== 0);
  const [axis] = axes;
  if (axis === undefined || axes.length !== 1) return undefined;
  return { values, axis, before: widths[axis] ?? 0, after: widths[axis + rank] ?? 0 };
}

/** The sum of two frames whose parts lie side by side, as one frame around both. */
function neighbours(g: Graph, a: Value, b: Value): Value | undefined {
  const [one, other] = [framed(a), framed(b)];
  if (!one || !other || one.axis !== other.axis) return undefined;
  const { axis } = one;
  const size = (part: Part): number => part.values.shape[axis] ?? 0;
  const [first, second] = one.before <= other.before ? [one, other] : [other, one];
  if (first.before + size(first) !== second.before) return undefined;
  const joined = stacked(g, first.values, second.values, axis);
  const frame = (width: number): number[] => a.shape.map((_, i) => (i === axis ? width : 0));
  if (first.before === 0 && second.after === 0) return joined;
  const pads = g.ints([...frame(first.before), ...frame(second.after)]);
  return g.node('Pad', [joined, pads, g.scalar(0)], a, { mode: { text: 'constant' } });
}
