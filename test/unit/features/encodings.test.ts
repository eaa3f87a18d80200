import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/engine/datasets';
import { encoderFromJSON, fitEncoder } from '../../../src/engine/features';
import type { ColumnWish } from '../../../src/protocol';

const lines = Array.from({ length: 65 }, (_, row) => {
  const day = new Date(Date.UTC(2024, 0, 1 + row * 3)).toISOString().slice(0, 10);
  return `${row === 64 ? 1_000_000 : row},${row % 8 === 3 ? '' : row * 2.5},${day},${row % 2 ? 'a' : 'b'}`;
});
const text = Buffer.from(`income,gap,day,label\n${lines.join('\n')}\n`);
const rows = Uint32Array.from({ length: 65 }, (_, row) => row);
const kinds: Record<string, ColumnWish> = { income: { kind: 'number' } };

function fitted(columns: Record<string, ColumnWish> = {}) {
  const asked = Object.fromEntries(
    ['income', 'gap', 'day'].map((name) => [name, { ...kinds[name], ...columns[name] }]),
  );
  const table = readTable(text, { columns: asked });
  const encoder = fitEncoder(table, rows, { target: 'label', answer: 'name', exclude: [] });
  return { table, encoder };
}

describe('a column of numbers that is asked for by rank alone', () => {
  const { table, encoder } = fitted({ income: { encode: 'ranks' }, gap: { encode: 'ranks' } });
  const at = (name: string) => encoder.featureNames.indexOf(name);
  const encoded = encoder.encode(table, rows).dense();
  const value = (row: number, name: string) => encoded[row * encoder.width + at(name)] as number;

  it('has its rank and nothing else, evenly spread, so that a far value counts as the next', () => {
    expect(encoder.featureNames.filter((name) => name.startsWith('income'))).toEqual(['income by rank']);
    expect(value(0, 'income by rank')).toBeCloseTo(-Math.sqrt(3), 6);
    expect(value(32, 'income by rank')).toBeCloseTo(0, 6);
    expect(value(63, 'income by rank')).toBeCloseTo(Math.sqrt(12) * (63 / 64 - 0.5), 6);
    expect(value(64, 'income by rank')).toBeCloseTo(Math.sqrt(3), 6);
  });

  it('says of a missing value that it is, and stands in the middle for it', () => {
    expect(value(3, 'gap is missing')).toBe(1);
    expect(Math.abs(value(3, 'gap by rank'))).toBeLessThan(0.05);
    expect(value(4, 'gap is missing')).toBe(0);
  });

  it('is the same when it comes back from what is stored', () => {
    const back = encoderFromJSON(JSON.parse(JSON.stringify(encoder)));
    expect(back.encode(table, rows).dense()).toEqual(encoded);
  });

  it('is learnt of the training rows alone', () => {
    const few = fitEncoder(table, rows.subarray(0, 33), { target: 'label', answer: 'name' });
    const column = few.featureNames.indexOf('income by rank');
    const last = few.encode(table, Uint32Array.of(32, 64)).dense();
    expect(last[column]).toBeCloseTo(Math.sqrt(3), 6);
    expect(last[few.width + column]).toBeCloseTo(Math.sqrt(3), 6);
  });
});

describe('a column of dates that is asked for by its days alone', () => {
  it('says how far along the calendar it is, and nothing of year and week', () => {
    const named = (encode?: string) =>
      fitted({ day: { encode } }).encoder.featureNames.filter((name) => name.startsWith('day'));
    expect(named('days')).toEqual(['day in days']);
    expect(named().length).toBeGreaterThan(6);
  });
});

describe('an encoding that nobody asked for', () => {
  it('leaves no trace in what is stored', () => {
    expect(JSON.stringify(fitted().encoder)).not.toMatch(/alone|encod(?!er)/u);
  });

  it('is the usual one where the column turns out to be of another kind, which is said', () => {
    const { encoder } = fitted({ day: { encode: 'ranks' } });
    expect(encoder.featureNames.filter((name) => name.startsWith('day')).length).toBeGreaterThan(6);
    expect(encoder.notes.map(({ code }) => code)).toContain('no-such-encoding');
  });
});
