import { describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { codes, read } from './tables';

const lines = (line: (row: number) => string): string =>
  Array.from({ length: 60 }, (_, row) => `${line(row)}\n`).join('');
const words = ['free entry', 'call me', 'are you', 'good morning'];
const word = (row: number): string => words[(row * 7 + (row >> 2)) % words.length] ?? '';

describe('a table of one column is not cut at what its cells hold', () => {
  it.each([
    ['two words', 'name', (row: number) => word(row)],
    ['as many words each', 'text', (row: number) => `${word(row)} ${word(row + 1)} ${word(row + 3)}`],
    ['texts with a comma', 'review', (row: number) => `Great film ${row}, I liked it`],
    ['numbers with a decimal comma', 'value', (row: number) => `${(row * 37) % 50},${row % 10}`],
    ['times of day', 'time', (row: number) => `${String(row % 24).padStart(2, '0')}:${10 + (row % 50)}:11`],
    [
      'dates with a time',
      'timestamp',
      (row: number) => `2021-03-${10 + (row % 19)} ${10 + (row % 14)}:00:00`,
    ],
  ])('%s', (_, name, line) => {
    const found = read(`${name}\n${lines(line)}`);
    expect(found.columns).toEqual([name]);
    expect(found.rows).toBe(60);
    expect(codes(found)).toEqual([]);
  });

  it('but names of rows in quotes, words or counts are such beside one column', () => {
    for (const name of [(row: number) => `"${row + 1}"`, String, (row: number) => `row${row}`]) {
      const found = read(`value\n${lines((row) => `${name(row)},${row * 3}.5`)}`);
      expect(found.columns).toEqual(['value']);
      expect(codes(found)).toEqual(['row-names']);
    }
  });
});

describe('a list of as many parts in each row', () => {
  it.each(['|', ';'])('does not win over the comma beside it: %s', (separator) => {
    const found = read(
      `movie,genres\n${lines((row) => `Film ${row},${['Action', 'Drama', 'War'].join(separator)}`)}`,
    );
    expect(found.columns).toEqual(['movie', 'genres']);
    expect(found.rows).toBe(60);
  });
});

describe('numbers with decimal commas and no header', () => {
  it.each([';', '\t'])('are parted by %j', (separator) => {
    const found = read(lines((row) => `${row * 3},${10 + row}${separator}${row},${100 + row}`));
    expect(found.format).toMatchObject({ separator, header: false });
    expect([...found.numbers(0)].slice(1, 3)).toEqual([3.11, 6.12]);
  });
});

describe('runs of tabs', () => {
  it('stand for one where the rows are even then', async () => {
    const text = lines((row) => `${row}.5\t${row * 2}.25${row % 2 ? '\t\t' : '\t'}${row % 3}`);
    expect(await inspectDataset('/nowhere/seeds.txt', text)).toMatchObject({
      kind: 'table',
      rows: 60,
      format: { separator: 'blanks' },
      columns: { length: 3 },
    });
  });
});
