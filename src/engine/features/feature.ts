/** What a kind of column owns: how its cells are learnt from, stored, opened again and turned into numbers. */
import type * as z from 'zod';
import type { ColumnSummary } from '../../protocol/dataset';
import type { Table } from '../datasets/types';
import type { Facts } from '../datasets/column-facts';
import type { ImageShape } from '../datasets/images/image-file';

/** All that is needed to make a block again, as its kind defines it; stored with the model. */
export interface BlockData {
  readonly kind: string;
  readonly column: string;
}

/** What was cut or grouped, for people; the column's name is put before it. */
export interface FeatureNote {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** Says of a table's rows whether their cell lies outside of all that training saw. */
export interface OutsideJudge {
  /** The ends of what training saw, where it is a range. */
  readonly seen?: { readonly low: number; readonly high: number };
  isOutside(row: number): boolean;
}

interface Block {
  readonly data: BlockData;
  readonly width: number;
  /** `[width]` */
  readonly names: readonly string[];
  /** Of an image: its numbers are `[height, width, channels]`. */
  readonly shape?: ImageShape | undefined;
  /** Absent, or undefined for these data, where nothing lies outside. */
  outside?(table: Table, column: number): OutsideJudge | undefined;
}

/** Numbers of which most are something. */
export interface DenseBlock extends Block {
  /** Writes `[rows.length, width]` into `out`, whose rows are `stride` apart, from `offset` on; `out` begins as zeros. */
  fill(table: Table, rows: Uint32Array, out: Float32Array, stride: number, offset: number): void;
}

/** Many numbers of which nearly all are zero. */
export interface SparseBlock extends Block {
  /** Calls `emit(feature, value)` for every feature of `text` that is not zero, features from 0 to width - 1. */
  encode(text: string, emit: (feature: number, value: number) => void): void;
}

interface FeatureOf<Data extends BlockData> {
  /** The name of its description. */
  readonly kind: string;
  /** Of what is stored. */
  readonly data: z.ZodType<Data>;
  /** Learns from the given (training) rows alone. `encoding`: the name of one of its kind's other encodings. */
  fit(table: Table, column: number, rows: Uint32Array, encoding?: string): Data;
  /** What people should know of what was learnt. */
  note?(data: Data, table: Table, column: number, rows: Uint32Array): FeatureNote | undefined;
  /** About how many numbers a row will become, by its summary; 0 where absent. */
  widthFor?(column: ColumnSummary): number;
  /** Its numbers lie in files of their own, which no look at the rows reads. */
  readonly liesApart?: boolean | undefined;
  /** Whether a column that nobody asked about is of this kind; asked before the lab judges by itself. */
  recognise?(facts: Facts, name: string): boolean;
}

export interface DenseFeature<Data extends BlockData = BlockData> extends FeatureOf<Data> {
  readonly storage: 'dense';
  open(data: Data): DenseBlock;
}

export interface SparseFeature<Data extends BlockData = BlockData> extends FeatureOf<Data> {
  readonly storage: 'sparse';
  open(data: Data): SparseBlock;
}

/** A kind's `feature.ts` exports one as `feature`. */
export type Feature = DenseFeature | SparseFeature;
