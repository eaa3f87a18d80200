import { describe, expect, it } from 'vitest';
import { describeColumns, readTable } from '../../../src/engine/datasets';
import { dateOrderOf, daysOf } from '../../../src/engine/datasets/dates';
import { feature } from '../../../src/engine/features/date/feature';
import type { Table } from '../../../src/engine/datasets/types';

const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date) / 86_400_000;

function tableOf(name: string, cells: readonly string[]): Table {
  return readTable([`${name},y`, ...cells.map((cell, row) => `"${cell}",${(row * 7) % 5}`)].join('\n'));
}

describe('a date', () => {
  it.each([
    ['2024-03-09', 'year-first', day(2024, 3, 9)],
    ['2024/3/9 18:00', 'year-first', day(2024, 3, 9) + 0.75],
    ['2024-03-09T06:00:00Z', 'year-first', day(2024, 3, 9) + 0.25],
    ['20240309', 'year-first', day(2024, 3, 9)],
    ['2024-02-29', 'year-first', day(2024, 2, 29)],
    ['29.02.2000', 'day-first', day(2000, 2, 29)],
    ['09.03.2024', 'day-first', day(2024, 3, 9)],
    ['9/3/24', 'day-first', day(2024, 3, 9)],
    ['3/9/1999', 'month-first', day(1999, 3, 9)],
    ['12/31/2023 12:00 AM', 'month-first', day(2023, 12, 31)],
    ['Mar 9, 2024', 'day-first', day(2024, 3, 9)],
    ['Saturday, 9 March 2024', 'month-first', day(2024, 3, 9)],
    ['2024-03-09', 'day-first', day(2024, 3, 9)],
    ['9. März 2024', 'day-first', day(2024, 3, 9)],
    ['9 févr. 2024', 'day-first', day(2024, 2, 9)],
    ['9 de octubre de 2024', 'day-first', day(2024, 10, 9)],
    ['12 августа 2019', 'day-first', day(2019, 8, 12)],
    ['12 августа 2019 г.', 'day-first', day(2019, 8, 12)],
    ['11 października 2024', 'day-first', day(2024, 10, 11)],
    ['09MAR2024', 'day-first', day(2024, 3, 9)],
    ['09/Mar/2024:06:00:00 +0100', 'day-first', day(2024, 3, 9) + 0.25],
    ['Sat Mar  9 18:00:00 +0000 2024', 'day-first', day(2024, 3, 9) + 0.75],
    ['2024年3月9日', 'day-first', day(2024, 3, 9)],
    ['2024년 3월 9일', 'year-first', day(2024, 3, 9)],
    ['Mar-24', 'year-first', day(2024, 3, 1)],
    ["Dez '24", 'year-first', day(2024, 12, 1)],
    ['202403', 'year-first', day(2024, 3, 1)],
    ['2024Q3', 'year-first', day(2024, 7, 1)],
    ['Q1 2024', 'year-first', day(2024, 1, 1)],
    ['2Q24', 'year-first', day(2024, 4, 1)],
    ["Q4'19", 'year-first', day(2019, 10, 1)],
    ['Q3 98', 'year-first', day(1998, 7, 1)],
    ['T2 2024', 'year-first', day(2024, 4, 1)],
    ['3. Quartal 2024', 'year-first', day(2024, 7, 1)],
    ['2020W05', 'year-first', day(2020, 1, 27)],
    ['2021-W01', 'year-first', day(2021, 1, 4)],
    ['1710007200', 'seconds', day(2024, 3, 9) + 0.75],
    ['1710007200000', 'milliseconds', day(2024, 3, 9) + 0.75],
    ['45360', 'sheet-days', day(2024, 3, 9)],
    ['13:30', 'time', 0.5625],
    ['13:30 Uhr', 'time', 0.5625],
    ['1:30 pm', 'time', 0.5625],
  ] as const)('%s, %s, is read by the order of its parts', (text, order, days) => {
    expect(daysOf(text, order)).toBeCloseTo(days, 9);
  });

  it.each([
    ['2023-02-29', 'year-first'],
    ['1900-02-29', 'year-first'],
    ['2024-04-31', 'year-first'],
    ['31.04.2024', 'day-first'],
    ['13/13/2024', 'month-first'],
    ['0412-05-06', 'year-first'],
    ['9999-12-31', 'year-first'],
    ['4.0.10', 'day-first'],
    ['12-04-2210', 'day-first'],
    ['Room 12', 'day-first'],
    ['12 juice 2024', 'day-first'],
    ['202413', 'year-first'],
    ['2024Q5', 'year-first'],
    ['1134Q1', 'year-first'],
    ['1q21', 'year-first'],
    ['T392', 'year-first'],
    ['T46528', 'year-first'],
    ['T1 20', 'year-first'],
    ['1T20', 'year-first'],
    ['1200W28', 'year-first'],
    ['W12-4500', 'year-first'],
    ['25:10', 'time'],
    ['13:30 pm', 'time'],
  ] as const)('is not %s (%s)', (text, order) => {
    expect(daysOf(text, order)).toBeUndefined();
  });
});

