/** Encoded rows: a dense part for numbers and categories, and compressed sparse rows for text behind it. */
import type { EncodedRows } from './types';

/** Text features of all rows: those of row `r` stand at `start[r]` to `start[r + 1]`. */
export interface SparsePart {
  /** `[rows + 1]` */
  readonly start: Uint32Array;
  /** Features, counted from the beginning of the encoded row. */
  readonly feature: Uint32Array;
  readonly value: Float32Array;
}

/** Rows up to this width are copied number by number: making a view of each would take longer than copying it. */
const NARROW = 128;

export class DenseRows implements EncodedRows {
  readonly storage = 'dense';
  readonly rows: number;
  readonly width: number;
  readonly #values: Float32Array;

  /** `values`: `[rows, width]` */
  constructor(rows: number, width: number, values: Float32Array) {
    this.rows = rows;
    this.width = width;
    this.#values = values;
  }

  gather(indices: ArrayLike<number>, out: Float32Array): void {
    const { width } = this;
    const values = this.#values;
    for (let i = 0; i < indices.length; i++) {
      const from = (indices[i] as number) * width;
      if (width > NARROW) out.set(values.subarray(from, from + width), i * width);
      else for (let k = 0, to = i * width; k < width; k++) out[to + k] = values[from + k] as number;
    }
  }

  dense(): Float32Array {
    return this.#values;
  }
}

export class SparseRows implements EncodedRows {
  readonly storage = 'sparse';
  readonly rows: number;
  readonly width: number;
  readonly #front: DenseRows;
  readonly #sparse: SparsePart;

  /** `front`: the dense features that every row begins with. */
  constructor(front: DenseRows, width: number, sparse: SparsePart) {
    this.rows = front.rows;
    this.width = width;
    this.#front = front;
    this.#sparse = sparse;
  }

  gather(indices: ArrayLike<number>, out: Float32Array): void {
    const { width } = this;
    const front = this.#front.dense();
    const frontWidth = this.#front.width;
    const { start, feature, value } = this.#sparse;
    out.fill(0, 0, indices.length * width);
    for (let i = 0; i < indices.length; i++) {
      const row = indices[i] as number;
      const to = i * width;
      out.set(front.subarray(row * frontWidth, (row + 1) * frontWidth), to);
      const end = start[row + 1] as number;
      for (let at = start[row] as number; at < end; at++)
        out[to + (feature[at] as number)] = value[at] as number;
    }
  }

  dense(): Float32Array {
    const out = new Float32Array(this.rows * this.width);
    this.gather(
      Uint32Array.from({ length: this.rows }, (_, row) => row),
      out,
    );
    return out;
  }
}

/** Collects the features of row after row. */
export class SparseBuilder {
  #feature = new Uint32Array(1024);
  #value = new Float32Array(1024);
  #count = 0;
  readonly #start: number[] = [0];

  add(feature: number, value: number): void {
    if (this.#count === this.#feature.length) {
      const features = new Uint32Array(this.#count * 2);
      features.set(this.#feature);
      this.#feature = features;
      const values = new Float32Array(this.#count * 2);
      values.set(this.#value);
      this.#value = values;
    }
    this.#feature[this.#count] = feature;
    this.#value[this.#count++] = value;
  }

  endRow(): void {
    this.#start.push(this.#count);
  }

  finish(): SparsePart {
    return {
      start: Uint32Array.from(this.#start),
      feature: this.#feature.slice(0, this.#count),
      value: this.#value.slice(0, this.#count),
    };
  }
}
