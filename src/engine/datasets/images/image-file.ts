/** One image: what its first bytes and its header say, and its pixels. */
import type { Metadata, Sharp } from 'sharp';
import { decodeBitmap, sizeOfBitmap } from './bitmap';
import { imageLibrary } from './image-library';

export const imageFormats = ['PNG', 'JPEG', 'GIF', 'WebP', 'BMP', 'TIFF'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** Pixels of an image; a larger one is not decoded, whatever its file claims. */
export const MOST_PIXELS = 64_000_000;
/** Of files by the names that images usually have. */
export const IMAGE_NAME = /\.(?:png|jpe?g|jfif|gif|webp|bmp|dib|tiff?)$/iu;
/** Bytes from the beginning of a file by which its format is told. */
export const SIGNATURE = 12;

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 red, green and blue. */
  readonly channels: 1 | 3;
}

/** What an image's header says, as it is seen upright. */
export interface ImageFacts {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  readonly transparent: boolean;
  /** 16 bits or more for each channel. */
  readonly deep: boolean;
  readonly animated: boolean;
  readonly cmyk: boolean;
}

/** Which image it is by its first bytes; undefined for what is none. */
export function formatOf(bytes: Uint8Array): ImageFormat | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SIGNATURE)).toString(
    'latin1',
  );
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (/^GIF8[79]a/u.test(text)) return 'GIF';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'WebP';
  if (/^BM[^]{4}\0\0\0\0/u.test(text)) return 'BMP';
  if (/^(?:II[*+]\0|MM\0[*+])/u.test(text)) return 'TIFF';
  return undefined;
}

/** Throws for a header that cannot be read. */
export async function factsOfImage(bytes: Uint8Array, format: ImageFormat): Promise<ImageFacts> {
  if (format === 'BMP') {
    return {
      format,
      ...sizeOfBitmap(bytes, MOST_PIXELS),
      grey: false,
      transparent: false,
      deep: false,
      animated: false,
      cmyk: false,
    };
  }
  const found = await (await opened(bytes)).metadata();
  const { width, height } = found.autoOrient;
  return {
    format,
    width,
    height,
    grey: found.space === 'b-w' || found.space === 'grey16',
    transparent: found.hasAlpha,
    deep: isDeep(found),
    animated: (found.pages ?? 1) > 1,
    cmyk: found.space === 'cmyk',
  };
}

function isDeep({ depth }: Metadata): boolean {
  return depth !== 'uchar' && depth !== 'char';
}

/**
 * The pixels as `[height, width, channels]`, 0 to 255, upright, the first of several pages; what is transparent lies on white.
 * Scaled to `shape` where it has another size; colours become grey (ITU-R 601) where it has one channel. Throws for what
 * cannot be decoded whole.
 */
export async function decodeImage(
  bytes: Uint8Array,
  facts: ImageFacts,
  shape: ImageShape,
): Promise<Uint8Array> {
  const { width, height } = shape;
  let image = await uprightImage(bytes, facts);
  if (width !== facts.width || height !== facts.height) image = image.resize(width, height, { fit: 'fill' });
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const channels = facts.cmyk ? fromCmyk(data) : { data, channels: info.channels };
  return inChannels(channels.data, channels.channels, width * height, shape.channels);
}

/** The same as PNG, at most `most` pixels wide and high, never larger than it is. */
export async function thumbnailOf(bytes: Uint8Array, facts: ImageFacts, most: number): Promise<Uint8Array> {
  const scale = Math.min(1, most / Math.max(facts.width, facts.height));
  const width = Math.max(1, Math.round(facts.width * scale));
  const height = Math.max(1, Math.round(facts.height * scale));
  const channels = facts.grey ? 1 : 3;
  return pngOf(await decodeImage(bytes, facts, { width, height, channels }), { width, height, channels });
}

/** Pixels `[height, width, channels]` as a PNG. */
export async function pngOf(
  pixels: Uint8Array,
  { width, height, channels }: ImageShape,
): Promise<Uint8Array> {
  const library = await imageLibrary();
  return library(pixels, { raw: { width, height, channels } }).png().toBuffer();
}

/** Pixels `[height, width, channels]` brought to another size or number of channels. */
export async function scalePixels(pixels: Uint8Array, from: ImageShape, to: ImageShape): Promise<Uint8Array> {
  if (from.width === to.width && from.height === to.height) {
    return inChannels(pixels, from.channels, to.width * to.height, to.channels);
  }
  const library = await imageLibrary();
  const { width, height, channels } = from;
  const { data, info } = await library(pixels, { raw: { width, height, channels } })
    .resize(to.width, to.height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return inChannels(data, info.channels, to.width * to.height, to.channels);
}

async function uprightImage(bytes: Uint8Array, facts: ImageFacts): Promise<Sharp> {
  if (facts.format === 'BMP') {
    const { width, height } = facts;
    const library = await imageLibrary();
    return library(await decodeBitmap(bytes, facts), { raw: { width, height, channels: 3 } });
  }
  const image = (await opened(bytes)).autoOrient();
  if (facts.cmyk) return image.pipelineColourspace('cmyk').toColourspace('cmyk');
  const opaque = facts.transparent ? image.flatten({ background: '#ffffff' }) : image;
  return opaque.toColourspace(facts.grey ? 'b-w' : 'srgb');
}

async function opened(bytes: Uint8Array): Promise<Sharp> {
  const library = await imageLibrary();
  return library(bytes, {
    // Warnings, such as of a colour profile that is not quite right, are no reason to do without an image.
    failOn: 'error',
    limitInputPixels: MOST_PIXELS,
    sequentialRead: true,
    ignoreIcc: true,
    pages: 1,
  });
}

/** As printers mean them, without a profile: each ink takes its share of what the black ink leaves (as Pillow does). */
function fromCmyk(inks: Uint8Array): { readonly data: Uint8Array; readonly channels: number } {
  const data = new Uint8Array((inks.length / 4) * 3);
  for (let from = 0, to = 0; from < inks.length; from += 4) {
    const white = 255 - (inks[from + 3] as number);
    for (let ink = 0; ink < 3; ink++) {
      data[to++] = white - Math.round(((inks[from + ink] as number) * white) / 255);
    }
  }
  return { data, channels: 3 };
}

function inChannels(data: Uint8Array, from: number, pixels: number, to: 1 | 3): Uint8Array {
  if (from === to) return data;
  const out = new Uint8Array(pixels * to);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * from;
    const red = data[at] as number;
    if (to === 1) {
      // Two channels are grey and transparency.
      out[pixel] =
        from < 3
          ? red
          : (red * 19595 + (data[at + 1] as number) * 38470 + (data[at + 2] as number) * 7471 + 0x8000) >> 16;
    } else {
      out[pixel * 3] = red;
      out[pixel * 3 + 1] = from < 3 ? red : (data[at + 1] as number);
      out[pixel * 3 + 2] = from < 3 ? red : (data[at + 2] as number);
    }
  }
  return out;
}
