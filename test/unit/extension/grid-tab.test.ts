import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { GridEngine } from '../../../src/extension/grid/grid-tab';
import { CancelledError, type Endpoint, LabError, type RunSummary } from '../../../src/protocol';
import { CloseGrid, OpenGrid, ReadGridCell, ReadGridRows } from '../../../src/protocol/grid';
import { clipboard, deferred, uri } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { GridTab } = await import('../../../src/extension/grid/grid-tab');

const table = { gridId: 'g', path: '/moths.csv', source: 'csv', rows: 3, bytes: 9, columns: [], issues: [] };
const view = { filters: [] };

type Answer = (params: Record<string, unknown>, signal: AbortSignal | undefined) => unknown;

/** An engine that answers as the test says, and keeps what it was asked. */
class Engine implements GridEngine {
  pid: number | undefined = 1;
  readonly asked: { readonly name: string; readonly params: Record<string, unknown> }[] = [];
  readonly answers = new Map<string, Answer>([[OpenGrid.name, () => table]]);

  call: GridEngine['call'] = async (endpoint, params, { signal } = {}) => {
    this.asked.push({ name: endpoint.name, params: params as Record<string, unknown> });
    const answer = this.answers.get(endpoint.name) ?? (() => null);
    return (await answer(params as Record<string, unknown>, signal)) as never;
  };

  times({ name }: Endpoint<never, never, unknown, unknown> | { readonly name: string }): number {
    return this.asked.filter((question) => question.name === name).length;
  }
}

interface Sent {
  readonly type: string;
  readonly id?: number;
  readonly reason?: string;
  readonly run?: { readonly name: string };
  readonly error?: { readonly message: string };
}

function openTab(engine: Engine, run?: RunSummary) {
  const sent: Sent[] = [];
  const unmarked: LabError[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const tab = new GridTab({
    gridId: 'g',
    file: uri('/moths.csv'),
    webview: {
      postMessage: (message: Sent) => Promise.resolve(sent.push(message) > 0),
      onDidReceiveMessage: (take: (message: unknown) => void) => {
        listener = take;
        return { dispose: () => (listener = () => undefined) };
      },
    },
    engine,
    reading: () => ({}),
    run: () => Promise.resolve(run),
    trusted: () => true,
    log: () => undefined,
    onUnmarked: (error) => unmarked.push(error),
    onChooseRun: () => undefined,
    onHideMarks: () => undefined,
  });
  const say = (message: unknown) => listener(message);
  const last = (type: string) => sent.findLast((message) => message.type === type);
  return { tab, sent, unmarked, say, last };
}

const rowsQuestion = (id: number) => ({
  ...{ type: 'request', id, method: 'rows' },
  params: { view, from: 0, to: 3, columns: [0] },
});

let engine: Engine;
beforeEach(() => {
  engine = new Engine();
});

async function opened(run?: RunSummary) {
  const parts = openTab(engine, run);
  parts.say({ type: 'ready' });
  await vi.waitFor(() => expect(parts.last('opened')).toBeDefined());
  return parts;
}

describe('a tab with a grid', () => {
  it('opens the file once its page listens, and answers what the page asks', async () => {
    engine.answers.set(ReadGridRows.name, () => ({ total: 3, from: 0, rows: [], cells: [] }));
    const { say, last } = await opened();
    say(rowsQuestion(7));
    await vi.waitFor(() => expect(last('answer')).toMatchObject({ id: 7, result: { total: 3 } }));
    expect(engine.asked.at(-1)?.params).toMatchObject({ gridId: 'g', to: 3 });
  });

  it('hands the engine no question that does not belong to its name', async () => {
    const { say, last } = await opened();
    say({ type: 'request', id: 1, method: 'rows', params: { view, from: -1 } });
    await vi.waitFor(() => expect(last('refused')?.error?.message).toContain('rows'));
    expect(engine.times(ReadGridRows)).toBe(0);
  });

  it('lets go of a question that the page takes back', async () => {
    const signals: AbortSignal[] = [];
    engine.answers.set(ReadGridRows.name, (_, signal) => {
      if (signal) signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new CancelledError()));
      });
    });
    const { say, sent } = await opened();
    say(rowsQuestion(1));
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    say({ type: 'cancel', id: 1 });
    await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true));
    expect(sent.some(({ type }) => type === 'refused' || type === 'answer')).toBe(false);
  });

  it('is opened anew when the engine has ended, and says so', async () => {
    const { say, last } = await opened();
    engine.pid = 2;
    say(rowsQuestion(1));
    await vi.waitFor(() => expect(last('opened')?.reason).toBe('engine-ended'));
    expect(engine.times(OpenGrid)).toBe(2);
  });

  it('gives up an engine that ends at every opening, and tells the page why', async () => {
    engine.answers.set(OpenGrid.name, () => {
      throw new LabError('engine-gone', 'The engine ended.');
    });
    const { say, last } = openTab(engine);
    say({ type: 'ready' });
    await vi.waitFor(() => expect(last('failed')?.error?.message).toBe('The engine ended.'));
    expect(engine.times(OpenGrid)).toBe(4);
    engine.answers.set(OpenGrid.name, () => table);
    say({ type: 'tryAgain' });
    await vi.waitFor(() => expect(last('opened')).toBeDefined());
  });

  it('shows the rows without marks where the model cannot judge them, and says why', async () => {
    engine.answers.set(OpenGrid.name, ({ runFolder }) => {
      if (runFolder !== undefined) throw new LabError('mismatch', 'The column wing is missing.');
      return table;
    });
    const { last, unmarked } = await opened({ folder: '/runs/1', name: 'moths' } as RunSummary);
    expect(last('opened')?.run).toBeUndefined();
    expect(unmarked.map(({ message }) => message)).toEqual(['The column wing is missing.']);
  });

  it('copies a cell whole', async () => {
    engine.answers.set(ReadGridCell.name, () => 'all of it');
    const { say } = await opened();
    say({ type: 'copy', row: 2, column: 1 });
    await vi.waitFor(() => expect(clipboard.text).toBe('all of it'));
  });

  it('closes the grid in the engine with the tab', async () => {
    const { tab } = await opened();
    tab.dispose();
    await vi.waitFor(() => expect(engine.times(CloseGrid)).toBe(1));
  });

  it('closes it also where the tab goes while the file is being opened', async () => {
    const opening = deferred<unknown>();
    engine.answers.set(OpenGrid.name, () => opening.promise);
    const { tab, say } = openTab(engine);
    say({ type: 'ready' });
    await vi.waitFor(() => expect(engine.times(OpenGrid)).toBe(1));
    tab.dispose();
    expect(engine.times(CloseGrid)).toBe(0);
    opening.resolve(table);
    await vi.waitFor(() => expect(engine.times(CloseGrid)).toBe(1));
  });

  it('starts no engine to tell it that a tab was closed', async () => {
    const { tab } = await opened();
    engine.pid = undefined;
    tab.dispose();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(engine.times(CloseGrid)).toBe(0);
  });
});
