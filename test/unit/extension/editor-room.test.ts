import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';

const told = vi.hoisted((): { layout: unknown; settings: Record<string, unknown> } => ({
  layout: {},
  settings: {},
}));
vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly #listeners: (() => void)[] = [];
    readonly event = (listener: () => void): void => void this.#listeners.push(listener);
    fire = (): void => this.#listeners.forEach((listener) => listener());
    dispose = (): void => undefined;
  },
  commands: { executeCommand: () => Promise.resolve(told.layout) },
  workspace: { getConfiguration: () => ({ get: (name: string) => told.settings[name] }) },
}));

const { EditorRoom } = await import('../../../src/extension/marks/editor-room');

function editor(viewColumn: number): vscode.TextEditor {
  return { viewColumn, document: { lineCount: 100 } } as unknown as vscode.TextEditor;
}

/** Looks at a layout, and waits until it has been looked at. */
async function look(room: InstanceType<typeof EditorRoom>, layout: unknown): Promise<void> {
  told.layout = layout;
  room.look();
  await vi.advanceTimersByTimeAsync(1_000);
}

const alone = { orientation: 1, groups: [{ size: 700 }] };
const sideBySide = { orientation: 0, groups: [{ size: 600 }, { size: 600 }] };

describe('the room of an editor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    told.settings = { 'minimap.enabled': false };
    return () => vi.useRealTimers();
  });

  it('is what its group has, where groups stand side by side', async () => {
    const room = new EditorRoom();
    await look(room, sideBySide);
    expect(room.columnsOf(editor(1))).toBeGreaterThan(55);
    expect(room.columnsOf(editor(1))).toBeLessThan(65);
  });

  it('is that of a usual window where VS Code tells no width, less what the minimap and large letters take', async () => {
    const room = new EditorRoom();
    await look(room, alone);
    const usual = room.columnsOf(editor(1));
    expect(usual).toBeGreaterThan(90);
    told.settings = {};
    expect(room.columnsOf(editor(1))).toBeLessThan(usual - 8);
    told.settings = { 'minimap.enabled': false, fontSize: 28 };
    expect(room.columnsOf(editor(1))).toBeLessThan(usual * 0.55);
  });

  it('is that of all groups together once it was told', async () => {
    const room = new EditorRoom();
    await look(room, sideBySide);
    await look(room, alone);
    expect(room.columnsOf(editor(1))).toBeGreaterThan(120);
  });
});
