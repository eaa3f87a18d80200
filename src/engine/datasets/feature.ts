/** What a column's features have in common: how wide they are, what they are called, how rows are filled in. */
import type { Table } from './types';

export interface DenseBlock {
  /** All that is needed to make this block again, as its kind defines it. */
  readonly data: { readonly kind: 'number' | 'date' | 'boolean' | 'category'; readonly column: string };
  readonly width: number;
  /** `[width]` */
  readonly names: readonly string[];
  /** Writes `[rows.length, width]` into `out`, whose rows are `stride` apart, from `offset` on; `out` begins as zeros. */
  fill(table: Table, rows: Uint32Array, out: Float32Array, stride: number, offset: number): void;
}
