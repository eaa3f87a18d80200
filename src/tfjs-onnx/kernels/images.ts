/**
 * Kernels that rearrange and resample images. Resampling with fixed positions is a product with a matrix of weights
 * along each axis, so that its gradient is the product with the transposed matrix; positions that are values of a
 * tensor are gathered.
 */
import type {
  BatchToSpaceNDAttrs,
  CropAndResizeAttrs,
  DepthToSpaceAttrs,
  ResizeBilinearAttrs,
  ResizeNearestNeighborAttrs,
  RotateWithOffsetAttrs,
  SpaceToBatchNDAttrs,
  TransformAttrs,
} from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { sizeOf } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { matMul } from './matmul';
import type { Picture } from './sampling';
import { bilinear, floats, mapped, nearest } from './sampling';
import { pad, reverse } from './shape';

type Size = readonly [number, number];
type Rule = Pick<ResizeBilinearAttrs, 'alignCorners' | 'halfPixelCenters'>;

/** Where pixel `at` of the resized axis lies on the original one; `centre` is 0.5 where pixels are points. */
function source(at: number, from: number, to: number, rule: Rule, centre: number): number {
  const corners = rule.alignCorners && to > 1;
  const ratio = corners ? (from - 1) / (to - 1) : from / to;
  return rule.halfPixelCenters ? ratio * (at + 0.5) - centre : ratio * at;
}

/** Weights `[to, from]` of linear interpolation along one axis. */
function linearWeights(g: Graph, from: number, to: number, rule: Rule): Value {
  const weights = new Float32Array(to * from);
  for (let at = 0; at < to; at++) {
    const position = source(at, from, to, rule, 0.5);
    const below = Math.max(0, Math.floor(position));
    const above = Math.min(from - 1, Math.ceil(position));
    const share = position - below;
    weights[at * from + below] = (weights[at * from + below] ?? 0) + 1 - share;
    weights[at * from + above] = (weights[at * from + above] ?? 0) + share;
  }
  return g.constant(weights, [to, from], 'float32');
}

/** The pixel of the original axis that each pixel of the resized one repeats. */
function nearestPixels(from: number, to: number, rule: Rule): number[] {
  return Array.from({ length: to }, (_, at) => {
    const position = source(at, from, to, rule, 0);
    const rounded = rule.alignCorners ? Math.round(position) : Math.floor(position);
    return Math.min(from - 1, Math.max(0, rounded));
  });
}

/** Weights `[to, from]` of one per row. */
function nearestWeights(g: Graph, from: number, to: number, rule: Rule): Value {
  const weights = new Float32Array(to * from);
  nearestPixels(from, to, rule).forEach((pixel, at) => (weights[at * from + pixel] = 1));
  return g.constant(weights, [to, from], 'float32');
}

/** Multiplies the rows and the columns of `x` `[batch, height, width, channels]` with matrices of weights. */
function resampled(g: Graph, x: Value, rows: Value, columns: Value, transposed = false): Value {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const axis = transposed ? 1 : 0;
  const [newHeight = 1, newWidth = 1] = [rows.shape[axis], columns.shape[axis]];
  const lines = emit.reshape(g, emit.cast(g, x, 'float32'), [batch, height, width * channels]);
  const byRows = emit.reshape(g, matMul(g, rows, lines, transposed, false), [
    batch * newHeight,
    width,
    channels,
  ]);
  return emit.reshape(g, matMul(g, columns, byRows, transposed, false), [
    batch,
    newHeight,
    newWidth,
    channels,
  ]);
}

type Weights = typeof linearWeights;

/** The gradient of a resampling of `images` to the size of `dy`. */
function unresampled(g: Graph, images: Value, dy: Value, weights: Weights, rule: Rule): Value {
  const [, height = 1, width = 1] = images.shape;
  const [, newHeight = 1, newWidth = 1] = dy.shape;
  const matrices = [weights(g, height, newHeight, rule), weights(g, width, newWidth, rule)] as const;
  return resampled(g, dy, ...matrices, true);
}

function gatherAxis(g: Graph, x: Value, axis: number, at: readonly number[]): Value {
  if (at.length === x.shape[axis] && at.every((index, i) => index === i)) return x;
  const shape = x.shape.with(axis, at.length);
  return g.node('Gather', [x, g.ints(at)], { shape, dtype: x.dtype }, { axis });
}

/**
 * Cuts boxes `[boxes, (y1, x1, y2, x2)]` (in parts of the image) out of the images that `boxInd` names and resamples
 * each to `cropSize`.
 */
