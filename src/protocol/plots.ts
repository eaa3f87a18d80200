/** What a column holds as a picture: counted by the engine, drawn by the webview, and read as a table by screen readers. */

/** Numbers or days by ranges. */
export interface Histogram {
  readonly shape: 'histogram';
  /** `[bins + 1]`, ascending; each bin holds its lower edge, the last one both. */
  readonly edges: readonly number[];
  /** `[bins]`, rows. */
  readonly counts: readonly number[];
  /** The edges are days since 1970 instead of numbers. */
  readonly days?: boolean | undefined;
}

/** The most frequent values, most frequent first. */
export interface Bars {
  readonly shape: 'bars';
  readonly bars: readonly { readonly value: string; readonly count: number }[];
  /** Rows with other values, and how many different ones (counting stops at a limit: `others.capped`). */
  readonly others: { readonly rows: number; readonly values: number; readonly capped: boolean };
}

export type ColumnPlot = Histogram | Bars;
