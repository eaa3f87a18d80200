/**
 * A dataset as a grid of rows and columns, of any kind of file: the engine holds the table; who shows it asks for windows of
 * rows, and for summaries of the columns over the rows that are left by filters. Rows count from 0, in the order of the file.
 */
import * as z from 'zod';
import type { DatasetIssue } from './dataset';
import { endpoint } from './endpoint';
import type { RowPrediction } from './marks';
import type { ColumnPlot } from './plots';
import { ReadingWishes } from './reading';

/** Rows that one column lets through. A row passes when every filter of the view lets it through. */
export const GridFilter = z.discriminatedUnion('by', [
  /** Numbers or days from `from` to below `to`; `closed`: `to` is let through as well. */
  z.strictObject({
    by: z.literal('range'),
    column: z.int().min(0),
    from: z.number(),
    to: z.number(),
    closed: z.boolean(),
  }),
  /** Any of these values, as `ColumnPlot` writes them. */
  z.strictObject({
    by: z.literal('values'),
    column: z.int().min(0),
    values: z.array(z.string()).min(1).max(1000),
  }),
  /** Values that are not among these: the bar of all others. */
  z.strictObject({
    by: z.literal('others'),
    column: z.int().min(0),
    values: z.array(z.string()).min(1).max(1000),
  }),
  z.strictObject({ by: z.literal('missing'), column: z.int().min(0), missing: z.boolean() }),
  /** Cells that hold the text, whatever its case. */
  z.strictObject({ by: z.literal('text'), column: z.int().min(0), text: z.string().min(1).max(1000) }),
  /** Rows that the model of the grid judges wrong, or is unsure of. */
  z.strictObject({ by: z.literal('marks'), marks: z.enum(['errors', 'unsure']) }),
]);
export type GridFilter = z.infer<typeof GridFilter>;

/**
 * Which rows are shown, and in which order. Sent whole with each question: the engine keeps the latest answers. Numbers and
 * days are ordered by their value, words by the rules of English with the numbers inside of them by their value (`item 2`
 * before `item 10`); columns of more than 100,000 different words by code units.
 */
export const GridView = z.strictObject({
  filters: z.array(GridFilter).max(100),
  /** Missing values come last in both directions; equal ones stay in the order of the file. */
  sort: z.strictObject({ column: z.int().min(0), descending: z.boolean() }).optional(),
});
export type GridView = z.infer<typeof GridView>;

export interface GridColumn {
  readonly name: string;
  readonly index: number;
  /** As in `ColumnSummary`. */
  readonly kind: string;
  /** Whether its cells are numbers: aligned to the right, and sorted by value. */
  readonly numeric: boolean;
}

export interface GridTable {
  readonly gridId: string;
  readonly path: string;
  /** The name of its kind of dataset. */
  readonly source: string;
  readonly rows: number;
  readonly bytes: number;
  readonly columns: readonly GridColumn[];
  /** Rows by which the kinds of the columns were told, where these are not all: plots show what all of them hold. */
  readonly kindsFrom?: number | undefined;
  readonly issues: readonly DatasetIssue[];
  /** The column that the model of the grid predicts, if there is a model. */
  readonly target?: string | undefined;
}

/** One mark as the grid shows it, of the same rows and in the same order as the cells. */
export interface GridMark {
  /** `✓ Adelie 99 % · training`, as in the text editor; empty for a row without prediction. */
  readonly text: string;
  readonly verdict: 'right' | 'wrong' | 'unlabelled';
  readonly unsure: boolean;
}

export interface GridRows {
  /** Rows of the view. */
  readonly total: number;
  /** Position in the view of the first row. */
  readonly from: number;
  /** The rows' numbers in the file, from 0. */
  readonly rows: readonly number[];
  /** First line of each row, counted from 1; absent for files without lines. */
  readonly lines?: readonly number[] | undefined;
  /** `[rows][columns asked for]`; long cells are cut (`longestGridCell`). Undefined where a cell is empty or a placeholder. */
  readonly cells: readonly (readonly (string | undefined)[])[];
  readonly marks?: readonly GridMark[] | undefined;
}

