import { describe, expect, it, vi } from 'vitest';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import { CancelledError, type DatasetOverview, LabError, type TableOverview } from '../../../src/protocol';
import { tableOverview } from '../../../webview/preview/data-draft';
import { penguins, tableDraft } from '../../../webview/preview/drafts';
import { deferred } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { Overviews } = await import('../../../src/extension/datasets/overviews');
const { LabModel } = await import('../../../src/extension/lab/lab-model');

interface Question {
  readonly target: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: (part: TableOverview) => void;
  readonly answer: ReturnType<typeof deferred<DatasetOverview>>;
}

/** Keeps the questions, to be answered by the test. */
function opened() {
  const questions: Question[] = [];
  const engine: EngineCaller = {
    call: ((
      _: unknown,
      { target }: { target?: string },
      { signal, onProgress }: { signal: AbortSignal; onProgress: Question['progress'] },
    ) => {
      const answer = deferred<DatasetOverview>();
      questions.push({ target, signal, progress: onProgress, answer });
      return answer.promise;
    }) as unknown as EngineCaller['call'],
  };
  const model = new LabModel(true);
  model.update({ draft: tableDraft });
  return { questions, model, overviews: new Overviews(model, engine) };
}

const part = (from: number, to: number): TableOverview => ({
  ...tableOverview,
  columns: tableOverview.columns.slice(from, to),
});
const names = (overview: DatasetOverview | undefined) =>
  overview?.shape === 'rows' ? overview.columns.map(({ name }) => name) : undefined;

describe('the overview of the form’s file', () => {
  it('fills in column by column while it is counted', async () => {
    const { questions, model, overviews } = opened();
    overviews.show();
    expect(model.state.data).toEqual({ path: penguins.path, counting: true, overview: undefined });
    questions[0]?.progress(part(0, 2));
    questions[0]?.progress(part(2, 3));
    expect(names(model.state.data?.overview)).toEqual(['species', 'island', 'bill_length_mm']);
    questions[0]?.answer.resolve(tableOverview);
    await vi.waitFor(() => expect(model.state.data?.counting).toBe(false));
    expect(names(model.state.data?.overview)).toHaveLength(5);
  });

  it('is asked for once as long as file, target and reading are the same', () => {
    const { questions, model, overviews } = opened();
    overviews.show();
    model.update({ draft: { ...tableDraft, look: 7 } });
    overviews.show();
    expect(questions).toHaveLength(1);
  });

  it('is that of the newest question: another target ends the counting before', async () => {
    const { questions, model, overviews } = opened();
    overviews.show();
    model.update({ draft: { ...tableDraft, target: 'island' } });
    overviews.show();
    expect(questions[0]?.signal.aborted).toBe(true);
    questions[1]?.answer.resolve({ ...tableOverview, rows: 2 });
    await vi.waitFor(() => expect(model.state.data?.counting).toBe(false));
    questions[0]?.progress(part(0, 1));
    questions[0]?.answer.reject(new CancelledError());
    await Promise.resolve();
    expect(model.state.data?.overview).toMatchObject({ rows: 2 });
    expect(model.state.data?.error).toBeUndefined();
  });

  it('is asked for anew when the file has changed', () => {
    const { questions, model, overviews } = opened();
    overviews.show();
    model.update({ draft: { ...tableDraft, dataset: { ...penguins, sha256: '1'.repeat(64) } } });
    overviews.show();
    expect(questions).toHaveLength(2);
  });

  it('says why there is none, and can be asked for again', async () => {
    const { questions, model, overviews } = opened();
    overviews.show();
    questions[0]?.answer.reject(new LabError('dataset', 'It holds no rows.', { advice: 'Add some.' }));
    await vi.waitFor(() => expect(model.state.data?.counting).toBe(false));
    expect(model.state.data?.error).toEqual({ message: 'It holds no rows.', advice: 'Add some.' });
    overviews.show();
    expect(questions).toHaveLength(2);
  });
});
