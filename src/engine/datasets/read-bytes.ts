/**
 * The bytes of a file, or the files of a folder, never half of them: what was written a moment ago is given a rest in which
 * it must not move, and what is read is held against sizes and times before and after.
 */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../protocol/errors';
import { Folder, folderHash, type Watching } from './folder/folder';
import { listFolder } from './folder/list-folder';

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
  /** Of a folder: what changes with any of its files. `size` and `mtimeNs` are then those of all of them, and the newest. */
  readonly files?: string | undefined;
}

export interface WholeFile {
  /** The bytes of a file; of a folder, which files it holds. */
  readonly source: Uint8Array | Folder;
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
 * Reads the file at `path`. LabError('file') names the path where it cannot be read, or is a folder; BeingWritten says so
 * where it does not come to rest.
 */
export async function readBytes(path: string, patience?: Patience): Promise<Uint8Array> {
  const { source } = await readWhole(path, { patience });
  if (!(source instanceof Folder)) return source;
  throw LabError.from(Object.assign(new Error('EISDIR'), { code: 'EISDIR', path }));
}

/** How it is read: how patiently, and who follows it. */
export interface ReadingWay extends Watching {
  readonly patience?: Patience | undefined;
}

/**
 * Reads the file at `path`, or lists the folder there. LabError('file') names the path where it cannot be read;
 * BeingWritten says so where it does not come to rest.
 */
export async function readWhole(path: string, way: ReadingWay = {}): Promise<WholeFile> {
  const { patience = USUAL } = way;
  const limit = performance.now() + patience.limit;
  try {
    for (;;) {
      const before = await stat(path, { bigint: true });
      if (before.isDirectory()) {
        const folder = await restingFolder(path, before.ino, way);
        if (folder !== undefined) return folder;
        if (performance.now() > limit) throw new BeingWritten(path);
        continue;
      }
      // Pipes have no size that could be held against anything.
      if (!before.isFile()) return await readOnce(path);
      const rested = await rest(path, before, patience);
      if (rested) {
        const { source, state } = await readOnce(path);
        const whole = same(before, state) && BigInt(source.length) === state.size;
        if (whole && !(await hasMoved(path, state))) return { source, state };
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
  way: ReadingWay = {},
): Promise<T> {
  const limit = performance.now() + (way.patience ?? USUAL).limit;
  for (;;) {
    const file = await readWhole(path, way);
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

/**
 * Whether the file at `path` was written, or any of the folder there, or another put in its place. Rejects where there is
 * none.
 */
export async function hasMoved(path: string, state: FileState): Promise<boolean> {
  if (state.files === undefined) return !same(state, await stat(path, { bigint: true }));
  const { ino } = await stat(path, { bigint: true });
  return !same(state, stateOfFolder(await listFolder(path), ino));
}

/**
 * SHA-256, hexadecimal, of a file's bytes, or of what stands for the content of a folder (`folderHash`): what an experiment
 * records of its dataset.
 */
export async function hashOf(source: Uint8Array | Folder, watching?: Watching): Promise<string> {
  return source instanceof Folder ? folderHash(source, watching) : sha256(source);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes of a file, or of all files of a folder together. */
export function sizeOf(source: Uint8Array | Folder): number {
  return source instanceof Folder ? source.size : source.length;
}

/** Undefined where one of its files was written too shortly before. */
async function restingFolder(path: string, ino: bigint, way: ReadingWay): Promise<WholeFile | undefined> {
  const { patience = USUAL } = way;
  const source = await listFolder(path, way);
  const state = stateOfFolder(source, ino);
  const left = patience.rest - (Date.now() - Number(state.mtimeNs / 1_000_000n));
  // Files that were copied from a clock that is ahead must not make anybody wait.
  if (left <= 0 || left > patience.rest) return { source, state };
  await sleep(Math.min(5 * AGAIN, left));
  return undefined;
}

function stateOfFolder(folder: Folder, ino: bigint): FileState {
  const mtimeNs = folder.files.reduce((newest, { mtimeNs }) => (mtimeNs > newest ? mtimeNs : newest), 0n);
  return { size: BigInt(folder.size), mtimeNs, ino, files: folder.mark };
}

interface FileBytes extends WholeFile {
  readonly source: Uint8Array;
}

async function readOnce(path: string): Promise<FileBytes> {
  const file = await open(path, 'r');
  try {
    const source = await file.readFile();
    return { source, state: await stateOf(file) };
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
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino && a.files === b.files;
}
