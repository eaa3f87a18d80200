/** Whether a file fits a model that was trained on another one. */
import type { DatasetIssue } from '../../protocol/dataset';
import { IssueList } from './issues';
import { nearestName } from './names';
import type { Encoder, FeatureBlock, Table } from './types';

/** A numeric column is of the wrong kind when more of its values than this are no numbers. */
const WRONG_KIND_SHARE = 0.5;

/**
 * What keeps `table` from being predicted with `encoder`: a missing column or one of the wrong kind is an error,
 * a single cell that is no number a warning with its line. Further columns do not matter.
 */
export function checkColumns(encoder: Encoder, table: Table): DatasetIssue[] {
  const issues = new IssueList();
  for (const feature of encoder.features) {
    const column = table.find(feature.column);
    if (column < 0) issues.add(missingColumn(feature, table));
    else if (feature.kind === 'number') checkNumbers(feature, table, column, issues);
  }
  return issues.finish();
}

function missingColumn(feature: FeatureBlock, table: Table): DatasetIssue {
  const nearest = nearestName(feature.column, table.columns);
  const names = table.columns.slice(0, 12).map((name) => `"${name}"`);
  const more = table.columns.length - names.length;
  return {
    severity: 'error',
    code: 'missing-column',
    message:
      `The model needs a column "${feature.column}", which this file does not have.` +
      (nearest === undefined ? '' : ` Did you mean "${nearest}"?`),
    advice: `This file has ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: rename or add the column.`,
    ...(table.format.header ? { line: 1 } : {}),
  };
}

function checkNumbers(feature: FeatureBlock, table: Table, column: number, issues: IssueList): void {
  const numbers = table.numbers(column);
  const bad: number[] = [];
  let present = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!Number.isNaN(numbers[row])) present++;
    else if (!table.isMissing(row, column)) {
      present++;
      bad.push(row);
    }
  }
  const [first] = bad;
  if (first === undefined) return;
  const place = (row: number) => ({
    line: table.startLine[row] as number,
    endLine: table.endLine[row] as number,
    column: column + 1,
  });
  const shown = (row: number) => `"${table.cell(row, column).trim().slice(0, 40)}"`;
  if (bad.length > WRONG_KIND_SHARE * present) {
    issues.add({
      severity: 'error',
      code: 'wrong-kind',
      message: `The model was trained with numbers in "${feature.column}", but this file has ${shown(first)}.`,
      advice: 'Check that the columns are the ones the model was trained on.',
      ...place(first),
    });
    return;
  }
  for (const row of bad) {
    issues.add({
      severity: 'warning',
      code: 'not-a-number',
      message: `${shown(row)} in "${feature.column}" is no number and counts as missing.`,
      advice: 'Write a plain number, or leave the cell empty.',
      ...place(row),
    });
  }
}
