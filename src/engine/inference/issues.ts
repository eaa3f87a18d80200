/** What keeps rows from being predicted, with their lines. */
import type { DatasetIssue } from '../../protocol/dataset';
import type { Unpredicted } from '../../protocol/marks';
import { type Table, writtenUnit } from '../datasets';
import type { Judgements } from './judgements';

/** Cells that should be numbers and are not: one issue for each column, at the first of them. */
export function oddCells(table: Table, slots: Int32Array, judgements: Judgements): DatasetIssue[] {
  return [
    ...placesOf(judgements.broken, slots).map(({ column, first }) => wrongKind(table, column, first)),
    ...placesOf(judgements.odd, slots).map(({ column, first, count }) =>
      oddCell(table, column, first, count),
    ),
  ];
}

function placesOf(
  cells: ReadonlyMap<number, readonly number[]>,
  slots: Int32Array,
): { column: number; first: number; count: number }[] {
  if (cells.size === 0) return [];
  const places = new Map<number, { column: number; first: number; count: number }>();
  slots.forEach((slot, row) => {
    for (const column of cells.get(slot) ?? []) {
      const place = places.get(column) ?? { column, first: row, count: 0 };
      place.count++;
      places.set(column, place);
    }
  });
  return [...places.values()];
}

function oddCell(table: Table, column: number, row: number, count: number): DatasetIssue {
  const name = table.columns[column] ?? '';
  const dates = table.reader.found(column).reading.holds === 'dates';
  return {
    severity: 'warning',
    code: dates ? 'not-a-date' : 'not-a-number',
    message:
      `${shown(table, row, column)} in "${name}" is no ${dates ? 'date' : 'number'} and counts as missing` +
      (count === 1
        ? '.'
        : `, as ${count === 2 ? 'does 1 more cell' : `do ${count - 1} more cells`} of the column.`),
    advice: `Write a plain ${dates ? 'date' : 'number'}, or leave the cell empty.`,
    line: table.startLine[row],
    endLine: table.endLine[row],
    column: column + 1,
  };
}

function wrongKind(table: Table, column: number, row: number): DatasetIssue {
  const known = table.reader.found(column).reading.numbers?.unit ?? '';
  const here = writtenUnit(table.cell(row, column)) ?? '';
  if (known !== '' && here !== '' && here !== known) {
    return {
      severity: 'error',
      code: 'wrong-unit',
      message: `The model learnt "${table.columns[column] ?? ''}" in ${known}, but this file has ${shown(table, row, column)}.`,
      advice: `Convert the column to ${known}, or take the unit away where it means the same.`,
      line: table.startLine[row],
      column: column + 1,
    };
  }
  return {
    severity: 'error',
    code: 'wrong-kind',
    message: `The model was trained with numbers in "${table.columns[column] ?? ''}", but this file has ${shown(table, row, column)}.`,
    advice: 'Check that the columns are the ones the model was trained on.',
    line: table.startLine[row],
    column: column + 1,
  };
}

function shown(table: Table, row: number, column: number): string {
  return `"${table.cell(row, column).trim().slice(0, 40)}"`;
}

/** Rows without a prediction, and the line of the first; undefined where every row has one. */
export function unpredictedRows(
  table: Table,
  slots: Int32Array,
  judgements: Judgements,
): Unpredicted | undefined {
  let rows = 0;
  let first = -1;
  slots.forEach((slot, row) => {
    if (slot >= 0 && !judgements.broken.has(slot)) return;
    if (rows++ === 0) first = row;
  });
  return rows === 0 ? undefined : { rows, line: table.startLine[first] ?? 1 };
}
