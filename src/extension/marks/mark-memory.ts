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

  /** Forgets a run that was deleted. */
  async forgetRun(runFolder: string): Promise<void> {
    const kept = Object.entries(this.#all()).filter(([, entry]) => entry.runFolder !== runFolder);
    await this.#state.update(key, Object.fromEntries(kept));
  }

  #all(): Readonly<Record<string, RememberedMarks>> {
    return this.#state.get<Record<string, RememberedMarks>>(key, {});
  }
}
