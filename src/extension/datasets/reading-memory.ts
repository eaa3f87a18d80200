/** What was asked of the reading of each file, remembered with the workspace and taken along when a file is renamed. */
import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { ReadingWishes } from '../../protocol';

const key = 'modelLab.readings';
/** Files that are remembered; the ones asked about longest ago are forgotten. */
const capacity = 200;

/** The part of VS Code's addresses that is needed here. */
type Address = Pick<vscode.Uri, 'toString'>;

export class ReadingMemory {
  readonly #state: vscode.Memento;
  readonly #listeners = new Set<(file: Address) => void>();
  /**
   * What is remembered, once it was read: VS Code's memento falls back to what it held before for a moment when the echo
   * of an earlier writing, of whatever key, comes after a later one.
   */
  #known: Readonly<Record<string, unknown>> | undefined;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Calls `listener` with each file of which something else is asked from now on. */
  onDidSet(listener: (file: Address) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Nothing is asked of a file that is not known, and of one whose entry another version wrote in another form. */
  get(file: Address): ReadingWishes {
    return ReadingWishes.catch({}).parse(this.#all()[file.toString()] ?? {});
  }

  /** Remembers what is asked; wishes without a part forget the file. */
  async set(file: Address, wishes: ReadingWishes): Promise<void> {
    const name = file.toString();
    const others = Object.entries(this.#all()).filter(([other]) => other !== name);
    const asked = Object.keys(wishes).length > 0;
    await this.#write(asked ? [...others, [name, wishes]] : others);
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
    const [from, to] = [before.toString(), after.toString()];
    const entries = Object.entries(this.#all());
    const moved = entries.map(([name, wishes]): [string, unknown] => {
      const within = name === from || name.startsWith(`${from}/`);
      return [within ? `${to}${name.slice(from.length)}` : name, wishes];
    });
    if (moved.some(([name], index) => name !== entries[index]?.[0])) await this.#write(moved);
  }

  async #write(entries: readonly (readonly [string, unknown])[]): Promise<void> {
    this.#known = Object.fromEntries(entries.slice(-capacity));
    await this.#state.update(key, this.#known);
  }

  #all(): Readonly<Record<string, unknown>> {
    this.#known ??= this.#state.get<Record<string, unknown>>(key, {});
    return this.#known;
  }
}
