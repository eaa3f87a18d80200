/** Values that training never saw, whose rows are predicted all the same. */
import type { DatasetIssue } from '../../protocol/dataset';
import type { OutsideCell } from '../../protocol/marks';
import { writeNumber, writeSeen } from '../../protocol/words';
import type { Table } from '../datasets';
import type { Judgements } from './judgements';

/** One issue for each column with such values, at the first of them, with the number of rows. */
export function outsideRows(table: Table, slots: Int32Array, judgements: Judgements): DatasetIssue[] {
  if (judgements.outside.size === 0) return [];
  const places = new Map<string, { readonly cell: OutsideCell; readonly row: number; rows: number }>();
  slots.forEach((slot, row) => {
    if (judgements.broken.has(slot)) return;
    for (const cell of judgements.outside.get(slot) ?? []) {
      const place = places.get(cell.column) ?? { cell, row, rows: 0 };
      place.rows++;
      places.set(cell.column, place);
    }
  });
  return [...places.values()].map(({ cell, row, rows }) => ({
    severity: 'warning',
    code: 'outside-of-training',
    message: `${told(cell)}${others(rows - 1)}`,
    advice: 'The model is asked about what it does not know: do not rely on these predictions.',
    line: table.startLine[row],
  }));
}

function told({ column, value, seen }: OutsideCell): string {
  const cell = `"${value.slice(0, 40)}" in "${column}"`;
  if (seen === undefined) return `${cell} was never there in training`;
  return `${cell} is far from all that training saw, ${writeSeen(seen)}`;
}

function others(rows: number): string {
  if (rows === 0) return '.';
  return rows === 1 ? '; 1 more row has such a value.' : `; ${writeNumber(rows)} more rows have such values.`;
}
