import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFeatures } from '../../../src/engine/features/open-features';
import * as server from '../../../src/engine/server/grids';
import type { GridFilter, GridView } from '../../../src/protocol/grid';
import { writeSettled } from '../settled-file';

const folder = mkdtempSync(join(tmpdir(), 'grids-'));
beforeAll(openFeatures);
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  server.closeGrid('g');
});

const signal = new AbortController().signal;
const context = { signal, progress: () => undefined };
const everything: GridView = { filters: [] };

/** Opens a table as the grid `g`; cells of its first row name the columns. */
async function open(rows: readonly string[], name = 'table.csv') {
  const path = join(folder, name);
  writeSettled(path, rows.join('\n') + '\n');
  return server.openGrid({ gridId: 'g', path }, context);
}

const read = (view: GridView, columns = [0], from = 0, to = 100) =>
  server.readGridRows({ gridId: 'g', view, from, to, columns }, context);

const rowsOf = async (filters: readonly GridFilter[], sort?: GridView['sort']) =>
  (await read({ filters: [...filters], sort })).rows;

const CITIES = [
  'city,size,founded,note',
  'Oslo,10,2001-05-01,a b',
  'Bergen,,2003-01-31,"say ""hi"""',
  'oslo,30,1999-12-31,',
  'Oslo,20,2001-05-02,a B c',
  ',10.5,,x',
];

describe('opening a grid', () => {
  it('tells columns with their kinds, rows, bytes and the kind of the file', async () => {
    const table = await open(CITIES);
    expect(table).toMatchObject({ gridId: 'g', source: 'csv', rows: 5, issues: [] });
    expect(table.columns.map(({ name, kind, numeric }) => [name, kind, numeric])).toEqual([
      ['city', 'category', false],
      ['size', 'number', true],
      ['founded', 'date', false],
      ['note', 'category', false],
    ]);
    expect(table.kindsFrom).toBeUndefined();
  });

  it('tells kinds by some of the rows of a large table, and says so', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `${at % 7},w${at % 3}`);
    const table = await open(['a,b', ...rows]);
    expect(table.kindsFrom).toBe(2000);
    expect(table.columns.map(({ numeric }) => numeric)).toEqual([true, false]);
  });

  it('shows the text of an editor, not the file', async () => {
    await open(CITIES);
    const table = await server.openGrid(
      { gridId: 'g', path: join(folder, 'table.csv'), text: 'a,b\n1,2\n' },
      context,
    );
    expect(table.rows).toBe(1);
    expect((await read(everything, [1])).cells).toEqual([['2']]);
  });

  it('fails for what holds no rows, and leaves what was open', async () => {
    await open(CITIES);
    const missing = server.openGrid({ gridId: 'g', path: join(folder, 'gone.csv') }, context);
    await expect(missing).rejects.toMatchObject({ code: 'file' });
    const empty = server.openGrid({ gridId: 'g', path: join(folder, 'table.csv'), text: '' }, context);
    await expect(empty).rejects.toMatchObject({ code: 'dataset' });
    expect((await read(everything)).total).toBe(5);
  });

  it('is given up where the grid is closed meanwhile', async () => {
    const path = join(folder, 'table.csv');
    const opening = server.openGrid({ gridId: 'late', path }, context);
    server.closeGrid('late');
    await expect(opening).rejects.toMatchObject({ name: 'CancelledError' });
    expect(() => server.readGridCell({ gridId: 'late', row: 0, column: 0 })).toThrow('does not know');
  });
});

