/** Which folders hold the runs of this window, and whose word it takes to put them outside of the workspace. */
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { settings, settingsSection } from '../contributions';
import { Scope, type Disposable } from '../disposal';
import { tellWarning } from '../messages';

const initial = '.model-lab';
/** In the memory of the workspace: answers by the folder's real path. */
const memoryKey = 'runsFolder.answers';
const [yes, no] = ['Keep Runs There', 'Keep Them Here'] as const;

/**
 * Answers which folders hold runs. Without a workspace folder runs live in the extension's global storage.
 *
 * A workspace comes from anybody: its own settings, and links in it, can name a folder outside of it only with the
 * user's consent, which is asked for once per folder. What stands in the user's settings is the user's word.
 */
export class RunsFolders implements Disposable {
  readonly #globalStorage: vscode.Uri;
  readonly #memory: vscode.Memento;
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<void>());
  /** The user has answered: the folders are others than before. */
  readonly onDidChange = this.#changed.event;
  readonly #asked = new Set<string>();

  constructor(globalStorage: vscode.Uri, memory: vscode.Memento) {
    this.#globalStorage = globalStorage;
    this.#memory = memory;
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

  #within(workspace: vscode.WorkspaceFolder): string {
    const { name, isUsers } = configured(workspace);
    const wished = inFolder(workspace, name);
    if (isUsers || this.#isAllowed(wished)) return path.join(wished, 'runs');
    const usual = inFolder(workspace, initial);
    return isInside(path.join(usual, 'runs')) ? path.join(usual, 'runs') : this.#global();
  }

  #isAllowed(wished: string): boolean {
    const folder = path.join(wished, 'runs');
    if (isInside(folder)) return true;
    const real = realPath(folder);
    const answer = this.#memory.get<Record<string, boolean>>(memoryKey, {})[real];
    if (answer === undefined) void this.#ask(real);
    return answer === true;
  }

  /** A question that is left is not asked again in this window, and means no. */
  async #ask(folder: string): Promise<void> {
    if (this.#asked.has(folder) || !vscode.workspace.isTrusted) return;
    this.#asked.add(folder);
    const answer = await tellWarning(
      `This workspace wants to keep its runs outside of itself, in ${folder}. Until you agree they are kept in the usual place.`,
      yes,
      no,
    );
    if (answer === undefined) return;
    const answers = this.#memory.get<Record<string, boolean>>(memoryKey, {});
    await this.#memory.update(memoryKey, { ...answers, [folder]: answer === yes });
    if (answer === yes) this.#changed.fire();
  }

  #global(): string {
    return path.join(this.#globalStorage.fsPath, 'runs');
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

/** The folder that the settings name, and whether the user does: a workspace's own settings outrank the user's. */
function configured(workspace: vscode.WorkspaceFolder): { readonly name: string; readonly isUsers: boolean } {
  const found = vscode.workspace
    .getConfiguration(settingsSection, workspace.uri)
    .inspect<unknown>(settings.runsFolder);
  const nameIn = (value: unknown) =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  const ofWorkspace = vscode.workspace.isTrusted
    ? (nameIn(found?.workspaceFolderValue) ?? nameIn(found?.workspaceValue))
    : undefined;
  const ofUser = nameIn(found?.globalValue);
  if (ofWorkspace !== undefined)
    return { name: ofWorkspace, isUsers: ofWorkspace === ofUser && isOutright(ofWorkspace) };
  return { name: ofUser ?? initial, isUsers: ofUser !== undefined && isOutright(ofUser) };
}

/** Says in words that it lies outside. A name inside may lead outside all the same, by a link of the workspace. */
function isOutright(name: string): boolean {
  return (
    path.isAbsolute(name) ||
    name === '~' ||
    name.startsWith('~/') ||
    /^\.\.(?:[/\\]|$)/.test(path.normalize(name))
  );
}

function inFolder(workspace: vscode.WorkspaceFolder, name: string): string {
  const expanded = name === '~' || name.startsWith('~/') ? path.join(homedir(), name.slice(1)) : name;
  return path.resolve(workspace.uri.fsPath, expanded);
}

/** Whether a folder, which need not be there yet, lies in a folder of the workspace when all links are followed. */
function isInside(folder: string): boolean {
  const real = realPath(folder);
  return (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => {
    const way = path.relative(realPath(uri.fsPath), real);
    return way === '' || (!way.startsWith(`..${path.sep}`) && way !== '..' && !path.isAbsolute(way));
  });
}

/** The path without links, as far as it is there. */
function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realPath(parent), path.basename(folder));
  }
}