/** Characters of a cell that travel; a longer one ends with `…`. `ReadGridCell` has it whole. */
export const longestGridCell = 300;

/**
 * Figures of a column over the rows of the view. The filters of the column itself do not hide its other bars: its plot is of
 * the rows that all other filters let through.
 */
export interface ColumnFigures {
  readonly index: number;
  /** Rows of the view that were counted. */
  readonly rows: number;
  readonly missing: number;
  /** Different values, missing ones not counted; a lower bound where `distinctCapped`. */
  readonly distinct: number;
  readonly distinctCapped: boolean;
  /** Numbers only. */
  readonly range?:
    | {
        readonly min: number;
        readonly max: number;
        readonly mean: number;
        readonly median: number;
        readonly deviation: number;
      }
    | undefined;
  /** Absent where every cell is missing. */
  readonly plot?: ColumnPlot | undefined;
  /**
   * The same bins or values over all rows of the file, so that the part that is left can be drawn inside the whole.
   * `[bins]` or `[bars]`; absent without filters. The bins are those of the whole, whatever the filters; of more values than
   * bars the most frequent ones of the plotted rows are shown.
   */
  readonly whole?: readonly number[] | undefined;
}

export interface GridSummary {
  /** Rows of the view. */
  readonly total: number;
  readonly columns: readonly ColumnFigures[];
}

const gridId = z.string().min(1).max(200);

/** Opens a dataset as a grid (replacing what the id stood for). LabError('dataset') for what holds no rows. */
export const OpenGrid = endpoint<GridTable>()(
  'grid/open',
  z.object({
    gridId,
    path: z.string(),
    /** The editor's text where it differs from the file. */
    text: z.string().optional(),
    /** The name of a kind of dataset. */
    kind: z.string().optional(),
    /** The run whose model marks the rows. */
    runFolder: z.string().optional(),
    ...ReadingWishes.shape,
  }),
);

/** How many rows the model has judged, while all of them are for a filter by marks. */
export interface GridProgress {
  readonly judged: number;
  readonly rows: number;
}

export const ReadGridRows = endpoint<GridRows, GridProgress>()(
  'grid/rows',
  z.object({
    gridId,
    view: GridView,
    /** Positions in the view, `to` exclusive, at most 1,000 of them. */
    from: z.int().min(0),
    to: z.int().min(0),
    columns: z.array(z.int().min(0)).max(1000),
  }),
);

/** Figures of these columns over the rows of the view; progress brings them one by one as they are counted. */
export const SummariseGrid = endpoint<GridSummary, GridSummary>()(
  'grid/summarise',
  z.object({ gridId, view: GridView, columns: z.array(z.int().min(0)).max(1000) }),
);

/** The next row of the view that holds the text in any column, from a position on, around the end; null: none does. */
export const FindInGrid = endpoint<{ readonly position: number; readonly column: number } | null>()(
  'grid/find',
  z.object({
    gridId,
    view: GridView,
    text: z.string().min(1).max(1000),
    from: z.int().min(0),
    backwards: z.boolean().optional(),
  }),
);

/** Where in the view a row of the file stands; null where the filters leave it out. */
export const LocateInGrid = endpoint<number | null>()(
  'grid/locate',
  z.object({ gridId, view: GridView, row: z.int().min(0) }),
);

/** One cell whole, for copying and for its hover. */
export const ReadGridCell = endpoint<string>()(
  'grid/cell',
  z.object({ gridId, row: z.int().min(0), column: z.int().min(0) }),
);

/** A row's prediction in full, for the hover. */
export const ReadGridMark = endpoint<RowPrediction>()('grid/mark', z.object({ gridId, row: z.int().min(0) }));

export const CloseGrid = endpoint<null>()('grid/close', z.object({ gridId }));
