/**
 * The vocabulary that lowerings are written in: each function records what is needed and nothing more. The peephole
 * rules live here, where a node is born: reshapes of reshapes collapse, transposes compose, a multiplication by one
 * disappears, broadcasts are left to the operator that broadcasts anyway, shape changes of constants are computed.
 */
import type { Graph } from './graph';
import { arrayOf, filled } from './graph';
import { elementType } from './serialise';
import type { Attributes, ConstantArray, GraphDType, Value } from './values';
import { broadcastShape, isConstant, madeBy, sameShape, sizeOf } from './values';

/** A result of the same shape as `x`. */
export function unary(g: Graph, op: string, x: Value, attributes: Attributes = {}): Value {
  return g.node(op, [x], { shape: x.shape, dtype: x.dtype }, attributes);
}

/** An elementwise result of two operands that broadcast. */
export function binary(g: Graph, op: string, a: Value, b: Value, dtype: GraphDType = a.dtype): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const simple = simplified(g, op, a, b, shape);
  if (simple) return simple;
  const [left, right] = unbroadcast(g, a, b, shape);
  return g.node(op, [left, right], { shape, dtype });
}

export const add = (g: Graph, a: Value, b: Value): Value => binary(g, 'Add', a, b);
export const sub = (g: Graph, a: Value, b: Value): Value => binary(g, 'Sub', a, b);
export const mul = (g: Graph, a: Value, b: Value): Value => binary(g, 'Mul', a, b);
export const div = (g: Graph, a: Value, b: Value): Value => binary(g, 'Div', a, b);

/** x + 0, x - 0, x * 1, x / 1: the other operand, widened to the shape of the result. */
function simplified(g: Graph, op: string, a: Value, b: Value, shape: readonly number[]): Value | undefined {
  const left = isConstant(a) ? a.origin.splat : undefined;
  const right = isConstant(b) ? b.origin.splat : undefined;
  if ((op === 'Mul' || op === 'Div') && right === 1) return expand(g, a, shape);
  if ((op === 'Add' || op === 'Sub') && right === 0) return expand(g, a, shape);
  if (op === 'Mul' && left === 1) return expand(g, b, shape);
  if (op === 'Add' && left === 0) return expand(g, b, shape);
  if (op === 'Mul' && right === -1 && sameShape(a.shape, shape)) return unary(g, 'Neg', a);
  if (op === 'Div' && a.dtype === 'float32' && right !== undefined && right !== 0) {
    return mul(g, a, g.constant(filled('float32', b.shape, 1 / right), b.shape, 'float32'));
  }
  return undefined;
}

/** The operands before their own broadcasts, as far as the result keeps its shape. */
function unbroadcast(g: Graph, a: Value, b: Value, shape: readonly number[]): [Value, Value] {
  const narrowA = narrow(g, a);
  const narrowB = narrow(g, b);
  if (sameShape(broadcastShape(narrowA.shape, narrowB.shape), shape)) return [narrowA, narrowB];
  if (sameShape(broadcastShape(a.shape, narrowB.shape), shape)) return [a, narrowB];
  if (sameShape(broadcastShape(narrowA.shape, b.shape), shape)) return [narrowA, b];
  return [a, b];
}

function narrow(g: Graph, value: Value): Value {
  if (isConstant(value) && value.origin.splat !== undefined && value.shape.length > 0) {
    return g.scalar(value.origin.splat, value.dtype);
  }
  return madeBy(value, 'Expand')?.inputs[0] ?? value;
}

export function expand(g: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (isConstant(x) && x.origin.splat !== undefined) {
    return g.constant(filled(x.dtype, shape, x.origin.splat), shape, x.dtype);
  }
  const source = madeBy(x, 'Expand')?.inputs[0] ?? x;
  return g.node('Expand', [source, g.ints(shape)], { shape, dtype: x.dtype });
}

export function reshape(g: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (isConstant(x)) return g.constant(x.origin.values, shape, x.dtype);
  const source = madeBy(x, 'Reshape')?.inputs[0];
  if (source) return reshape(g, source, shape);
  return g.node('Reshape', [x, g.ints(shape)], { shape, dtype: x.dtype });
}

export function transpose(g: Graph, x: Value, perm: readonly number[]): Value {
  const shape = perm.map((axis) => x.shape[axis] ?? 1);
  if (perm.every((axis, i) => axis === i)) return x;
  if (isConstant(x)) return g.constant(transposed(x.origin.values, x.shape, perm), shape, x.dtype);
  // Moving only dimensions of size one moves no data.
  const moved = perm.filter((axis) => x.shape[axis] !== 1);
  if (moved.every((axis, i) => i === 0 || axis > (moved[i - 1] ?? 0))) return reshape(g, x, shape);
  const earlier = madeBy(x, 'Transpose');
  const first = earlier?.attributes['perm'];
  if (earlier?.inputs[0] && Array.isArray(first)) {
    return transpose(
      g,
      earlier.inputs[0],
      perm.map((axis) => Number(first[axis])),
    );
  }
  return g.node('Transpose', [x], { shape, dtype: x.dtype }, { perm });
}

