import { describe, expect, it } from 'vitest';
import { isAllDifferent, ordered, writeInformation } from '../../../webview/data/figures';
import { axisMarks, binsOf } from '../../../webview/plots/bins';
import { tableOverview } from '../../../webview/preview/data-draft';

describe('the bins of a plot', () => {
  it('are named by their edges, years without thousands separated', () => {
    expect(binsOf({ shape: 'histogram', edges: [0, 1500, 3000], counts: [3, 4] })).toEqual([
      { label: '0 to 1,500', count: 3 },
      { label: '1,500 to 3,000', count: 4 },
    ]);
    const years = { shape: 'histogram', edges: [1990, 2000, 2010], counts: [3, 4] } as const;
    expect(binsOf(years).map(({ label }) => label)).toEqual(['1990 to 2000', '2000 to 2010']);
  });

  it('are named by days and by times of day', () => {
    const days = { shape: 'histogram', edges: [19_723, 19_754], counts: [9], days: true } as const;
    expect(binsOf(days)[0]?.label).toBe('2024-01-01 to 2024-02-01');
    const clock = { shape: 'histogram', edges: [0.25, 0.5], counts: [9], clock: true } as const;
    expect(binsOf(clock)[0]?.label).toBe('06:00 to 12:00');
  });

  it('of values end with all others, counted only as far as they were', () => {
    const plot = { shape: 'bars', bars: [{ value: 'a', count: 9 }] } as const;
    expect(binsOf({ ...plot, others: { rows: 7, values: 3, capped: true } }).at(-1)).toEqual({
      isRest: true,
      count: 7,
      label: 'over 3 other values',
    });
    expect(binsOf({ ...plot, others: { rows: 0, values: 0, capped: false } })).toHaveLength(1);
  });

  it('have marks below their ends and their middle', () => {
    const edges = [0, 1, 2, 3, 4, 5, 6];
    expect(
      axisMarks({ shape: 'histogram', edges, counts: [1, 1, 1, 1, 1, 1] }).map(({ text }) => text),
    ).toEqual(['0', '3', '6']);
  });
});

describe('what a column tells', () => {
  it('is a whole percentage that is 0 or 100 only where it is exact', () => {
    expect([0, 0.0001, 0.434, 0.9999, 1].map(writeInformation)).toEqual([
      '0 %',
      '< 1 %',
      '43 %',
      '> 99 %',
      '100 %',
    ]);
  });

  it('has no picture where each row has another value', () => {
    const figures = (distinct: number) => {
      const plot = { shape: 'bars', bars: [], others: { rows: 9, values: 9, capped: false } } as const;
      return { index: 0, rows: 100, missing: 0, distinct, distinctCapped: false, plot };
    };
    expect([isAllDifferent(figures(100)), isAllDifferent(figures(30))]).toEqual([true, false]);
  });
});

describe('the columns of the page', () => {
  it('stand as in the file, or the target first and then those that tell most of it', () => {
    const names = (order: 'file' | 'telling') =>
      ordered(tableOverview.columns, order, 'species').map(({ name }) => name);
    expect(names('file')).toEqual(['species', 'island', 'bill_length_mm', 'mass', 'comments']);
    expect(names('telling')).toEqual(['species', 'bill_length_mm', 'island', 'mass', 'comments']);
  });
});