describe('a window of rows', () => {
  it('has the cells as they are written, with their rows and lines; missing ones are undefined', async () => {
    await open(CITIES);
    const found = await read(everything, [3, 1], 1, 4);
    expect(found).toEqual({
      total: 5,
      from: 1,
      rows: [1, 2, 3],
      lines: [3, 4, 5],
      cells: [
        ['say "hi"', undefined],
        [undefined, '30'],
        ['a B c', '20'],
      ],
    });
    expect((await read(everything, [0], 7, 9)).rows).toEqual([]);
  });

  it('keeps a word among numbers, which counts as missing, to be seen', async () => {
    await open(['n', ...Array.from({ length: 40 }, (_, at) => String(at + 0.5)), 'broken', 'NA']);
    expect((await read(everything, [0], 40, 42)).cells).toEqual([['broken'], [undefined]]);
  });

  it('cuts long cells, which are whole when asked for', async () => {
    const long = 'x'.repeat(1000);
    await open(['a,b', `${long},1`, 'y,2']);
    const [[cell = ''] = []] = (await read(everything)).cells;
    expect(cell).toHaveLength(300);
    expect(cell.endsWith('x…')).toBe(true);
    expect(server.readGridCell({ gridId: 'g', row: 0, column: 0 })).toBe(long);
  });

  it('leaves hostile text as it is', async () => {
    await open(['a,b', '<img onerror=x>\u001b[31m,1', 'y,2']);
    expect((await read(everything)).cells[0]).toEqual(['<img onerror=x>\u001b[31m']);
  });
});

describe('filters', () => {
  it('are ranges of numbers and days with and without their upper end', async () => {
    await open(CITIES);
    const range = { by: 'range', column: 1, from: 10, to: 20, closed: false } as const;
    expect(await rowsOf([range])).toEqual([0, 4]);
    expect(await rowsOf([{ ...range, closed: true }])).toEqual([0, 3, 4]);
    const day = Date.UTC(2001, 4, 1) / 86_400_000;
    expect(await rowsOf([{ by: 'range', column: 2, from: day, to: day + 1, closed: false }])).toEqual([0]);
  });

  it('are values, all others, and missing ones', async () => {
    await open(CITIES);
    expect(await rowsOf([{ by: 'values', column: 0, values: ['Oslo', 'nowhere'] }])).toEqual([0, 3]);
    expect(await rowsOf([{ by: 'others', column: 0, values: ['Oslo'] }])).toEqual([1, 2]);
    expect(await rowsOf([{ by: 'values', column: 1, values: ['10.5', '30'] }])).toEqual([2, 4]);
    expect(await rowsOf([{ by: 'missing', column: 1, missing: true }])).toEqual([1]);
    expect(await rowsOf([{ by: 'missing', column: 0, missing: false }])).toEqual([0, 1, 2, 3]);
  });

  it('are texts in cells, whatever their case', async () => {
    await open(CITIES);
    expect(await rowsOf([{ by: 'text', column: 3, text: 'A b' }])).toEqual([0, 3]);
    expect(await rowsOf([{ by: 'text', column: 1, text: '0' }])).toEqual([0, 2, 3, 4]);
  });

  it('are combined', async () => {
    await open(CITIES);
    const filters: GridFilter[] = [
      { by: 'values', column: 0, values: ['Oslo', 'oslo'] },
      { by: 'range', column: 1, from: 15, to: 40, closed: true },
    ];
    expect(await rowsOf(filters)).toEqual([2, 3]);
    expect(await rowsOf([...filters].reverse(), { column: 1, descending: false })).toEqual([3, 2]);
  });

  it('of values longer than what plots show go by what these show', async () => {
    await open(['a,b', `${'x'.repeat(500)},1`, 'y,2']);
    const { columns } = await server.summariseGrid({ gridId: 'g', view: everything, columns: [0] }, context);
    const plot = columns[0]?.plot;
    const value = plot?.shape === 'bars' ? (plot.bars[0]?.value ?? '') : '';
    expect(value).toHaveLength(300);
    expect(await rowsOf([{ by: 'values', column: 0, values: [value] }])).toEqual([0]);
  });
});

