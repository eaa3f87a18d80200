import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/engine/datasets';
import { countsOf, figuresOf, readColumn } from '../../../src/engine/plots';
import type { Bars, Histogram } from '../../../src/protocol/plots';
import { realData } from '../datasets/real-data';

const column = (name: string, values: readonly (string | number)[]) =>
  readTable(`${name},end\n${values.map((value) => `${value},1`).join('\n')}\n`);

/** Numbers as a column, shaped so that they are not taken for anything else. */
const figuresOfNumbers = (values: readonly (string | number)[], rows?: Uint32Array) =>
  figuresOf(column('size', values), 0, rows);

describe('figures of numbers', () => {
  it('are mean, median and the deviation of a sample, missing cells left out', () => {
    const found = figuresOfNumbers([2, 4, '', 4, 4, 5, 5, 7, 9]);
    expect(found).toMatchObject({ rows: 9, missing: 1, distinct: 5, distinctCapped: false });
    // Sum of squares 32 over 7.
    expect(found.range).toEqual({ min: 2, max: 9, mean: 5, median: 4.5, deviation: Math.sqrt(32 / 7) });
  });

  it('count the rows that are asked for, in any order', () => {
    const found = figuresOfNumbers([2, 4, '', 4, 4, 5, 5, 7, 9], Uint32Array.of(8, 2, 0));
    expect(found).toMatchObject({ rows: 3, missing: 1, distinct: 2 });
    expect(found.range).toMatchObject({ min: 2, max: 9, mean: 5.5, median: 5.5 });
  });

  it('have no range and no plot where every cell is missing', () => {
    const found = figuresOfNumbers(['1', '2', '', ''], Uint32Array.of(2, 3));
    expect(found.range).toBeUndefined();
    expect(found.missing).toBe(2);
    expect(figuresOf(column('gap', ['', '', 'NA']), 0).plot).toBeUndefined();
  });
});

