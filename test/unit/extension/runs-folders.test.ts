/** Whose word it takes to keep runs outside of the workspace. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const host = vi.hoisted(() => ({
  workspace: '',
  trusted: true,
  settings: {},
  answer: undefined as string | undefined,
  asked: [] as string[],
}));
vi.mock('vscode', () => {
  const folder = () => ({ uri: { fsPath: host.workspace, scheme: 'file' }, name: 'w', index: 0 });
  return {
    EventEmitter: class {
      readonly #listeners: (() => void)[] = [];
      readonly event = (listener: () => void) => void this.#listeners.push(listener);
      fire(): void {
        for (const listener of this.#listeners) listener();
      }
      dispose(): void {
        this.#listeners.splice(0);
      }
    },
    window: {
      showWarningMessage: (message: string) => {
        host.asked.push(message);
        return Promise.resolve(host.answer);
      },
    },
    workspace: {
      get isTrusted() {
        return host.trusted;
      },
      get workspaceFolders() {
        return [folder()];
      },
      getWorkspaceFolder: folder,
      getConfiguration: () => ({ inspect: () => host.settings }),
    },
  };
});
const { RunsFolders } = await import('../../../src/extension/runs/runs-folders');

/** A workspace's memory, which outlives its windows. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  } as vscode.Memento;
}

let place: string;
let memory: vscode.Memento;
const global = '/global/storage';
const openWindow = () => new RunsFolders({ fsPath: global } as unknown as vscode.Uri, memory);
const file = { fsPath: '' } as unknown as vscode.Uri;
/** Where runs go that were asked for elsewhere. */
const usual = () => join(host.workspace, '.model-lab', 'runs');
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'runs-folders-')));
  host.workspace = join(place, 'workspace');
  for (const folder of [host.workspace, join(place, 'outside')]) mkdirSync(folder);
  memory = memento();
  Object.assign(host, { trusted: true, settings: {}, answer: undefined, asked: [] });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('without a question runs are kept', () => {
  it('in the usual folder of the workspace, or one in it that the workspace names', () => {
    expect(openWindow().for(file)).toBe(usual());
    host.settings = { workspaceValue: 'lab' };
    expect(openWindow().for(file)).toBe(join(host.workspace, 'lab', 'runs'));
    host.settings = { workspaceFolderValue: './a/../b' };
    expect(openWindow().all()).toEqual([join(host.workspace, 'b', 'runs'), join(global, 'runs')]);
    expect(host.asked).toEqual([]);
  });

  it.each([
    ['an absolute folder', '/data/lab', '/data/lab/runs'],
    ['a folder at home', '~/lab', join(homedir(), 'lab', 'runs')],
  ])('where the settings of the user say: %s', (_, globalValue, folder) => {
    host.settings = { globalValue };
    expect(openWindow().for(file)).toBe(folder);
    host.settings = { globalValue, workspaceValue: globalValue };
    expect(openWindow().for(file)).toBe(folder);
    expect(host.asked).toEqual([]);
  });

  it('beside the workspace, where the user says so', () => {
    host.settings = { globalValue: '../outside' };
    expect(openWindow().for(file)).toBe(join(place, 'outside', 'runs'));
    expect(host.asked).toEqual([]);
  });
});

describe('a workspace that puts runs outside of itself', () => {
  const ways: [string, () => void][] = [
    ['by an absolute path', () => (host.settings = { workspaceValue: join(place, 'outside') })],
    ['by a path upwards', () => (host.settings = { workspaceFolderValue: '../outside' })],
    [
      'over the word of the user',
      () => (host.settings = { globalValue: '~/lab', workspaceValue: '../outside' }),
    ],
  ];
  if (process.platform !== 'win32') {
    ways.push([
      'by a link',
      () => {
        symlinkSync('../outside', join(host.workspace, 'link'));
        host.settings = { workspaceValue: 'link' };
      },
    ]);
  }
  it.each(ways)('asks once per folder and remembers the answer: %s', async (_, put) => {
    put();
    host.answer = 'Keep Runs There';
    const folders = openWindow();
    let changes = 0;
    folders.onDidChange(() => changes++);
    expect(folders.for(file)).toBe(usual());
    expect(folders.all()).toContain(usual());
    await settled();
    expect(host.asked).toHaveLength(1);
    expect(host.asked[0]).toContain(join(place, 'outside', 'runs'));
    expect(changes).toBe(1);
    expect(realpathSync(join(folders.for(file), '..'))).toBe(join(place, 'outside'));
    expect(openWindow().for(file)).toBe(folders.for(file));
    expect(host.asked).toHaveLength(1);
  });

  it('is refused for good by a no, and for this window by no answer', async () => {
    host.settings = { workspaceValue: '../outside' };
    const folders = openWindow();
    for (let time = 0; time < 3; time++) {
      expect(folders.for(file)).toBe(usual());
      await settled();
    }
    expect(host.asked).toHaveLength(1);
    host.answer = 'Keep Them Here';
    expect(openWindow().for(file)).toBe(usual());
    await settled();
    expect(openWindow().for(file)).toBe(usual());
    await settled();
    expect(host.asked).toHaveLength(2);
  });

  it('has no say at all while it is not trusted', () => {
    host.trusted = false;
    host.settings = { workspaceValue: '../outside' };
    expect(openWindow().for(file)).toBe(usual());
    expect(host.asked).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'by a link in the place of the usual folder: runs go to the storage until there is an answer',
    async () => {
      symlinkSync('../outside', join(host.workspace, '.model-lab'));
      host.answer = 'Keep Runs There';
      const folders = openWindow();
      expect(folders.for(file)).toBe(join(global, 'runs'));
      await settled();
      expect(folders.for(file)).toBe(usual());
    },
  );
});
