/** What is remembered of each file, with the workspace, and taken along when the file or its folder is renamed. */
import type * as vscode from 'vscode';

/** Files that are remembered; the ones that were set longest ago are forgotten. */
const capacity = 200;

/** The part of VS Code's addresses that is needed here. */
export type Address = Pick<vscode.Uri, 'toString'>;

export class FileMemory {
  readonly #state: vscode.Memento;
  readonly #key: string;
  /**
   * What is remembered, once it was read: VS Code's memento falls back to what it held before for a moment when the echo
   * of an earlier writing, of whatever key, comes after a later one. So there is one memory for each key.
   */
  #known: Readonly<Record<string, unknown>> | undefined;

  constructor(state: vscode.Memento, key: string) {
    this.#state = state;
    this.#key = key;
  }

  /** As it was written, which another version may have done in another form. */
  get(file: Address): unknown {
    return this.#all()[file.toString()];
  }

  /** Remembers an entry from this call on; undefined forgets the file. Settles when it is written down. */
  async set(file: Address, entry: unknown): Promise<void> {
    const name = file.toString();
    const others = Object.entries(this.#all()).filter(([other]) => other !== name);
    await this.#write(entry === undefined ? others : [...others, [name, entry]]);
  }

  /** Forgets the files whose entries do not pass the test. */
  async keep(test: (entry: unknown) => boolean): Promise<void> {
    await this.#write(Object.entries(this.#all()).filter(([, entry]) => test(entry)));
  }

  /** A renamed file, or every file of a renamed folder, keeps its entry; that of a file in whose place it comes is gone. */
  async rename(before: Address, after: Address): Promise<void> {
    const newName = renaming(before, after);
    const entries = Object.entries(this.#all());
    const taken = new Set(entries.map(([name]) => newName(name)));
    if (entries.every(([name]) => newName(name) === undefined)) return;
    const kept = entries.filter(([name]) => newName(name) !== undefined || !taken.has(name));
    await this.#write(kept.map(([name, entry]) => [newName(name) ?? name, entry]));
  }

  async #write(entries: readonly (readonly [string, unknown])[]): Promise<void> {
    this.#known = Object.fromEntries(entries.slice(-capacity));
    await this.#state.update(this.#key, this.#known);
  }

  #all(): Readonly<Record<string, unknown>> {
    this.#known ??= this.#state.get<Record<string, unknown>>(this.#key, {});
    return this.#known;
  }
}

/** What an address is called after a file, or a folder with files in it, was renamed; undefined: as before. */
export function renaming(before: Address, after: Address): (name: string) => string | undefined {
  const [from, to] = [before.toString(), after.toString()];
  return (name) =>
    name === from || name.startsWith(`${from}/`) ? `${to}${name.slice(from.length)}` : undefined;
}
