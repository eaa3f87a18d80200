/** Reading images at positions that are values: between pixels, and beyond the border. */
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { broadcastShape, sizeOf } from '../graph/values';

/** Images `[images, height, width, channels]`, and which of them each position belongs to (int32, broadcasts). */
export interface Picture {
  readonly image: Value;
  readonly of: Value;
}

/** A vector of `count` floats. */
export function floats(g: Graph, count: number, at: (index: number) => number): Value {
  return g.constant(
    Float32Array.from({ length: count }, (_, i) => at(i)),
    [count],
    'float32',
  );
}

/** The pixel nearest to (y, x), or `fill` where there is none; y and x broadcast to `[n, height, width]`. */
export function nearest(g: Graph, picture: Picture, y: Value, x: Value, fill: number): Value {
  return read(g, picture, rounded(g, y), rounded(g, x), fill);
}

/** The four pixels around (y, x), weighted by nearness; pixels that do not exist count as `fill`. */
export function bilinear(g: Graph, picture: Picture, y: Value, x: Value, fill: number): Value {
  const [top, left] = [emit.unary(g, 'Floor', y), emit.unary(g, 'Floor', x)];
  const column = (part: Value): Value => emit.reshape(g, part, [...part.shape, 1]);
  const [down, right] = [column(emit.sub(g, y, top)), column(emit.sub(g, x, left))];
  const next = (at: Value): Value => emit.add(g, at, g.scalar(1));
  const line = (row: Value): Value => {
    const a = emit.cast(g, read(g, picture, row, left, fill), 'float32');
    const b = emit.cast(g, read(g, picture, row, next(left), fill), 'float32');
    return emit.add(g, a, emit.mul(g, emit.sub(g, b, a), right));
  };
  const [above, below] = [line(top), line(next(top))];
  const mixed = emit.add(g, above, emit.mul(g, emit.sub(g, below, above), down));
  return emit.cast(g, mixed, picture.image.dtype);
}

/** Positions beyond the border brought back inside, as `mode` says; 'constant' leaves them outside. */
export function mapped(g: Graph, at: Value, size: number, mode: string): Value {
  const clamp = (x: Value): Value => g.node('Clip', [x, g.scalar(0), g.scalar(size - 1)], x);
  const truncated = (x: Value): Value => emit.cast(g, emit.cast(g, x, 'int32'), 'float32');
  const below = emit.binary(g, 'Less', at, g.scalar(0), 'bool');
  const beyond = emit.binary(g, 'Greater', at, g.scalar(size - 1), 'bool');
  const negated = emit.unary(g, 'Neg', at);
  const choose = (low: Value, high: Value): Value =>
    clamp(emit.where(g, below, low, emit.where(g, beyond, high, at)));
  if (mode === 'constant') return at;
  if (mode === 'nearest' || size <= 1) return clamp(at);
  if (mode === 'wrap') {
    const turns = (x: Value): Value => truncated(emit.div(g, x, g.scalar(size - 1)));
    const low = emit.add(g, at, emit.mul(g, emit.add(g, turns(negated), g.scalar(1)), g.scalar(size)));
    return choose(low, emit.sub(g, at, emit.mul(g, turns(at), g.scalar(size))));
  }
  if (mode !== 'reflect') throw new Error(`the fill mode "${mode}" is unknown`);
  const period = g.scalar(2 * size);
  const turns = (x: Value): Value => emit.mul(g, truncated(emit.div(g, x, period)), period);
  const low = emit.add(g, at, turns(negated));
  const far = emit.binary(g, 'Less', low, g.scalar(-size), 'bool');
  const lowFolded = emit.where(
    g,
    far,
    emit.add(g, low, period),
    emit.sub(g, emit.unary(g, 'Neg', low), g.scalar(1)),
  );
  const high = emit.sub(g, at, turns(at));
  const over = emit.binary(g, 'GreaterOrEqual', high, g.scalar(size), 'bool');
  const highFolded = emit.where(g, over, emit.sub(g, g.scalar(2 * size - 1), high), high);
  return choose(lowFolded, highFolded);
}

/** Math.round: halves go up. */
function rounded(g: Graph, x: Value): Value {
  return emit.unary(g, 'Floor', emit.add(g, x, g.scalar(0.5)));
}

/** The pixels at whole positions, `fill` outside: `[n, height, width, channels]`. */
function read(g: Graph, { image, of }: Picture, y: Value, x: Value, fill: number): Value {
  const [count = 1, height = 1, width = 1, channels = 1] = image.shape;
  const shape = broadcastShape(broadcastShape(of.shape, y.shape), x.shape);
  const inside = (at: Value, size: number): Value =>
    emit.binary(
      g,
      'And',
      emit.binary(g, 'GreaterOrEqual', at, g.scalar(0), 'bool'),
      emit.binary(g, 'Less', at, g.scalar(size), 'bool'),
      'bool',
    );
  const whole = (at: Value, size: number): Value =>
    emit.cast(g, g.node('Clip', [at, g.scalar(0), g.scalar(size - 1)], at), 'int32');
  const int = (number: number): Value => g.scalar(number, 'int32');
  const row = emit.add(g, emit.mul(g, of, int(height)), whole(y, height));
  const pixel = emit.add(g, emit.mul(g, row, int(width)), whole(x, width));
  const pixels = emit.reshape(g, image, [count * height * width, channels]);
  const gathered = g.node(
    'Gather',
    [pixels, emit.expand(g, pixel, shape)],
    { shape: [...shape, channels], dtype: image.dtype },
    { axis: 0 },
  );
  const known = emit.expand(g, emit.binary(g, 'And', inside(y, height), inside(x, width), 'bool'), shape);
  const mask = emit.reshape(g, known, [...shape, 1]);
  if (sizeOf(shape) === 0) return gathered;
  return emit.where(g, mask, gathered, g.scalar(fill, image.dtype));
}