describe('sorting', () => {
  const sorted = (column: number, descending = false) => rowsOf([], { column, descending });

  it('is by value, equal ones in the order of the file, missing ones last in both directions', async () => {
    await open(['n,k', '3,a', '-1.5,b', ',c', '3,d', '1e3,e', '-20,f', '0,g']);
    expect(await sorted(0)).toEqual([5, 1, 6, 0, 3, 4, 2]);
    expect(await sorted(0, true)).toEqual([4, 0, 3, 6, 1, 5, 2]);
  });

  it('of words has numbers inside of them by their value, and capitals beside small letters', async () => {
    await open(['w', 'item 10', 'item 2', '', 'Zebra', 'apple', 'Apple', 'item 2', 'éclair']);
    const found = await read({ filters: [], sort: { column: 0, descending: false } });
    expect(found.cells.flat()).toEqual(['apple', 'Apple', 'éclair', 'item 2', 'item 2', 'item 10', 'Zebra']);
    expect(found.rows.slice(3, 5)).toEqual([1, 5]);
  });

  it('of days is by the day', async () => {
    await open(CITIES);
    expect(await sorted(2)).toEqual([2, 0, 3, 1, 4]);
    expect(await sorted(2, true)).toEqual([1, 3, 0, 2, 4]);
  });

  it('equals a sort by comparison of many rows', async () => {
    const values = Array.from({ length: 5000 }, (_, at) => ((at * 7919) % 601) / 8 - 30);
    await open(['n,w', ...values.map((value) => `${value},key ${Math.round(value)}`)]);
    const expected = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b);
    const view = { filters: [], sort: { column: 0, descending: false } };
    expect((await read(view, [0], 4000, 5000)).rows).toEqual(expected.slice(4000));
    const byWord = await read({ filters: [], sort: { column: 1, descending: true } }, [1], 0, 1000);
    const words = values.map((value) => `key ${Math.round(value)}`);
    const { compare } = new Intl.Collator('en', { numeric: true });
    const order = [...words.keys()].sort((a, b) => compare(words[b]!, words[a]!) || a - b);
    expect(byWord.rows).toEqual(order.slice(0, 1000));
  });
});

describe('summaries', () => {
  const summarise = (filters: GridFilter[], columns = [0, 1]) =>
    server.summariseGrid({ gridId: 'g', view: { filters }, columns }, context);

  it('follow the filters of other columns, and keep the other bars of a column with a filter', async () => {
    await open(['w,n', 'a,1', 'a,2', 'b,1', 'b,1', 'c,2']);
    const { total, columns } = await summarise([{ by: 'values', column: 0, values: ['b'] }]);
    expect(total).toBe(2);
    const [word, number] = columns;
    expect(word).toMatchObject({ rows: 2, distinct: 1, whole: [2, 2, 1] });
    expect(word?.plot).toMatchObject({
      bars: [
        { value: 'a', count: 2 },
        { value: 'b', count: 2 },
        { value: 'c', count: 1 },
      ],
    });
    expect(number).toMatchObject({ rows: 2, range: { mean: 1 }, whole: [3, 2] });
    expect(number?.plot).toMatchObject({ bars: [{ count: 2 }, { count: 0 }] });
  });

  it('come one by one as they are counted', async () => {
    await open(CITIES);
    const told: number[][] = [];
    const progress = ({ columns }: { readonly columns: readonly { readonly index: number }[] }) =>
      told.push(columns.map(({ index }) => index));
    const view = { filters: [] };
    await server.summariseGrid({ gridId: 'g', view, columns: [2, 0] }, { signal, progress });
    expect(told).toEqual([[2], [0]]);
  });

  it('of no rows have no range', async () => {
    await open(CITIES);
    const { columns } = await summarise([{ by: 'text', column: 0, text: 'nowhere' }], [1]);
    expect(columns[0]).toMatchObject({ rows: 0, missing: 0, distinct: 0 });
    expect(columns[0]?.range).toBeUndefined();
  });
});

