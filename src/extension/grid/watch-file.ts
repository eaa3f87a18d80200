/** Tells of changes of a file on disk, once it has rested. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../disposal';

/** How long a changed file rests before it is told of, ms. */
const rest = 400;

export function watchFile(file: vscode.Uri, onChange: () => void): Disposable {
  // By its folder, since a name may hold signs that mean something in a pattern.
  const folder = vscode.Uri.file(path.dirname(file.fsPath));
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  let timer: NodeJS.Timeout | undefined;
  const changed = (uri: vscode.Uri): void => {
    if (uri.fsPath !== file.fsPath) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, rest);
  };
  watcher.onDidChange(changed);
  watcher.onDidCreate(changed);
  watcher.onDidDelete(changed);
  return {
    dispose: () => {
      clearTimeout(timer);
      watcher.dispose();
    },
  };
}
