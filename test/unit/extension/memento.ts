import type * as vscode from 'vscode';

/** A memento of VS Code that keeps its values as JSON, as the real one does. */
export function memento(): vscode.Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, initial?: unknown): unknown => {
      const value = values.get(key);
      return value === undefined ? initial : JSON.parse(value);
    },
    update: (key: string, value: unknown) => {
      values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  } as vscode.Memento;
}
