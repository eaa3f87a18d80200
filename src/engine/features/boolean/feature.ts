/** Booleans as features: 1 and -1. */
import * as z from 'zod';
import type { Table } from '../../datasets/types';
import type { DenseBlock, DenseFeature } from '../feature';

const TRUE_WORDS = new Set(['true', 'yes', 't', 'y']);
const FALSE_WORDS = new Set(['false', 'no', 'f', 'n']);

const BooleanBlockData = z.strictObject({
  kind: z.literal('boolean'),
  column: z.string(),
  indicator: z.boolean(),
});
type BooleanBlockData = z.infer<typeof BooleanBlockData>;

export const feature: DenseFeature<BooleanBlockData> = {
  kind: 'boolean',
  storage: 'dense',
  data: BooleanBlockData,
  fit: fitBoolean,
  open: booleanBlock,
  widthFor: () => 1,
};

function fitBoolean(table: Table, column: number, rows: Uint32Array): BooleanBlockData {
  const indicator = rows.some((row) => table.isMissing(row, column));
  return { kind: 'boolean', column: table.columns[column] as string, indicator };
}

/** 1 for true, -1 for false, 0 for what is neither. */
function booleanBlock(data: BooleanBlockData): DenseBlock {
  return {
    data,
    width: data.indicator ? 2 : 1,
    names: data.indicator ? [data.column, `${data.column} is missing`] : [data.column],
    fill(table, rows, out, stride, offset) {
      const column = table.find(data.column);
      const coded = column < 0 ? undefined : table.reader.coded(column);
      const signs = coded?.values.map(signOf);
      for (let position = 0; position < rows.length; position++) {
        const row = rows[position] as number;
        const at = position * stride + offset;
        const code = coded?.codes[row] ?? -1;
        out[at] = signs?.[code] ?? (column < 0 ? 0 : signOf(table.value(row, column)));
        if (data.indicator) out[at + 1] = column < 0 || table.isMissing(row, column) ? 1 : 0;
      }
    },
  };
}

function signOf(value: string): number {
  const word = value.toLowerCase();
  return TRUE_WORDS.has(word) ? 1 : FALSE_WORDS.has(word) ? -1 : 0;
}
