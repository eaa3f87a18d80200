/** Which files a folder holds: all below it, but hidden ones and those that links lead to outside of it. */
import { constants } from 'node:fs';
import { access, lstat, opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { CancelledError } from '../../../protocol/endpoint';
import { LabError } from '../../../protocol/errors';
import { writeCount } from '../../../protocol/words';
import { Folder, type FolderFile, type LeftOutOfFolder, type LeftOutReason, type Watching } from './folder';

/** What programs and systems put beside people's files; names that begin with a point are left out, too. */
const NOT_DATA = new Set(['node_modules', '__MACOSX', 'Thumbs.db', 'desktop.ini']);
/** Folders and files, hidden ones included. */
const MOST_ENTRIES = 200_000;
/** Folders within folders. */
const DEEPEST = 32;
/** Files whose size and time are asked for at the same time. */
const AT_ONCE = 64;

/**
 * Lists the folder at `path` (absolute). LabError('dataset') for one with too many files, LabError('file') for one that
 * cannot be read; CancelledError when the signal ends it. `most`: of entries, for tests.
 */
export async function listFolder(
  path: string,
  watching: Watching = {},
  most = MOST_ENTRIES,
): Promise<Folder> {
  const listing = new Listing(path, await rootOf(path), watching, most);
  await listing.enter('', 0);
  return listing.finish();
}

async function rootOf(path: string): Promise<string> {
  try {
    await access(path, constants.R_OK);
    return await realpath(path);
  } catch (error) {
    throw LabError.from(error, path);
  }
}

class Listing {
  readonly #files: FolderFile[] = [];
  readonly #leftOut = new Map<LeftOutReason, LeftOutOfFolder>();
  #entries = 0;

  constructor(
    readonly path: string,
    readonly root: string,
    readonly watching: Watching,
    readonly most: number,
  ) {}

  /** `folder`: its name from the root on, empty for the root itself. */
  async enter(folder: string, depth: number): Promise<void> {
    const entries = await this.#entriesOf(folder);
    if (entries === undefined) return;
    const folders: string[] = [];
    for (let start = 0; start < entries.length; start += AT_ONCE) {
      if (this.watching.signal?.aborted === true) throw new CancelledError();
      const some = entries.slice(start, start + AT_ONCE);
      const found = await Promise.all(some.map((name) => this.#lookAt(name)));
      found.forEach((file, at) => {
        if (file === 'folder') folders.push(some[at] ?? '');
        else if (typeof file === 'string') this.#leave(file, some[at] ?? '');
        else if (file !== undefined) this.#files.push(file);
      });
      this.watching.onProgress?.(this.#files.length, 0);
    }
    if (depth >= DEEPEST) for (const name of folders) this.#leave('unreadable', name);
    else for (const name of folders) await this.enter(name, depth + 1);
  }

  finish(): Folder {
    const files = this.#files.sort((a, b) => (a.name < b.name ? -1 : 1));
    return new Folder(this.path, files, [...this.#leftOut.values()]);
  }

  /** In the order of their names, so that what is named first is the same on every machine. */
  async #entriesOf(folder: string): Promise<string[] | undefined> {
    const names: string[] = [];
    try {
      for await (const { name } of await opendir(join(this.root, folder), { bufferSize: 256 })) {
        if (++this.#entries > this.most) throw tooMany(this.path, this.most);
        if (!name.startsWith('.') && !NOT_DATA.has(name))
          names.push(folder === '' ? name : `${folder}/${name}`);
      }
    } catch (error) {
      if (error instanceof LabError || folder === '') throw LabError.from(error, this.path);
      this.#leave('unreadable', folder);
      return undefined;
    }
    return names.sort();
  }

  /** Undefined for what is gone by now. */
  async #lookAt(name: string): Promise<FolderFile | LeftOutReason | 'folder' | undefined> {
    const path = join(this.root, name);
    try {
      const own = await lstat(path, { bigint: true });
      if (!own.isSymbolicLink()) {
        if (own.isDirectory()) return 'folder';
        return own.isFile() ? fileOf(name, own) : 'no-file';
      }
    } catch {
      return undefined;
    }
    try {
      const target = await realpath(path);
      if (target !== this.root && !target.startsWith(this.root + sep)) return 'link-outside';
      const found = await stat(target, { bigint: true });
      if (found.isDirectory()) return 'link-to-folder';
      return found.isFile() ? fileOf(name, found) : 'no-file';
    } catch {
      return 'link-outside';
    }
  }

  #leave(reason: LeftOutReason, name: string): void {
    const known = this.#leftOut.get(reason);
    this.#leftOut.set(reason, { reason, count: (known?.count ?? 0) + 1, first: known?.first ?? name });
  }
}

function fileOf(
  name: string,
  { size, mtimeNs, ino }: { readonly size: bigint; readonly mtimeNs: bigint; readonly ino: bigint },
): FolderFile {
  return { name, size: Number(size), mtimeNs, ino };
}

function tooMany(path: string, most: number): LabError {
  return new LabError('dataset', `The folder holds more than ${writeCount(most)} files.`, {
    advice: 'Choose a folder inside it, or put a sample of the files into a folder of their own.',
    place: { path },
  });
}
