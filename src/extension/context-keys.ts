/** Keeps the context keys, which the manifest's `when` clauses read, equal to the state. */
import * as vscode from 'vscode';
import { type ContextKey, contextKeys } from './contributions';

export class ContextKeys {
  readonly #set = new Map<ContextKey, string | boolean>();

  /** Sets those that have changed. */
  update(values: Readonly<Record<ContextKey, string | boolean>>): void {
    for (const key of Object.keys(contextKeys) as ContextKey[]) {
      const value = values[key];
      if (this.#set.get(key) === value) continue;
      this.#set.set(key, value);
      void vscode.commands.executeCommand('setContext', contextKeys[key], value);
    }
  }

  get values(): ReadonlyMap<ContextKey, string | boolean> {
    return this.#set;
  }
}
