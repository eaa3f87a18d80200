/** Small pictures of the images of a dataset, for whoever looks before they learn. */
import * as z from 'zod';
import { endpoint } from './endpoint';
import { ReadingWishes } from './reading';

/** Pixels for each side of a thumbnail at most. */
export const thumbnailSide = 64;
/** Thumbnails that are asked for at once at most. */
export const mostThumbnails = 200;

export interface Thumbnail {
  /** As in the cell of its column. */
  readonly name: string;
  /** A PNG in base64; absent for what is no image that can be read. */
  readonly png?: string | undefined;
}

/**
 * The images of a column by the names in its cells, at most `side` pixels wide and high, in the order asked for. Names that
 * are in no cell have none. LabError('dataset') for a dataset that cannot be read.
 */
export const ReadThumbnails = endpoint<readonly Thumbnail[]>()(
  'dataset/thumbnails',
  z.object({
    path: z.string(),
    /** The name of its kind of dataset, as the inspection has found it. */
    kind: z.string().optional(),
    column: z.string(),
    names: z.array(z.string()).max(mostThumbnails),
    side: z.int().min(8).max(thumbnailSide).default(thumbnailSide),
    ...ReadingWishes.shape,
  }),
);
