/** A table of typed columns is to everything behind it what a CSV file with the same values is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  columnsTable,
  inspectDataset,
  installKind,
  openRows,
  readTable,
  rowKeys,
  Sureness,
  type Table,
} from '../../../src/engine/datasets';
import { textsColumn } from '../../../src/engine/datasets/columns/collect-texts';
import { DateColumn } from '../../../src/engine/datasets/columns/date-column';
import { NumberColumn } from '../../../src/engine/datasets/columns/number-column';
import type { StoredColumn } from '../../../src/engine/datasets/columns/stored-column';
import { TextColumn } from '../../../src/engine/datasets/columns/text-column';
import { kinds } from '../../../src/protocol';
import { Workplace } from '../learning/training-fixture';

const ROWS = 240;

type Value = string | number | Date | boolean | undefined;

/** What determines the labels, and columns of every type around it, each with a few gaps. */
const columns: Readonly<Record<string, (row: number) => Value>> = {
  length: (row) => ((row * 37) % 101) / 7 - 5,
  width: (row) => (row % 17 === 3 ? undefined : ((row * 53) % 89) / 9),
  year: (row) => 1990 + ((row * 7) % 30),
  noticed: (row) => (row * 3) % 7 < 3,
  colour: (row) => (row % 23 === 0 ? undefined : ['red', 'green', 'blue'][(row * 7) % 3]),
  seen: (row) => (row % 29 === 1 ? undefined : new Date(Date.UTC(2019, 0, 1 + ((row * 11) % 500)))),
  changed: (row) => new Date(Date.UTC(2021, 3, 4, row % 24, (row * 7) % 60, 1 + (row % 59))),
  note: (row) => `Was seen ${row} times near the ${['river', 'old bridge', 'mill'][row % 3] ?? ''}, ${row}`,
  count: (row) => ((row * 29) % 50) * 1000,
  key: (row) => `${row}-${'abcdef'.repeat(2)}`,
  grade: (row) => ((row * 37) % 101 < 50 ? 'high' : 'low'),
  price: (row) => ((row * 37) % 101) * 3 + ((row * 53) % 89),
};

/** As pandas writes it. */
function written(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Date) {
    const [day = '', clock = ''] = value.toISOString().split('T');
    return clock.startsWith('00:00:00') ? day : `${day} ${clock.slice(0, 8)}`;
  }
  const text = String(value);
  return text.includes(',') ? `"${text}"` : text;
}

