/** Kernels that work element by element: arithmetic, comparisons, logic, activations, casts. */
import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { isConstant } from '../graph/values';
import type { Lowering } from './lowering';
import { withBias } from './convolution';
import { lower } from './lowering';
import { joinedSum } from './sums';

const unary = (op: string): Lowering => lower<'x'>((g, { x }) => emit.unary(g, op, x));
/** Functions whose result is a float32, whatever goes in. */
const real = (op: string): Lowering =>
  lower<'x'>((g, { x }) => emit.unary(g, op, emit.cast(g, x, 'float32')));
/** Roundings, which leave whole numbers alone. */
const rounding = (op: string): Lowering =>
  lower<'x'>((g, { x }) => (x.dtype === 'float32' ? emit.unary(g, op, x) : x));
const binary = (op: string): Lowering =>
  lower<'a' | 'b'>((g, { a, b }) => emit.binary(g, op, number(g, a), number(g, b)));
const compare = (op: string): Lowering => lower<'a' | 'b'>((g, { a, b }) => emit.binary(g, op, a, b, 'bool'));

/** Arithmetic on bool counts: true is one. */
function number(g: Graph, x: Value): Value {
  return x.dtype === 'bool' ? emit.cast(g, x, 'int32') : x;
}

const like = (g: Graph, x: Value, value: number): Value => g.scalar(value, x.dtype);
const isNaN = (g: Graph, x: Value): Value => g.node('IsNaN', [x], { shape: x.shape, dtype: 'bool' });
const not = (g: Graph, x: Value): Value => emit.unary(g, 'Not', x);
const greater = (g: Graph, a: Value, b: Value): Value => emit.binary(g, 'Greater', a, b, 'bool');

/** Scalar exponents of everyday use without Pow, which is slow. */
function power(g: Graph, a: Value, b: Value): Value {
  const exponent = isConstant(b) ? b.origin.splat : undefined;
  const root = (): Value => emit.unary(g, 'Sqrt', a);
  if (a.dtype === 'float32') {
    if (exponent === 0.5) return root();
    if (exponent === -0.5) return emit.unary(g, 'Reciprocal', root());
    if (exponent === 1.5) return emit.mul(g, a, root());
    if (exponent === -1) return emit.unary(g, 'Reciprocal', a);
  }
  if (exponent === 1) return a;
  if (exponent === 2) return emit.mul(g, a, a);
  if (exponent === 3) return emit.mul(g, a, emit.mul(g, a, a));
  return emit.binary(g, 'Pow', a, b);
}

/** The quotient rounded towards minus infinity; ONNX's division of int32 rounds towards zero. */
function floorDivide(g: Graph, a: Value, b: Value): Value {
  if (a.dtype === 'float32')
    return emit.unary(g, 'Floor', g.node('Div', [a, b], emit.binary(g, 'Div', a, b)));
  const quotient = emit.div(g, a, b);
  const rest = emit.sub(g, a, emit.mul(g, quotient, b));
  const inexact = not(g, emit.binary(g, 'Equal', rest, like(g, rest, 0), 'bool'));
  const negative = (x: Value): Value => emit.binary(g, 'Less', x, like(g, x, 0), 'bool');
  const opposite = emit.binary(g, 'Xor', negative(rest), negative(b), 'bool');
  const down = emit.binary(g, 'And', inexact, opposite, 'bool');
  return emit.sub(g, quotient, emit.cast(g, down, a.dtype));
}

/** The remainder with the sign of the divisor. */
function modulo(g: Graph, a: Value, b: Value): Value {
  return emit.sub(g, a, emit.mul(g, floorDivide(g, a, b), b));
}

/** log(1 + x), exact for small x (Kahan: log(u) x / (u - 1) with u = 1 + x). */
function log1p(g: Graph, x: Value): Value {
  const u = emit.add(g, x, like(g, x, 1));
  const gain = emit.sub(g, u, like(g, x, 1));
  const lost = emit.binary(g, 'Equal', gain, like(g, x, 0), 'bool');
  const scaled = emit.mul(
    g,
    emit.unary(g, 'Log', u),
    emit.div(g, x, emit.where(g, lost, like(g, x, 1), gain)),
  );
  const infinite = emit.unary(g, 'Log', u);
  const huge = greater(g, x, like(g, x, 1e30));
  return emit.where(g, lost, x, emit.where(g, huge, infinite, scaled));
}

