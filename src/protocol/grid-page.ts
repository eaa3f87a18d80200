/**
 * Extension <-> page of a grid. The page asks (`request`) what `grid.ts` has endpoints for, without the grid's id, which
 * the extension adds; answers bear the question's number. Both sides check what arrives.
 */
import * as z from 'zod';
import {
  type ColumnFigures,
  FindInGrid,
  type GridRows,
  type GridSummary,
  type GridTable,
  LocateInGrid,
  ReadGridCell,
  ReadGridMark,
  ReadGridRows,
  SummariseGrid,
} from './grid';
import type { RowPrediction } from './marks';

/** What a page may ask, by the name it asks with. */
export const gridQuestions = {
  rows: ReadGridRows,
  summarise: SummariseGrid,
  find: FindInGrid,
  locate: LocateInGrid,
  cell: ReadGridCell,
  mark: ReadGridMark,
} as const;
export type GridMethod = keyof typeof gridQuestions;

/** What each of them is answered with. */
export interface GridAnswers {
  readonly rows: GridRows;
  readonly summarise: GridSummary;
  readonly find: { readonly position: number; readonly column: number } | null;
  readonly locate: number | null;
  readonly cell: string;
  readonly mark: RowPrediction;
}

/** The parameters of a question as the page sends them. */
export type GridParams<Method extends GridMethod> = Omit<
  z.input<(typeof gridQuestions)[Method]['params']>,
  'gridId'
>;

const methods = Object.keys(gridQuestions) as [GridMethod, ...GridMethod[]];
const id = z.int().min(0);

export const FromGridPage = z.discriminatedUnion('type', [
  /** Loaded and listening: answer with the table, or with why there is none yet. */
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('request'), id, method: z.enum(methods), params: z.looseObject({}) }),
  /** Nobody waits for that answer any more. */
  z.strictObject({ type: z.literal('cancel'), id }),
  /** A cell whole into the clipboard. */
  z.strictObject({ type: z.literal('copy'), row: z.int().min(0), column: z.int().min(0) }),
  /** A button of a grid that could not be opened. */
  z.strictObject({ type: z.literal('tryAgain') }),
  /** Ask which run shall predict the rows. */
  z.strictObject({ type: z.literal('chooseRun') }),
  z.strictObject({ type: z.literal('hideMarks') }),
  /** A failure inside the page, for the log. */
  z.strictObject({ type: z.literal('failure'), message: z.string().max(10_000) }),
]);
export type FromGridPage = z.infer<typeof FromGridPage>;

/** Why a grid is being opened. */
export const GridOpening = z.enum(['first', 'file-changed', 'engine-ended', 'asked']);
export type GridOpening = z.infer<typeof GridOpening>;

/** A failure for people; see `LabErrorData`. */
const failure = z.object({ code: z.string(), message: z.string(), advice: z.string().optional() });
export type GridFailure = z.infer<typeof failure>;

const count = z.number().min(0);
const column = z.object({ name: z.string(), index: z.int().min(0), kind: z.string(), numeric: z.boolean() });
const table = z.object({
  gridId: z.string(),
  path: z.string(),
  source: z.string(),
  rows: count,
  bytes: count,
  columns: z.array(column),
  issues: z.array(z.looseObject({ severity: z.string(), message: z.string() })),
  target: z.string().optional(),
});

export const MarksShown = z.enum(['errors', 'unsure']);
export type MarksShown = z.infer<typeof MarksShown>;

const ToGridPageShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opening'), reason: GridOpening }),
  z.object({
    type: z.literal('opened'),
    reason: GridOpening,
    table,
    trusted: z.boolean(),
    run: z.object({ name: z.string(), task: z.string() }).optional(),
  }),
  z.object({ type: z.literal('failed'), error: failure }),
  z.object({ type: z.literal('progress'), id, value: z.unknown() }),
  z.object({ type: z.literal('answer'), id, result: z.unknown() }),
  z.object({ type: z.literal('refused'), id, error: failure }),
  /** Which rows a command asks for; absent: all. */
  z.object({ type: z.literal('showMarks'), marks: MarksShown.optional() }),
]);
type Shape = z.infer<typeof ToGridPageShape>;
export type ToGridPage =
  | Exclude<Shape, { type: 'opened' }>
  | (Omit<Extract<Shape, { type: 'opened' }>, 'table'> & { readonly table: GridTable });

/** A message to the page. @throws ZodError for what is none. */
export function readToGridPage(data: unknown): ToGridPage {
  // What zod has checked is the shape; the table's issues are as the engine, of the same build, has made them.
  return ToGridPageShape.parse(data) as ToGridPage;
}

/** VS Code sends messages as JSON, in which nothing in a list is null. */
const cell = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const plot = z.discriminatedUnion('shape', [
  z.object({
    shape: z.literal('histogram'),
    edges: z.array(z.number()),
    counts: z.array(count),
    days: z.boolean().optional(),
    clock: z.boolean().optional(),
  }),
  z.object({
    shape: z.literal('bars'),
    bars: z.array(z.object({ value: z.string(), count })),
    others: z.object({ rows: count, values: count, capped: z.boolean() }),
  }),
]);
const figures: z.ZodType<ColumnFigures> = z.object({
  index: z.int().min(0),
  rows: count,
  missing: count,
  distinct: count,
  distinctCapped: z.boolean(),
  range: z
    .object({
      min: z.number(),
      max: z.number(),
      mean: z.number(),
      median: z.number(),
      deviation: z.number(),
    })
    .optional(),
  plot: plot.optional(),
  whole: z.array(count).optional(),
});
const summary: z.ZodType<GridSummary> = z.object({ total: count, columns: z.array(figures) });
const rows: z.ZodType<GridRows> = z.object({
  total: count,
  from: count,
  rows: z.array(count),
  lines: z.array(count).optional(),
  cells: z.array(z.array(cell)),
  marks: z
    .array(
      z.object({
        text: z.string(),
        verdict: z.enum(['right', 'wrong', 'unlabelled']),
        unsure: z.boolean(),
      }),
    )
    .optional(),
});
const prediction: z.ZodType<RowPrediction> = z.looseObject({
  row: count,
  label: z.string().optional(),
  probabilities: z.array(z.object({ name: z.string(), probability: z.number() })).optional(),
  value: z.number().optional(),
  years: z.boolean().optional(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  residual: z.number().optional(),
  outside: z
    .array(
      z.object({
        column: z.string(),
        value: z.string(),
        seen: z.object({ low: z.number(), high: z.number() }).optional(),
      }),
    )
    .optional(),
});

const answers: { readonly [Method in GridMethod]: z.ZodType<GridAnswers[Method]> } = {
  rows,
  summarise: summary,
  find: z.object({ position: count, column: count }).nullable(),
  locate: count.nullable(),
  cell: z.string(),
  mark: prediction,
};

/** An answer, or a part of it (`progress`), of the question. @throws ZodError for what is none. */
export function readGridAnswer<Method extends GridMethod>(
  method: Method,
  value: unknown,
): GridAnswers[Method] {
  return answers[method].parse(value);
}
