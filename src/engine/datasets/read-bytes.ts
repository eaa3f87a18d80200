/**
 * The bytes of a file, never of half of one: what is read is held against size and time before and after, and a file
 * that was written a moment ago is given a rest in which it must not move.
 */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../protocol/errors';

/** ms. */
export interface Patience {
  /** A file that was written more recently than this must stand still for as long. */
  readonly rest: number;
  /** So long a file may move before it is given up. */
  readonly limit: number;
}

const USUAL: Patience = { rest: 300, limit: 10_000 };

/**
 * Reads the file at `path`. LabError('file') names the path where it cannot be read, and says so where it is being
 * written for longer than anybody would wait.
 */
export async function readBytes(path: string, patience: Patience = USUAL): Promise<Uint8Array> {
  const began = performance.now();
  try {
    for (;;) {
      const read = await readOnce(path);
      if (read.whole && (await standsStill(path, read.state, patience.rest))) return read.bytes;
      if (performance.now() - began > patience.limit) throw beingWritten(path);
      if (!read.whole) await sleep(Math.min(50, patience.rest));
    }
  } catch (error) {
    throw error instanceof LabError ? error : LabError.from(error, path);
  }
}

/** What changes when a file is written: its size, its time, or, by a rename, which file it is. */
interface State {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

async function readOnce(path: string): Promise<{ bytes: Uint8Array; state: State; whole: boolean }> {
  const file = await open(path, 'r');
  try {
    const before = await stateOf(file);
    const bytes = await file.readFile();
    const after = await stateOf(file);
    return { bytes, state: after, whole: same(before, after) && BigInt(bytes.length) === after.size };
  } finally {
    await file.close();
  }
}

/** Whether what was read is still what stands there; looks twice at a file that was written a moment ago. */
async function standsStill(path: string, state: State, rest: number): Promise<boolean> {
  if (!same(state, await stat(path, { bigint: true }))) return false;
  const age = Date.now() - Number(state.mtimeNs / 1_000_000n);
  if (age >= rest) return true;
  // A clock that is ahead must not make anybody wait for long.
  await sleep(Math.min(rest, rest - age));
  return same(state, await stat(path, { bigint: true }));
}

function stateOf(file: FileHandle): Promise<State> {
  return file.stat({ bigint: true });
}

function same(a: State, b: State): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino;
}

function beingWritten(path: string): LabError {
  return new LabError('file', `${basename(path)} is being written.`, {
    advice: 'Wait until it is saved, then try again.',
    place: { path },
  });
}
