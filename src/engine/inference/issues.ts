/** What keeps rows from being predicted, with their lines. */
import type { DatasetIssue } from '../../protocol/dataset';
import type { Table } from '../datasets';
import { type Judgements, unknownClass } from './judgements';
import type { Predictor } from './predictor';

/** Issues of one kind that are listed. */
const listed = 100;
/** A column is of the wrong kind when more of its rows than this cannot be read. */
const wrongKindShare = 0.5;

/** Cells that should be numbers and are not. */
export function brokenCells(table: Table, slots: Int32Array, judgements: Judgements): DatasetIssue[] {
  if (judgements.broken.size === 0) return [];
  const places = new Map<number, { rows: number[]; count: number }>();
  slots.forEach((slot, row) => {
    for (const column of judgements.broken.get(slot) ?? []) {
      const place = places.get(column) ?? { rows: [], count: 0 };
      place.count++;
      if (place.rows.length < listed) place.rows.push(row);
      places.set(column, place);
    }
  });
  return [...places].flatMap(([column, { rows, count }]) => {
    if (count > table.rows * wrongKindShare) return [wrongKind(table, column, rows[0] as number)];
    const issues = rows.map((row) => brokenCell(table, column, row));
    return count > listed ? [...issues, furtherCells(table, column, count - listed)] : issues;
  });
}

/** Labels that the model has no class for, one issue for each such class, with its first line. */
export function unknownClasses(
  { target }: Predictor,
  table: Table,
  slots: Int32Array,
  judgements: Judgements,
): DatasetIssue[] {
  if (target.task !== 'classification') return [];
  const column = table.find(target.column);
  const found = new Map<string, { first: number; count: number }>();
  slots.forEach((slot, row) => {
    if (slot < 0 || judgements.label[slot] !== unknownClass) return;
    const label = table.cell(row, column).trim();
    const seen = found.get(label);
    if (seen) seen.count++;
    else found.set(label, { first: row, count: 1 });
  });
  return [...found].slice(0, listed).map(([label, { first, count }]) => ({
    severity: 'warning',
    code: 'unknown-class',
    message:
      `The model was not trained on the class "${label.slice(0, 40)}": ` +
      (count === 1
        ? 'the row that has it counts as wrong.'
        : `the ${count} rows that have it count as wrong.`),
    advice: 'Correct the label, or train again with rows of that class.',
    line: table.startLine[first],
    column: column + 1,
  }));
}

function brokenCell(table: Table, column: number, row: number): DatasetIssue {
  return {
    severity: 'warning',
    code: 'not-a-number',
    message: `${shown(table, row, column)} in "${table.columns[column] ?? ''}" is no number: the row is not predicted.`,
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

function furtherCells(table: Table, column: number, count: number): DatasetIssue {
  return {
    severity: 'warning',
    code: 'not-a-number',
    message: `${count} more cells in "${table.columns[column] ?? ''}" are no numbers.`,
    advice: 'Write plain numbers, or leave the cells empty.',
  };
}

function shown(table: Table, row: number, column: number): string {
  return `"${table.cell(row, column).trim().slice(0, 40)}"`;
}
