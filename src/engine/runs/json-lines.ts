/** Append-only files of one JSON value per line: metrics and samples. */
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { LabError } from '../../protocol/errors';
import { writeFileAtomically } from './atomic-file';

/** Appending to a link would write to where it points. Windows has no such flag, and links there need an administrator. */
const APPEND =
  constants.O_WRONLY |
  constants.O_CREAT |
  constants.O_APPEND |
  ((constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0);

/** Adds lines at the end. LabError('disk-full') or LabError('file') when that fails, also for a link. */
export async function appendLines(path: string, values: readonly unknown[]): Promise<void> {
  if (values.length === 0) return;
  const text = values.map((value) => JSON.stringify(value) + '\n').join('');
  try {
    const file = await open(path, APPEND, 0o666);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw LabError.from(error, path);
  }
}

/**
 * The values of all whole lines; none when there is no file. A line that is torn (a crash or a full disk in the
 * middle of a write) or of another shape is passed over.
 */
export async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw LabError.from(error);
  });
  return text.split('\n').flatMap((line) => {
    const parsed = schema.safeParse(parseJson(line));
    return parsed.success ? [parsed.data] : [];
  });
}

/** Keeps the values that `keep` names and drops the rest, torn lines included: what resuming begins with. */
export async function truncateLines<T>(
  path: string,
  schema: z.ZodType<T>,
  keep: (value: T) => boolean,
): Promise<T[]> {
  const kept = (await readLines(path, schema)).filter(keep);
  try {
    await writeFileAtomically(path, kept.map((value) => JSON.stringify(value) + '\n').join(''));
  } catch (error) {
    throw LabError.from(error);
  }
  return kept;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
