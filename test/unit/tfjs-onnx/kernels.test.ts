/** Every lowered kernel against TensorFlow.js' own CPU kernels: its result and, where it has one, its gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openBackend } from '../../../src/engine/backends';
import { lowered, refused } from '../../../src/tfjs-onnx/kernels';
import type { creation } from '../../../src/tfjs-onnx/kernels/creation';
import type { elementwise } from '../../../src/tfjs-onnx/kernels/elementwise';
import type { indexing } from '../../../src/tfjs-onnx/kernels/indexing';
import type { matmul } from '../../../src/tfjs-onnx/kernels/matmul';
import type { reductions } from '../../../src/tfjs-onnx/kernels/reduction';
import type { shapes } from '../../../src/tfjs-onnx/kernels/shape';
import type { Argument, Case, Op } from './compare';
import { describeKernels, programOf } from './compare';

const POSITIVE = [0.2, 3] as const;
const INSIDE_ONE = [-0.9, 0.9] as const;
const matrix: Argument = { shape: [3, 4] };
const ints: Argument = { shape: [2, 3], dtype: 'int32', values: [-7, 5, 0, 3, -2, 9] };
const divisors: Argument = { shape: [2, 3], dtype: 'int32', values: [2, -3, 4, 2, 5, -4] };
const bools: Argument = { shape: [2, 3], dtype: 'bool', values: [1, 0, 1, 0, 0, 1] };
const others: Argument = { shape: [3], dtype: 'bool', values: [1, 1, 0] };
const ids: Argument = { shape: [5], dtype: 'int32', values: [1, 0, 3, 1, 2] };

const unary = (op: Op, more: Partial<Case> & { range?: readonly [number, number] } = {}): Case[] => {
  const { range, ...rest } = more;
  return [{ args: [range ? { shape: [3, 4], range } : matrix], op, gradient: true, ...rest }];
};
/** Equal shapes, a row against a matrix, a scalar against a matrix. */
const binary = (op: Op, gradient = true, range: readonly [number, number] = [-2, 2]): Case[] =>
  [[3, 4], [4], []].map((shape) => ({
    args: [
      { shape: [3, 4], range },
      { shape, range },
    ],
    op,
    gradient,
  }));
/** TensorFlow.js' own gradients of these do not sum over broadcast dimensions. */
const alike = (op: Op): Case[] => [...binary(op).slice(0, 1), ...binary(op, false).slice(1)];
const comparison = (op: Op): Case[] => [...binary(op, false), { args: [ints, divisors], op }];
const reduction = (
  reduce: (x: tf.Tensor, axis?: number | number[], keep?: boolean) => tf.Tensor,
  gradient = true,
): Case[] =>
  [undefined, 0, [1, 2], -1].flatMap((axis) =>
    [false, true].map((keep) => ({
      args: [{ shape: [2, 3, 4] }],
      op: (x: tf.Tensor) => reduce(x, axis, keep),
      gradient,
    })),
  );

type Kernel =
  | keyof typeof creation
  | keyof typeof elementwise
  | keyof typeof indexing
  | keyof typeof matmul
  | keyof typeof reductions
  | keyof typeof shapes;