/** exp(x) - 1, exact for small x: 2 t / (1 - t) with t = tanh(x / 2). */
function expm1(g: Graph, x: Value): Value {
  const t = emit.unary(g, 'Tanh', emit.mul(g, x, like(g, x, 0.5)));
  const near = emit.div(g, emit.add(g, t, t), emit.sub(g, like(g, x, 1), t));
  const far = emit.sub(g, emit.unary(g, 'Exp', x), like(g, x, 1));
  const small = emit.binary(g, 'Less', emit.unary(g, 'Abs', x), like(g, x, 0.5), 'bool');
  return emit.where(g, small, near, far);
}

/** The angle of the point (x, y), from the angle of the line through it. */
function atan2(g: Graph, y: Value, x: Value): Value {
  const negative = (v: Value): Value => emit.binary(g, 'Less', v, like(g, v, 0), 'bool');
  const zero = (v: Value): Value => emit.binary(g, 'Equal', v, like(g, v, 0), 'bool');
  const angle = emit.unary(g, 'Atan', g.node('Div', [y, x], emit.binary(g, 'Div', y, x)));
  const half = emit.where(g, negative(y), g.scalar(-Math.PI), g.scalar(Math.PI));
  const turned = emit.where(g, negative(x), emit.add(g, angle, half), angle);
  const origin = emit.binary(g, 'And', zero(x), zero(y), 'bool');
  return emit.where(g, origin, g.scalar(0), turned);
}

/**
 * Values that were rectified -> the results. The gradient of a rectifier asks for the sign of what went in; what came
 * out has the same and is there anyway, so that what went in need not be kept and the rectifier becomes a part of the
 * convolution before it.
 */
const rectified = new WeakMap<Value, Value>();

/** 1 above 0, else alpha; not a number where x is none. */
function step(g: Graph, x: Value, alpha: number): Value {
  const positive = greater(g, x, like(g, x, 0));
  if (x.dtype !== 'float32') return emit.where(g, positive, like(g, x, 1), like(g, x, alpha));
  // One pass: clamps x · alpha to 0 … 1. Sign and Relu took two thirds more of a rectifier's gradient.
  if (alpha === 0) {
    const source = rectified.get(x) ?? x;
    return emit.unary(g, 'HardSigmoid', source, { alpha: { float: 3.4e38 }, beta: { float: 0 } });
  }
  const below = emit.where(g, isNaN(g, x), x, like(g, x, alpha));
  return emit.where(g, positive, like(g, x, 1), below);
}

/** 1, 0 or -1; 0 where x is no number. */
function sign(g: Graph, x: Value): Value {
  if (x.dtype !== 'float32') return emit.unary(g, 'Sign', x);
  const zero = like(g, x, 0);
  const negative = emit.binary(g, 'Less', x, zero, 'bool');
  return emit.sub(g, emit.cast(g, greater(g, x, zero), x.dtype), emit.cast(g, negative, x.dtype));
}

function truncated(g: Graph, x: Value): Value {
  return emit.cast(g, x, 'int32');
}

