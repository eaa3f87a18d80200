/** A kind of dataset for tests: a folder of books, whose folders are the shelves that they stand on. */
import type { KindDescription } from '../../../../src/protocol';

export const kind: KindDescription = {
  name: 'shelves',
  title: 'Books on shelves',
  called: 'shelves',
  holds: 'rows',
  extensions: [],
  languages: [],
};
