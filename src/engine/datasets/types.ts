/** The shapes that leave the room of datasets. What makes them is in the other files of this folder. */
import type { DatasetIssue, TableFormat } from '../../protocol/dataset';
import type { StepOutcome } from '../../protocol/preparation';
import type { Encoding, ReadingPart, ReadingWishes } from '../../protocol/reading';
import type { CellSource } from './cell-source';
import type { ColumnReader } from './column-reader';
import type { ColumnReading } from './column-reading';
import type { Watching } from './folder/folder';
import type { ImageColumn } from './images/image-column';
import type { ImageShape } from './images/image-file';

/** How many cells a row has, held against the header (or the commonest count where there is no header). */
export const RowShape = { whole: 0, tooFew: 1, tooMany: 2 } as const;

/** A table, wherever its cells are kept: a cell becomes a string only when it is asked for. Rows count from 0. */
export interface Table {
  readonly path: string | undefined;
  /** Bytes that its cells take, roughly: by it is told what would take too long. */
  readonly size: number;
  /** Of a table that is no delimited text, only the encoding tells something. */
  readonly format: TableFormat;
  /** The line in which the names of the columns stand, counted from 1; undefined where they stand in none, or in each row. */
  readonly namesLine: number | undefined;
  /** As in the header (repeated names made different), or `column 1`, `column 2`, … where there is none. */
  readonly columns: readonly string[];
  /** Data rows, header and blank lines not counted. */
  readonly rows: number;
  /** What `startLine` and `endLine` count: the lines of a text, or the rows themselves where a file has no lines. */
  readonly counted: 'line' | 'row';
  /** `[rows]`, first and last line of each row, counted from 1, line breaks inside quotes included. */
  readonly startLine: Uint32Array;
  readonly endLine: Uint32Array;
  /** `[rows]` of `RowShape`. Rows with too many cells are left out of training but can be predicted. */
  readonly shape: Uint8Array;
  issues: readonly DatasetIssue[];
  /** What each step of its preparation did; absent for a table as its file has it. */
  readonly outcomes?: readonly StepOutcome[] | undefined;
  /** The table before its preparation, which may have other rows; absent for a table as its file has it. */
  readonly original?: Table | undefined;
  /** The cell's text, quotes taken off; empty where the row is too short. */
  cell(row: number, column: number): string;
  /** The cell's text without spaces around it; a value that stands for another one (`LF` for `Low Fat`) is that one. */
  value(row: number, column: number): string;
  /** `[rows]`, hashes of 53 bits of each row's cells in these columns, as they are written, quotes around them taken off. */
  hashes(columns: Uint32Array): Float64Array;
  /** `[rows]`: what `rowKeys` says of each. */
  keys(): Float64Array;
  /** Whether the cell stands for no value as its column is read: a placeholder, or a word in a column of numbers. */
  isMissing(row: number, column: number): boolean;
  /** `[rows]`, NaN for missing cells, and throughout where the column does not hold numbers. Computed once, then kept. */
  numbers(column: number): Float64Array;
  /** The cells as they are kept. */
  readonly cells: CellSource;
  /** How each column's cells are read. */
  readonly reader: ColumnReader;
  /**
   * How the file is read, part by part, for people who may choose otherwise; empty for a kind of file that leaves no choice.
   * `encoding`: that of the file where the table was read from an editor's text.
   */
  tell(wishes: ReadingWishes, encoding?: Encoding): readonly ReadingPart[];
  /** The columns whose cells name images, by their names; put there by whoever has read the images. */
  images?: ReadonlyMap<string, ImageColumn> | undefined;
  /** Index of a column, or -1. */
  find(name: string): number;
  /** The given rows as a table of their own, without issues, in which the named columns are read as here. */
  pick(rows: readonly number[], columns: readonly string[]): Table;
}