describe('finding', () => {
  const find = (text: string, from: number, more: { backwards?: boolean; view?: GridView } = {}) =>
    server.findInGrid({ gridId: 'g', view: everything, text, from, ...more }, context);

  it('goes on from a position in the view around its end, forwards and backwards', async () => {
    await open(CITIES);
    expect(await find('OSLO', 0)).toEqual({ position: 0, column: 0 });
    expect(await find('OSLO', 1)).toEqual({ position: 2, column: 0 });
    expect(await find('OSLO', 4)).toEqual({ position: 0, column: 0 });
    expect(await find('OSLO', 1, { backwards: true })).toEqual({ position: 0, column: 0 });
    expect(await find('"hi"', 2, { backwards: true })).toEqual({ position: 1, column: 3 });
    expect(await find('nowhere', 0)).toBeNull();
    const view = { filters: [], sort: { column: 1, descending: true } };
    expect(await find('bergen', 0, { view })).toEqual({ position: 4, column: 0 });
  });

  it('finds texts of any letters in any case, never over the border of two cells', async () => {
    await open(['a,b', 'Über,ONE', 'x|y,two', '"q ""two"" q",Kilo']);
    expect(await find('über', 0)).toEqual({ position: 0, column: 0 });
    expect(await find('one', 1)).toEqual({ position: 0, column: 1 });
    expect(await find('y,t', 0)).toBeNull();
    expect(await find('q "TWO"', 0)).toEqual({ position: 2, column: 0 });
    expect(await find('kil', 0)).toEqual({ position: 2, column: 1 });
  });

  it('locates a row of the file in a view', async () => {
    await open(CITIES);
    const view: GridView = {
      filters: [{ by: 'missing', column: 1, missing: false }],
      sort: { column: 1, descending: true },
    };
    expect(await server.locateInGrid({ gridId: 'g', view, row: 0 }, context)).toBe(3);
    expect(await server.locateInGrid({ gridId: 'g', view, row: 1 }, context)).toBeNull();
  });
});

describe('what cannot be answered', () => {
  it('is said: columns, rows and windows that are not there, ranges of words, closed grids, no model', async () => {
    await open(CITIES);
    await expect(read(everything, [4])).rejects.toMatchObject({ code: 'invalid' });
    await expect(rowsOf([{ by: 'missing', column: 9, missing: true }])).rejects.toThrow('no column 10');
    await expect(rowsOf([], { column: 4, descending: true })).rejects.toThrow('no column 5');
    await expect(read(everything, [0], 0, 1001)).rejects.toThrow('window');
    await expect(read(everything, [0], 5, 2)).rejects.toThrow('window');
    const range = { by: 'range', column: 0, from: 0, to: 1, closed: true } as const;
    await expect(rowsOf([range])).rejects.toThrow('"city" holds words');
    expect(() => server.readGridCell({ gridId: 'g', row: 5, column: 0 })).toThrow('no row 6');
    await expect(rowsOf([{ by: 'marks', marks: 'errors' }])).rejects.toThrow('No model');
    await expect(server.readGridMark({ gridId: 'g', row: 0 })).rejects.toThrow('No model');
    server.closeGrid('g');
    await expect(read(everything)).rejects.toThrow('does not know');
  });

  it('ends where nobody waits: a request that is cancelled, a grid that is closed', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => `word ${(at * 7919) % 60_000},${at}`);
    await open(['w,n', ...rows]);
    const view = { filters: [], sort: { column: 0, descending: false } };
    const gone = new AbortController();
    const ask = (asked: AbortSignal) =>
      server.readGridRows(
        { gridId: 'g', view, from: 0, to: 1, columns: [0] },
        { signal: asked, progress: () => undefined },
      );
    const cancelled = ask(gone.signal);
    const kept = ask(signal);
    gone.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'CancelledError' });
    expect((await kept).cells).toEqual([['word 0']]);
    const closed = read({ filters: [], sort: { column: 0, descending: true } });
    server.closeGrid('g');
    await expect(closed).rejects.toMatchObject({ name: 'CancelledError' });
  });
});