function cropAndResize(
  g: Graph,
  { image, boxes, boxInd }: Readonly<Record<'image' | 'boxes' | 'boxInd', Value>>,
  { cropSize, method, extrapolationValue }: Readonly<CropAndResizeAttrs>,
): Value {
  const [count = 0] = boxes.shape;
  const [, height = 1, width = 1] = image.shape;
  const edges = emit.split(g, emit.cast(g, boxes, 'float32'), [1, 1, 1, 1], 1);
  const along = (low: Value | undefined, high: Value | undefined, size: number, points: number): Value => {
    if (!low || !high) throw new Error('a box has four edges');
    const steps = floats(g, points, (i) => (points > 1 ? (i * (size - 1)) / (points - 1) : (size - 1) / 2));
    const start = emit.mul(g, low, g.scalar(size - 1));
    return emit.add(g, start, emit.mul(g, emit.sub(g, high, low), steps));
  };
  const [newHeight, newWidth] = cropSize;
  const y = emit.reshape(g, along(edges[0], edges[2], height, newHeight), [count, newHeight, 1]);
  const x = emit.reshape(g, along(edges[1], edges[3], width, newWidth), [count, 1, newWidth]);
  const picture: Picture = {
    image: emit.cast(g, image, 'float32'),
    of: emit.reshape(g, emit.cast(g, boxInd, 'int32'), [count, 1, 1]),
  };
  const sampled = (method === 'bilinear' ? bilinear : nearest)(g, picture, y, x, extrapolationValue);
  // A sample between the last pixel and the border is outside here, though it could be interpolated.
  const inside = (at: Value, size: number): Value =>
    emit.binary(
      g,
      'And',
      emit.binary(g, 'GreaterOrEqual', at, g.scalar(0), 'bool'),
      emit.binary(g, 'LessOrEqual', at, g.scalar(size - 1), 'bool'),
      'bool',
    );
  const both = emit.binary(g, 'And', inside(y, height), inside(x, width), 'bool');
  const mask = emit.reshape(g, both, [count, newHeight, newWidth, 1]);
  return emit.where(g, mask, sampled, g.scalar(extrapolationValue));
}

/** Projective transforms, eight numbers for each image or for all, as in TensorFlow's ImageProjectiveTransformV3. */
function transform(
  g: Graph,
  { image, transforms }: Readonly<Record<'image' | 'transforms', Value>>,
  { interpolation, fillMode, fillValue, outputShape }: Readonly<TransformAttrs>,
): Value {
  const [batch = 1, height = 1, width = 1] = image.shape;
  const [newHeight, newWidth]: Size = outputShape ?? [height, width];
  const [count = 1] = transforms.shape;
  const terms = emit.split(g, transforms, new Array<number>(8).fill(1), 1);
  const term = (i: number): Value => emit.reshape(g, terms[i] ?? transforms, [count, 1, 1]);
  const [atX, atY] = [
    emit.reshape(
      g,
      floats(g, newWidth, (i) => i),
      [1, 1, newWidth],
    ),
    emit.reshape(
      g,
      floats(g, newHeight, (i) => i),
      [1, newHeight, 1],
    ),
  ];
  const plane = (a: number, b: number, c: Value): Value =>
    emit.add(g, emit.add(g, emit.mul(g, term(a), atX), emit.mul(g, term(b), atY)), c);
  const projection = plane(6, 7, g.scalar(1));
  const infinite = emit.binary(g, 'Equal', projection, g.scalar(0), 'bool');
  const scale = emit.where(g, infinite, g.scalar(1), projection);
  const x = mapped(g, emit.div(g, plane(0, 1, term(2)), scale), width, fillMode);
  const y = mapped(g, emit.div(g, plane(3, 4, term(5)), scale), height, fillMode);
  const numbers = g.constant(
    Int32Array.from({ length: batch }, (_, i) => i),
    [batch, 1, 1],
    'int32',
  );
  const picture: Picture = { image, of: numbers };
  const sampled = (interpolation === 'bilinear' ? bilinear : nearest)(g, picture, y, x, fillValue);
  // Coordinates at infinity lie outside, whatever fills the rest.
  const mask = emit.reshape(g, infinite, [count, newHeight, newWidth, 1]);
  return emit.where(g, mask, g.scalar(fillValue, sampled.dtype), sampled);
}

/** Rotation by a fixed angle: which pixel goes where is known when the program is recorded. */
function rotate(g: Graph, image: Value, attrs: Readonly<RotateWithOffsetAttrs>): Value {
  const { radians, fillValue, center } = attrs;
  const [batch = 1, height = 1, width = 1, channels = 1] = image.shape;
  const [centerX, centerY] = backend_util.getImageCenter(center, height, width);
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const pixels = Array.from({ length: height * width }, (_, i) => {
    const [dx, dy] = [(i % width) - centerX, Math.floor(i / width) - centerY];
    const x = Math.round(dx * cos - dy * sin + centerX);
    const y = Math.round(dx * sin + dy * cos + centerY);
    return x >= 0 && x < width && y >= 0 && y < height ? y * width + x : -1;
  });
  const rows = emit.reshape(g, image, [batch, height * width, channels]);
  const moved = gatherAxis(
    g,
    rows,
    1,
    pixels.map((pixel) => Math.max(0, pixel)),
  );
  const known = g.constant(
    Uint8Array.from(pixels, (pixel) => (pixel >= 0 ? 1 : 0)),
    [height * width, 1],
    'bool',
  );
  const fills = floats(g, channels, (channel) =>
    typeof fillValue === 'number' ? fillValue : channel === 3 ? 255 : (fillValue[channel] ?? 0),
  );
  return emit.reshape(g, emit.where(g, known, moved, emit.cast(g, fills, image.dtype)), image.shape);
}

