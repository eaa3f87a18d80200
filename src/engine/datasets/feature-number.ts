/**
 * Numbers as features: median for missing values, cut where nearly all values end (so that a slip of the decimal point
 * is not taken at its word), a logarithm for heavy tails, standardisation.
 */
import * as z from 'zod';
import type { DenseBlock } from './feature';
import { moments } from './target';
import type { Table } from './types';

/** Skewness above which a positive column is taken as log(1 + x). */
const HEAVY_TAIL = 2;
/** Share of the training values at either end that may be slips and do not say how far the column reaches. */
const TAIL_SHARE = 0.001;
/** How far beyond the rest the column may reach, as a share of the way there from the median. */
const TAIL_ROOM = 0.2;
/** Standardised values are cut here at the latest: columns of few different values have no tails to measure. */
const CUT = 8;

export const NumberBlockData = z.strictObject({
  kind: z.literal('number'),
  column: z.string(),
  transform: z.enum(['none', 'log1p']),
  /** In original units. */
  median: z.number(),
  /** Values beyond are taken for these, in original units; absent in models that were trained before there were any. */
  limits: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  /** Of the cut and transformed values. */
  mean: z.number(),
  deviation: z.number().positive(),
  /** Whether a second feature says that the value is missing. */
  indicator: z.boolean(),
});
export type NumberBlockData = z.infer<typeof NumberBlockData>;

export function fitNumber(table: Table, column: number, rows: Uint32Array): NumberBlockData {
  const numbers = table.numbers(column);
  const present = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = numbers[row] as number;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  const values = present.subarray(0, count).sort();
  const median = middleOf(values);
  const limits = limitsOf(values, median);
  const cut = values.map((value) => Math.max(limits.low, Math.min(limits.high, value)));
  const original = moments(cut);
  const transform = original.min >= 0 && original.skewness > HEAVY_TAIL ? 'log1p' : 'none';
  const used = transform === 'log1p' ? moments(cut.map(Math.log1p)) : original;
  return {
    kind: 'number',
    column: table.columns[column] as string,
    transform,
    median,
    limits,
    mean: used.mean,
    deviation: used.deviation || 1,
    indicator: count < rows.length,
  };
}

/** `sorted` ascending, at least one. */
function middleOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1] as number) / 2 + upper / 2;
}

/** Where all but the tails of the values lie, and half as far again. */
function limitsOf(sorted: Float64Array, median: number): { low: number; high: number } {
  const tail = Math.floor(sorted.length * TAIL_SHARE);
  const low = sorted[tail] as number;
  const high = sorted[sorted.length - 1 - tail] as number;
  // Of a column that is nearly always the same, the exceptions are what it has to say.
  if (low === high) return { low: sorted[0] as number, high: sorted[sorted.length - 1] as number };
  return { low: finite(low - (median - low) * TAIL_ROOM), high: finite(high + (high - median) * TAIL_ROOM) };
}

function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

export function numberBlock(data: NumberBlockData): DenseBlock {
  const { transform, mean, deviation, median, indicator } = data;
  const { low, high } = data.limits ?? { low: -Infinity, high: Infinity };
  const standardised = (value: number): number => {
    const cut = Math.max(low, Math.min(high, value));
    const used = transform === 'log1p' ? Math.log1p(Math.max(0, cut)) : cut;
    return Math.max(-CUT, Math.min(CUT, (used - mean) / deviation));
  };
  const imputed = standardised(median);
  return {
    data,
    width: indicator ? 2 : 1,
    names: indicator ? [data.column, `${data.column} is missing`] : [data.column],
    fill(table, rows, out, stride, offset) {
      const column = table.find(data.column);
      const numbers = column < 0 ? undefined : table.numbers(column);
      for (let position = 0; position < rows.length; position++) {
        const value = numbers?.[rows[position] as number] ?? NaN;
        const missing = Number.isNaN(value);
        const at = position * stride + offset;
        out[at] = missing ? imputed : standardised(value);
        if (indicator) out[at + 1] = missing ? 1 : 0;
      }
    },
  };
}
