/** Which rows of each file carry their marks: chosen per file, so that a choice does not leak to the next one. */
import type * as vscode from 'vscode';
import type { MarkFilter } from '../../protocol';
import { renaming } from '../datasets/file-memory';

type Shown = Exclude<MarkFilter, 'off'>;

export class MarkFilters {
  readonly #usual: () => Shown;
  readonly #chosen = new Map<string, { readonly filter: MarkFilter; readonly shown: Shown }>();

  /** `usual`: of files for which nothing was chosen. */
  constructor(usual: () => Shown) {
    this.#usual = usual;
  }

  of(file: vscode.Uri): MarkFilter {
    return this.#chosen.get(file.toString())?.filter ?? this.#usual();
  }

  set(file: vscode.Uri, filter: MarkFilter): void {
    const shown = filter === 'off' ? (this.#chosen.get(file.toString())?.shown ?? this.#usual()) : filter;
    this.#chosen.set(file.toString(), { filter, shown });
  }

  /** Shows marks again that were filtered away altogether, as they were before. */
  show(file: vscode.Uri): void {
    const chosen = this.#chosen.get(file.toString());
    if (chosen?.filter === 'off') this.set(file, chosen.shown);
  }

  /** A file, or a folder with files in it, has another name now. */
  rename(before: vscode.Uri, after: vscode.Uri): void {
    const newName = renaming(before, after);
    for (const [name, chosen] of [...this.#chosen]) {
      const now = newName(name);
      if (now === undefined) continue;
      this.#chosen.delete(name);
      this.#chosen.set(now, chosen);
    }
  }

  /** The setting was changed: it holds for every file. */
  forget(): void {
    this.#chosen.clear();
  }
}
