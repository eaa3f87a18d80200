/** What the tests of this folder share: the extension's test interface, files in the workspace, waiting. */
import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LabApi } from '../../src/extension/api';
import { commands, type CommandName } from '../../src/extension/contributions';

export function extension(): vscode.Extension<LabApi> {
  const found = vscode.extensions.all.find(({ id }) => id.endsWith('.local-model-lab'));
  assert.ok(found, 'the extension is loaded');
  return found as vscode.Extension<LabApi>;
}

/** The test interface of a Lab that something has needed already. */
export interface LoadedLab extends LabApi {
  state(): NonNullable<ReturnType<LabApi['state']>>;
}

/** The extension's test interface; loads the Lab at the first call. */
export async function lab(): Promise<LoadedLab> {
  const api = await extension().activate();
  if (api.state() === undefined) await api.send({ type: 'dismissNotice' });
  return {
    ...api,
    state: () => {
      const state = api.state();
      assert.ok(state, 'the Lab is loaded');
      return state;
    },
  };
}

export function workspaceFile(name: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a workspace folder is open');
  return path.join(folder.uri.fsPath, name);
}

/** Writes a file of the workspace, as if ten seconds ago: the lab gives a fresh one a rest. Answers with its address. */
export async function write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const file = workspaceFile(name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  const written = new Date(Date.now() - 10_000);
  await utimes(file, written, written);
  return vscode.Uri.file(file);
}

export async function open(file: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(file, { preview: false, viewColumn: vscode.ViewColumn.One });
}

/** Runs a command of the extension. */
export async function run(name: CommandName, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(commands[name], argument);
}

/** Waits until something holds; fails with `what` after `timeout` ms. */
export async function until<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  timeout = 40_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) assert.fail(`did not happen within ${timeout / 1000} s: ${what}`);
    await sleep(50);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Chooses the entry of an open QuickPick that has the focus. */
export async function acceptQuickPick(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

/** Takes the first answer of the question that a command asks, if it asks one, until something holds. */
export async function acceptingFirst<T>(
  command: Promise<void>,
  condition: () => T | undefined | false,
): Promise<T> {
  const value = await until(() => {
    void acceptQuickPick();
    return condition();
  }, 'the answer takes effect');
  await command;
  return value;
}

export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Whether a process lives. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * A table with two kinds of beans, told apart by weight and length, a few of them hard to tell.
 * Deterministic: the same rows for the same count.
 */
export function beans(rows: number): string {
  const lines = ['weight,length,colour,kind'];
  for (let row = 0; row < rows; row++) {
    const isLarge = row % 2 === 0;
    const wobble = ((row * 7919) % 1000) / 1000;
    const weight = (isLarge ? 8 : 4) + wobble * 3;
    const length = (isLarge ? 20 : 12) + (1 - wobble) * 6;
    const colour = ['white', 'black', 'red'][row % 3] ?? 'white';
    lines.push(`${weight.toFixed(2)},${length.toFixed(1)},${colour},${isLarge ? 'lima' : 'mung'}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A text with something to learn in it. */
export function rhymes(repetitions: number): string {
  const lines = ['the moon is up, the night is long,', 'the river hums its silver song,'];
  return Array.from({ length: repetitions }, (_, at) => `${at % 10} ${lines[at % 2] ?? ''}\n`).join('');
}

/**
 * Trains a model on a table through the command, taking the suggested target (the first answer), and waits for its
 * end. Answers with the run's folder.
 */
export async function trainTable(file: vscode.Uri): Promise<string> {
  const api = await lab();
  const done = run('train', file);
  await until(() => {
    void acceptQuickPick();
    return api.state().status === 'training' || api.state().notice !== undefined;
  }, 'the training starts');
  await done;
  return finished(api);
}

/** Steps that the training on a file has made; 0 while another run is shown. */
export function stepsOf(api: LoadedLab, file: vscode.Uri): number {
  const { status, training } = api.state();
  return status === 'training' && training?.datasetPath === file.fsPath ? training.step : 0;
}

/** Waits for the end of the training. Answers with its run's folder. */
export async function finished(api: LoadedLab): Promise<string> {
  const training = await until(
    () => {
      const { status, training: snapshot, notice } = api.state();
      if (notice?.severity === 'error') assert.fail(`${notice.message} ${notice.advice ?? ''}`);
      return (
        status !== 'training' && snapshot && ['finished', 'stopped'].includes(snapshot.state) && snapshot
      );
    },
    'the training ends',
    90_000,
  );
  return training.runFolder;
}

/** The grid in front, as VS Code names its tab. */
export function activeGrid(): vscode.TabInputCustom | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input : undefined;
}
