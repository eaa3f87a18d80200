/** Whether two names stand for one file. */
import { stat } from 'node:fs/promises';

/** Also by another name: letter case means nothing to some file systems. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  if (a === b) return true;
  const [one, other] = await Promise.all(
    [a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}
