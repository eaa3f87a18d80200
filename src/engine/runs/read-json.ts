/** JSON files of a run, checked against their schema. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { LabError } from '../../protocol/errors';

/** LabError('damaged') with the path when the file is no JSON or does not fit, LabError('file') when it is not there. */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw LabError.from(error, path);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new LabError('damaged', `The file cannot be read: ${what}`, {
      place: { path },
      advice: 'Restore it from a copy, or train again.',
      cause: error,
    });
  }
}
