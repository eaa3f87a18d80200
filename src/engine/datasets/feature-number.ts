/** Numbers as features: median for missing values, a logarithm for heavy tails, standardisation. */
import * as z from 'zod';
import type { DenseBlock } from './feature';
import { moments } from './target';
import type { Table } from './types';

/** Skewness above which a positive column is taken as log(1 + x). */
const HEAVY_TAIL = 2;
/** Standardised values are cut here, so that one absurd cell cannot throw a prediction off. */
const CUT = 8;

export const NumberBlockData = z.strictObject({
  kind: z.literal('number'),
  column: z.string(),
  transform: z.enum(['none', 'log1p']),
  /** In original units. */
  median: z.number(),
  /** Of the transformed values. */
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
  const original = moments(values);
  const transform = original.min >= 0 && original.skewness > HEAVY_TAIL ? 'log1p' : 'none';
  const used = transform === 'log1p' ? moments(values.map(Math.log1p)) : original;
  const middle = values.length >> 1;
  const median =
    values.length % 2 === 1
      ? (values[middle] as number)
      : ((values[middle - 1] as number) + (values[middle] as number)) / 2;
  return {
    kind: 'number',
    column: table.columns[column] as string,
    transform,
    median,
    mean: used.mean,
    deviation: used.deviation || 1,
    indicator: count < rows.length,
  };
}

export function numberBlock(data: NumberBlockData): DenseBlock {
  const { transform, mean, deviation, median, indicator } = data;
  const standardised = (value: number): number => {
    const used = transform === 'log1p' ? Math.log1p(Math.max(0, value)) : value;
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
