/**
 * The bytes of a file, never of half of one: a file that was written a moment ago is given a rest in which it must not
 * move, and what is read is held against size and time before and after.
 */
import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../protocol/errors';

/** ms. */
export interface Patience {
  /** A file that was written more recently than this must stand still until it is as old. */
  readonly rest: number;
  /** The same for a file whose size is a whole number of blocks: its writer has most likely more to say. */
  readonly blockRest: number;
  /** So long a file may move before it is given up. */
  readonly limit: number;
}

/** Older files cost no time at all. */
const USUAL: Patience = { rest: 2_000, blockRest: 5_000, limit: 12_000 };
/** For whoever has just written the file itself: it is held against its size and time only. */
export const SETTLED: Patience = { ...USUAL, rest: 0, blockRest: 0 };
/** Writers that buffer write in multiples of this, bytes. An empty file counts: its first block is still to come. */
const BLOCK = 4096n;
/** ms between two looks at a file that moves. */
const AGAIN = 50;

/** What changes when a file is written: its size, its time, or, by a rename, which file it is. */
export interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

export interface WholeFile {
  readonly bytes: Uint8Array;
  readonly state: FileState;
}

/** The file moved for longer than anybody would wait. */
export class BeingWritten extends LabError {
  constructor(path: string) {
    super('file', `${basename(path)} is being written.`, {
      advice: 'Wait until it is saved, then try again.',
      place: { path },
    });
  }
}

/**
 * Reads the file at `path`. LabError('file') names the path where it cannot be read; BeingWritten says so where it
 * does not come to rest.
 */
export async function readBytes(path: string, patience?: Patience): Promise<Uint8Array> {
  return (await readWhole(path, patience)).bytes;
}

/** As `readBytes`, with what tells later whether the file has moved since. */
export async function readWhole(path: string, patience: Patience = USUAL): Promise<WholeFile> {
  const limit = performance.now() + patience.limit;
  try {
    for (;;) {
      const before = await stat(path, { bigint: true });
      // Folders fail, and pipes have no size that could be held against anything.
      if (!before.isFile()) return await readOnce(path);
      const rested = await rest(path, before, patience);
      if (rested) {
        const { bytes, state } = await readOnce(path);
        const whole = same(before, state) && BigInt(bytes.length) === state.size;
        if (whole && !(await hasMoved(path, state))) return { bytes, state };
      }
      if (performance.now() > limit) throw new BeingWritten(path);
      if (rested) await sleep(AGAIN);
    }
  } catch (error) {
    throw error instanceof LabError ? error : LabError.from(error, path);
  }
}

/**
 * What `work` makes of the file's bytes, made again where the file moved in the meantime. BeingWritten where it does
 * not come to rest.
 */
export async function fromWholeFile<T>(
  path: string,
  work: (file: WholeFile) => T | Promise<T>,
  patience: Patience = USUAL,
): Promise<T> {
  const limit = performance.now() + patience.limit;
  for (;;) {
    const file = await readWhole(path, patience);
    const moved = async (): Promise<boolean> => {
      // A file that is gone by now was whole when it was read.
      const isOther = await hasMoved(path, file.state).catch(() => false);
      if (isOther && performance.now() > limit) throw new BeingWritten(path);
      return isOther;
    };
    try {
      const made = await work(file);
      if (!(await moved())) return made;
    } catch (error) {
      // Half a file may be what the work failed at.
      const isOfFile = error instanceof LabError && (error.code === 'dataset' || error.code === 'mismatch');
      if (!isOfFile || !(await moved())) throw error;
    }
  }
}

/** Whether the file at `path` was written, or another put in its place. Rejects where there is none. */
export async function hasMoved(path: string, state: FileState): Promise<boolean> {
  return !same(state, await stat(path, { bigint: true }));
}

async function readOnce(path: string): Promise<WholeFile> {
  const file = await open(path, 'r');
  try {
    const bytes = await file.readFile();
    return { bytes, state: await stateOf(file) };
  } finally {
    await file.close();
  }
}

/** Waits until the file is old enough; false where it moved meanwhile. */
async function rest(path: string, state: BigIntStats, patience: Patience): Promise<boolean> {
  const needed = state.size % BLOCK === 0n ? patience.blockRest : patience.rest;
  const left = needed - ageOf(state);
  if (left <= 0) return true;
  // A clock that is ahead must not make anybody wait for longer.
  const until = performance.now() + Math.min(left, needed);
  while (performance.now() < until) {
    await sleep(Math.min(5 * AGAIN, until - performance.now()));
    if (await hasMoved(path, state)) return false;
  }
  return true;
}

/** ms since the file was written; by the time of its entry where its own time lies ahead. */
function ageOf({ mtimeMs, ctimeMs }: BigIntStats): number {
  const now = Date.now();
  return now - Number(Number(mtimeMs) > now ? ctimeMs : mtimeMs);
}

function stateOf(file: FileHandle): Promise<FileState> {
  return file.stat({ bigint: true });
}

function same(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino;
}
