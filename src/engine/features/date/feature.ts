/**
 * Dates as features: how far along the calendar, and where in the year, the week and the day. What comes round again is
 * told by sine and cosine of the first three harmonics, which for the seven days of the week say all there is to say.
 */
import * as z from 'zod';
import { DateOrder } from '../../datasets/dates';
import { arrange } from '../../datasets/order-statistics';
import { moments } from '../../datasets/target';
import type { Table } from '../../datasets/types';
import type { DenseBlock, DenseFeature } from '../feature';

const Cycle = z.enum(['year', 'week', 'day']);
type Cycle = z.infer<typeof Cycle>;

const DateBlockData = z.strictObject({
  kind: z.literal('date'),
  column: z.string(),
  order: DateOrder,
  /** Of the days since 1970 of the training rows. */
  mean: z.number(),
  deviation: z.number().positive(),
  /** The median, which stands for missing ones. */
  median: z.number(),
  cycles: z.array(Cycle),
  indicator: z.boolean(),
});
type DateBlockData = z.infer<typeof DateBlockData>;

export const feature: DenseFeature<DateBlockData> = {
  kind: 'date',
  storage: 'dense',
  data: DateBlockData,
  fit: fitDate,
  open: dateBlock,
};

const HARMONICS = 3;
/** Days in which a year or a week must have come round for its parts to say anything. */
const YEAR_SEEN = 60;
const WEEK_SEEN = 6;
/** Standardised days are cut here: what lies far outside says only that it does. */
const CUT = 8;
/** Dates whose numbers are kept. */
const MOST_KNOWN = 20_000;
const DAYS_OF_YEAR = 365.2425;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;

export function fitDate(table: Table, column: number, rows: Uint32Array, encoding?: string): DateBlockData {
  const order = table.reader.found(column).reading.dates ?? 'year-first';
  const days = table.reader.days(column, order);
  const known = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) if (!Number.isNaN(days[row])) known[count++] = days[row] as number;
  const present = arrange(known.subarray(0, count), [count >> 1]);
  const { mean, deviation, min, max } = present.length === 0 ? moments([0]) : moments(present);
  const cycles: Cycle[] = [];
  const span = max - min;
  if (order !== 'time' && encoding !== 'days') {
    if (span >= YEAR_SEEN) cycles.push('year');
    // Dates without a day of the month all stand on its first day.
    const monthly = present.every((value) => new Date(value * 86_400_000).getUTCDate() === 1);
    if (span >= WEEK_SEEN && !monthly) cycles.push('week');
  }
  if (encoding !== 'days' && present.some((value) => !Number.isInteger(value))) cycles.push('day');
  return {
    kind: 'date',
    column: table.columns[column] as string,
    order,
    mean,
    deviation: deviation || 1,
    median: present[present.length >> 1] ?? 0,
    cycles,
    indicator: present.length < rows.length,
  };
}

/** Missing dates stand at the median, in the middle of every cycle (zeros). */
export function dateBlock(data: DateBlockData): DenseBlock {
  const { column: name, order, mean, deviation, median, cycles, indicator } = data;
  const names = [
    order === 'time' ? name : `${name} in days`,
    ...cycles.flatMap((cycle) =>
      Array.from({ length: HARMONICS }, (_, at) => [
        `${name}: ${cycle}, sine ${at + 1}`,
        `${name}: ${cycle}, cosine ${at + 1}`,
      ]).flat(),
    ),
    ...(indicator ? [`${name} is missing`] : []),
  ];
  const standardised = (value: number): number => Math.max(-CUT, Math.min(CUT, (value - mean) / deviation));
  const width = 1 + 2 * HARMONICS * cycles.length;
  const describe = (value: number): Float32Array => {
    const missing = Number.isNaN(value);
    const numbers = new Float32Array(width);
    let at = 0;
    numbers[at++] = standardised(missing ? median : value);
    for (const cycle of missing ? [] : cycles) {
      const turn = 2 * Math.PI * phaseOf(value, cycle);
      for (let harmonic = 1; harmonic <= HARMONICS; harmonic++) {
        numbers[at++] = Math.sin(harmonic * turn);
        numbers[at++] = Math.cos(harmonic * turn);
      }
    }
    return numbers;
  };
  /** The same dates come again and again. */
  const known = new Map<number, Float32Array>();
  const described = (value: number): Float32Array => {
    const numbers = known.get(value) ?? describe(value);
    if (known.size < MOST_KNOWN) known.set(value, numbers);
    return numbers;
  };
  return {
    data,
    width: names.length,
    names,
    fill(table, rows, out, stride, offset) {
      const column = table.find(name);
      for (let position = 0; position < rows.length; position++) {
        const row = rows[position] as number;
        const value = column < 0 ? NaN : table.reader.dayAt(row, column, order);
        const at = position * stride + offset;
        const numbers = described(value);
        for (let place = 0; place < width; place++) out[at + place] = numbers[place] as number;
        if (indicator) out[at + width] = Number.isNaN(value) ? 1 : 0;
      }
    },
  };
}

/** Where in its cycle the day is, 0 to 1. */
function phaseOf(days: number, cycle: Cycle): number {
  if (cycle === 'day') return days - Math.floor(days);
  if (cycle === 'week') return ((((Math.floor(days) + FIRST_WEEKDAY) % 7) + 7) % 7) / 7;
  const date = new Date(days * 86_400_000);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1) / 86_400_000;
  return (days - start) / DAYS_OF_YEAR;
}