describe('the order of dates', () => {
  it('is told by a day beyond 12', () => {
    expect(dateOrderOf(['03/04/2024', '25/04/2024'])).toEqual({ order: 'day-first' });
    expect(dateOrderOf(['03/04/2024', '04/25/2024'])).toEqual({ order: 'month-first' });
  });

  it('is told by dates that only rise in one reading', () => {
    expect(dateOrderOf(['01/02/2024', '02/02/2024', '01/03/2024', '02/03/2024'])).toEqual({
      order: 'day-first',
    });
  });

  it('is open where both fit, and asked about', () => {
    const cells = Array.from({ length: 40 }, (_, i) => `0${((i * 5) % 9) + 1}/0${((i * 7) % 8) + 1}/2024`);
    expect(dateOrderOf(cells)).toEqual({ order: 'month-first', open: 'day-first' });
    const [column] = describeColumns(tableOf('when', cells));
    expect(column).toMatchObject({ kind: 'date' });
    expect(column?.question?.answers).toHaveLength(1);
  });

  it.each([
    ['seasons', (i: number) => `${2000 + (i % 20)}-${String((i + 1) % 20).padStart(2, '0')}`],
    ['versions', (i: number) => `${i % 4}.0.${10 + (i % 4)}`],
    ['part codes', (i: number) => `12-0${(i % 4) + 1}-${2200 + (i % 4)}`],
    ['numbered sets', (i: number) => `Set ${String((i % 20) + 1).padStart(2, '0')}`],
    ['implausible years', (i: number) => `0${(i % 9) + 1}.02.${1200 + (i % 6)}`],
  ])('is none for %s: they are no dates', (_, cell) => {
    const cells = Array.from({ length: 60 }, (_row, i) => cell(i));
    expect(dateOrderOf(cells)).toBeUndefined();
    expect(describeColumns(tableOf('code', cells))[0]?.kind).toBe('category');
  });
});

