/** Whether a file has the columns of a model that was trained on another one. */
import type { DatasetIssue } from '../../protocol/dataset';
import { nearestName } from '../../protocol/nearest-name';
import type { Table } from '../datasets/types';
import type { Encoder } from './types';

const NAMES_SHOWN = 12;

/**
 * One error for all columns that `encoder` needs and `table` lacks: the first with the nearest name that the file has.
 * None when all are there; further columns do not matter.
 */
export function missingColumns(encoder: Encoder, table: Table): DatasetIssue[] {
  const lacking = encoder.features.filter((feature) => table.find(feature.column) < 0);
  const [first, ...rest] = lacking;
  if (first === undefined) return [];
  const nearest = nearestName(first.column, table.columns);
  return [
    {
      severity: 'error',
      code: 'missing-column',
      message:
        `The model needs a column "${first.column}", which this file does not have.` +
        (nearest === undefined ? '' : ` Did you mean "${nearest}"?`) +
        (rest.length === 0 ? '' : ` Also missing: ${listed(rest.map(({ column }) => column))}.`),
      advice: table.format.header
        ? `This file has ${listed(table.columns)}: rename or add the column${rest.length === 0 ? '' : 's'}.`
        : 'The file is read without a header: write the names of its columns into its first line.',
      ...(table.namesLine === undefined ? {} : { line: table.namesLine }),
    },
  ];
}

/** `"a", "b" and 3 more`. */
function listed(names: readonly string[]): string {
  const more = names.length - NAMES_SHOWN;
  return (
    names
      .slice(0, NAMES_SHOWN)
      .map((name) => `"${name}"`)
      .join(', ') + (more > 0 ? ` and ${more} more` : '')
  );
}