/** The last two dimensions swapped. */
export function swapLast(g: Graph, x: Value): Value {
  const perm = x.shape.map((_, i) => i);
  const rank = perm.length;
  [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
  return transpose(g, x, perm);
}

export function cast(g: Graph, x: Value, dtype: GraphDType): Value {
  if (x.dtype === dtype) return x;
  // Conditions (one-hot rows among them) come as int32 and are cast once more.
  const source = madeBy(x, 'Cast')?.inputs[0];
  if (source?.dtype === 'bool') return cast(g, source, dtype);
  if (isConstant(x)) {
    const { values } = x.origin;
    const whole = dtype !== 'float32' && dtype !== 'bool' && x.dtype === 'float32';
    return g.constant(
      arrayOf(dtype, whole ? Array.from(values as Float32Array, Math.trunc) : values),
      x.shape,
      dtype,
    );
  }
  return g.node('Cast', [x], { shape: x.shape, dtype }, { to: elementType(dtype) });
}

/** Reduces over `axes`; `op` is ReduceSum, ReduceMax and so on. */
export function reduce(g: Graph, op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
  const kept = x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
  const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
  if (axes.length === 0 || axes.every((axis) => x.shape[axis] === 1)) return reshape(g, x, shape);
  const square = op === 'ReduceSum' ? madeBy(x, 'Mul') : undefined;
  const [squared, again] = square?.inputs ?? [];
  return squared !== undefined && squared === again && sameShape(squared.shape, x.shape)
    ? g.node(
        'ReduceSumSquare',
        [squared, g.ints(axes)],
        { shape, dtype: x.dtype },
        { keepdims: keepDims ? 1 : 0 },
      )
    : g.node(op, [x, g.ints(axes)], { shape, dtype: x.dtype }, { keepdims: keepDims ? 1 : 0 });
}

/** The part `begin .. begin + size` of every dimension. */
export function slice(g: Graph, x: Value, begin: readonly number[], size: readonly number[]): Value {
  if (sameShape(size, x.shape)) return x;
  if (isConstant(x)) return g.constant(sliced(x.origin.values, x.shape, begin, size), size, x.dtype);
  const axes = size.map((_, i) => i).filter((i) => size[i] !== x.shape[i]);
  const starts = axes.map((axis) => begin[axis] ?? 0);
  const ends = axes.map((axis) => (begin[axis] ?? 0) + (size[axis] ?? 0));
  return g.node('Slice', [x, g.ints(starts), g.ints(ends), g.ints(axes)], { shape: size, dtype: x.dtype });
}

export function concat(g: Graph, parts: readonly Value[], axis: number): Value {
  const filledParts = parts.filter((part) => sizeOf(part.shape) > 0);
  const [first] = filledParts.length > 0 ? filledParts : parts;
  if (first === undefined) throw new Error('nothing to concatenate');
  if (filledParts.length <= 1) return first;
  const total = filledParts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  const shape = first.shape.map((dim, i) => (i === axis ? total : dim));
  return g.node('Concat', filledParts, { shape, dtype: first.dtype }, { axis });
}

/** Parts of the given sizes along `axis`. */
export function split(g: Graph, x: Value, sizes: readonly number[], axis: number): readonly Value[] {
  if (sizes.length === 1) return [x];
  const outputs = sizes.map((size) => ({
    shape: x.shape.map((dim, i) => (i === axis ? size : dim)),
    dtype: x.dtype,
  }));
  if (isConstant(x)) {
    let start = 0;
    return outputs.map(({ shape }) => {
      const begin = shape.map((_, i) => (i === axis ? start : 0));
      start += shape[axis] ?? 0;
      return slice(g, x, begin, shape);
    });
  }
  // The gradient of a concatenation takes apart what was put together: the parts may still be there.
  const whole = madeBy(x, 'Concat');
  if (
    whole &&
    sameShape(
      whole.inputs.map((part) => part?.shape[axis] ?? 0),
      sizes,
    )
  ) {
    if (whole.attributes['axis'] === axis) return whole.inputs as readonly Value[];
  }
  return g.nodeOf('Split', [x, g.ints(sizes)], outputs, { axis });
}

export function where(g: Graph, condition: Value, a: Value, b: Value): Value {
  const shape = broadcastShape(broadcastShape(condition.shape, a.shape), b.shape);
  const [left, right] = [narrow(g, a), narrow(g, b)];
  const keeps = sameShape(broadcastShape(broadcastShape(condition.shape, left.shape), right.shape), shape);
  return g.node('Where', keeps ? [condition, left, right] : [condition, a, b], { shape, dtype: a.dtype });
}

function strides(shape: readonly number[]): number[] {
  const result = shape.map(() => 1);
  for (let i = shape.length - 2; i >= 0; i--) result[i] = (result[i + 1] ?? 1) * (shape[i + 1] ?? 1);
  return result;
}

function gathered(
  values: ConstantArray,
  shape: readonly number[],
  start: number,
  step: readonly number[],
): ConstantArray {
  const size = sizeOf(shape);
  const result = values.slice(0, size);
  const at = shape.map(() => 0);
  let source = start;
  for (let i = 0; i < size; i++) {
    const element = values[source];
    if (element !== undefined) result[i] = element;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      source += step[axis] ?? 0;
      if (next < (shape[axis] ?? 1)) {
        at[axis] = next;
        break;
      }
      source -= (step[axis] ?? 0) * next;
      at[axis] = 0;
    }
  }
  return result;
}

function transposed(values: ConstantArray, shape: readonly number[], perm: readonly number[]): ConstantArray {
  const step = strides(shape);
  return gathered(
    values,
    perm.map((axis) => shape[axis] ?? 1),
    0,
    perm.map((axis) => step[axis] ?? 0),
  );
}

function sliced(
  values: ConstantArray,
  shape: readonly number[],
  begin: readonly number[],
  size: readonly number[],
): ConstantArray {
  const step = strides(shape);
  const start = begin.reduce((sum, at, axis) => sum + at * (step[axis] ?? 0), 0);
  return gathered(values, size, start, step);
}