describe('the features of a date', () => {
  const rowsOf = (table: Table) => Uint32Array.from({ length: table.rows }, (_, row) => row);
  const iso = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);

  /** `[rows][features]` by name. */
  function encoded(table: Table, fitted: Table = table): Record<string, number>[] {
    const block = feature.open(feature.fit(fitted, 0, rowsOf(fitted)));
    const out = new Float32Array(table.rows * block.width);
    block.fill(table, rowsOf(table), out, block.width, 0);
    return Array.from({ length: table.rows }, (_, row) =>
      Object.fromEntries(block.names.map((name, at) => [name, out[row * block.width + at] as number])),
    );
  }

  const year = tableOf(
    'day',
    Array.from({ length: 731 }, (_, i) => iso(day(2023, 1, 1) + i)),
  );

  it('tell how far along the calendar it is, standardised by the training rows', () => {
    const rows = encoded(year);
    const along = rows.map((row) => row['day in days'] as number);
    expect(along.reduce((sum, value) => sum + value, 0) / along.length).toBeCloseTo(0, 5);
    // Evenly spread values reach to the square root of 3 deviations.
    expect(along.at(-1)).toBeCloseTo(Math.sqrt(3), 2);
  });

  it('are equal on the same day of the week, and differ in all others', () => {
    const rows = encoded(year).slice(0, 15);
    const week = rows.map((row) =>
      Object.keys(row)
        .filter((name) => name.startsWith('day: week'))
        .map((name) => (row[name] as number).toFixed(4))
        .join(' '),
    );
    expect(week[0]).toBe(week[7]);
    expect(new Set(week).size).toBe(7);
  });

  it('come round with the year', () => {
    const rows = encoded(year);
    expect(rows[0]?.['day: year, sine 1']).toBeCloseTo(0, 5);
    expect(rows[0]?.['day: year, cosine 1']).toBeCloseTo(1, 5);
    expect(rows[182]?.['day: year, cosine 1']).toBeCloseTo(-1, 2);
    expect(rows[365]?.['day: year, cosine 1']).toBeCloseTo(1, 5);
  });

  it('of a time of day are near to each other at either side of midnight', () => {
    const table = tableOf('at', ['00:00', '06:00', '12:00', '23:59']);
    const rows = encoded(table);
    expect(rows[1]?.['at: day, sine 1']).toBeCloseTo(1, 5);
    expect(rows[2]?.['at: day, cosine 1']).toBeCloseTo(-1, 5);
    expect(rows[3]?.['at: day, cosine 1']).toBeCloseTo(1, 3);
    expect(Object.keys(rows[0] ?? {}).some((name) => /week|year/u.test(name))).toBe(false);
  });

  it('of a missing date are the median and the middle of every cycle, and say that it is missing', () => {
    const cells = Array.from({ length: 101 }, (_, i) => (i === 3 ? '' : iso(day(2023, 1, 1) + i)));
    const row = encoded(tableOf('day', cells))[3] ?? {};
    expect(row['day is missing']).toBe(1);
    expect(Math.abs(row['day in days'] ?? 9)).toBeLessThan(0.05);
    expect(row['day: week, sine 1']).toBe(0);
    expect(row['day: week, cosine 1']).toBe(0);
  });

  it('do not tell the day of the week where there are only months', () => {
    const months = tableOf(
      'month',
      Array.from(
        { length: 36 },
        (_, i) => `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
      ),
    );
    const names = Object.keys(encoded(months)[0] ?? {});
    expect(names.some((name) => name.includes('year'))).toBe(true);
    expect(names.some((name) => name.includes('week'))).toBe(false);
  });
});

describe('a column of dates', () => {
  const kind = (name: string, cells: readonly string[]) => describeColumns(tableOf(name, cells))[0];
  const several = (cell: (at: number) => string, count = 40) =>
    Array.from({ length: count }, (_, at) => cell((at * 7) % count));

  it('stays one though days are missing as databases write it, or by a few words', () => {
    const dates = several((at) => `2024-03-${String((at % 28) + 1).padStart(2, '0')} 00:00:00`);
    for (const words of [['0000-00-00 00:00:00'], ['9999-12-31'], ['pending', 'not yet']]) {
      const cells = dates.map((date, at) => (at % 6 === 2 ? (words[at % words.length] as string) : date));
      expect(kind('when', cells)).toMatchObject({ kind: 'date' });
    }
  });

  it('may be written in several ways that tell themselves', () => {
    const cells = several(
      (at) =>
        [`2024-03-${10 + (at % 9)}`, `${13 + (at % 9)}/04/2024`, `${13 + (at % 9)}.05.2024`][
          at % 3
        ] as string,
    );
    expect(kind('when', cells)).toMatchObject({ kind: 'date', readAs: 'day first' });
  });

  it('may count seconds or days, where its name speaks of time', () => {
    const seconds = several((at) => String(1_700_000_000 + at * 86_413));
    expect(kind('timestamp', seconds)).toMatchObject({ kind: 'date', readAs: 'seconds since 1970' });
    expect(kind('startTime', seconds)?.kind).toBe('date');
    expect(kind('trip end', seconds)?.kind).toBe('date');
    for (const amount of ['revenue', 'spend', 'dividend', 'trend', 'lifetime', 'uptime'])
      expect(kind(amount, seconds)?.kind, amount).not.toBe('date');
    expect(
      kind(
        'created_at',
        seconds.map((cell) => `${cell}123`),
      ),
    ).toMatchObject({
      kind: 'date',
      readAs: 'milliseconds since 1970',
    });
    const sheet = several((at) => String(43_800 + at * 3));
    expect(kind('Date', sheet)?.kind).toBe('date');
    expect(kind('Price', sheet)?.kind).toBe('number');
  });

  it('may be one of months or quarters, but amounts with six digits are none', () => {
    expect(
      kind(
        'period',
        several((at) => `${2018 + Math.floor(at / 12)}${String((at % 12) + 1).padStart(2, '0')}`),
      )?.kind,
    ).toBe('date');
    expect(
      kind(
        'price',
        several((at) => String(200_101 + at * 937)),
      )?.kind,
    ).toBe('number');
    expect(
      kind(
        'quarter',
        several((at) => `${2018 + (at % 5)}Q${(at % 4) + 1}`),
      )?.kind,
    ).toBe('date');
  });
});
