/** Images whose pixels stand one after the other in one piece of bytes. */
import { CancelledError } from '../../../protocol/endpoint';
import type { Watching } from '../folder/folder';
import { type ImageColumn, Pixels, samplesOf, shapeFor } from './image-column';
import { type ImageShape, pngOf, scalePixels } from './image-file';

export interface RawImages extends ImageShape {
  /** One for each image. */
  readonly names: readonly string[];
  /** `[images, height, width, channels]` */
  readonly data: Uint8Array;
  /** What they came in. */
  readonly format: string;
}

/** Images that are scaled between two looks at the signal. */
const AT_ONCE = 64;

/** `shape`: what a model wants them to be; chosen by their size where it is absent. */
export async function rawImages(
  { names, data, format, width, height, channels }: RawImages,
  {
    shape: wanted,
    watching = {},
  }: { readonly shape?: ImageShape | undefined; readonly watching?: Watching | undefined },
): Promise<ImageColumn> {
  const own: ImageShape = { width, height, channels };
  const size = width * height * channels;
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const raw = (name: string): Uint8Array | undefined => {
    const index = indexOf.get(name);
    return index === undefined ? undefined : data.subarray(index * size, (index + 1) * size);
  };
  const shape = wanted ?? shapeFor([own], channels === 1);
  const scaled = isSame(shape, own) ? undefined : new Pixels(shape, names.length);
  for (let start = 0; scaled !== undefined && start < names.length; start += AT_ONCE) {
    if (watching.signal?.aborted === true) throw new CancelledError();
    const some = names.slice(start, start + AT_ONCE);
    const pixels = await Promise.all(some.map((name) => scalePixels(raw(name) as Uint8Array, own, shape)));
    some.forEach((name, at) => scaled.set(name, pixels[at] as Uint8Array));
    watching.onProgress?.(start + some.length, names.length);
  }
  return {
    shape,
    facts: {
      images: names.length,
      samples: samplesOf(names),
      formats: [{ format, count: names.length }],
      smallest: { width, height },
      largest: { width, height },
    },
    pixels: (name) => (scaled === undefined ? raw(name) : scaled.get(name)),
    thumbnail: async (name, most) => {
      const pixels = raw(name);
      if (pixels === undefined) return undefined;
      const scale = Math.min(1, most / Math.max(width, height));
      const side = (length: number): number => Math.max(1, Math.round(length * scale));
      const small: ImageShape = { width: side(width), height: side(height), channels };
      return pngOf(await scalePixels(pixels, own, small), small);
    },
  };
}

function isSame(a: ImageShape, b: ImageShape): boolean {
  return a.width === b.width && a.height === b.height && a.channels === b.channels;
}
