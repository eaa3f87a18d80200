/** Files that are either the old or the new one, whole, whatever happens in between. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LabError } from '../../protocol/errors';

/** Virus scanners and indexers hold a file for moments on Windows, which then refuses to rename over it. */
const REFUSED_FOR_MOMENTS = new Set(['EPERM', 'EACCES', 'EBUSY']);
const RETRY_DELAYS_MS = [10, 20, 50, 100, 200, 400, 800];

/**
 * Writes to a temporary name in the same folder, flushes, renames, and flushes the folder.
 *
 * Not by `write-file-atomic`: it ignores how many bytes the system says it wrote, so that on a disk about to be
 * full it renames a cut file over a good one. `FileHandle.writeFile` goes on until all is written or ENOSPC.
 *
 * LabError('disk-full' | 'file') names `path`, never the temporary file; what a made piece throws is thrown on.
 */
export async function writeFileAtomically(
  path: string,
  data: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      if (typeof data === 'string' || data instanceof Uint8Array) await file.writeFile(data);
      else for await (const piece of data) await file.appendFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameWithRetries(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw LabError.from(error, path);
  }
  await flushFolder(dirname(path));
}

/** Renames, trying again for about 1.6 s while the system refuses. */
export async function renameWithRetries(
  from: string,
  to: string,
  delays: readonly number[] = RETRY_DELAYS_MS,
): Promise<void> {
  for (const delay of [...delays, undefined]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (delay === undefined || code === undefined || !REFUSED_FOR_MOMENTS.has(code)) throw error;
      await wait(delay);
    }
  }
}

/** What file systems answer that cannot flush folders (network shares, FUSE). The file itself is flushed by then. */
const NOT_FLUSHABLE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EACCES', 'EISDIR', 'ENOSYS']);

/** Makes a rename survive a loss of power. Windows cannot open folders and needs no flush. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NOT_FLUSHABLE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
