import { describe, expect, it, vi } from 'vitest';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import type { Problems } from '../../../src/extension/datasets/problems';
import { CancelledError, LabError, LookAtDataset, type ReadingWishes } from '../../../src/protocol';
import { penguins, tableDraft } from '../../../webview/preview/drafts';
import { memento } from './memento';
import { activeTabGroup, deferred, fakeVscode, uri } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { ActiveDataset } = await import('../../../src/extension/datasets/active-dataset');
const { ReadingMemory } = await import('../../../src/extension/datasets/reading-memory');
const { LabModel } = await import('../../../src/extension/lab/lab-model');

const file = uri(penguins.path);

/** Reads the file however it is asked to, but not without a header: that it refuses, when `refusal` says so. */
function engineRefusing(refusal: Promise<undefined>): EngineCaller {
  const look = async ({ header }: ReadingWishes, signal?: AbortSignal) => {
    if (header === false) await refusal;
    if (signal?.aborted === true) throw new CancelledError();
    if (header === false) throw new LabError('dataset', 'It has no rows then.');
    return { dataset: penguins, exclude: [], models: tableDraft.models };
  };
  return {
    call: ((endpoint: unknown, question: ReadingWishes, { signal }: { signal?: AbortSignal } = {}) => {
      return endpoint === LookAtDataset ? look(question, signal) : Promise.resolve(undefined);
    }) as unknown as EngineCaller['call'],
  };
}

describe('a reading that the file refuses', () => {
  it('is taken back with those that were chosen on top of it before the refusal came', async () => {
    const refusal = deferred<undefined>();
    const model = new LabModel(true);
    const readings = new ReadingMemory(memento());
    const problems = { set: () => undefined, setError: () => undefined } as unknown as Problems;
    const log = { warn: () => undefined } as never;
    const engine = engineRefusing(refusal.promise);
    const active = new ActiveDataset({ model, engine, readings, problems, log, watched: () => true });
    activeTabGroup.activeTab = { input: new fakeVscode.TabInputText(file) };
    active.look();
    await vi.waitFor(() => expect(model.state.draft).toBeDefined());
    await active.read((asked) => ({ ...asked, header: false }));
    await active.read((asked) => ({ ...asked, separator: ';' }));
    refusal.resolve(undefined);
    await vi.waitFor(() =>
      expect(model.state.notice?.message).toMatch(/read as asked: It has no rows then\./),
    );
    expect(model.state.draft?.fileName).toBe('penguins.csv');
    expect(readings.get(file)).toEqual({});
    active.dispose();
  });
});
