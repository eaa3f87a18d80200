/** The bins and bars of a plot as they are drawn and named, whatever the column holds. */
import type { ColumnPlot, Histogram } from '../../src/protocol/plots';
import { areYears, writeCount, writeValue } from '../../src/protocol/words';

export interface Bin {
  /** In full: `3 to 4`, `Adelie`, `7 other values`. */
  readonly label: string;
  readonly count: number;
  /** All values that have no bar of their own. */
  readonly isRest?: boolean;
}

/** One for each bin or bar, and one for all other values where there are any: as `TargetPlot` counts them. */
export function binsOf(plot: ColumnPlot): readonly Bin[] {
  if (plot.shape === 'histogram') {
    const write = edgeWriter(plot);
    return plot.counts.map((count, at) => ({
      count,
      label: `${write(plot.edges[at])} to ${write(plot.edges[at + 1])}`,
    }));
  }
  const { bars, others } = plot;
  const bins = bars.map(({ value, count }) => ({ count, label: value }));
  if (others.rows === 0) return bins;
  const values = `${others.capped ? 'over ' : ''}${writeCount(others.values)}`;
  return [
    ...bins,
    {
      isRest: true,
      count: others.rows,
      label: `${values} other ${others.values === 1 ? 'value' : 'values'}`,
    },
  ];
}

const MS_OF_DAY = 86_400_000;

/** Writes the edges of a histogram: numbers, years, days or times of day. */
export function edgeWriter({ edges, days, clock }: Histogram): (edge: number | undefined) => string {
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 0;
  if (clock === true) return (edge = 0) => new Date(edge * MS_OF_DAY).toISOString().slice(11, 16);
  if (days === true) {
    const withTime = edges.some((edge) => !Number.isInteger(edge));
    return (edge = 0) => {
      const date = new Date(edge * MS_OF_DAY);
      if (Number.isNaN(date.getTime())) return writeValue(edge, false);
      return date
        .toISOString()
        .slice(0, withTime ? 16 : 10)
        .replace('T', ' ');
    };
  }
  const years = areYears(first, last);
  return (edge = 0) => writeValue(edge, years);
}

/** What stands below a histogram: its edges at the ends and in the middle, each with its place from 0 to 1. */
export function axisMarks(plot: Histogram): readonly { readonly at: number; readonly text: string }[] {
  const write = edgeWriter(plot);
  const last = plot.edges.length - 1;
  const places = last >= 4 ? [0, Math.round(last / 2), last] : [0, last];
  return places.map((place) => ({ at: place / last, text: write(plot.edges[place]) }));
}

/** Whether the values have an order that is drawn from left to right. */
export function isUpright(plot: ColumnPlot): plot is Histogram {
  return plot.shape === 'histogram';
}
