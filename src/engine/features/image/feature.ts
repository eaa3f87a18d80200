/**
 * Images as features: the pixels of each, all of one size, standardised by the mean and the deviation of each channel over
 * the training rows. Height, width and channels are kept with the model; what it judges is brought to them.
 */
import * as z from 'zod';
import type { Table } from '../../datasets/types';
import type { DenseBlock, DenseFeature, FeatureNote } from '../feature';

const Side = z.int().min(1).max(4096);
const ImageBlockData = z
  .strictObject({
    kind: z.literal('image'),
    column: z.string(),
    height: Side,
    width: Side,
    /** 1 grey, 3 red, green and blue. */
    channels: z.union([z.literal(1), z.literal(3)]),
    /** `[channels]`, of the pixels (0 to 1) of the training rows. */
    means: z.array(z.number()),
    deviations: z.array(z.number().positive()),
  })
  .refine(({ channels, means, deviations }) => means.length === channels && deviations.length === channels, {
    message: 'Means and deviations differ from the channels.',
  });
type ImageBlockData = z.infer<typeof ImageBlockData>;

export const feature: DenseFeature<ImageBlockData> = {
  kind: 'image',
  storage: 'dense',
  data: ImageBlockData,
  fit: fitImages,
  open: imageBlock,
  note: noteOnMissing,
  widthFor: ({ image }) =>
    image === undefined ? 0 : image.shape.height * image.shape.width * image.shape.channels,
  recognise: ({ images }) => images,
  liesApart: true,
};

/** Of few pixels that are all the same nothing can be divided by. */
const LEAST_DEVIATION = 1e-3;
const CHANNELS = ['red', 'green', 'blue'];

function fitImages(table: Table, column: number, rows: Uint32Array): ImageBlockData {
  const name = table.columns[column] as string;
  const images = table.images?.get(name);
  if (images === undefined) throw new Error(`"${name}" names no images.`);
  const { height, width, channels } = images.shape;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (const row of rows) {
    const pixels = images.pixels(table.value(row, column));
    if (pixels === undefined) continue;
    count += height * width;
    for (let at = 0; at < pixels.length; at++) {
      const value = (pixels[at] as number) / 255;
      const channel = at % channels;
      sums[channel] = (sums[channel] as number) + value;
      squares[channel] = (squares[channel] as number) + value * value;
    }
  }
  const means = [...sums].map((sum) => sum / Math.max(1, count));
  const deviations = means.map((mean, channel) =>
    Math.max(
      LEAST_DEVIATION,
      Math.sqrt(Math.max(0, (squares[channel] as number) / Math.max(1, count) - mean * mean)),
    ),
  );
  return { kind: 'image', column: name, height, width, channels, means, deviations };
}

function noteOnMissing(
  _: ImageBlockData,
  table: Table,
  column: number,
  rows: Uint32Array,
): FeatureNote | undefined {
  const images = table.images?.get(table.columns[column] as string);
  const missing = rows.filter((row) => images?.pixels(table.value(row, column)) === undefined).length;
  if (missing === 0) return undefined;
  return {
    code: 'missing-images',
    message: `${missing} of ${rows.length} rows to learn from have no image: an even one stands for it.`,
    advice: 'Leave these rows out, or put their images where they are looked for.',
  };
}

/** A row without an image, or of a table without any, stays at zero, which is the mean. */
function imageBlock(data: ImageBlockData): DenseBlock {
  const { column: name, height, width, channels, means, deviations } = data;
  const size = height * width * channels;
  const shape = { height, width, channels };
  return {
    data,
    width: size,
    names: Array.from({ length: size }, (_, at) => {
      const pixel = Math.floor(at / channels);
      const colour = channels === 1 ? '' : `, ${CHANNELS[at % channels] ?? ''}`;
      return `${name}: row ${Math.floor(pixel / width) + 1}, column ${(pixel % width) + 1}${colour}`;
    }),
    shape,
    outside: (table, column) => ({
      isOutside: (row) => table.images?.get(name)?.pixels(table.value(row, column)) === undefined,
    }),
    fill(table, rows, out, stride, offset) {
      const column = table.find(name);
      const images = table.images?.get(name);
      if (column < 0 || images === undefined) return;
      rows.forEach((row, position) => {
        const pixels = images.pixels(table.value(row, column));
        if (pixels?.length !== size) return;
        const from = position * stride + offset;
        for (let at = 0; at < size; at++) {
          const channel = at % channels;
          out[from + at] =
            ((pixels[at] as number) / 255 - (means[channel] as number)) / (deviations[channel] as number);
        }
      });
    },
  };
}
