/** Arrow's format for files and streams, which Feather is another name for. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'arrow',
  title: 'Arrow / Feather',
  called: 'a table',
  holds: 'rows',
  extensions: ['.feather', '.arrow', '.arrows'],
  languages: [],
  isText: false,
};
