import { describe, expect, it } from 'vitest';
import { readTable, readTarget } from '../../../src/engine/datasets';
import { targetPlot } from '../../../src/engine/relations';
import { columnValues } from './column-values';

const table = readTable(
  Buffer.from(
    'size,soil,species,age\n1,clay,ash,10\n2,clay,ash,20\n3,sand,birch,30\n4,loam,birch,40\n,clay,ash,50\n4,sand,ash,\n',
  ),
);
const bars = {
  shape: 'bars',
  bars: [{ value: 'clay', count: 3 }],
  others: { rows: 3, values: 2, capped: false },
} as const;
const histogram = { shape: 'histogram', edges: [1, 2.5, 4], counts: [2, 3] } as const;

describe('the target in the bins of a column', () => {
  it('is counted by class, the upper edge in the last bin', () => {
    const plot = targetPlot(
      columnValues(table, 0, 'number'),
      histogram,
      readTarget(table, 'species', 'name'),
    );
    expect(plot).toEqual({
      shape: 'shares',
      classes: ['ash', 'birch'],
      otherClasses: 0,
      counts: [
        [2, 0],
        [1, 2],
      ],
    });
  });

  it('is counted for the bars and for all other values', () => {
    const plot = targetPlot(columnValues(table, 1, 'category'), bars, readTarget(table, 'species', 'name'));
    expect(plot.shape === 'shares' ? plot.counts : []).toEqual([
      [3, 0],
      [1, 2],
    ]);
  });

  it('has the mean and the quartiles of numbers, as NumPy has them', () => {
    const plot = targetPlot(columnValues(table, 1, 'category'), bars, readTarget(table, 'age', 'number'));
    expect(plot).toEqual({
      shape: 'means',
      bins: [
        { rows: 3, mean: expect.closeTo(80 / 3, 10) as number, low: 15, high: 35 },
        { rows: 2, mean: 35, low: 32.5, high: 37.5 },
      ],
    });
  });

  it('has nothing where no row of a bin has a target', () => {
    const gap = { shape: 'histogram', edges: [0, 0.5, 4], counts: [0, 5] } as const;
    const plot = targetPlot(columnValues(table, 0, 'number'), gap, readTarget(table, 'age', 'number'));
    expect(plot.shape === 'means' ? plot.bins[0] : undefined).toBeNull();
  });

  it('tells seven of many classes apart, the most frequent', () => {
    const classes = Array.from({ length: 10 }, (_, index) => `c${index}`);
    const rows = classes.flatMap((name, index) => Array.from({ length: index + 2 }, () => `1,${name}`));
    const many = readTable(Buffer.from(`a,label\n${rows.join('\n')}\n2,c0\n`));
    const plot = targetPlot(
      columnValues(many, 0, 'number'),
      { shape: 'histogram', edges: [1, 2], counts: [66] },
      readTarget(many, 'label', 'name'),
    );
    expect(plot).toEqual({
      shape: 'shares',
      classes: classes.slice(3),
      otherClasses: 3,
      counts: [[5, 6, 7, 8, 9, 10, 11, 10]],
    });
  });
});