function csv(): string {
  const names = Object.keys(columns);
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Object.values(columns).map((valueAt) => written(valueAt(row))),
  );
  return [names, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

function stored(name: string, valueAt: (row: number) => Value): StoredColumn {
  const values = Array.from({ length: ROWS }, (_, row) => valueAt(row));
  const known = values.find((value) => value !== undefined);
  if (typeof known === 'number')
    return new NumberColumn(Float64Array.from(values, (value) => (value as number | undefined) ?? NaN));
  if (known instanceof Date) {
    const moments = values.map((value) => (value as Date | undefined)?.getTime() ?? NaN);
    return new DateColumn(Float64Array.from(moments), { time: name === 'changed', zone: '' });
  }
  const texts = values.map((value) => (value === undefined ? '' : String(value)));
  return name === 'key' ? TextColumn.of(texts) : textsColumn(texts, name, undefined);
}

const parts = Object.entries(columns).map(([name, valueAt]) => ({ name, values: stored(name, valueAt) }));
const typed = (): Table => columnsTable({ columns: parts });
const text = csv();

let place: Workplace;
beforeAll(async () => {
  kinds.add({ name: 'typed', title: 'Typed', called: '', holds: 'rows', extensions: [], languages: [] });
  installKind('typed', {
    holds: 'rows',
    recognise: ({ extension }) => (extension === '.typed' ? Sureness.byContent : Sureness.no),
    open: (_, options) => columnsTable({ columns: parts }, options),
  });
  place = await Workplace.open();
  await place.write('rows.csv', text);
  await place.write('rows.typed', 'columns');
});
afterAll(async () => {
  await place.close();
  kinds.remove('typed');
});

describe('a table of typed columns', () => {
  it('has the cells, values and gaps of a CSV file with the same values', () => {
    const [here, there] = [typed(), readTable(text)];
    expect(here.columns).toEqual(there.columns);
    for (const column of here.columns.keys()) {
      const cellsOf = (table: Table) =>
        Array.from({ length: ROWS }, (_, row) => [
          table.cell(row, column),
          table.value(row, column),
          table.isMissing(row, column),
        ]);
      expect(cellsOf(here)).toEqual(cellsOf(there));
      expect(here.numbers(column)).toEqual(there.numbers(column));
      expect(here.reader.found(column)).toEqual(there.reader.found(column));
    }
  });

  it('hands on the numbers that it holds, without a copy', () => {
    const values = Float64Array.of(1, NaN, 3);
    const table = columnsTable({ columns: [{ name: 'a', values: new NumberColumn(values) }] });
    expect(table.numbers(0)).toBe(values);
  });

  it.each(['grade', 'price', 'colour'])('is summarised alike for the target %s', async (target) => {
    const [there, here] = await Promise.all([
      inspectDataset('/nowhere/rows.csv', text, { target }),
      inspectDataset('/nowhere/rows.csv', text, { target, kind: 'typed' }),
    ]);
    if (here.kind !== 'table' || there.kind !== 'table') throw new Error('No table');
    expect(here.columns).toEqual(there.columns);
    expect(here.targets).toEqual(there.targets);
    expect(here.issues).toEqual(there.issues);
  });

  it.each([
    ['grade', 'classification'],
    ['price', 'regression'],
  ] as const)('gives the same model of %s, byte by byte, and the same predictions', async (target, task) => {
    const experiment = (path: string) => ({
      version: 1 as const,
      dataset: { path },
      task,
      target,
      model: { family: 'mlp', hyperparameters: { epochs: 3, batch: 16 } },
    });
    const [there, here] = [
      await place.train(experiment('rows.csv')),
      await place.train(experiment('rows.typed')),
    ];
    for (const file of ['model.safetensors', 'model.onnx', 'preprocess.json']) {
      const bytes = await Promise.all(
        [there, here].map(({ summary }) => readFile(join(summary.folder, 'model', file))),
      );
      expect(bytes[0]?.equals(bytes[1] as Buffer), file).toBe(true);
    }
    expect(here.summary.metrics).toEqual(there.summary.metrics);
  });

  it('picks rows, which keep their numbers, keys and readings', () => {
    const table = typed();
    const picked = table.pick([200, 3, 4], table.columns);
    expect([...picked.startLine]).toEqual([201, 4, 5]);
    expect(table.counted).toBe('row');
    const keys = rowKeys(table);
    expect([...rowKeys(picked)]).toEqual([keys[200], keys[3], keys[4]]);
    for (const column of table.columns.keys()) {
      expect(picked.cell(1, column)).toBe(table.cell(3, column));
      expect(picked.numbers(column)[0]).toBe(table.numbers(column)[200]);
      expect(picked.isMissing(1, column)).toBe(table.isMissing(3, column));
      expect(picked.reader.found(column).reading).toEqual(table.reader.found(column).reading);
    }
  });

  it('has equal keys for rows with equal values, however the words are kept, and others for others', () => {
    const texts = ['north', 'south', '', 'north'];
    const keysOf = (values: StoredColumn): number[] => [
      ...rowKeys(columnsTable({ columns: [{ name: 'a', values }] })),
    ];
    const [first, second, third, fourth] = keysOf(TextColumn.of(texts));
    expect(keysOf(textsColumn(texts, 'a', undefined))).toEqual([first, second, third, fourth]);
    expect(fourth).toBe(first);
    expect(new Set([first, second, third]).size).toBe(3);
    const many = keysOf(new NumberColumn(Float64Array.from({ length: 100_000 }, (_, row) => row)));
    expect(new Set(many).size).toBe(100_000);
    const [zero, negative, gap] = keysOf(new NumberColumn(Float64Array.of(0, -0, NaN)));
    expect(zero).toBe(negative);
    expect(gap).not.toBe(zero);
  });

  it('keeps many different words as texts, with the same cells', () => {
    const texts = Array.from({ length: 30_000 }, (_, row) => (row % 10 === 0 ? '' : `word ${row} é`));
    const values = textsColumn(texts, 'a', undefined);
    expect(values).toBeInstanceOf(TextColumn);
    expect(Array.from({ length: texts.length }, (_, row) => values.text(row))).toEqual(texts);
  });

  it('takes infinities for missing and says so', async () => {
    const infinite = columnsTable({
      columns: [
        {
          name: 'a',
          values: new NumberColumn(
            Float64Array.from({ length: 30 }, (_, i) => (i === 4 ? -Infinity : i / 7)),
          ),
        },
      ],
    });
    expect(infinite.isMissing(4, 0)).toBe(true);
    expect(infinite.numbers(0)[4]).toBeNaN();
    expect(infinite.reader.odd(0)).toEqual({ count: 1, infinite: 1, first: 4 });
    expect(await Promise.resolve(infinite.cell(4, 0))).toBe('-Infinity');
  });

  it('writes numbers of 32 bits and moments as short as they are', () => {
    const single = new NumberColumn(Float64Array.of(Math.fround(0.1), Math.fround(1e10), 3), {
      single: true,
    });
    expect([0, 1, 2].map((row) => single.text(row))).toEqual(['0.1', '10000000000', '3']);
    const moments = new DateColumn(Float64Array.of(Date.UTC(2024, 1, 3, 4, 5, 6) + 0.25, NaN, -1.5), {
      time: true,
      zone: 'Z',
    });
    expect([0, 1, 2].map((row) => moments.text(row))).toEqual([
      '2024-02-03 04:05:06.00025Z',
      '',
      '1969-12-31 23:59:59.9985Z',
    ]);
  });

  it('without rows, or without columns, is refused', async () => {
    const empty = { columns: [{ name: 'a', values: TextColumn.of([]) }] };
    expect(() => columnsTable(empty, { path: '/a' })).toThrow('The file has no rows.');
    expect(() => columnsTable({ columns: [] })).toThrow('The file has no columns.');
    await expect(openRows(text, { path: '/nowhere/rows.csv', kind: 'typed' })).resolves.toHaveProperty(
      'rows',
      ROWS,
    );
  });
});