describe('the bins of numbers', () => {
  const edgesOf = (values: readonly number[]) => {
    const { plot } = figuresOfNumbers(values);
    if (plot?.shape !== 'histogram') throw new Error('no histogram');
    return plot;
  };

  it('have round edges, each bin its lower one, the last one both', () => {
    const { edges, counts } = edgesOf([0, 0.1, 0.25, 0.3, 0.3, 0.55, 0.6, 0.99, 1, 1.05, 1.1, 1.15, 1.2]);
    expect(edges).toHaveLength(25);
    expect(edges.slice(0, 8)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
    expect(edges.at(-1)).toBe(1.2);
    expect(counts.slice(0, 8)).toEqual([1, 0, 1, 0, 0, 1, 2, 0]);
    expect(counts.slice(-2)).toEqual([1, 2]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(13);
  });

  it('number from 10 to 24 for any range', () => {
    for (let exponent = -6; exponent <= 9; exponent++) {
      for (let factor = 1.01; factor < 10; factor += 0.37) {
        const span = factor * 10 ** exponent;
        const values = Array.from({ length: 40 }, (_, at) => -0.3 * span + (span * at) / 39);
        const { counts } = edgesOf(values);
        expect(counts.length, `span ${span}`).toBeGreaterThanOrEqual(10);
        expect(counts.length, `span ${span}`).toBeLessThanOrEqual(24);
      }
    }
  });

  it('hold whole numbers only where all values are whole', () => {
    const { edges, counts } = edgesOf(Array.from({ length: 40 }, (_, at) => at % 20));
    expect(edges).toEqual(Array.from({ length: 21 }, (_, at) => at));
    expect(counts).toEqual(new Array(20).fill(2));
  });

  it('stand on the central values where a tail is long, and the outermost take the rest', () => {
    const values = Array.from({ length: 1000 }, (_, at) => 10 + at / 100);
    const { edges, counts } = edgesOf([...values, 5000.5, -70.5]);
    expect(edges[0]).toBe(-70.5);
    expect(edges[1]).toBe(10.5);
    expect(edges[2]).toBe(11);
    expect(edges.at(-1)).toBe(5000.5);
    expect(edges.length - 1).toBeLessThanOrEqual(24);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1002);
    expect(counts[1]).toBe(50);
  });

  it('are one where a double tells no more of them apart', () => {
    expect(edgesOf([-1.7e308, 1e308, 1.7e308]).counts).toEqual([3]);
    const near = edgesOf([1e300, 1e300 * (1 + 2 ** -52)]);
    expect(near.counts.reduce((sum, count) => sum + count)).toBe(2);
  });
});

describe('few numbers', () => {
  it('are bars in their order', () => {
    const plot = figuresOfNumbers([10, 2, 2, 7, 7, 7, 10, 2]).plot;
    expect(plot).toEqual({
      shape: 'bars',
      bars: [
        { value: '2', count: 3 },
        { value: '7', count: 3 },
        { value: '10', count: 2 },
      ],
      others: { rows: 0, values: 0, capped: false },
    });
  });
});

describe('days', () => {
  const daysOf = (values: readonly string[]) => {
    const { plot } = figuresOf(column('when', values), 0);
    if (plot?.shape !== 'histogram') throw new Error('no histogram');
    return plot;
  };
  const written = ({ edges }: Histogram) =>
    edges.map((edge) => new Date(edge * 86_400_000).toISOString().slice(0, 16));

  it('have bins of calendar months, as long as these are', () => {
    const plot = daysOf(['2023-01-31', '2023-02-01', '2023-02-28', '2023-03-01', '2023-12-31', '']);
    expect(plot.days).toBe(true);
    expect(written(plot).slice(0, 4)).toEqual([
      '2023-01-01T00:00',
      '2023-02-01T00:00',
      '2023-03-01T00:00',
      '2023-04-01T00:00',
    ]);
    expect(plot.counts).toEqual([1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('have bins of years, weeks from Mondays, single days, or hours, by how far they reach', () => {
    expect(written(daysOf(['1950-05-05', '2020-01-01', '1999-12-31'])).slice(0, 2)).toEqual([
      '1950-01-01T00:00',
      '1955-01-01T00:00',
    ]);
    // 1 January 2024 was a Monday.
    expect(written(daysOf(['2024-01-03', '2024-03-30', '2024-02-02'])).slice(0, 2)).toEqual([
      '2024-01-01T00:00',
      '2024-01-08T00:00',
    ]);
    expect(daysOf(['2024-01-03', '2024-01-05', '2024-01-05']).counts).toEqual([1, 0, 2]);
    expect(written(daysOf(['2024-01-03 07:10', '2024-01-03 21:50', '2024-01-03 08:00'])).slice(0, 2)).toEqual(
      ['2024-01-03T07:00', '2024-01-03T08:00'],
    );
  });

  it('are times of day where the column has no dates', () => {
    const plot = daysOf(['07:15', '08:30', '23:45', '12:00']);
    expect(plot.clock).toBe(true);
    expect(plot.edges[0]).toBe(7 / 24);
    expect(plot.counts).toHaveLength(17);
  });
});

describe('the bars of words', () => {
  const words = (values: readonly string[], rows?: Uint32Array) => {
    const found = figuresOf(column('word', values), 0, rows);
    return { ...found, plot: found.plot as Bars };
  };

  it('are the most frequent first, equally frequent ones by their letters; spaces around them do not count', () => {
    const { plot, missing, distinct } = words(['b', ' a', 'c', 'c ', '', 'a', '?', 'c']);
    expect(plot.bars).toEqual([
      { value: 'c', count: 3 },
      { value: 'a', count: 2 },
      { value: 'b', count: 1 },
    ]);
    expect(plot.others).toEqual({ rows: 0, values: 0, capped: false });
    expect({ missing, distinct }).toEqual({ missing: 2, distinct: 3 });
  });

  it('are at most twelve, with the rows and values of all others', () => {
    const values = Array.from({ length: 20 }, (_, at) => `w${String.fromCharCode(97 + at)}`);
    const { plot } = words([...values, 'wt', 'wt']);
    expect(plot.bars).toHaveLength(12);
    expect(plot.bars[0]).toEqual({ value: 'wt', count: 3 });
    expect(plot.bars[1]?.value).toBe('wa');
    expect(plot.others).toEqual({ rows: 8, values: 8, capped: false });
  });

  it('say that counting stopped where there are more values than are told apart', () => {
    const table = column('word', ['a x', 'b y', 'a x', 'c z', '', 'd q', 'c z']);
    const counts = countsOf(readColumn(table, 0, 2));
    expect(counts.whole()).toMatchObject({ rows: 7, missing: 1, distinct: 2, distinctCapped: true });
    expect(counts.whole().plot).toMatchObject({ others: { rows: 3, values: 0, capped: true } });
  });

  it('are cut where they are long', () => {
    const { plot } = words(['x '.repeat(400), 'y', 'y']);
    expect(plot.bars[1]?.value).toHaveLength(300);
    expect(plot.bars[1]?.value.endsWith('…')).toBe(true);
  });
});

describe('a part of the rows', () => {
  it('keeps the bins and values of the whole, with its counts beside', () => {
    const numbers = column(
      'size',
      Array.from({ length: 100 }, (_, at) => at / 4),
    );
    const part = figuresOf(
      numbers,
      0,
      Uint32Array.from({ length: 50 }, (_, at) => at),
    );
    const whole = figuresOf(numbers, 0);
    expect((part.plot as Histogram).edges).toEqual((whole.plot as Histogram).edges);
    expect(part.whole).toEqual((whole.plot as Histogram).counts);
    expect((part.plot as Histogram).counts.reduce((sum, count) => sum + count)).toBe(50);

    const letters = column('word', ['a', 'b', 'b', 'c', 'c', 'c']);
    const some = figuresOf(letters, 0, Uint32Array.of(0, 1));
    expect((some.plot as Bars).bars).toEqual([
      { value: 'c', count: 0 },
      { value: 'b', count: 1 },
      { value: 'a', count: 1 },
    ]);
    expect(some.whole).toEqual([3, 2, 1]);
    expect(some).toMatchObject({ rows: 2, distinct: 2 });
  });

  it('shows its own most frequent values where the column has more than bars', () => {
    const values = Array.from({ length: 60 }, (_, at) => `w${String.fromCharCode(97 + (at % 20))}`);
    const rows = Uint32Array.of(19, 39, 18);
    const found = figuresOf(column('word', values), 0, rows);
    expect((found.plot as Bars).bars).toEqual([
      { value: 'wt', count: 2 },
      { value: 'ws', count: 1 },
    ]);
    expect(found.whole).toEqual([3, 3]);
  });

  it('can have its figures from other rows than its picture', () => {
    const counts = countsOf(readColumn(column('word', ['a', 'b', 'b', 'c', 'c', 'c']), 0));
    const found = counts.over(Uint32Array.of(0), Uint32Array.of(0, 1, 2));
    expect(found).toMatchObject({ rows: 1, distinct: 1 });
    expect((found.plot as Bars).bars.map(({ count }) => count)).toEqual([0, 2, 1]);
  });
});

const penguins = realData('penguins.csv');
const diamonds = realData('diamonds.csv');

describe('real data', () => {
  it.skipIf(penguins === undefined)('has the figures of pandas: penguins', () => {
    const table = readTable(readFileSync(penguins ?? ''));
    const mass = figuresOf(table, table.find('body_mass_g'));
    expect(mass).toMatchObject({ rows: 344, missing: 2, distinct: 94 });
    expect(mass.range?.mean).toBeCloseTo(4201.7543859649, 9);
    expect(mass.range?.deviation).toBeCloseTo(801.9545356981, 9);
    expect(mass.range).toMatchObject({ min: 2700, median: 4050, max: 6300 });
    expect(mass.plot).toEqual({
      shape: 'histogram',
      edges: Array.from({ length: 20 }, (_, at) => 2600 + 200 * at),
      counts: [1, 8, 14, 27, 40, 39, 36, 23, 22, 20, 28, 17, 14, 14, 17, 11, 7, 3, 1],
    });
    const bill = figuresOf(table, table.find('bill_length_mm'));
    expect(bill.range).toMatchObject({ min: 32.1, median: 44.45, max: 59.6 });
    expect((bill.plot as Histogram).counts).toEqual([3, 19, 40, 38, 36, 31, 37, 44, 37, 39, 11, 5, 0, 2]);
    expect((figuresOf(table, table.find('island')).plot as Bars).bars).toEqual([
      { value: 'Biscoe', count: 168 },
      { value: 'Dream', count: 124 },
      { value: 'Torgersen', count: 52 },
    ]);
  });

  it.skipIf(diamonds === undefined)('has the figures of pandas: diamonds', () => {
    const table = readTable(readFileSync(diamonds ?? ''));
    const expected = {
      carat: { mean: 0.7979397479, deviation: 0.4740112444, min: 0.2, median: 0.7, max: 5.01, distinct: 273 },
      depth: { mean: 61.7494048943, deviation: 1.4326213188, min: 43, median: 61.8, max: 79, distinct: 184 },
      price: {
        mean: 3932.7997219132,
        deviation: 3989.4397381464,
        min: 326,
        median: 2401,
        max: 18823,
        distinct: 11602,
      },
      x: { mean: 5.7311572117, deviation: 1.1217607468, min: 0, median: 5.7, max: 10.74, distinct: 554 },
    };
    for (const [name, { mean, deviation, distinct, ...places }] of Object.entries(expected)) {
      const found = figuresOf(table, table.find(name));
      expect(found.range).toMatchObject(places);
      expect(found.range?.mean).toBeCloseTo(mean, 8);
      expect(found.range?.deviation).toBeCloseTo(deviation, 8);
      expect(found).toMatchObject({ rows: 53_940, missing: 0, distinct });
    }
    const clarity = figuresOf(table, table.find('clarity')).plot as Bars;
    expect(clarity.bars.map(({ count }) => count)).toEqual([
      13_065, 12_258, 9194, 8171, 5066, 3655, 1790, 741,
    ]);
  });
});
