/** `#rrggbb` as three numbers, each as far from the mean of the training rows as white is from black at most. */
import * as z from 'zod';
import type { Table } from '../../../../src/engine/datasets';
import type { DenseBlock, DenseFeature } from '../../../../src/engine/features';

const COLOUR = /^#[0-9a-f]{6}$/iu;
const PARTS = ['red', 'green', 'blue'];

const ColourData = z.strictObject({
  kind: z.literal('colour'),
  column: z.string(),
  mean: z.array(z.number()).length(PARTS.length),
});
type ColourData = z.infer<typeof ColourData>;

export const feature: DenseFeature<ColourData> = {
  kind: 'colour',
  storage: 'dense',
  data: ColourData,
  recognise: ({ strings }) => strings.length > 0 && strings.every((text) => COLOUR.test(text)),
  widthFor: () => PARTS.length,
  fit: (table, column, rows) => {
    const colours = Array.from(rows, (row) => partsOf(table, row, column)).filter(
      (parts) => parts !== undefined,
    );
    const mean = PARTS.map(
      (_, at) => colours.reduce((sum, parts) => sum + (parts[at] as number), 0) / colours.length,
    );
    return { kind: 'colour', column: table.columns[column] as string, mean };
  },
  open: colourBlock,
  note: () => ({ code: 'colours', message: 'it holds colours.', advice: '' }),
};

function colourBlock(data: ColourData): DenseBlock {
  return {
    data,
    width: PARTS.length,
    names: PARTS.map((part) => `${data.column}: ${part}`),
    fill(table, rows, out, stride, offset) {
      const column = table.find(data.column);
      rows.forEach((row, position) => {
        const parts = column < 0 ? undefined : partsOf(table, row, column);
        parts?.forEach((part, at) => {
          out[position * stride + offset + at] = part - (data.mean[at] as number);
        });
      });
    },
    outside: (table, column) => ({
      isOutside: (row) => !table.isMissing(row, column) && partsOf(table, row, column) === undefined,
    }),
  };
}

/** 0 to 1 each; undefined for what is no colour. */
function partsOf(table: Table, row: number, column: number): number[] | undefined {
  const text = table.value(row, column);
  return COLOUR.test(text)
    ? PARTS.map((_, at) => parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16) / 255)
    : undefined;
}