function depthToSpace(g: Graph, x: Value, { blockSize: size, dataFormat }: DepthToSpaceAttrs): Value {
  const first = dataFormat === 'NCHW';
  const [batch = 1, height = 1, width = 1, depth = 1] = first
    ? [x.shape[0], x.shape[2], x.shape[3], x.shape[1]]
    : x.shape;
  const channels = depth / size ** 2;
  if (first) {
    const blocks = emit.reshape(g, x, [batch, size, size, channels, height, width]);
    const moved = emit.transpose(g, blocks, [0, 3, 4, 1, 5, 2]);
    return emit.reshape(g, moved, [batch, channels, height * size, width * size]);
  }
  const blocks = emit.reshape(g, x, [batch, height, width, size, size, channels]);
  const moved = emit.transpose(g, blocks, [0, 1, 3, 2, 4, 5]);
  return emit.reshape(g, moved, [batch, height * size, width * size, channels]);
}

export const images = {
  BatchToSpaceND: lower<'x', BatchToSpaceNDAttrs>((g, { x }, { blockShape, crops }) => {
    const blocks = sizeOf(blockShape);
    const shape = [...x.shape];
    const perm = backend_util.getPermuted(
      backend_util.getReshaped(shape, blockShape, blocks).length,
      blockShape.length,
    );
    const parted = emit.reshape(g, x, backend_util.getReshaped(shape, blockShape, blocks));
    const joined = emit.reshape(
      g,
      emit.transpose(g, parted, perm),
      backend_util.getReshapedPermuted(shape, blockShape, blocks),
    );
    const rest = joined.shape.slice(1 + blockShape.length);
    const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
    const size = backend_util.getSliceSize([...joined.shape], crops, blockShape.length);
    return emit.slice(g, joined, [...begin, ...rest.map(() => 0)], [...size, ...rest]);
  }),
  SpaceToBatchND: lower<'x', SpaceToBatchNDAttrs>((g, { x }, { blockShape, paddings }) => {
    const blocks = sizeOf(blockShape);
    const rest = x.shape.slice(1 + blockShape.length).map((): [number, number] => [0, 0]);
    const wide = pad(
      g,
      x,
      [[0, 0], ...(paddings as [number, number][]), ...rest],
      g.scalar(0, x.dtype),
      'constant',
    );
    const shape = [...wide.shape];
    const parted = backend_util.getReshaped(shape, blockShape, blocks, false);
    const perm = backend_util.getPermuted(parted.length, blockShape.length, false);
    const moved = emit.transpose(g, emit.reshape(g, wide, parted), perm);
    return emit.reshape(g, moved, backend_util.getReshapedPermuted(shape, blockShape, blocks, false));
  }),
  DepthToSpace: lower<'x', DepthToSpaceAttrs>((g, { x }, attrs) => depthToSpace(g, x, attrs)),
  FlipLeftRight: lower<'image'>((g, { image }) => reverse(g, image, 2)),
  RotateWithOffset: lower<'image', RotateWithOffsetAttrs>((g, { image }, attrs) => rotate(g, image, attrs)),
  CropAndResize: lower<'image' | 'boxes' | 'boxInd', CropAndResizeAttrs>(cropAndResize),
  Transform: lower<'image' | 'transforms', TransformAttrs>(transform),
  ResizeBilinear: lower<'images', ResizeBilinearAttrs>((g, { images: x }, attrs) => {
    const [, height = 1, width = 1] = x.shape;
    const [rows, columns] = [
      linearWeights(g, height, attrs.size[0], attrs),
      linearWeights(g, width, attrs.size[1], attrs),
    ];
    return resampled(g, x, rows, columns);
  }),
  ResizeBilinearGrad: lower<'images' | 'dy', ResizeBilinearAttrs>((g, { images: x, dy }, attrs) =>
    unresampled(g, x, dy, linearWeights, attrs),
  ),
  ResizeNearestNeighbor: lower<'images', ResizeNearestNeighborAttrs>((g, { images: x }, attrs) => {
    const [, height = 1, width = 1] = x.shape;
    const rows = gatherAxis(g, x, 1, nearestPixels(height, attrs.size[0], attrs));
    return gatherAxis(g, rows, 2, nearestPixels(width, attrs.size[1], attrs));
  }),
  ResizeNearestNeighborGrad: lower<'images' | 'dy', ResizeNearestNeighborAttrs>(
    (g, { images: x, dy }, attrs) => unresampled(g, x, dy, nearestWeights, attrs),
  ),
} satisfies Record<string, Lowering>;
