/** How the columns of a dataset go together with what is to be predicted. */

/**
 * `pearson` and `spearman` (from -1 to 1): two columns of numbers; by value, and by rank. `correlation-ratio` (from 0 to 1):
 * names and numbers. `cramers-v` (from 0 to 1): two columns of names.
 */
export type Measure = 'pearson' | 'spearman' | 'correlation-ratio' | 'cramers-v';

export interface Association {
  readonly measure: Measure;
  readonly value: number;
}

export interface ColumnRelation {
  /** Rows that have a value in the column and one in the target: the others are not counted. */
  readonly rows: number;
  /** What of the column is held against the target: of texts only how long they are. */
  readonly by: 'value' | 'length';
  /**
   * The share of what is unknown of the target that the column tells, from 0 to 1: mutual information over the target's
   * entropy, what chance alone would seem to tell taken off both. Numbers are taken in bins of equally many rows.
   */
  readonly information: number;
  readonly associations: readonly Association[];
  /** In each bin of the column's own plot; absent where the column has none. */
  readonly plot?: TargetPlot | undefined;
}

/** What is to be predicted, in each bin of a histogram, or in each bar and in the others where there are any. */
export type TargetPlot =
  | {
      readonly shape: 'shares';
      /** The classes that are told apart, in the order of the target's classes. */
      readonly classes: readonly string[];
      /** How many further classes the last count of each bin stands for; 0: there is no such count. */
      readonly otherClasses: number;
      /** `[bins][classes, others]`, rows. */
      readonly counts: readonly (readonly number[])[];
    }
  | {
      readonly shape: 'means';
      /** `[bins]`, null where no row has a target: `low` and `high` are the quartiles of its numbers. */
      readonly bins: readonly ({
        readonly rows: number;
        readonly mean: number;
        readonly low: number;
        readonly high: number;
      } | null)[];
    };

/** What each measure is called, and from which number it goes to 1. */
export const measures: Readonly<Record<Measure, { readonly title: string; readonly signed: boolean }>> = {
  pearson: { title: 'Correlation', signed: true },
  spearman: { title: 'Rank correlation', signed: true },
  'correlation-ratio': { title: 'Correlation ratio', signed: false },
  'cramers-v': { title: "Cramér's V", signed: false },
};
