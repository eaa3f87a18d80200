/** Parquet: columns with types, in one file. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'parquet',
  title: 'Parquet',
  called: 'a table',
  holds: 'rows',
  extensions: ['.parquet', '.parq'],
  languages: [],
  isText: false,
};
