/** Images of every format, held against the pixels that Pillow reads of the same files (scripts/fixtures/images.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decodeImage,
  factsOfImage,
  formatOf,
  type ImageFormat,
  type ImageShape,
  thumbnailOf,
} from '../../../../src/engine/datasets/images/image-file';

const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'images');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<string, ImageShape & { readonly pixels: string }>
>;
const read = (name: string): Uint8Array => readFileSync(join(folder, name));

async function decoded(name: string, shape?: ImageShape): Promise<Uint8Array> {
  const bytes = read(name);
  const facts = await factsOfImage(bytes, formatOf(bytes) as ImageFormat);
  return decodeImage(bytes, facts, shape ?? (expected[name] as ImageShape));
}

/** Greatest difference of a pixel from what Pillow reads. */
async function farthest(name: string): Promise<number> {
  const pixels = await decoded(name);
  const wanted = Buffer.from(expected[name]?.pixels ?? '', 'base64');
  expect(pixels).toHaveLength(wanted.length);
  return pixels.reduce((most, value, at) => Math.max(most, Math.abs(value - (wanted[at] as number))), 0);
}

const lossy = (name: string): boolean =>
  /\.jpg$|^deep\.png$|^jpeg\.tif$|^lossy\.webp$|^alpha\.png$/u.test(name);

describe('the pixels of an image', () => {
  it.each(Object.keys(expected).filter((name) => !lossy(name)))('are those of Pillow: %s', async (name) => {
    expect(await farthest(name)).toBe(0);
  });

  it.each(Object.keys(expected).filter(lossy))('are those of Pillow but for rounding: %s', async (name) => {
    expect(await farthest(name)).toBeLessThanOrEqual(1);
  });

  it('are scaled to another size, and grey where that is asked for', async () => {
    const small = await decoded('rgb.png', { height: 3, width: 4, channels: 1 });
    const whole = await decoded('rgb.png', { height: 12, width: 16, channels: 1 });
    const mean = (pixels: Uint8Array): number =>
      pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    expect(small).toHaveLength(12);
    expect(Math.abs(mean(small) - mean(whole))).toBeLessThan(3);
    expect(await decoded('grey.png', { height: 12, width: 16, channels: 3 })).toHaveLength(576);
  });

  it.each(['rgb.png', 'rgb.jpg', 'rgb.bmp', 'rgb.tif', 'lossless.webp'])(
    'are refused where the file is cut: %s',
    async (name) => {
      const bytes = read(name);
      const format = formatOf(bytes) as ImageFormat;
      const cut = bytes.subarray(0, Math.floor(bytes.length * 0.6));
      const decoding = async (): Promise<Uint8Array> =>
        decodeImage(cut, await factsOfImage(cut, format), { height: 12, width: 16, channels: 3 });
      await expect(decoding()).rejects.toThrow();
    },
  );
});

describe('what is said of an image', () => {
  it.each([
    ['alpha.png', { format: 'PNG', transparent: true, grey: false }],
    ['deep.png', { format: 'PNG', deep: true, grey: true }],
    ['grey.jpg', { format: 'JPEG', grey: true, cmyk: false }],
    ['cmyk.jpg', { format: 'JPEG', cmyk: true }],
    ['turned.jpg', { format: 'JPEG', width: 12, height: 16 }],
    ['animated.gif', { format: 'GIF', animated: true }],
    ['animated.webp', { format: 'WebP', animated: true }],
    ['still.gif', { format: 'GIF', animated: false }],
    ['rgb.bmp', { format: 'BMP', width: 16, height: 12 }],
    ['rgb.tif', { format: 'TIFF', width: 16, height: 12, animated: false }],
  ] as const)('comes from its header: %s', async (name, facts) => {
    const bytes = read(name);
    expect(await factsOfImage(bytes, formatOf(bytes) as ImageFormat)).toMatchObject(facts);
  });

  it('is nothing for what is no image, whatever its name', () => {
    for (const text of [
      '',
      'BM',
      'hello, world',
      '<svg xmlns="">',
      'BM is a place name',
      'RIFF....WAVEfmt ',
    ]) {
      expect(formatOf(Buffer.from(text))).toBeUndefined();
    }
  });
});

describe('a thumbnail', () => {
  it('is a PNG of the same proportions, never larger than asked for nor than the image', async () => {
    const bytes = read('rgb.jpg');
    const facts = await factsOfImage(bytes, 'JPEG');
    for (const [most, size] of [
      [8, { width: 8, height: 6 }],
      [64, { width: 16, height: 12 }],
    ] as const) {
      const png = await thumbnailOf(bytes, facts, most);
      expect(await factsOfImage(png, formatOf(png) as ImageFormat)).toMatchObject({ format: 'PNG', ...size });
    }
  });
});
