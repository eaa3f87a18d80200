/** Collections of tunes in ABC notation. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'abc',
  title: 'ABC notation',
  called: 'a collection of tunes',
  holds: 'text',
  extensions: ['.abc'],
  languages: ['abc'],
};
