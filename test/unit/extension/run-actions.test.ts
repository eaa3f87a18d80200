import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import type { Lab } from '../../../src/extension/lab/lab';
import type { LabModel as Model } from '../../../src/extension/lab/lab-model';
import type { RunActions as Actions } from '../../../src/extension/runs/run-actions';
import type { RunDetails, RunSummary } from '../../../src/protocol';
import { states } from '../../../webview/preview/states';
import { activeTabGroup, deferred, fakeVscode, uri } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { showRunOf } = await import('../../../src/extension/lab/follow-front');
const { LabModel } = await import('../../../src/extension/lab/lab-model');
const { RunActions } = await import('../../../src/extension/runs/run-actions');

const [some] = states['finished']!.runs;
const moths: RunSummary = { ...some!, folder: '/runs/moths', datasetPath: '/data/moths.csv' };
const rents: RunSummary = { ...some!, folder: '/runs/rents', datasetPath: '/data/rents.csv' };

let model: Model;
let actions: Actions;
/** Answers of the engine about a run's folder, given when a test wants. */
let answers: Map<string, ReturnType<typeof deferred<RunDetails>>>;

beforeEach(() => {
  model = new LabModel(true);
  answers = new Map([moths, rents].map(({ folder }) => [folder, deferred<RunDetails>()]));
  const engine = {
    call: (_: unknown, { runFolder }: { runFolder: string }) => answers.get(runFolder)!.promise,
  } as unknown as EngineCaller;
  const store = { folders: [], refresh: () => Promise.resolve() } as never;
  actions = new RunActions({ model, engine, store, trained: () => undefined });
});

function answer(run: RunSummary): void {
  answers.get(run.folder)!.resolve({ summary: run, history: [] } as unknown as RunDetails);
}

function front(file: vscode.Uri): void {
  activeTabGroup.activeTab = { input: new fakeVscode.TabInputText(file) };
}

const lab = (marking: (file: vscode.Uri) => RunSummary | undefined): Lab =>
  ({
    ...{ model, actions, training: { state: undefined } },
    marks: {
      session: (file: vscode.Uri) => ({ run: marking(file) }),
      rememberedRun: () => Promise.resolve(undefined),
    },
    runs: { load: () => Promise.resolve([]) },
  }) as unknown as Lab;

describe('the run that the Lab shows', () => {
  it('is the one that was opened last, whichever was read last', async () => {
    const first = actions.open(moths);
    const second = actions.open(rents);
    answer(rents);
    await second;
    answer(moths);
    await first;
    expect(model.state.training?.runFolder).toBe(rents.folder);
  });

  it('is that of the file in front, though another file was in front before and its run is read later', async () => {
    const known = lab((file) => (file.fsPath === moths.datasetPath ? moths : undefined));
    front(uri(moths.datasetPath));
    const first = showRunOf(uri(moths.datasetPath), known);
    await new Promise(setImmediate);
    front(uri(rents.datasetPath));
    await showRunOf(uri(rents.datasetPath), known);
    answer(moths);
    await first;
    expect(model.state.training).toBeUndefined();
  });

  it('is not that of the file in front when another was opened from the list meanwhile', async () => {
    const known = lab(() => moths);
    front(uri(moths.datasetPath));
    const shown = showRunOf(uri(moths.datasetPath), known);
    await new Promise(setImmediate);
    const opened = actions.open(rents);
    answer(rents);
    await opened;
    answer(moths);
    await shown;
    expect(model.state.training?.runFolder).toBe(rents.folder);
  });
});
