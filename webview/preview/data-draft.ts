/** What the example file holds, as the engine would count it. */
import type { ColumnOverview, TableOverview, TextOverview } from '../../src/protocol/overview';
import type { TargetPlot } from '../../src/protocol/relations';
import { penguins, text } from './drafts';

const edges = Array.from({ length: 15 }, (_, at) => 30 + 2 * at);
const counts = [2, 14, 31, 39, 42, 31, 24, 33, 40, 36, 29, 14, 5, 2];

/** Shares that move from the first class to the last along the bins. */
function drifting(heights: readonly number[]): TargetPlot {
  return {
    shape: 'shares',
    classes: ['Adelie', 'Chinstrap', 'Gentoo'],
    otherClasses: 0,
    counts: heights.map((height, at) => {
      const along = at / (heights.length - 1);
      const first = Math.round(height * Math.max(0, 1 - 1.8 * along));
      const last = Math.round((height - first) * along);
      return [first, height - first - last, last];
    }),
  };
}

function numbers(name: string, index: number, missing: number, information: number): ColumnOverview {
  return {
    name,
    kind: 'number',
    figures: {
      index,
      rows: 344,
      missing,
      distinct: 164,
      distinctCapped: false,
      range: { min: 32.1, max: 59.6, mean: 43.9, median: 44.45, deviation: 5.46 },
      plot: { shape: 'histogram', edges, counts },
    },
    relation: {
      rows: 344 - missing,
      by: 'value',
      information,
      associations: [{ measure: 'correlation-ratio', value: 0.84 }],
      plot: drifting(counts),
    },
  };
}

const island: ColumnOverview = {
  name: 'island',
  kind: 'category',
  figures: {
    index: 2,
    rows: 344,
    missing: 0,
    distinct: 3,
    distinctCapped: false,
    plot: {
      shape: 'bars',
      bars: [
        { value: 'Biscoe', count: 168 },
        { value: 'Dream', count: 124 },
        { value: 'Torgersen', count: 52 },
      ],
      others: { rows: 0, values: 0, capped: false },
    },
  },
  relation: {
    rows: 344,
    by: 'value',
    information: 0.493,
    associations: [{ measure: 'cramers-v', value: 0.657 }],
    plot: {
      shape: 'shares',
      classes: ['Adelie', 'Chinstrap', 'Gentoo'],
      otherClasses: 0,
      counts: [
        [44, 0, 124],
        [56, 68, 0],
        [52, 0, 0],
      ],
    },
  },
};

const notes: ColumnOverview = {
  name: 'comments',
  kind: 'text',
  figures: { index: 5, rows: 344, missing: 290, distinct: 9, distinctCapped: false },
  texts: {
    characters: { median: 37, longest: 68, plot: { shape: 'histogram', edges, counts } },
    words: { median: 6, longest: 11, plot: { shape: 'histogram', edges, counts } },
    samples: ['Nest never observed with full clutch.', 'Not enough blood for isotopes.'],
  },
};

const species: ColumnOverview = {
  name: 'species',
  kind: 'category',
  figures: {
    index: 1,
    rows: 344,
    missing: 0,
    distinct: 3,
    distinctCapped: false,
    plot: {
      shape: 'bars',
      bars: [
        { value: 'Adelie', count: 152 },
        { value: 'Gentoo', count: 124 },
        { value: 'Chinstrap', count: 68 },
      ],
      others: { rows: 0, values: 0, capped: false },
    },
  },
};

export const tableOverview: TableOverview = {
  shape: 'rows',
  path: penguins.path,
  sha256: penguins.sha256,
  rows: 344,
  allColumns: 5,
  columns: [species, island, numbers('bill_length_mm', 3, 2, 0.527), numbers('mass', 4, 2, 0.02), notes],
  target: {
    column: 'species',
    answer: 'name',
    classes: [
      { name: 'Adelie', rows: 152 },
      { name: 'Chinstrap', rows: 68 },
      { name: 'Gentoo', rows: 124 },
    ],
    rows: 344,
  },
};

/** The same with a number to predict. */
export const numberOverview: TableOverview = {
  ...tableOverview,
  target: { column: 'mass', answer: 'number', rows: 342 },
  columns: tableOverview.columns.map((column) =>
    column.relation === undefined
      ? column
      : {
          ...column,
          relation: {
            ...column.relation,
            associations:
              column.kind === 'number'
                ? [
                    { measure: 'pearson', value: 0.595 },
                    { measure: 'spearman', value: 0.584 },
                  ]
                : [{ measure: 'correlation-ratio', value: 0.62 }],
            plot: {
              shape: 'means',
              bins: (column.kind === 'number' ? counts : [168, 124, 52]).map((rows, at) =>
                at === 1 ? null : { rows, mean: 3600 + 90 * at, low: 3300 + 80 * at, high: 4000 + 95 * at },
              ),
            },
          },
        },
  ),
};

const letters = 'e t a o i n s h r d l u'
  .split(' ')
  .map((value, at) => ({ value, count: 94_000 - 6_000 * at }));

export const textOverview: TextOverview = {
  shape: 'text',
  path: text.path,
  sha256: text.sha256,
  characters: 1_115_394,
  lines: 40_000,
  vocabulary: 65,
  words: 203_863,
  differentWords: 12_374,
  wordsCapped: false,
  frequentCharacters: { shape: 'bars', bars: letters, others: { rows: 300_000, values: 53, capped: false } },
  frequentWords: {
    shape: 'bars',
    bars: ['the', 'and', 'to', 'i', 'of', 'you'].map((value, at) => ({ value, count: 6_287 - 700 * at })),
    others: { rows: 170_000, values: 12_368, capped: false },
  },
  lineLengths: { median: 35, longest: 63, plot: { shape: 'histogram', edges, counts } },
  sample: 'First Citizen:\nBefore we proceed any further, hear me speak.',
};