export const elementwise = {
  Abs: unary('Abs'),
  Acos: unary('Acos'),
  Acosh: unary('Acosh'),
  Asin: unary('Asin'),
  Asinh: unary('Asinh'),
  Atan: unary('Atan'),
  Atanh: unary('Atanh'),
  Ceil: rounding('Ceil'),
  Cos: unary('Cos'),
  Cosh: unary('Cosh'),
  Elu: real('Elu'),
  Erf: unary('Erf'),
  Exp: real('Exp'),
  Expm1: lower<'x'>((g, { x }) => expm1(g, x)),
  Floor: rounding('Floor'),
  IsInf: lower<'x'>((g, { x }) => g.node('IsInf', [x], { shape: x.shape, dtype: 'bool' })),
  IsNan: lower<'x'>((g, { x }) => isNaN(g, x)),
  IsFinite: lower<'x'>((g, { x }) => emit.binary(g, 'Equal', g.node('Sub', [x, x], x), g.scalar(0), 'bool')),
  Log: unary('Log'),
  Log1p: lower<'x'>((g, { x }) => log1p(g, x)),
  Neg: unary('Neg'),
  Reciprocal: unary('Reciprocal'),
  Relu: lower<'x'>((g, { x }) => {
    const y = emit.unary(g, 'Relu', x);
    rectified.set(x, y);
    return y;
  }),
  Relu6: lower<'x'>((g, { x }) => g.node('Clip', [x, like(g, x, 0), like(g, x, 6)], x)),
  Round: rounding('Round'),
  Rsqrt: lower<'x'>((g, { x }) => emit.unary(g, 'Reciprocal', emit.unary(g, 'Sqrt', x))),
  Selu: unary('Selu'),
  Sigmoid: real('Sigmoid'),
  Sign: lower<'x'>((g, { x }) => sign(g, x)),
  Sin: unary('Sin'),
  Sinh: unary('Sinh'),
  Softplus: unary('Softplus'),
  Sqrt: unary('Sqrt'),
  Square: lower<'x'>((g, { x }) => emit.mul(g, x, x)),
  Tan: unary('Tan'),
  Tanh: unary('Tanh'),
  Step: lower<'x', StepAttrs>((g, { x }, { alpha }) => step(g, x, alpha)),
  LeakyRelu: lower<'x', LeakyReluAttrs>((g, { x }, { alpha }) =>
    emit.unary(g, 'LeakyRelu', emit.cast(g, x, 'float32'), { alpha: { float: alpha } }),
  ),
  Prelu: lower<'x' | 'alpha'>((g, inputs) => {
    const [x, alpha] = [emit.cast(g, inputs.x, 'float32'), emit.cast(g, inputs.alpha, 'float32')];
    return emit.where(g, greater(g, x, like(g, x, 0)), x, emit.mul(g, x, alpha));
  }),
  EluGrad: lower<'dy' | 'y'>((g, { dy, y }) => {
    const falling = emit.mul(g, dy, emit.add(g, y, g.scalar(1)));
    return emit.where(g, emit.binary(g, 'GreaterOrEqual', y, g.scalar(0), 'bool'), dy, falling);
  }),
  ClipByValue: lower<'x', ClipByValueAttrs>((g, { x }, { clipValueMin, clipValueMax }) =>
    g.node('Clip', [x, like(g, x, clipValueMin), like(g, x, clipValueMax)], x),
  ),

  Add: lower<'a' | 'b'>(
    (g, { a, b }) =>
      withBias(g, a, b) ??
      withBias(g, b, a) ??
      joinedSum(g, a, b) ??
      emit.binary(g, 'Add', number(g, a), number(g, b)),
  ),
  AddN: lower<string>((g, inputs) => Object.values(inputs).reduce((sum, x) => emit.add(g, sum, x))),
  Sub: binary('Sub'),
  Multiply: binary('Mul'),
  RealDiv: lower<'a' | 'b'>((g, { a, b }) =>
    emit.div(g, emit.cast(g, a, 'float32'), emit.cast(g, b, 'float32')),
  ),
  FloorDiv: lower<'a' | 'b'>((g, { a, b }) => floorDivide(g, a, b)),
  Mod: lower<'a' | 'b'>((g, { a, b }) => modulo(g, a, b)),
  Pow: lower<'a' | 'b'>((g, { a, b }) => power(g, a, b)),
  Atan2: lower<'a' | 'b'>((g, { a, b }) => atan2(g, a, b)),
  BitwiseAnd: binary('BitwiseAnd'),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  SquaredDifference: lower<'a' | 'b'>((g, { a, b }) => {
    const difference = emit.sub(g, a, b);
    return emit.mul(g, difference, difference);
  }),

  Equal: compare('Equal'),
  NotEqual: lower<'a' | 'b'>((g, { a, b }) => not(g, emit.binary(g, 'Equal', a, b, 'bool'))),
  Greater: compare('Greater'),
  GreaterEqual: compare('GreaterOrEqual'),
  Less: compare('Less'),
  LessEqual: compare('LessOrEqual'),
  LogicalAnd: compare('And'),
  LogicalOr: compare('Or'),
  LogicalXor: compare('Xor'),
  LogicalNot: lower<'x'>((g, { x }) => not(g, x)),
  Select: lower<'condition' | 't' | 'e'>((g, { condition, t, e }) => {
    // A vector of conditions chooses rows.
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const chosen = rows
      ? emit.reshape(
          g,
          condition,
          t.shape.map((dim, i) => (i === 0 ? dim : 1)),
        )
      : condition;
    return emit.where(g, chosen, t, e);
  }),
  Cast: lower<'x', CastAttrs>((g, { x }, { dtype }) => {
    if (dtype === 'int32') return truncated(g, x);
    if (dtype === 'float32' || dtype === 'bool') return emit.cast(g, x, dtype);
    throw new Error(`there is no cast to ${dtype}`);
  }),
} satisfies Record<string, Lowering>;
