/** A dataset that is a folder: which files it holds, and what stands for all that is in them. */
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetIssue } from '../../../protocol/dataset';
import { CancelledError } from '../../../protocol/endpoint';
import { writeCounted } from '../../../protocol/words';

/** A file below the folder, never one that a link leads to outside of it. */
export interface FolderFile {
  /** From the folder on, with `/` on every machine. */
  readonly name: string;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

/** Why something in a folder is no part of the dataset. Hidden files are left out without a word. */
export type LeftOutReason = 'link-outside' | 'link-to-folder' | 'unreadable' | 'no-file';

export interface LeftOutOfFolder {
  readonly reason: LeftOutReason;
  readonly count: number;
  /** Its name, from the folder on. */
  readonly first: string;
}

/** How long reading of many files is followed, and ended. */
export interface Watching {
  readonly signal?: AbortSignal | undefined;
  /** `total`: 0 while it is not known. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export class Folder {
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(
    /** Absolute. */
    readonly path: string,
    /** Sorted by the code units of their names, the same on every machine. */
    readonly files: readonly FolderFile[],
    readonly leftOut: readonly LeftOutOfFolder[],
  ) {
    this.#indexOf = new Map(files.map(({ name }, index) => [name, index]));
  }

  /** Bytes of all files together. */
  get size(): number {
    return this.files.reduce((sum, { size }) => sum + size, 0);
  }

  find(name: string): FolderFile | undefined {
    return this.files[this.#indexOf.get(name) ?? -1];
  }

  /** Absolute. */
  placeOf({ name }: Pick<FolderFile, 'name'>): string {
    return join(this.path, ...name.split('/'));
  }

  /** Changes with each file that comes, goes, is written, or is put in another's place. */
  get mark(): string {
    const hash = createHash('sha256');
    for (const { name, size, mtimeNs, ino } of this.files)
      hash.update(`${name}\0${size}\0${mtimeNs}\0${ino}\n`);
    return hash.digest('hex');
  }
}

/** Files up to this many bytes are hashed whole. */
const WHOLE = 65_536;
/** Of larger ones, bytes from the beginning, the middle and the end. */
const STRETCH = 16_384;
/** Files that are open at the same time. */
const OPEN_FILES = 16;

/**
 * What stands for the content of a folder: SHA-256, hexadecimal, over the names, sizes and content of its files in their
 * order; of files larger than 64 KiB over their beginning, middle and end, 16 KiB each, so that a folder of many GB is not
 * read twice. Times do not enter: a copy of a folder has the hash of the folder.
 */
export async function folderHash(folder: Folder, watching: Watching = {}): Promise<string> {
  const { files } = folder;
  const hash = createHash('sha256');
  for (let start = 0; start < files.length; start += OPEN_FILES) {
    if (watching.signal?.aborted === true) throw new CancelledError();
    const some = files.slice(start, start + OPEN_FILES);
    const contents = await Promise.all(some.map((file) => contentHash(folder.placeOf(file), file.size)));
    some.forEach(({ name, size }, at) => hash.update(`${name}\0${size}\0${contents[at] ?? ''}\n`));
    watching.onProgress?.(start + some.length, files.length);
  }
  return hash.digest('hex');
}

async function contentHash(path: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    if (size <= WHOLE) await update(hash, file, 0, size);
    else
      for (const start of [0, (size - STRETCH) >> 1, size - STRETCH])
        await update(hash, file, start, STRETCH);
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function update(
  hash: Hash,
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  length: number,
): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
  hash.update(buffer.subarray(0, bytesRead));
}

interface LeftOutWords {
  readonly one: string;
  readonly many: string;
  readonly advice: string;
}

const WORDS: Readonly<Record<LeftOutReason, LeftOutWords>> = {
  'link-outside': {
    one: 'link that leads out of the folder, or nowhere,',
    many: 'links that lead out of the folder, or nowhere,',
    advice: 'Put the files themselves into the folder to learn from them.',
  },
  'link-to-folder': {
    one: 'link to a folder inside it',
    many: 'links to folders inside it',
    advice: 'Their files are used at the place where they are.',
  },
  unreadable: {
    one: 'folder that cannot be read',
    many: 'folders that cannot be read',
    advice: 'Check who may read them.',
  },
  'no-file': {
    one: 'device, pipe or socket',
    many: 'devices, pipes or sockets',
    advice: 'Only files can be learnt from.',
  },
};

/** What was left out of a folder, each kind once. */
export function folderIssues({ leftOut }: Folder): DatasetIssue[] {
  return leftOut.map(({ reason, count, first }) => {
    const { one, many, advice } = WORDS[reason];
    return {
      severity: reason === 'link-to-folder' ? 'information' : 'warning',
      code: reason,
      message: `${writeCounted(count, one, many)} ${count === 1 ? 'is' : 'are'} left out, the first "${first}".`,
      advice,
      rows: count,
    };
  });
}
