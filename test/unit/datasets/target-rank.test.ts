import { describe, expect, it } from 'vitest';
import { inspectTable } from './inspected';
import { SCHEMAS, tableOf } from './known-schemas';

describe('the suggested target', () => {
  const found = SCHEMAS.map(([name, target, columns]) => {
    const { targets, columns: summaries } = inspectTable(Buffer.from(tableOf(columns, 60)), {
      path: 'known.csv',
    });
    const first = targets[0]?.column;
    return { name, target, first, kind: summaries.find((each) => each.name === first)?.kind };
  });

  it('is the right one first in at least 95 % of well-known tables', () => {
    expect(found.length).toBeGreaterThanOrEqual(60);
    const wrong = found.filter(({ target, first }) => first !== target);
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.05 * found.length);
  });

  it('is never an identifier, a date, a constant or a text', () => {
    expect(found.filter(({ kind }) => !['number', 'category', 'boolean'].includes(kind ?? ''))).toEqual([]);
  });
});

describe('the place and the name of a column', () => {
  const first = (columns: string): string | undefined =>
    inspectTable(Buffer.from(tableOf(columns, 60)), { path: 'made.csv' }).targets[0]?.column;

  it('count from the first column behind row names as R writes them', () => {
    expect(first('rownames:# | yield:10.5..90.5 | plot:1..9 | nitrogen:0.2..4.5')).toBe('yield');
    expect(first('plot:1..9 | yield:10.5..90.5 | nitrogen:0.2..4.5')).toBe('nitrogen');
    expect(first('rownames:# | joined:yes/no | hincome:1..45 | children:0..9')).toBe('joined');
  });

  it('let who, where and when a row is about stand behind what else there is', () => {
    expect(first('brittle:a/b/c | width:1.5..9.5 | region:north/south')).toBe('brittle');
    expect(first('rownames:# | ozone:1.5..9.5 | wind:0.5..8.5 | month:1..12')).toBe('ozone');
    expect(first('width:1.5..9.5 | load:0.5..8.5 | region:north/south')).toBe('region');
  });

  it('tell what is only the square or an estimate of another column', () => {
    expect(first('rownames:# | pay:1.5..9.5 | tenure:0.5..8.5 | tenuresq:0.5..80.5')).toBe('pay');
    expect(first('cycle:0.5..8.5 | cache:0.5..8.5 | perf:6.5..99.5 | estperf:6.5..99.5')).toBe('perf');
    expect(first('column1:0.5..8.5 | column12:1.5..8.5')).toBe('column12');
  });

  it('say nothing by a word that several names have', () => {
    expect(first('bought_at:a/b | price_ch:1.5..2.5 | price_mm:1.5..2.5 | chosen:p/q')).toBe('chosen');
  });
});
