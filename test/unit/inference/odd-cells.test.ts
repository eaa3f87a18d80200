import { expect, it } from 'vitest';
import { readTable } from '../../../src/engine/datasets';
import { oddCells } from '../../../src/engine/inference/issues';
import type { Judgements } from '../../../src/engine/inference/judgements';

const numbers = { decimal: '.', thousands: ',', unit: '$', converts: true } as const;

function issuesOf(cells: readonly string[]) {
  const table = readTable(`price,size\n${cells.map((cell, row) => `"${cell}",${row}`).join('\n')}\n`, {
    readings: { price: { holds: 'numbers', numbers, missing: [], values: [] } },
  });
  const rows = Array.from(cells, (_, row) => row);
  const broken = new Map(rows.map((row) => [row, [0]]));
  return oddCells(table, Int32Array.from(rows), { broken, odd: new Map() } as unknown as Judgements);
}

it('amounts in another currency than the model learnt are told by both', () => {
  expect(issuesOf(['1.537,88 €', '979,50 €'])).toMatchObject([
    {
      code: 'wrong-unit',
      message: 'The model learnt "price" in $, but this file has "1.537,88 €".',
      advice: 'Convert the column to $, or take the unit away where it means the same.',
      line: 2,
      column: 1,
    },
  ]);
  expect(issuesOf(['heavy', 'light'])).toMatchObject([{ code: 'wrong-kind', line: 2 }]);
});
