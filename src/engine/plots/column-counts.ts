/** Figures and the picture of one column over some rows; the bins are those of the whole column, whatever the rows. */
import type { ColumnFigures } from '../../protocol/grid';
import type { ColumnPlot } from '../../protocol/plots';
import {
  barsOf,
  countWords,
  differentNumbers,
  MOST_BARS,
  numberBars,
  topWords,
  type WordCounts,
} from './bars';
import { countBins } from './bins';
import type { ColumnValues, NumberValues, WordValues } from './column-values';
import { dayEdges } from './day-edges';
import { numberEdges } from './number-edges';
import { type NumberFacts, numberFacts } from './number-facts';

/** What of a column's figures does not tell which column it is. */
export type Counted = Omit<ColumnFigures, 'index'>;

export interface ColumnCounts {
  /** Over all rows. Counted once, then kept. */
  whole(): Counted;
  /**
   * Over these rows of the table, in any order. `plotted`: the picture is of other rows than the figures. The picture has
   * the bins or values of the whole, beside which `whole` has how many rows these hold in all; where a column has more
   * values than bars, the bars are the most frequent ones of the rows.
   */
  over(rows: Uint32Array, plotted?: Uint32Array): Counted;
}

export function countsOf(values: ColumnValues): ColumnCounts {
  return values.holds === 'words' ? new CountsOfWords(values) : new CountsOfNumbers(values);
}

class CountsOfNumbers implements ColumnCounts {
  #facts: NumberFacts | undefined;
  #plot: ColumnPlot | undefined;

  constructor(private readonly column: NumberValues) {}

  whole(): Counted {
    this.#facts ??= numberFacts(this.column.values);
    this.#plot ??= this.#plotOfWhole(this.#facts);
    return countedOf(this.#facts, this.#plot);
  }

  over(rows: Uint32Array, plotted = rows): Counted {
    const whole = this.whole().plot;
    return {
      ...countedOf(numberFacts(this.column.values, rows), whole && this.#plotAs(whole, plotted)),
      whole: whole && heightsOf(whole),
    };
  }

  #plotOfWhole(facts: NumberFacts): ColumnPlot | undefined {
    const { values, holds } = this.column;
    const { min, max, whole, missing, rows } = facts;
    if (missing === rows) return undefined;
    if (holds === 'numbers' && isFew(facts)) return numberBars(values, differentNumbers(values));
    const edges = holds === 'numbers' ? numberEdges(facts) : dayEdges(min, max, whole);
    return { shape: 'histogram', edges, counts: countBins(values, edges), ...unitOf(this.column) };
  }

  #plotAs(whole: ColumnPlot, rows: Uint32Array): ColumnPlot {
    const { values } = this.column;
    if (whole.shape === 'histogram') return { ...whole, counts: countBins(values, whole.edges, rows) };
    const numbers = whole.bars.map(({ value }) => Number(value));
    return numberBars(values, numbers, rows);
  }
}

/** Whether bars show more than bins: one value, neighbouring whole numbers, or values that come again. */
function isFew({ distinct, min, max, whole, rows, missing }: NumberFacts): boolean {
  if (distinct > MOST_BARS) return false;
  return distinct === 1 || (whole && max - min < MOST_BARS) || rows - missing >= 2 * distinct;
}

function unitOf({ holds }: NumberValues): { days?: true; clock?: true } {
  return holds === 'days' ? { days: true } : holds === 'clock' ? { clock: true } : {};
}

function countedOf(facts: NumberFacts, plot: ColumnPlot | undefined): Counted {
  const { rows, missing, distinct, distinctCapped, min, max, mean, median, deviation } = facts;
  const range = missing === rows ? undefined : { min, max, mean, median, deviation };
  return { rows, missing, distinct, distinctCapped, range, plot };
}

class CountsOfWords implements ColumnCounts {
  #all: WordCounts | undefined;

  constructor(private readonly column: WordValues) {}

  whole(): Counted {
    this.#all ??= countWords(this.column);
    return this.#counted(this.#all, this.column.codes.length);
  }

  over(rows: Uint32Array, plotted = rows): Counted {
    const all = (this.#all ??= countWords(this.column));
    const counted = countWords(this.column, rows);
    const drawn = plotted === rows ? counted : countWords(this.column, plotted);
    const top = topWords(this.column, all.distinct > MOST_BARS || all.uncoded > 0 ? drawn : all);
    const plot = drawn.missing === plotted.length ? undefined : barsOf(this.column, drawn, top);
    return {
      ...this.#counted(counted, rows.length),
      plot,
      whole: plot && heightsOf(barsOf(this.column, all, top)),
    };
  }

  #counted(counted: WordCounts, rows: number): Counted {
    const { missing, distinct, uncoded } = counted;
    const plot = missing === rows ? undefined : barsOf(this.column, counted, topWords(this.column, counted));
    return { rows, missing, distinct, distinctCapped: uncoded > 0, plot };
  }
}

function heightsOf(plot: ColumnPlot): readonly number[] {
  return plot.shape === 'histogram' ? plot.counts : plot.bars.map(({ count }) => count);
}
