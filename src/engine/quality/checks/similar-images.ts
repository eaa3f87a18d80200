/**
 * Images that look the same as an earlier one, told by what is left of them when they are made very small: whether each
 * place is darker than the next (the difference hash of Krawetz 2013, "Kind of Like That"), and by their pixels after that.
 */
import { writeCounted } from '../../../protocol/words';
import type { ImageColumn } from '../../datasets';
import { type Check, type Found, MOST_PLACES, type Place } from '../check';
import type { Subject } from '../subject';
import { quote } from '../wording';

export const check: Check = { find };

/** Places of a row, and rows, whose brightness is compared. */
const SIDE = 8;
/** Mean difference of the brightness, of 255, up to which two images look the same. */
const SAME = 6;
/** In even places the grain of an image would decide. */
const CLEARLY = 2;
/** Of 64 places. */
const MOST_DIFFERENT = 10;
/** Images with the same row that are compared. */
const MOST_COMPARED = 200;
/** Images after which the check rests. */
const AT_ONCE = 500;

function* find(subject: Subject): Generator<Found | undefined> {
  const { table, columns } = subject;
  for (const { name, index } of columns) {
    const images = table.images?.get(name);
    if (images !== undefined) yield* inColumn(subject, index, images);
  }
}

function* inColumn(
  { table, rows }: Subject,
  column: number,
  images: ImageColumn,
): Generator<Found | undefined> {
  const seen = new SeenImages();
  const places: Place[] = [];
  let count = 0;
  let looked = 0;
  for (const row of rows) {
    const file = table.cell(row, column);
    const pixels = images.pixels(file);
    if (pixels === undefined) continue;
    if (++looked % AT_ONCE === 0) yield;
    const grey = brightnessOf(pixels, images.shape.channels);
    const { width, height } = images.shape;
    const same = seen.add({ name: file, grey, hash: differenceHash(grey, width, height) });
    if (same === undefined) continue;
    const says = `${quote(file)} looks the same as ${quote(same)}.`;
    if (count++ < MOST_PLACES) places.push({ row, column, says });
  }
  if (count === 0) return;
  yield {
    message: `${writeCounted(count, 'image')} of "${table.columns[column] as string}" ${count === 1 ? 'looks' : 'look'} the same as an earlier one: ${places[0]?.says ?? ''}`,
    advice: 'Keep one of each, so that no image is judged by a model that has learnt its copy.',
    rows: count,
    columns: [column],
    places,
  };
}

interface Seen {
  readonly name: string;
  readonly grey: Float32Array;
  /** A byte for each row. */
  readonly hash: Uint8Array;
}

/** Images by the rows of their hashes: two that look the same have some row in common. */
class SeenImages {
  readonly #places = new Map<number, Seen[]>();

  /** The name of an earlier image that looks the same; the image is remembered unless there is one. */
  add(image: Seen): string | undefined {
    const keys = Array.from(image.hash, (byte, row) => (row << 8) | byte);
    for (const key of keys) {
      for (const other of this.#places.get(key) ?? []) {
        if (differences(image.hash, other.hash) > MOST_DIFFERENT) continue;
        if (meanDifference(image.grey, other.grey) <= SAME) return other.name;
      }
    }
    for (const key of keys) {
      const known = this.#places.get(key);
      if (known === undefined) this.#places.set(key, [image]);
      else if (known.length < MOST_COMPARED) known.push(image);
    }
    return undefined;
  }
}

/** Places in which two hashes differ. */
function differences(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  a.forEach((byte, row) => {
    for (let rest = byte ^ (b[row] as number); rest > 0; rest &= rest - 1) count++;
  });
  return count;
}

/** `[height, width]` from 0 to 255. */
function brightnessOf(pixels: Uint8Array, channels: number): Float32Array {
  if (channels === 1) return Float32Array.from(pixels);
  return Float32Array.from({ length: pixels.length / channels }, (_, at) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += pixels[at * channels + channel] as number;
    return sum / channels;
  });
}

/** A byte for each row, a bit for each place: whether it is clearly brighter than the one on its left. */
function differenceHash(grey: Float32Array, width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: SIDE }, (_, y) => {
    let bits = 0;
    for (let x = 0; x < SIDE; x++) {
      const left = meanOf(grey, width, height, x, y);
      bits = (bits << 1) | (meanOf(grey, width, height, x + 1, y) > left + CLEARLY ? 1 : 0);
    }
    return bits;
  });
}

/** Mean brightness of one of nine columns by eight rows. */
function meanOf(grey: Float32Array, width: number, height: number, x: number, y: number): number {
  const fromX = Math.floor((x * width) / (SIDE + 1));
  const toX = Math.max(fromX + 1, Math.floor(((x + 1) * width) / (SIDE + 1)));
  const fromY = Math.floor((y * height) / SIDE);
  const toY = Math.max(fromY + 1, Math.floor(((y + 1) * height) / SIDE));
  let sum = 0;
  for (let row = fromY; row < toY; row++) {
    for (let at = fromX; at < toX; at++) sum += grey[row * width + at] as number;
  }
  return sum / ((toX - fromX) * (toY - fromY));
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs((a[at] as number) - (b[at] as number));
  return sum / Math.max(1, a.length);
}
