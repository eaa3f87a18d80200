/** Separators of two signs, as MovieLens writes them. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { writeReading } from '../../../../src/protocol/reading';
import { cells, codes, names, read, rows, write } from './tables';

const pairs = ['::', '||'] as const;
const titles = (separator: string): string[][] =>
  Array.from({ length: 60 }, (_, row) => [
    `${row + 1}`,
    row % 7 === 0 ? `Wars${separator.charAt(0)} Part ${row}` : `Film ${row} (${1950 + row})`,
    ['Drama', 'Comedy', `Action${separator.charAt(0)}Drama`][(row * 7) % 3] as string,
    row % 5 === 0 ? '' : `${1 + (row % 5)}`,
  ]);

describe('two signs that separate only together', () => {
  it.each(pairs)('%s: a single one belongs to its cell, and an empty cell is one', (separator) => {
    const body = titles(separator);
    for (const header of [[], [['id', 'title', 'genres', 'rating']]]) {
      const found = read(write([...header, ...body], { separator }));
      expect(found.format).toMatchObject({ separator, header: header.length > 0 });
      expect(cells(found)).toEqual(body);
      expect(codes(found)).toEqual([]);
    }
  });

  it('are told in the line of how a file is read, and make a .txt a table', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'lab-doubled-')), 'ratings.txt');
    writeFileSync(path, write([names, ...rows(30)], { separator: '::' }));
    const summary = await inspectDataset(path);
    expect(summary.kind === 'table' && writeReading(summary.reading)).toBe('UTF-8 · :: · header');
    expect(summary.kind === 'table' && summary.columns.map(({ name }) => name)).toEqual(names);
  });

  it('are two separators where they are asked for as such', () => {
    const found = read(write(rows(20), { separator: '||' }), { separator: '|', header: false });
    expect(found.columns).toHaveLength(7);
  });
});

describe('two separators with an empty cell between', () => {
  it('are two where the empty cells are a column of the header', () => {
    const body = rows(40).map(([a = '', b = '']) => [a, '', b]);
    const found = read(write([['x', 'y', 'z'], ...body], { separator: '|' }));
    expect(found.format.separator).toBe('|');
    expect(cells(found)).toEqual(body);
  });

  it('are two where other cells stand between single ones in each row', () => {
    const body = rows(40).map(([a = '', b = '', c = '']) => [a, '', b, c]);
    const found = read(write(body, { separator: '|' }), { header: false });
    expect(found.format.separator).toBe('|');
    expect(cells(found)).toEqual(body);
  });

  it('are two where cells are empty now here, now there', () => {
    const body = rows(60).map((row, at) => row.map((cell, column) => ((at + column) % 4 < 2 ? '' : cell)));
    const found = read(write([names, ...body], { separator: '|' }));
    expect(found.format.separator).toBe('|');
    expect(found.columns).toEqual(names);
  });
});