const cases: Record<Kernel, Case[]> = {
  Abs: [...unary(tf.abs), { args: [ints], op: tf.abs }],
  Acos: unary(tf.acos, { range: INSIDE_ONE }),
  Acosh: unary(tf.acosh, { range: [1.2, 4] }),
  Add: [...binary(tf.add), { args: [ints, divisors], op: tf.add }],
  AddN: [{ args: [matrix, matrix, matrix], op: (...all) => tf.addN(all), gradient: true }],
  All: [{ args: [bools], op: (x) => [tf.all(x), tf.all(x, 0), tf.all(x, 1, true)] }],
  Any: [{ args: [bools], op: (x) => [tf.any(x), tf.any(x, 0), tf.any(x, 1, true)] }],
  ArgMax: [{ args: [matrix], op: (x) => [tf.argMax(x, 0), tf.argMax(x, -1)] }],
  ArgMin: [{ args: [matrix], op: (x) => [tf.argMin(x, 0), tf.argMin(x, -1)] }],
  Asin: unary(tf.asin, { range: INSIDE_ONE }),
  Asinh: unary(tf.asinh),
  Atan: unary(tf.atan),
  Atanh: unary(tf.atanh, { range: INSIDE_ONE }),
  Atan2: [
    ...binary(tf.atan2),
    {
      args: [
        { shape: [8], values: [0, 1, -1, 0, 0, 1, -1, 2] },
        { shape: [8], values: [0, 0, 0, 1, -1, -1, -1, 3] },
      ],
      op: tf.atan2,
    },
  ],
  BatchMatMul: [
    ...[false, true].flatMap((left) =>
      [false, true].flatMap((right) => [
        {
          args: [{ shape: left ? [4, 3] : [3, 4] }, { shape: right ? [5, 4] : [4, 5] }],
          op: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, left, right),
          gradient: true,
        },
        {
          args: [{ shape: left ? [2, 4, 3] : [2, 3, 4] }, { shape: right ? [2, 5, 4] : [2, 4, 5] }],
          op: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, left, right),
          gradient: true,
        },
      ]),
    ),
    {
      args: [{ shape: [2, 3, 4, 5] }, { shape: [2, 3, 5, 2] }],
      op: (a, b) => tf.matMul(a, b),
      gradient: true,
    },
  ],
  BitwiseAnd: [{ args: [ints, divisors], op: (a, b) => tf.bitwiseAnd(a, b) }],
  BroadcastTo: [{ args: [{ shape: [3, 1] }], op: (x) => tf.broadcastTo(x, [2, 3, 4]), gradient: true }],
  Cast: [
    {
      args: [{ shape: [6], values: [-1.7, -0.2, 0, 0.2, 1.7, 3] }],
      op: (x) => [tf.cast(x, 'int32'), tf.cast(x, 'bool')],
    },
    { args: [ints], op: (x) => [tf.cast(x, 'float32'), tf.cast(x, 'bool')] },
    { args: [bools], op: (x) => [tf.cast(x, 'float32'), tf.cast(x, 'int32')] },
  ],
  Ceil: unary(tf.ceil),
  ClipByValue: unary((x) => tf.clipByValue(x, -0.5, 1)),
  Concat: [0, 1, -1].map((axis) => ({
    args: [matrix, { shape: [3, 4] }],
    op: (a, b) => tf.concat([a, b, a], axis),
    gradient: true,
  })),
  Cos: unary(tf.cos),
  Cosh: unary(tf.cosh),
  Cumsum: [0, 1].flatMap((axis) =>
    [false, true].flatMap((exclusive) =>
      [false, true].map((reverse) => ({
        args: [matrix],
        op: (x: tf.Tensor) => tf.cumsum(x, axis, exclusive, reverse),
        // TensorFlow.js' own gradient is wrong for other axes than the last.
        gradient: axis === 1,
      })),
    ),
  ),
  Elu: unary(tf.elu),
  EluGrad: unary((x) => tf.grad((y) => tf.elu(y))(x), { gradient: false }),
  Equal: comparison(tf.equal),
  Erf: unary(tf.erf, { tolerance: 1e-4 }),
  Exp: unary(tf.exp),
  ExpandDims: [0, 1, -1].map((axis) => ({
    args: [matrix],
    op: (x) => tf.expandDims(x, axis),
    gradient: true,
  })),
  Expm1: [...unary(tf.expm1), { args: [{ shape: [5], values: [1e-6, -1e-5, 0, 20, -30] }], op: tf.expm1 }],
  Fill: [{ args: [matrix], op: (x) => tf.add(x, tf.fill([3, 4], 2.5)) }],
  Floor: unary(tf.floor),
  FloorDiv: [{ args: [ints, divisors], op: tf.floorDiv }, ...binary(tf.floorDiv, false)],
  GatherNd: [
    {
      args: [matrix, { shape: [3, 2], dtype: 'int32', values: [0, 1, 2, 3, 1, 0] }],
      op: tf.gatherND,
    },
  ],
  GatherV2: [
    { args: [{ shape: [4, 3] }, ids], op: (x, i) => tf.gather(x, i), gradient: true },
    { args: [{ shape: [3, 4] }, ids], op: (x, i) => tf.gather(x, i, 1), gradient: true },
    { args: [{ shape: [300, 2] }, ids], op: (x, i) => tf.gather(x, i), gradient: true },
  ],
  Greater: comparison(tf.greater),
  GreaterEqual: comparison(tf.greaterEqual),
  Identity: unary((x) => tf.clone(x)),
  IsFinite: [{ args: [{ shape: [4], values: [1, NaN, Infinity, -Infinity] }], op: tf.isFinite }],
  IsInf: [{ args: [{ shape: [4], values: [1, NaN, Infinity, -Infinity] }], op: tf.isInf }],
  IsNan: [{ args: [{ shape: [4], values: [1, NaN, Infinity, -Infinity] }], op: tf.isNaN }],
  LeakyRelu: unary((x) => tf.leakyRelu(x, 0.1)),
  Less: comparison(tf.less),
  LessEqual: comparison(tf.lessEqual),
  LinSpace: [{ args: [{ shape: [5] }], op: (x) => tf.add(x, tf.linspace(-1, 3, 5)) }],
  Log: unary(tf.log, { range: POSITIVE }),
  Log1p: [
    ...unary(tf.log1p, { range: [-0.5, 5] }),
    { args: [{ shape: [5], values: [1e-6, -1e-5, 0, 1e20, 3e38] }], op: tf.log1p },
  ],
  LogSoftmax: [
    ...unary((x) => tf.logSoftmax(x)),
    { args: [{ shape: [2, 3], range: [-900, 900] }], op: (x) => tf.logSoftmax(x), gradient: true },
  ],
  LogicalAnd: [{ args: [bools, others], op: tf.logicalAnd }],
  LogicalNot: [{ args: [bools], op: tf.logicalNot }],
  LogicalOr: [{ args: [bools, others], op: tf.logicalOr }],
  LogicalXor: [{ args: [bools, others], op: tf.logicalXor }],
  Max: reduction(tf.max),
  Maximum: alike(tf.maximum),
  Mean: reduction(tf.mean),
  Min: reduction(tf.min),
  Minimum: alike(tf.minimum),
  MirrorPad: [
    {
      args: [matrix],
      op: (x) =>
        tf.mirrorPad(
          x,
          [
            [1, 2],
            [2, 0],
          ],
          'reflect',
        ),
    },
  ],
  Mod: [{ args: [ints, divisors], op: tf.mod }, ...binary(tf.mod, false)],
  Multiply: [...binary(tf.mul), { args: [ints, divisors], op: tf.mul }],
  Neg: [...unary(tf.neg), { args: [ints], op: tf.neg }],
  NotEqual: comparison(tf.notEqual),
  OneHot: [
    { args: [ids], op: (x) => tf.oneHot(x, 4) },
    { args: [ids], op: (x) => tf.oneHot(x, 4, 0.9, 0.1, 'float32') },
    { args: [ids], op: (x) => tf.cast(tf.oneHot(x as tf.Tensor1D, 4), 'float32') },
  ],
  OnesLike: unary((x) => tf.mul(tf.onesLike(x), x)),
  Pack: [0, 1, -1].map((axis) => ({
    args: [matrix, matrix],
    op: (a, b) => tf.stack([a, b], axis),
    gradient: true,
  })),
  PadV2: [
    {
      args: [matrix],
      op: (x) =>
        tf.pad(
          x,
          [
            [1, 0],
            [2, 3],
          ],
          7,
        ),
      gradient: true,
    },
  ],
  Pow: [
    ...binary(tf.pow, true, POSITIVE),
    ...[-1, -0.5, 0.5, 1, 1.5, 2, 3, 2.7].flatMap((e) => unary((x) => tf.pow(x, e), { range: POSITIVE })),
  ],
  Prelu: binary(tf.prelu).slice(0, 2),
  Prod: reduction(tf.prod, false),
  Range: [{ args: [{ shape: [4] }], op: (x) => tf.add(x, tf.range(3, 11, 2)) }],
  RealDiv: binary(tf.div, true, POSITIVE),
  Reciprocal: unary(tf.reciprocal, { range: POSITIVE }),
  Relu: unary(tf.relu),
  Relu6: unary((x) => tf.relu6(tf.mul(x, 5))),
  Reshape: unary((x) => tf.reshape(tf.reshape(x, [2, 6]), [-1])),
  Reverse: [0, 1, [0, 1]].map((axis) => ({ args: [matrix], op: (x) => tf.reverse(x, axis), gradient: true })),
  Round: [{ args: [{ shape: [6], values: [-1.5, -0.5, 0.5, 1.5, 2.5, 2.7] }], op: tf.round }],
  Rsqrt: unary(tf.rsqrt, { range: POSITIVE }),
  ScatterNd: [
    {
      args: [{ shape: [3, 1], dtype: 'int32', values: [2, 0, 2] }, { shape: [3, 4] }],
      op: (i, updates) => tf.scatterND(i, updates, [5, 4]),
    },
  ],
  Select: [
    {
      args: [{ ...bools }, { shape: [2, 3] }, { shape: [2, 3] }],
      op: (c, a, b) => tf.where(c, a, b),
      gradient: true,
    },
    { args: [others, { shape: [2, 3] }, { shape: [2, 3] }], op: (c, a, b) => tf.where(c, a, b) },
  ],
  Selu: unary(tf.selu),
  Sigmoid: [
    ...unary(tf.sigmoid),
    { args: [{ shape: [4], values: [-90, 90, -5, 5] }], op: tf.sigmoid, gradient: true },
  ],
  Sign: unary(tf.sign),
  Sin: unary(tf.sin),
  Sinh: unary(tf.sinh),
  Slice: [{ args: [{ shape: [4, 5] }], op: (x) => tf.slice(x, [1, 2], [2, -1]), gradient: true }],
  Softmax: [
    ...unary((x) => tf.softmax(x)),
    { args: [{ shape: [2, 3], range: [-900, 900] }], op: (x) => tf.softmax(x), gradient: true },
  ],
  Softplus: unary(tf.softplus),
  SplitV: [
    { args: [{ shape: [10] }], op: (x) => tf.split(x, [3, 1, 6]), gradient: true },
    { args: [{ shape: [3, 4] }], op: (x) => tf.split(x, 2, -1), gradient: true },
  ],
  Sqrt: unary(tf.sqrt, { range: POSITIVE }),
  Square: unary(tf.square),
  SquaredDifference: alike(tf.squaredDifference),
  Step: unary((x) => tf.step(x, 0.2), { gradient: false }),
  StridedSlice: [
    { args: [{ shape: [4, 5] }], op: (x) => tf.stridedSlice(x, [0, 1], [4, 5], [2, 2]) },
    { args: [{ shape: [4, 5] }], op: (x) => tf.stridedSlice(x, [3, 4], [0, -6], [-1, -2]) },
    { args: [{ shape: [4, 5] }], op: (x) => tf.stridedSlice(x, [1, 0], [2, 3], [1, 1], 0, 0, 0, 0, 1) },
  ],
  Sub: [...binary(tf.sub), { args: [ints, divisors], op: tf.sub }],
  Sum: [
    ...reduction(tf.sum),
    { args: [bools], op: (x) => tf.sum(x, 1) },
    ...unary((x) => tf.sum(tf.square(x), 0)),
  ],
  Tan: unary(tf.tan, { range: [-1, 1] }),
  Tanh: unary(tf.tanh),
  TensorScatterUpdate: [
    {
      args: [{ shape: [4, 3] }, { shape: [2, 1], dtype: 'int32', values: [3, 1] }, { shape: [2, 3] }],
      op: (x, i, updates) => tf.tensorScatterUpdate(x, i, updates),
    },
  ],
  Tile: [
    { args: [{ shape: [2, 3] }], op: (x) => tf.tile(x, [2, 3]), gradient: true },
    { args: [{ shape: [1, 3] }], op: (x) => tf.tile(x, [4, 1]), gradient: true },
  ],
  TopK: [
    {
      args: [{ shape: [3, 6] }],
      op: (x) => {
        const { values, indices } = tf.topk(x, 3);
        return [values, indices];
      },
    },
  ],
  Transpose: [
    { args: [{ shape: [2, 3, 4] }], op: (x) => tf.transpose(x, [2, 0, 1]), gradient: true },
    {
      args: [{ shape: [2, 3, 4] }],
      op: (x) => tf.transpose(tf.transpose(x, [1, 2, 0]), [2, 1, 0]),
      gradient: true,
    },
    { args: [{ shape: [2, 1, 4] }], op: (x) => tf.transpose(x, [1, 0, 2]), gradient: true },
  ],
  Unpack: [0, 1].map((axis) => ({ args: [matrix], op: (x) => tf.unstack(x, axis), gradient: true })),
  UnsortedSegmentSum: [
    {
      args: [{ shape: [5, 3] }, ids],
      op: (x, i) => tf.unsortedSegmentSum(x, i as tf.Tensor1D, 4),
      gradient: true,
    },
    { args: [{ shape: [5, 3] }, ids], op: (x, i) => tf.unsortedSegmentSum(x, i as tf.Tensor1D, 400) },
  ],
  ZerosLike: unary((x) => tf.add(tf.zerosLike(x), x)),
  _FusedMatMul: [
    ...(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const).map((activation) => ({
      args: [{ shape: [3, 4] }, { shape: [4, 5] }, { shape: [5] }],
      op: (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
        tf.fused.matMul({ a, b, bias, activation, leakyreluAlpha: 0.3 }),
    })),
    {
      args: [{ shape: [3, 4] }, { shape: [4, 5] }, { shape: [5] }, { shape: [5] }],
      op: (a, b, bias, preluActivationWeights) =>
        tf.fused.matMul({ a, b, bias, activation: 'prelu', preluActivationWeights }),
    },
  ],
};

describeKernels('Kernels', cases);

describe('kernels without a lowering', () => {
  it('are refused by name, with what to use instead', async () => {
    const onnx = await openBackend('onnx', { threads: 1, spinning: false });
    const spec = programOf('picture', { args: [{ shape: [2, 4] }], op: (x) => tf.unique(x).values });
    await expect(onnx.compile(spec)).rejects.toThrow(/"picture".*Unique cannot be recorded.*outside/s);
  });

  it('leave no name of TensorFlow.js out of both tables', () => {
    expect(Object.keys(lowered).filter((name) => name in refused)).toEqual([]);
    expect(Object.keys(lowered).length + Object.keys(refused).length).toBeGreaterThanOrEqual(180);
  });
});
