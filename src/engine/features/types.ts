/** The shapes that leave the room of features. What makes them is in the other files of this folder. */
import type { ColumnSummary, DatasetIssue } from '../../protocol/dataset';
import type { OutsideCell } from '../../protocol/marks';
import type { ColumnReading } from '../datasets/column-reading';
import type { ImageShape } from '../datasets/images/image-file';
import type { Answer, Table } from '../datasets/types';

/** Rows as numbers for a model: `[rows, width]`, dense or compressed sparse rows. */
export interface EncodedRows {
  readonly rows: number;
  readonly width: number;
  readonly storage: 'dense' | 'sparse';
  /** Writes the rows named by `indices` (positions in this object, not in the table) as dense
   * `[indices.length, width]` into the beginning of `out`; zeros included, so `out` may be reused. */
  gather(indices: ArrayLike<number>, out: Float32Array): void;
  /** All rows as dense `[rows, width]`. */
  dense(): Float32Array;
}

/** A stretch of the encoded width that stands for one column of the table. */
export interface FeatureBlock {
  readonly column: string;
  /** The name of a kind of column. */
  readonly kind: string;
  readonly offset: number;
  readonly width: number;
  /** Of an image: its numbers are `[height, width, channels]`. */
  readonly shape?: ImageShape | undefined;
}

/** Turns rows of any table with the same column names into numbers, with statistics of the training rows. */
export interface Encoder {
  readonly width: number;
  readonly storage: 'dense' | 'sparse';
  readonly features: readonly FeatureBlock[];
  /** `[width]`, e.g. `bill_length_mm`, `sex = MALE`, `message contains "free"`. */
  readonly featureNames: readonly string[];
  /** What was left out and why, what was cut or grouped. */
  readonly notes: readonly DatasetIssue[];
  /** How the columns were read, for reading other files alike; as before there were readings for a model of then. */
  readonly readings: Readonly<Record<string, ColumnReading>>;
  /** Encodes the given rows of the table in the given order. Memory is `rows * width` floats when dense. */
  encode(table: Table, rows: Uint32Array): EncodedRows;
  /** By position in `rows`: cells that training saw nothing like. Positions without any are left out. */
  outside(table: Table, rows: Uint32Array): ReadonlyMap<number, readonly OutsideCell[]>;
  /** Plain data for `preprocess.json`; `encoderFromJSON` brings the same encoder back. */
  toJSON(): unknown;
}

export interface FitEncoderOptions {
  /** The column to predict, which is never a feature. */
  readonly target: string;
  readonly answer: Answer;
  /** Names of further columns to leave out. */
  readonly exclude?: readonly string[] | undefined;
  /** What the columns hold, as inspection shows it for this target; judged by the given rows alone where absent. */
  readonly columns?: readonly ColumnSummary[] | undefined;
}
