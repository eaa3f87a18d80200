/** What was asked of the reading of each file, remembered with the workspace and taken along when a file is renamed. */
import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { ReadingWishes } from '../../protocol';
import { type Address, FileMemory } from './file-memory';

export class ReadingMemory {
  readonly #files: FileMemory;
  readonly #listeners = new Set<(file: Address) => void>();

  constructor(state: vscode.Memento) {
    this.#files = new FileMemory(state, 'modelLab.readings');
  }

  /** Calls `listener` with each file of which something else is asked from now on. */
  onDidSet(listener: (file: Address) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Nothing is asked of a file that is not known, and of one whose entry another version wrote in another form. */
  get(file: Address): ReadingWishes {
    return ReadingWishes.catch({}).parse(this.#files.get(file) ?? {});
  }

  /** Remembers what is asked; wishes without a part forget the file. */
  async set(file: Address, wishes: ReadingWishes): Promise<void> {
    await this.#files.set(file, Object.keys(wishes).length > 0 ? wishes : undefined);
    for (const listener of this.#listeners) listener(file);
  }

  /**
   * Takes back what was asked last, where nothing else has been asked since: a refusal that comes late must not undo a
   * newer choice. Answers whether it did.
   */
  async takeBack(file: Address, asked: ReadingWishes, before: ReadingWishes): Promise<boolean> {
    if (!isDeepStrictEqual(this.get(file), asked)) return false;
    await this.set(file, before);
    return true;
  }

  /** A renamed file, or every file of a renamed folder, keeps what was asked of it. */
  async rename(before: Address, after: Address): Promise<void> {
    await this.#files.rename(before, after);
  }
}
