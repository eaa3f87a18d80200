/** A toy kind of dataset: blocks of `key: value`, parted by blank lines. */
import type { KindDescription } from '../../../../src/protocol/kinds';

export const kind: KindDescription = {
  name: 'cards',
  title: 'Index cards',
  called: 'cards',
  holds: 'rows',
  extensions: ['.cards'],
  languages: [],
};
