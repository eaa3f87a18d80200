/** What keeps rows from being predicted, with their lines. */
import type { DatasetIssue } from '../../protocol/dataset';
import type { Unpredicted } from '../../protocol/marks';
import type { Table } from '../datasets';
import type { Judgements } from './judgements';

/** A column is of the wrong kind when more of its rows than this cannot be read. */
const wrongKindShare = 0.5;

/** Cells that should be numbers and are not: one issue for each column, at the first of them. */
export function brokenCells(table: Table, slots: Int32Array, judgements: Judgements): DatasetIssue[] {
  if (judgements.broken.size === 0) return [];
  const places = new Map<number, { first: number; count: number }>();
  slots.forEach((slot, row) => {
    for (const column of judgements.broken.get(slot) ?? []) {
      const place = places.get(column) ?? { first: row, count: 0 };
      place.count++;
      places.set(column, place);
    }
  });
  return [...places].map(([column, { first, count }]) =>
    count > table.rows * wrongKindShare
      ? wrongKind(table, column, first)
      : brokenCell(table, column, first, count),
  );
}

function brokenCell(table: Table, column: number, row: number, count: number): DatasetIssue {
  const name = table.columns[column] ?? '';
  const more = count - 1;
  return {
    severity: 'warning',
    code: 'not-a-number',
    message:
      `${shown(table, row, column)} in "${name}" is no number: ` +
      (more === 0
        ? 'the row is not predicted.'
        : `this row is not predicted, nor ${more === 1 ? 'is 1 more' : `are ${more} more`} like it.`),
    advice: 'Write a plain number, or leave the cell empty.',
    line: table.startLine[row],
    endLine: table.endLine[row],
    column: column + 1,
  };
}

function wrongKind(table: Table, column: number, row: number): DatasetIssue {
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
