import { tmpdir } from 'node:os';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import type { LabModel as Model } from '../../../src/extension/lab/lab-model';
import type { RunsStore as Store } from '../../../src/extension/runs/runs-store';
import type { RunSummary } from '../../../src/protocol';
import { states } from '../../../webview/preview/states';
import { deferred } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { LabModel } = await import('../../../src/extension/lab/lab-model');
const { RunsStore } = await import('../../../src/extension/runs/runs-store');

const [some] = states['finished']!.runs;
const older: RunSummary = { ...some!, folder: '/runs/older' };
const newest: RunSummary = { ...some!, folder: '/runs/newest' };

let model: Model;
let store: Store;
/** The lists that the engine was asked for, each answered when a test wants. */
let lists: ReturnType<typeof deferred<readonly RunSummary[]>>[];

beforeEach(() => {
  model = new LabModel(true);
  lists = [];
  const call = () => {
    const list = deferred<readonly RunSummary[]>();
    lists.push(list);
    return list.promise;
  };
  store = new RunsStore({
    model,
    engine: { call } as unknown as EngineCaller,
    folders: { all: () => [tmpdir()], onDidChange: () => ({ dispose: () => undefined }) } as never,
    onFailure: (thrown) => {
      throw thrown;
    },
  });
});

const listed = () => model.state.runs.map(({ folder }) => folder);
const asked = (count: number) => vi.waitFor(() => expect(lists).toHaveLength(count));

describe('the list of runs', () => {
  it('has a training as soon as it ends, before the list is read again', async () => {
    const loading = store.load();
    await asked(1);
    lists[0]!.resolve([older]);
    await loading;
    store.end(newest);
    expect(listed()).toEqual(['/runs/newest', '/runs/older']);
  });

  it('keeps it where a list comes that was begun before it ended, and not where a later one lacks it', async () => {
    const loading = store.load();
    await asked(1);
    store.end(newest);
    lists[0]!.resolve([older]);
    await loading;
    expect(listed()).toEqual(['/runs/newest', '/runs/older']);
    const refreshed = store.refresh();
    await asked(2);
    lists[1]!.resolve([older]);
    await refreshed;
    expect(listed()).toEqual(['/runs/older']);
  });
});
