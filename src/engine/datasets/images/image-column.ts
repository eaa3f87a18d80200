/** A column of images: its cells are names, by which their pixels are found. */
import type { ImagesSummary } from '../../../protocol/dataset';
import type { ImageShape } from './image-file';

/** What is known of all images of a column together. */
export type ImagesFacts = Omit<ImagesSummary, 'shape'>;

export interface ImageColumn {
  /** What each image becomes. */
  readonly shape: ImageShape;
  readonly facts: ImagesFacts;
  /** `[height, width, channels]`, 0 to 255. Undefined for what is no image, and where only a glance was taken. */
  pixels(name: string): Uint8Array | undefined;
  /** The image itself as a PNG, at most so many pixels wide and high; undefined for what is no image. */
  thumbnail(name: string, most: number): Promise<Uint8Array | undefined>;
}

/** Images that are shown of a column. */
const SAMPLES = 12;

/** Some names, evenly spaced. */
export function samplesOf(names: readonly string[]): readonly string[] {
  const count = Math.min(SAMPLES, names.length);
  return Array.from({ length: count }, (_, at) => names[Math.floor((at * names.length) / count)] as string);
}

/** Bytes of the pixels of all images of a column. */
export const MOST_BYTES = 1_500_000_000;

/** The pixels of images of one shape, in one piece. */
export class Pixels {
  readonly #bytes: Uint8Array;
  readonly #size: number;
  readonly #indexOf = new Map<string, number>();

  constructor(
    { height, width, channels }: ImageShape,
    readonly most: number,
  ) {
    this.#size = height * width * channels;
    this.#bytes = new Uint8Array(this.#size * most);
  }

  set(name: string, pixels: Uint8Array): void {
    const index = this.#indexOf.get(name) ?? this.#indexOf.size;
    this.#bytes.set(pixels, index * this.#size);
    this.#indexOf.set(name, index);
  }

  get(name: string): Uint8Array | undefined {
    const index = this.#indexOf.get(name);
    return index === undefined
      ? undefined
      : this.#bytes.subarray(index * this.#size, (index + 1) * this.#size);
  }

  /** Whether red, green and blue are the same in every pixel. */
  areGrey(): boolean {
    const end = this.#indexOf.size * this.#size;
    for (let at = 0; at < end; at += 3) {
      if (this.#bytes[at] !== this.#bytes[at + 1] || this.#bytes[at] !== this.#bytes[at + 2]) return false;
    }
    return true;
  }
}

/** Pixels for each side of what an image becomes, where nothing else is known: small models can learn from so many. */
const LONGEST_SIDE = 32;
const SHORTEST_SIDE = 4;

/** A size for all: the middle of their sizes, made smaller where it is large. */
export function shapeFor(
  sizes: readonly { readonly width: number; readonly height: number }[],
  grey: boolean,
): ImageShape {
  const width = middle(sizes.map((size) => size.width));
  const height = middle(sizes.map((size) => size.height));
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const scaled = (side: number): number =>
    scale === 1 ? side : Math.max(SHORTEST_SIDE, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height), channels: grey ? 1 : 3 };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? LONGEST_SIDE;
}
