/** Small pictures of a dataset's images. The images that were asked for last stay known: who scrolls asks again. */
import type { z } from 'zod';
import type { ReadThumbnails, Thumbnail } from '../../protocol/images';
import {
  type FileState,
  fromWholeFile,
  hasMoved,
  openInspected,
  type Table,
  type Watching,
} from '../datasets';

type Question = z.infer<(typeof ReadThumbnails)['params']>;

/** Images that are decoded at the same time: as many as their library has threads. */
const AT_ONCE = 4;

interface KnownImages {
  /** Path, kind and reading. */
  readonly key: string;
  readonly state: FileState;
  readonly images: Table['images'];
}
let latest: KnownImages | undefined;

export async function thumbnails(
  { column, names, side, ...dataset }: Question,
  { signal }: Watching,
): Promise<readonly Thumbnail[]> {
  const images = await imagesOf(dataset, { signal });
  const found: Thumbnail[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const some = names.slice(start, start + AT_ONCE);
    // What was deleted or broken since is shown as missing, not as a failure of all.
    const pictures = await Promise.all(
      some.map(async (name) =>
        images
          ?.get(column)
          ?.thumbnail(name, side)
          .catch(() => undefined),
      ),
    );
    some.forEach((name, at) => {
      const png = pictures[at];
      found.push(png === undefined ? { name } : { name, png: Buffer.from(png).toString('base64') });
    });
  }
  return found;
}

async function imagesOf(
  { path, ...options }: Omit<Question, 'column' | 'names' | 'side'>,
  watching: Watching,
): Promise<Table['images']> {
  const key = JSON.stringify([path, options]);
  if (latest?.key === key && !(await hasMoved(path, latest.state).catch(() => true))) return latest.images;
  return fromWholeFile(
    path,
    async ({ source, state }) => {
      const opened = await openInspected(source, path, { ...options, watching });
      const images = 'table' in opened ? opened.table.images : undefined;
      latest = { key, state, images };
      return images;
    },
    watching,
  );
}
