/** Folders of texts: a file for each example, a folder for each class. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'texts',
  title: 'Folder of texts',
  called: 'a folder of texts',
  holds: 'rows',
  extensions: [],
  languages: [],
};
