/**
 * Grey-scale dilation: the maximum over a window of input plus filter, position by position, and its gradients. Where
 * several positions give the maximum, the first one takes the gradient.
 */
import type { Dilation2DAttrs } from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import type { Windows } from './windows';
import { padded, positions, seenAt, windowsOf } from './windows';

function windows(x: Value, filter: Value, { strides, pad, dilations }: Readonly<Dilation2DAttrs>): Windows {
  const [input, kernel] = [[...x.shape], [...filter.shape]];
  const info = backend_util.computeDilation2DInfo(
    input as [number, number, number, number],
    kernel as [number, number, number],
    strides,
    pad,
    'NHWC',
    dilations,
  );
  return windowsOf(info);
}

/** Input plus filter at every position of the window, `[batch, ...output, channels]` each; padding never wins. */
function sums(g: Graph, x: Value, filter: Value, w: Windows): Value[] {
  const seen = padded(g, x, w, 1, -Number.MAX_VALUE);
  const [rows = 1, columns = 1, channels = 1] = filter.shape;
  const weights = emit.split(
    g,
    emit.reshape(g, filter, [rows * columns, channels]),
    new Array<number>(rows * columns).fill(1),
    0,
  );
  return positions(w).map((position, i) =>
    emit.add(g, seenAt(g, seen, w, position, 1), emit.reshape(g, weights[i] ?? filter, [channels])),
  );
}

/** `dy` where each position is the first one to reach the maximum, zero elsewhere. */
function shares(g: Graph, candidates: readonly Value[], dy: Value): Value[] {
  const zero = g.scalar(0);
  const highest = candidates.reduce((a, b) => emit.binary(g, 'Max', a, b));
  let rest = dy;
  return candidates.map((candidate) => {
    const wins = emit.binary(g, 'Equal', candidate, highest, 'bool');
    const share = emit.where(g, wins, rest, zero);
    rest = emit.where(g, wins, zero, rest);
    return share;
  });
}

/** Puts what belongs to one position of the windows back to where it was seen, in an otherwise empty input. */
function putBack(g: Graph, part: Value, w: Windows, position: readonly number[]): Value {
  const spaced = w.strides.reduce((x, stride, i) => {
    if (stride === 1) return x;
    const axis = i + 1;
    const [size = 1, pads] = [x.shape[axis], x.shape.map(() => 0).concat(0)];
    const apart = emit.reshape(g, x, x.shape.toSpliced(axis + 1, 0, 1));
    const after = pads.with(axis + 1, stride - 1);
    const wide = padBy(g, apart, pads, after);
    const joined = emit.reshape(g, wide, x.shape.with(axis, size * stride));
    const kept = joined.shape.with(axis, (size - 1) * stride + 1);
    return emit.slice(
      g,
      joined,
      kept.map(() => 0),
      kept,
    );
  }, part);
  const whole = w.input.map((size, i) => size + Math.max(0, w.before[i] ?? 0) + Math.max(0, w.after[i] ?? 0));
  const starts = position.map((at, i) => at * (w.dilations[i] ?? 1));
  const ends = whole.map((size, i) => size - (starts[i] ?? 0) - (spaced.shape[i + 1] ?? 1));
  const wide = padBy(g, spaced, [0, ...starts, 0], [0, ...ends, 0]);
  const begin = [0, ...w.before.map((pad) => Math.max(0, pad)), 0];
  return emit.slice(g, wide, begin, [w.batch, ...w.input, w.inChannels]);
}

function padBy(g: Graph, x: Value, before: readonly number[], after: readonly number[]): Value {
  if ([...before, ...after].every((pad) => pad === 0)) return x;
  const shape = x.shape.map((size, i) => size + (before[i] ?? 0) + (after[i] ?? 0));
  return g.node('Pad', [x, g.ints([...before, ...after]), g.scalar(0)], { shape, dtype: x.dtype });
}

export const dilations = {
  Dilation2D: lower<'x' | 'filter', Dilation2DAttrs>((g, { x, filter }, attrs) =>
    sums(g, x, filter, windows(x, filter, attrs)).reduce((a, b) => emit.binary(g, 'Max', a, b)),
  ),
  Dilation2DBackpropInput: lower<'x' | 'filter' | 'dy', Dilation2DAttrs>((g, { x, filter, dy }, attrs) => {
    const w = windows(x, filter, attrs);
    const places = positions(w);
    const parts = shares(g, sums(g, x, filter, w), dy);
    return parts.map((part, i) => putBack(g, part, w, places[i] ?? [])).reduce((a, b) => emit.add(g, a, b));
  }),
  Dilation2DBackpropFilter: lower<'x' | 'filter' | 'dy', Dilation2DAttrs>((g, { x, filter, dy }, attrs) => {
    const w = windows(x, filter, attrs);
    const parts = shares(g, sums(g, x, filter, w), dy);
    const rows = parts.map((part) =>
      emit.reshape(g, emit.reduce(g, 'ReduceSum', part, [0, 1, 2], false), [1, w.inChannels]),
    );
    return emit.reshape(g, emit.concat(g, rows, 0), filter.shape);
  }),
} satisfies Record<string, Lowering>;
