/** Images: folders by what most of their files are called, IDX files by their first bytes. */
import { IMAGE_NAME } from '../../images/image-file';
import { type RowKind, Sureness } from '../dataset-kind';
import { openIdx } from './idx-table';
import { openImageFolder } from './image-folder';
import { isPackedIdx } from './packed-idx';

/** Share of images from which on a folder is one of images, whatever else lies in it. */
const MOSTLY = 0.5;

export const kind: RowKind = {
  holds: 'rows',
  recognise: ({ source }) =>
    typeof source !== 'string' && isPackedIdx(source) ? Sureness.byContent : Sureness.no,
  open: openIdx,
  folder: {
    recognise: ({ files }) => {
      const images = files.filter(({ name }) => IMAGE_NAME.test(name)).length;
      if (images === 0) return Sureness.no;
      return images >= MOSTLY * files.length ? Sureness.byName : Sureness.perhaps;
    },
    open: openImageFolder,
  },
};
