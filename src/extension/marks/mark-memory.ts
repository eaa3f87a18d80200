/** Which file is marked with which run, remembered with the workspace. One for each window: it keeps its own copy. */
import type * as vscode from 'vscode';
import { type Address, FileMemory } from '../datasets/file-memory';

export interface RememberedMarks {
  readonly runFolder: string;
  readonly on: boolean;
}

export class MarkMemory {
  readonly #files: FileMemory;

  constructor(state: vscode.Memento) {
    this.#files = new FileMemory(state, 'modelLab.marks');
  }

  get(file: Address): RememberedMarks | undefined {
    return read(this.#files.get(file));
  }

  async set(file: Address, entry: RememberedMarks): Promise<void> {
    await this.#files.set(file, entry);
  }

  /** A file, or a folder with files in it, has another name now. */
  async rename(before: Address, after: Address): Promise<void> {
    await this.#files.rename(before, after);
  }

  /** Forgets a run that was deleted. */
  async forgetRun(runFolder: string): Promise<void> {
    await this.#files.keep((entry) => read(entry)?.runFolder !== runFolder);
  }
}

/** What another version wrote in another form is forgotten. Without schemas, which activation does not load. */
function read(entry: unknown): RememberedMarks | undefined {
  if (typeof entry !== 'object' || entry === null || !('runFolder' in entry && 'on' in entry))
    return undefined;
  const { runFolder, on } = entry;
  return typeof runFolder === 'string' && typeof on === 'boolean' ? { runFolder, on } : undefined;
}
