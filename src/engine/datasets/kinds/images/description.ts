/** Images: a folder with a folder for each class, or IDX files, as MNIST's. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'images',
  title: 'Images',
  called: 'a folder of images',
  holds: 'rows',
  extensions: ['.idx', '.idx3-ubyte'],
  languages: [],
  isText: false,
};
