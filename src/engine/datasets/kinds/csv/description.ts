/** Rows in lines, cells apart by a character: CSV, TSV and their kin. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'csv',
  title: 'Delimited table',
  called: 'a table',
  holds: 'rows',
  extensions: ['.csv', '.tsv', '.tab', '.psv'],
  // Our own two, and those of widely used CSV extensions.
  languages: ['csv', 'tsv', 'csv (semicolon)', 'csv (pipe)', 'dynamic csv'],
  sample: 'moths.csv',
};
