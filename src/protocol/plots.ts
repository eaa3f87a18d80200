/** What a column holds as a picture: counted by the engine, drawn by the webview, and read as a table by screen readers. */

/**
 * Numbers or days by ranges with round edges. Where a few values lie far from all others, the outermost bins take the rest:
 * they are then wider than the others, and their outer edge is the smallest or largest value. Drawn with bins of one width.
 */
export interface Histogram {
  readonly shape: 'histogram';
  /** `[bins + 1]`, ascending; each bin holds its lower edge, the last one both. */
  readonly edges: readonly number[];
  /** `[bins]`, rows. */
  readonly counts: readonly number[];
  /** The edges are days since 1970 instead of numbers. */
  readonly days?: boolean | undefined;
  /** The edges are times of day, as shares of a day. */
  readonly clock?: boolean | undefined;
}

/** The most frequent values, most frequent first; whole numbers of few values in their order. */
export interface Bars {
  readonly shape: 'bars';
  /** A value that is longer than `longestBarValue` ends with `…`. */
  readonly bars: readonly { readonly value: string; readonly count: number }[];
  /** Rows with other values, and how many different ones (counting stops at a limit: `others.capped`). */
  readonly others: { readonly rows: number; readonly values: number; readonly capped: boolean };
}

/** Characters of a value that stand in a plot, and by which filters know it. */
export const longestBarValue = 300;

export type ColumnPlot = Histogram | Bars;
