/** Predictions beside the rows of an open document. */
import type { DatasetIssue } from './dataset';
import type { ReadingDifference } from './reading';
import type { TargetTask } from './task-names';
import type { Metrics } from './training';

/** How a row's prediction compares with its label. */
export const Verdict = { unlabelled: 0, right: 1, wrong: 2 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Which part of the data a row belonged to in training; `fresh` rows were not there. */
export const Part = { fresh: 0, training: 1, validation: 2 } as const;
export type Part = (typeof Part)[keyof typeof Part];

/**
 * All predictions of one version of a document, as parallel arrays of one entry per data row, so that they travel
 * without being copied row by row.
 */
export interface Marks {
  readonly documentId: string;
  /** The document's version that these belong to. */
  readonly version: number;
  readonly runFolder: string;
  readonly task: TargetTask;
  readonly target: string;
  readonly rows: number;
  /** First and last line of each row, from 0 as editors count. */
  readonly startLine: Int32Array;
  readonly endLine: Int32Array;
  /** 1 where the row has a prediction. */
  readonly hasPrediction: Uint8Array;
  /** Answers that are names: index into `classes`. Rows that could not be predicted hold -1. */
  readonly classIndex: Int32Array;
  readonly classes: readonly string[];
  /** Answers that are numbers: predicted value in the target's units. NaN where not predicted. */
  readonly value: Float32Array;
  /** Whether these values are years. */
  readonly years?: boolean | undefined;
  /**
   * Probability of the predicted class, 0 to 1; of a number, half-width of the row's own 90 % interval, NaN where it is
   * not known.
   */
  readonly confidence: Float32Array;
  /** Numbers: the label less the prediction, in the target's units. NaN without either. */
  readonly residual: Float32Array;
  /** `Verdict` of each row. A number is right when the label lies inside the row's interval. */
  readonly verdict: Uint8Array;
  /** 1 where the model is unsure (top probability under 0.6), or has no reason to be sure (`outside`). */
  readonly unsure: Uint8Array;
  /** 1 where a cell is far from all that training saw in its column. */
  readonly outside: Uint8Array;
  /** `Part` of each row. */
  readonly part: Uint8Array;
  /** Over the rows with a label. */
  readonly metrics?: Metrics | undefined;
  readonly issues: readonly DatasetIssue[];
  /** Time the engine took for this answer, ms: parse, predict, all. */
  readonly timing: { readonly parseMs: number; readonly predictMs: number; readonly totalMs: number };
  /** Rows that the model had to judge for this answer; the rest was unchanged. */
  readonly predicted: number;
  /** Rows without a prediction (cells missing, or not to be read), and the line of the first; undefined: there are none. */
  readonly unpredicted?: Unpredicted | undefined;
  /** How the document is read, as a line; undefined for what is no table. */
  readonly reading?: string | undefined;
  /** What the file that the model learnt from had otherwise; undefined: nothing. */
  readonly readOtherwise?: readonly ReadingDifference[] | undefined;
}

/** How many rows could not be predicted; `line`, counted from 1, is the first one's. */
export interface Unpredicted {
  readonly rows: number;
  readonly line: number;
}

/** A cell that is far from all that training saw in its column. */
export interface OutsideCell {
  readonly column: string;
  readonly value: string;
  /** Numbers: the smallest and the largest value of the training rows. A category that training never saw has none. */
  readonly seen?: { readonly low: number; readonly high: number } | undefined;
}

/** One row in full, for the hover and the panel. */
export interface RowPrediction {
  readonly row: number;
  readonly label?: string | undefined;
  /** An answer that is a name: every class with its probability, most likely first. */
  readonly probabilities?: readonly { readonly name: string; readonly probability: number }[] | undefined;
  /** An answer that is a number. */
  readonly value?: number | undefined;
  /** Whether the value is a year. */
  readonly years?: boolean | undefined;
  /** 90 % interval of this row. */
  readonly interval?: readonly [number, number] | undefined;
  /** The label less the prediction, where both are known. */
  readonly residual?: number | undefined;
  /** Why the prediction may mean nothing, however sure it looks. */
  readonly outside?: readonly OutsideCell[] | undefined;
}

/** A replaced stretch of text, offsets in UTF-16 code units of the version before. Applied in the order given. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Speed of the model that marks an editor. */
export interface InferenceMeasure {
  /** One row at a time, ms, over the latest requests. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly rowsPerSecond: number;
  readonly modelBytes: number;
  readonly parameters: number;
}