/** What is asked of the reading; what is absent is found out. */
export interface ReadTableOptions extends ReadingWishes {
  /** For messages only. */
  readonly path?: string | undefined;
  /** How columns are read, by name: of the model that will judge the table, or of the table that this is a part of. */
  readonly readings?: Readonly<Record<string, ColumnReading>> | undefined;
  /** The readings hold as they are, also where this table writes its numbers in another way. */
  readonly settled?: boolean | undefined;
  /** `decimal` was asked for: it holds also where `readings` write numbers otherwise and both fit. */
  readonly decimalAsked?: boolean | undefined;
  /** A model will judge the table: its preparation leaves no row out. */
  readonly judging?: boolean | undefined;
  /** Who follows a reading that takes long, and may end it. */
  readonly watching?: Watching | undefined;
  /** Many images are only looked at in part: for whoever wants to know what there is, and learns nothing from it. */
  readonly glance?: boolean | undefined;
  /** What images become for the model that will judge the table, by column; a dataset chooses for itself where absent. */
  readonly imageShapes?: Readonly<Record<string, ImageShape>> | undefined;
  /** Names that columns are known by: the target asked for, or the columns of a model. A line that holds them is a header. */
  readonly knownNames?: readonly string[] | undefined;
}

/** What is predicted of a row: one of some names, or a number. */
export type Answer = 'name' | 'number';

/** The column to predict, read once for all rows. Rows that cannot be used have label -1 or value NaN. */
export type TargetColumn = ClassLabels | TargetValues;

export interface ClassLabels {
  readonly answer: 'name';
  readonly column: string;
  /** Sorted: numbers by value, else by code unit. */
  readonly classes: readonly string[];
  /** `[rows]`, index into `classes`; -1: missing, or a row with too many cells. */
  readonly labels: Int32Array;
  /** Labels that were put together, rows without any, classes of one row. */
  readonly issues: readonly DatasetIssue[];
}

export interface TargetValues {
  readonly answer: 'number';
  readonly column: string;
  /** `[rows]`; NaN: missing, or a row with too many cells. */
  readonly values: Float64Array;
  /** Rows without a number. */
  readonly issues: readonly DatasetIssue[];
}

/** What `splitRows` says of each row. */
export const Part = { leftOut: 0, training: 1, validation: 2 } as const;

/** The numbers of the rows of each part. */
export interface RowParts {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/** The target of a classification: class names <-> indices. */
export interface ClassTarget {
  readonly answer: 'name';
  readonly column: string;
  readonly classes: readonly string[];
  /** `[classes]`, rows of the training part. */
  readonly counts: readonly number[];
  /** How its column was read. */
  readonly reading: ColumnReading;
  /** `[rows.length]` class indices; -1 where missing, of a class never seen, or the table lacks the column. */
  encode(table: Table, rows: Uint32Array): Int32Array;
  decode(index: number): string;
  toJSON(): unknown;
}

/** How a numeric target is learnt: as it is, or as log(1 + y). */
export type NumberTransform = 'none' | 'log1p';

/** The target of a regression: original units <-> standardised values. */
export interface NumberTarget {
  readonly answer: 'number';
  readonly column: string;
  /** How its column was read. */
  readonly reading: ColumnReading;
  /** Applied before standardising; `log1p` for a positive target with a heavy tail. */
  readonly transform: NumberTransform;
  /** Of the transformed training values. */
  readonly mean: number;
  readonly deviation: number;
  /** Of the training values in original units: the baseline that always says the mean. */
  readonly originalMean: number;
  readonly originalDeviation: number;
  /** Whether the training values seem to be years, which are written without thousands separated. */
  readonly years: boolean;
  /** `[rows.length]` standardised; NaN where missing. */
  encode(table: Table, rows: Uint32Array): Float32Array;
  /** `[rows.length]` in original units; NaN where missing. */
  original(table: Table, rows: Uint32Array): Float64Array;
  /** Standardised to original units. */
  decode(value: number): number;
  toJSON(): unknown;
}

export type TargetEncoder = ClassTarget | NumberTarget;

/** A plain text, decoded. */
export interface TextFile {
  readonly text: string;
  readonly encoding: TableFormat['encoding'];
  readonly bytes: number;
  readonly issues: readonly DatasetIssue[];
}
