/** Workbooks of Excel and of the programs that write its format. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'excel',
  title: 'Excel workbook',
  called: 'a table',
  holds: 'rows',
  extensions: ['.xlsx', '.xlsm'],
  languages: [],
  isText: false,
};
