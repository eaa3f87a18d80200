/** Images that were decoded a moment ago: who edits a table of names asks for the same ones at every keystroke. */
import type { ImageFacts, ImageShape } from './image-file';

/** Bytes of pixels that are kept, and images of which the header is. */
const MOST_BYTES = 64_000_000;
const MOST_HEADERS = 100_000;

/** Kept in the order in which they were last asked for; the oldest go first. */
class Latest<Value> {
  readonly #values = new Map<string, Value>();
  #size = 0;

  constructor(
    private readonly most: number,
    private readonly sizeOf: (value: Value) => number,
  ) {}

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#size += this.sizeOf(value);
    for (const [oldest, gone] of this.#values) {
      if (this.#size <= this.most) return;
      this.#values.delete(oldest);
      this.#size -= this.sizeOf(gone);
    }
  }
}

const headers = new Latest<ImageFacts>(MOST_HEADERS, () => 1);
const pixels = new Latest<Uint8Array>(MOST_BYTES, (value) => value.length);

/** `mark`: what changes when the file does. */
export function knownFacts(mark: string): ImageFacts | undefined {
  return headers.get(mark);
}

export function keepFacts(mark: string, facts: ImageFacts): void {
  headers.set(mark, facts);
}

export function knownPixels(mark: string, shape: ImageShape): Uint8Array | undefined {
  return pixels.get(keyOf(mark, shape));
}

export function keepPixels(mark: string, shape: ImageShape, value: Uint8Array): void {
  if (pixels.get(keyOf(mark, shape)) === undefined) pixels.set(keyOf(mark, shape), value);
}

function keyOf(mark: string, { height, width, channels }: ImageShape): string {
  return `${mark}\0${height}\0${width}\0${channels}`;
}
