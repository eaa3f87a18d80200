/** What a question about a dataset says of it. */
import * as z from 'zod';
import { datasetShapes, kinds } from './kinds';
import { ReadingWishes } from './reading';
import { TargetTask } from './task-names';

/** What a file is to be read as: a table, a text, or the name of a kind of dataset. */
export const DatasetWish = z
  .string()
  .refine((wish) => datasetShapes.some((shape) => shape === wish) || kinds.find(wish) !== undefined, {
    message: 'There is no such kind of dataset.',
  });

export const DatasetQuestion = z.object({
  path: z.string(),
  /** The editor's text where it differs from the file. */
  text: z.string().optional(),
  /** Who asks has just written the file itself: it is whole, and needs no rest before it is read. */
  settled: z.boolean().optional(),
  kind: DatasetWish.optional(),
  /** What is to be predicted; the likeliest column where it is absent or not there. */
  target: z.string().optional(),
  task: TargetTask.optional(),
  /** Names that a person knows columns by, e.g. the target: a line that holds them is a header. */
  knownNames: z.array(z.string()).optional(),
  ...ReadingWishes.shape,
});
