/** Which file is marked with which run, remembered with the workspace. */
import type * as vscode from 'vscode';

const key = 'modelLab.marks';
/** Files that are remembered; the oldest are forgotten. */
const capacity = 200;

export interface RememberedMarks {
  readonly runFolder: string;
  readonly on: boolean;
}

export class MarkMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get(file: vscode.Uri): RememberedMarks | undefined {
    return this.#all()[file.toString()];
  }

  async set(file: vscode.Uri, entry: RememberedMarks): Promise<void> {
    const name = file.toString();
    const others = Object.entries(this.#all()).filter(([other]) => other !== name);
    await this.#state.update(key, Object.fromEntries([...others, [name, entry]].slice(-capacity)));
  }

  /** A file, or a folder with files in it, has another name now. */
  async move(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const [before, after] = [from.toString(), to.toString()];
    const entries = Object.entries(this.#all());
    const moved = entries.map(([name, entry]) => {
      const isMeant = name === before || name.startsWith(`${before}/`);
      return [isMeant ? after + name.slice(before.length) : name, entry] as const;
    });
    if (moved.every(([name], at) => name === entries[at]?.[0])) return;
    await this.#state.update(key, Object.fromEntries(moved));
  }

  /** Forgets a run that was deleted. */
  async forgetRun(runFolder: string): Promise<void> {
    const kept = Object.entries(this.#all()).filter(([, entry]) => entry.runFolder !== runFolder);
    await this.#state.update(key, Object.fromEntries(kept));
  }

  #all(): Readonly<Record<string, RememberedMarks>> {
    return this.#state.get<Record<string, RememberedMarks>>(key, {});
  }
}
