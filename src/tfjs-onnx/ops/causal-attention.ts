import * as tf from '@tensorflow/tfjs-core';
import { customGradient } from './custom-gradient';

/** How the rows `batch * time` of a matrix are taken apart. */
export interface AttentionShape {
  readonly batch: number;
  readonly time: number;
  readonly heads: number;
}

/** Queries, keys and values of all heads, each `[heads, batch * time, head width]`. */
export interface HeadProjections {
  readonly q: tf.Tensor3D;
  readonly k: tf.Tensor3D;
  readonly v: tf.Tensor3D;
}

/**
 * Self-attention of a layer that sees no later position (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762), from
 * the normalised residual stream to what is added to it: x `[batch * time, width]`, joint `[width, 3 * width]`
 * (queries, keys, values side by side), output `[width, width]` -> `[batch * time, width]`.
 *
 * The heads are the slowest dimension throughout: every head's product with its own columns of `joint` writes them so,
 * where one product for all would be followed by transposes of the activations, which take longer than they look
 * (single-threaded, a quarter of a small model's attention). The gradient is written out for the same reason.
 */
export function causalSelfAttention(
  x: tf.Tensor2D,
  joint: tf.Tensor2D,
  output: tf.Tensor2D,
  shape: AttentionShape,
): tf.Tensor2D {
  return customGradient(
    [x, joint, output],
    (rows, joined, out) => {
      const projections = projectHeads(rows, joined, shape.heads);
      const { mixed, weights } = attend(projections, shape);
      const merged = mergeHeads(mixed);
      const { q, k, v } = projections;
      return {
        value: tf.matMul(merged, out),
        saved: [rows, joined, out, q, k, v, weights, mixed, merged],
      };
    },
    (dy, saved) => backward(dy, saved, shape),
  );
}

type Saved = readonly [
  x: tf.Tensor2D,
  joint: tf.Tensor2D,
  output: tf.Tensor2D,
  q: tf.Tensor3D,
  k: tf.Tensor3D,
  v: tf.Tensor3D,
  weights: tf.Tensor3D,
  mixed: tf.Tensor3D,
  merged: tf.Tensor2D,
];

/** x `[rows, width]`, joint `[width, 3 * width]`. */
export function projectHeads(x: tf.Tensor2D, joint: tf.Tensor2D, heads: number): HeadProjections {
  const [rows, width] = x.shape;
  const headWidth = width / heads;
  const byHead = tf.transpose(tf.reshape(joint, [width, 3 * heads, headWidth]), [1, 0, 2]);
  const [q, k, v] = tf
    .split(byHead, 3)
    .map((weight) => tf.matMul(tf.reshape(x, [1, rows, width]), weight)) as [
    tf.Tensor3D,
    tf.Tensor3D,
    tf.Tensor3D,
  ];
  return { q, k, v };
}

interface Attended {
  /** `[heads, batch * time, head width]` */
  readonly mixed: tf.Tensor3D;
  /** How much each position takes of each: `[heads * batch, time, time]`, rows sum to one. */
  readonly weights: tf.Tensor3D;
}

/** softmax(q kᵀ / √head width, later positions hidden) v. */
export function attend({ q, k, v }: HeadProjections, shape: AttentionShape): Attended {
  const [queries, keys, values] = [q, k, v].map((part) => bySequence(part, shape)) as [
    tf.Tensor3D,
    tf.Tensor3D,
    tf.Tensor3D,
  ];
  const scores = tf.mul(tf.matMul(queries, keys, false, true), scaleOf(queries));
  const weights = tf.softmax<tf.Tensor3D>(tf.add(scores, causalMask(shape.time)));
  return { mixed: tf.reshape(tf.matMul(weights, values), q.shape), weights };
}

/** `[heads, rows, head width]` -> `[rows, width]`. */
export function mergeHeads(x: tf.Tensor3D): tf.Tensor2D {
  const [heads, rows, headWidth] = x.shape;
  return tf.reshape(tf.transpose(x, [1, 0, 2]), [rows, heads * headWidth]);
}

/**
 * With P the attention weights and Y = P V: dV = Pᵀ dY, dS = P ⊙ (dY Vᵀ - rowsum(dY ⊙ Y)). The row sums of
 * P ⊙ dP are taken over Y, which is narrower (Dao et al. 2022, https://arxiv.org/abs/2205.14135, appendix B).
 */
function backward(dy: tf.Tensor2D, saved: Saved, shape: AttentionShape): tf.Tensor[] {
  const [x, joint, output, q, k, v, weights, mixed, merged] = saved;
  const [heads, rows, headWidth] = q.shape;
  const width = heads * headWidth;
  const outputByHead = tf.reshape(output, [heads, headWidth, width]);
  const dMixed = tf.matMul(tf.reshape(dy, [1, rows, width]), outputByHead, false, true); // [heads, rows, head width]
  const [dY, queries, keys, values] = [dMixed, q, k, v].map((part) =>
    bySequence(part as tf.Tensor3D, shape),
  ) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  const inner = tf.sum(tf.mul(dMixed, mixed), -1); // [heads, rows]
  const dWeights = tf.matMul(dY, values, false, true);
  const dScores = tf.mul(weights, tf.sub(dWeights, tf.reshape(inner, [dY.shape[0], shape.time, 1])));
  const scale = scaleOf(queries);
  const parts = [
    tf.mul(tf.matMul(dScores, keys), scale),
    tf.mul(tf.matMul(dScores, queries, true, false), scale),
    tf.matMul(weights, dY, true, false),
  ].map((part) => mergeHeads(tf.reshape(part, q.shape)));
  const dJoined = tf.concat(parts, 1); // [rows, 3 * width]
  return [
    tf.matMul(dJoined, joint, false, true),
    tf.matMul(x, dJoined, true, false),
    tf.matMul(merged, dy, true, false),
  ];
}

/** `[heads, batch * time, head width]` -> `[heads * batch, time, head width]`; moves no data. */
function bySequence(x: tf.Tensor3D, { batch, time }: AttentionShape): tf.Tensor3D {
  const [heads, , headWidth] = x.shape;
  return tf.reshape(x, [heads * batch, time, headWidth]);
}

function scaleOf(queries: tf.Tensor3D): number {
  return 1 / Math.sqrt(queries.shape[2]);
}

/** `[time, time]`: 0 for positions that may be seen, a number that softmax turns to 0 for later ones. */
function causalMask(time: number): tf.Tensor2D {
  const values = Float32Array.from({ length: time * time }, (_, at) =>
    at % time <= Math.floor(at / time) ? 0 : -1e9,
  );
  return tf.tensor2d(values, [time, time]);
}
