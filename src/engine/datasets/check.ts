/** Whether a file has the columns of a model that was trained on another one. */
import type { DatasetIssue } from '../../protocol/dataset';
import { nearestName } from './names';
import type { Encoder, FeatureBlock, Table } from './types';

/** One error per column that `encoder` needs and `table` lacks, with the nearest name. Further columns do not matter. */
export function missingColumns(encoder: Encoder, table: Table): DatasetIssue[] {
  return encoder.features
    .filter((feature) => table.find(feature.column) < 0)
    .map((feature) => missingColumn(feature, table));
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
    advice: table.format.header
      ? `This file has ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: rename or add the column.`
      : 'The file is read without a header: write the names of its columns into its first line.',
    ...(table.format.header ? { line: table.format.firstLine } : {}),
  };
}
