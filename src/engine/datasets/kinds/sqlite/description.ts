/** Databases of SQLite. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'sqlite',
  title: 'SQLite database',
  called: 'a table',
  holds: 'rows',
  extensions: ['.sqlite', '.sqlite3', '.db3', '.db'],
  languages: [],
  isText: false,
};
