import { describe, expect, it } from 'vitest';
import { inspectTable } from './inspected';
import { fitTarget, readTable, readTarget, targetFromJSON } from '../../../src/engine/datasets';

/** Rows with a number of the given range, and another that goes with it. */
function table(name: string, first: number, last: number): string {
  const rows = Array.from({ length: 60 }, (_, index) => {
    const value = first + Math.round(((last - first) * index) / 59);
    return `${(value * 0.37 + (index % 7)).toFixed(1)},${value}`;
  });
  return ['width', name].join(',') + '\n' + rows.join('\n') + '\n';
}

describe('a target of years', () => {
  const preview = (text: string, column: string) =>
    inspectTable(Buffer.from(text), { path: 'built.csv' }).targets.find((target) => target.column === column)
      ?.preview;

  it('is offered without thousands separated, unlike other numbers of that size', () => {
    expect(preview(table('built', 1962, 2021), 'built')).toMatch(/^a number from 1962 to 2021, mean \d{4}$/);
    expect(preview(table('price', 1962, 20_210), 'price')).toMatch(
      /^a number from 1,962 to 20,210, mean [\d,]+$/,
    );
  });

  it('is known for one when a model is opened, also one that was trained before', () => {
    const isYears = (text: string, column: string) => {
      const read = readTable(text);
      const rows = Uint32Array.from({ length: read.rows }, (_, row) => row);
      const target = targetFromJSON(fitTarget(read, rows, readTarget(read, column, 'number')).toJSON());
      return target.answer === 'number' && target.years;
    };
    expect(isYears(table('built', 1962, 2021), 'built')).toBe(true);
    expect(isYears(table('price', 1962, 20_210), 'price')).toBe(false);
    expect(isYears(table('weight', 12, 2021), 'weight')).toBe(false);
  });
});
