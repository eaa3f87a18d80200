import { describe, expect, it } from 'vitest';
import type { GridColumn, GridView } from '../../../../src/protocol/grid';
import type { Bars, ColumnPlot } from '../../../../src/protocol/plots';
import {
  type BarPlace,
  chooseBar,
  describeFilter,
  edgeUnit,
  filterOfBar,
  isChosen,
  nextSort,
  shownBars,
  standUpright,
  toggleFilter,
  withoutFilter,
  writeEdge,
} from '../../../../webview/grid/filters';

const none: GridView = { filters: [] };
const mass: ColumnPlot = { shape: 'histogram', edges: [0, 10, 20, 30], counts: [4, 2, 3] };
const species: Bars = {
  shape: 'bars',
  bars: ['a', 'b', 'c', 'd', 'e', 'f'].map((value, at) => ({ value, count: 9 - at })),
  others: { rows: 0, values: 0, capped: false },
};
const columns: GridColumn[] = [
  { name: 'mass', index: 0, kind: 'number', numeric: true },
  { name: 'species', index: 1, kind: 'category', numeric: false },
];

const bar = (plot: ColumnPlot, place: BarPlace) => {
  const filter = filterOfBar(plot === mass ? 0 : 1, plot, place);
  if (filter === undefined) throw new Error('There is no such bar.');
  return filter;
};
const words = (view: GridView) =>
  view.filters.map((filter) => describeFilter(filter, columns, () => 'number'));

describe('a click on a bar', () => {
  it('leaves the rows of a range, of which only the last holds its end', () => {
    expect(chooseBar(none, bar(mass, 1), false).filters).toEqual([
      { by: 'range', column: 0, from: 10, to: 20, closed: false },
    ]);
    expect(bar(mass, 2)).toMatchObject({ to: 30, closed: true });
  });

  it('is taken back by the same click', () => {
    for (const [plot, place] of [
      [mass, 1],
      [mass, 2],
      [species, 0],
      [species, 'others'],
    ] as const) {
      const chosen = chooseBar(none, bar(plot, place), false);
      expect(isChosen(chosen, bar(plot, place))).toBe(true);
      expect(chooseBar(chosen, bar(plot, place), false)).toEqual(none);
    }
  });

  it('takes the place of another bar of the column, and stands beside those of other columns', () => {
    const first = chooseBar(chooseBar(none, bar(mass, 0), false), bar(species, 0), false);
    expect(words(chooseBar(first, bar(mass, 2), false))).toEqual(['species is a', 'mass from 20 to 30']);
  });

  it('joins values and ranges where it extends', () => {
    const values = chooseBar(chooseBar(none, bar(species, 0), false), bar(species, 1), true);
    expect(words(values)).toEqual(['species is a or b']);
    expect(words(chooseBar(values, bar(species, 0), true))).toEqual(['species is b']);
    const range = chooseBar(chooseBar(none, bar(mass, 0), false), bar(mass, 2), true);
    expect(range.filters).toEqual([{ by: 'range', column: 0, from: 0, to: 30, closed: true }]);
    expect([0, 1, 2].every((place) => isChosen(range, bar(mass, place)))).toBe(true);
    expect(words(chooseBar(range, bar(mass, 1), false))).toEqual(['mass from 10 to below 20']);
  });

  it('on all others leaves every value that has no line of its own', () => {
    expect(shownBars(species).map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    expect(bar(species, 'others')).toEqual({ by: 'others', column: 1, values: ['a', 'b', 'c'] });
    expect(shownBars({ ...species, bars: species.bars.slice(0, 4) })).toHaveLength(4);
  });

  it('keeps the order of the rows', () => {
    const sorted: GridView = { filters: [], sort: { column: 1, descending: true } };
    expect(chooseBar(sorted, bar(mass, 0), false).sort).toEqual(sorted.sort);
  });
});

it('numbers of few values stand beside each other in their order, where they are more than lines', () => {
  expect(standUpright(species, true)).toBe(true);
  expect(standUpright(species, false)).toBe(false);
});

describe('other filters', () => {
  it('are put and taken back, each once for a column', () => {
    const missing = { by: 'missing', column: 0, missing: true } as const;
    const view = toggleFilter(none, missing);
    expect(words(view)).toEqual(['mass is missing']);
    expect(toggleFilter(view, missing)).toEqual(none);
    expect(toggleFilter(view, { ...missing, column: 1 }).filters).toHaveLength(2);
    const errors = toggleFilter(none, { by: 'marks', marks: 'errors' });
    expect(words(toggleFilter(errors, { by: 'marks', marks: 'unsure' }))).toEqual(['the model is unsure']);
  });

  it('are removed one by one', () => {
    const view = chooseBar(chooseBar(none, bar(mass, 0), false), bar(species, 0), false);
    expect(words(withoutFilter(view, 0))).toEqual(['species is a']);
  });
});

it('the head of a column leads from ascending to descending to the order of the file', () => {
  const ascending = nextSort(none, 1);
  expect(ascending.sort).toEqual({ column: 1, descending: false });
  const descending = nextSort(ascending, 1);
  expect(descending.sort).toEqual({ column: 1, descending: true });
  expect(nextSort(descending, 1)).toEqual(none);
  expect(nextSort(descending, 0).sort).toEqual({ column: 0, descending: false });
});

it('a chip shows hostile values as text, short', () => {
  const value = `\u202e\u001b[31m${'x'.repeat(500)}`;
  const chip = describeFilter({ by: 'values', column: 1, values: [value] }, columns, () => 'number');
  expect(chip).toMatch(/^species is \\u202e␛\[31mx+…$/);
  expect(chip.length).toBeLessThan(60);
});

it('edges are written as numbers, days or times of day', () => {
  expect(writeEdge(3500, edgeUnit(mass))).toBe('3,500');
  expect(writeEdge(19_723, edgeUnit({ ...mass, days: true }))).toBe('2024-01-01');
  expect(writeEdge(0.5625, edgeUnit({ ...mass, clock: true }))).toBe('13:30');
});
