/** Images for tests: bars that stand or lie, in some noise, so that a linear model tells them apart. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImageShape } from '../../../../src/engine/datasets/images/image-file';
import { pngOf } from '../../../../src/engine/datasets/images/image-file';
import { writeSettled } from '../../settled-file';

export const SIDE = 12;

/** `[side, side, channels]` */
export function bar(number: number, stands: boolean, channels: 1 | 3 = 1): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE * channels);
  const at = 3 + (number % 6);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const place = stands ? pixel % SIDE : Math.floor(pixel / SIDE);
    const noise = (Math.imul(number * 977 + pixel, 2654435761) >>> 24) & 31;
    for (let channel = 0; channel < channels; channel++) {
      pixels[pixel * channels + channel] = (place === at ? 200 : 20) + noise + (channels === 3 ? channel : 0);
    }
  }
  return pixels;
}

export function put(folder: string, name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeSettled(join(folder, name), content);
}

/** So many images of each of two classes, `lying` and `standing`, in folders of these names. */
export async function putBars(folder: string, each: number, channels: 1 | 3 = 1): Promise<void> {
  const shape: ImageShape = { width: SIDE, height: SIDE, channels };
  for (let number = 0; number < each; number++) {
    for (const stands of [false, true]) {
      const png = await pngOf(bar(number, stands, channels), shape);
      put(folder, `${stands ? 'standing' : 'lying'}/${number}.png`, png);
    }
  }
}

/** An IDX file: `[images, side, side]` of bars, or their labels (0 lying, 1 standing). */
export function idxOf(numbers: readonly number[], kind: 'images' | 'labels'): Uint8Array {
  const dimensions = kind === 'images' ? [numbers.length, SIDE, SIDE] : [numbers.length];
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.writeUInt32BE(0x0800 + dimensions.length);
  dimensions.forEach((side, at) => head.writeUInt32BE(side, 4 + 4 * at));
  const items = numbers.map((number) =>
    kind === 'images' ? bar(number, number % 2 === 1) : Uint8Array.of(number % 2),
  );
  return Buffer.concat([head, ...items]);
}
