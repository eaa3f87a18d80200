/** A dataset in pictures, before anything is learnt from it: what each column holds and what it tells of the target. */
import * as z from 'zod';
import { DatasetQuestion } from './dataset-question';
import { endpoint } from './endpoint';
import type { ColumnFigures } from './grid';
import type { Bars, ColumnPlot } from './plots';
import type { ColumnRelation } from './relations';

/** How long texts are. */
export interface Lengths {
  readonly median: number;
  readonly longest: number;
  readonly plot: ColumnPlot;
}

export interface ColumnOverview {
  readonly name: string;
  /** As in `ColumnSummary`. */
  readonly kind: string;
  readonly figures: ColumnFigures;
  /** Absent without a target, for the target itself, and where no two values of the column meet it. */
  readonly relation?: ColumnRelation | undefined;
  /** Of columns of texts. */
  readonly texts?:
    | {
        readonly characters: Lengths;
        /** What stands between blanks. */
        readonly words: Lengths;
        /** Evenly spaced over the file; long ones are cut and end with `…`. */
        readonly samples: readonly string[];
      }
    | undefined;
}

export interface TargetOverview {
  readonly column: string;
  readonly answer: 'name' | 'number';
  /** Class balance, in the order of the classes; absent for numbers. */
  readonly classes?: readonly { readonly name: string; readonly rows: number }[] | undefined;
  /** Rows that can be learnt from. */
  readonly rows: number;
}

export interface TableOverview {
  readonly shape: 'rows';
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
  /** Of the file; only the first ones are counted, see `mostColumns`. */
  readonly allColumns: number;
  /** In the order of the file; of progress only those that were counted since the last one. */
  readonly columns: readonly ColumnOverview[];
  readonly target?: TargetOverview | undefined;
  /** Why nothing is held against the target, where it cannot be learnt. */
  readonly trouble?: string | undefined;
}

/** Columns of which an overview is given: as many as the form lists. */
export const mostColumns = 200;

export interface TextOverview {
  readonly shape: 'text';
  readonly path: string;
  readonly sha256: string;
  /** Unicode code points. */
  readonly characters: number;
  readonly lines: number;
  /** Different characters. */
  readonly vocabulary: number;
  /** Runs of letters and digits. */
  readonly words: number;
  readonly differentWords: number;
  readonly wordsCapped: boolean;
  /** Line breaks and blanks by their names. */
  readonly frequentCharacters: Bars;
  /** In small letters. */
  readonly frequentWords: Bars;
  readonly lineLengths: Lengths;
  /** The first lines. */
  readonly sample: string;
}

export type DatasetOverview = TableOverview | TextOverview;

/**
 * Counted over all rows. Progress brings the columns of a table as they are done. Cancelling ends the counting.
 * LabError('dataset') as of `InspectDataset`.
 */
export const ReadOverview = endpoint<DatasetOverview, TableOverview>()(
  'dataset/overview',
  z.object({ ...DatasetQuestion.shape }),
);
