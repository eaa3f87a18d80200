/** The user's settings, and the folders that follow from them. */
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { EngineWish, MarkFilter, ProviderWish } from '../protocol';
import { settings, settingsSection } from './contributions';

function read(name: string, scope?: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(settingsSection, scope ?? null).get<unknown>(name);
}

/** Which engine runs the models; what is not one of the choices counts as `auto`. */
export function engineWish(): EngineWish {
  return EngineWish.catch('auto').parse(read(settings.engine));
}

/** Where trainings compute; what is not one of the choices counts as the processor. */
export function providerWish(): ProviderWish {
  return ProviderWish.catch('cpu').parse(read(settings.provider));
}

/** Threads of the engine, 0 for as many as are free. */
export function threads(): number {
  const value = read(settings.threads);
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}

export function initialMarkFilter(): Exclude<MarkFilter, 'off'> {
  const chosen = MarkFilter.catch('all').parse(read(settings.marksShow));
  return chosen === 'off' ? 'all' : chosen;
}

/** Whether a file is marked by itself after its training and when it is opened again. */
export function marksAutomatically(): boolean {
  return read(settings.marksAutomatic) !== false;
}

/** Answers which folders hold runs. Without a workspace folder runs live in the extension's global storage. */
export class RunsFolders {
  readonly #globalStorage: vscode.Uri;

  constructor(globalStorage: vscode.Uri) {
    this.#globalStorage = globalStorage;
  }

  /** The folder for runs of a file, e.g. `<workspace>/.model-lab/runs`. */
  for(file: vscode.Uri): string {
    const folder = vscode.workspace.getWorkspaceFolder(file) ?? vscode.workspace.workspaceFolders?.[0];
    return folder ? this.#within(folder) : this.#global();
  }

  /** Every folder that may hold runs of this window. */
  all(): string[] {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter((folder) => folder.uri.scheme === 'file')
      .map((folder) => this.#within(folder));
    return [...new Set([...folders, this.#global()])];
  }

  #within(folder: vscode.WorkspaceFolder): string {
    const configured = read(settings.runsFolder, folder.uri);
    const name =
      typeof configured === 'string' && configured.trim() !== '' ? configured.trim() : '.model-lab';
    const expanded = name === '~' || name.startsWith('~/') ? path.join(homedir(), name.slice(1)) : name;
    return path.join(path.resolve(folder.uri.fsPath, expanded), 'runs');
  }

  #global(): string {
    return path.join(this.#globalStorage.fsPath, 'runs');
  }
}
