import { describe, expect, it, vi } from 'vitest';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import type { MarkSession } from '../../../src/extension/marks/mark-session';
import { type Marks, type RowPrediction, Verdict } from '../../../src/protocol';
import { states } from '../../../webview/preview/states';
import { marks } from '../marks/example-marks';
import { deferred, textDocument, textEditor, window } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { LabModel } = await import('../../../src/extension/lab/lab-model');
const { MarkFilters } = await import('../../../src/extension/marks/mark-filters');
const { MarksStateOfLab } = await import('../../../src/extension/marks/marks-state');

const run = states['finished']!.runs[0]!;
const document = textDocument('/data/moths.csv');
const latest = marks([Verdict.right, Verdict.wrong, Verdict.right]);
// Only what is read of a session is there.
const session = { document, run, latest, documentId: 'd' } as unknown as MarkSession;

type Answer = { readonly marks: Marks; readonly prediction: RowPrediction } | undefined;

describe('the row under the cursor', () => {
  it('is that of the last movement, though an earlier question failed or is answered later', async () => {
    const questions = Array.from({ length: 4 }, () => deferred<Answer>());
    let asked = 0;
    const model = new LabModel(true);
    const state = new MarksStateOfLab({
      model,
      engine: {} as EngineCaller,
      filters: new MarkFilters(() => 'all'),
      current: () => session,
      runOf: () => run,
      readRow: () => questions[asked++]!.promise,
    });
    const moveTo = (line: number) => {
      window.visibleTextEditors = [textEditor(document, line)];
      state.readCursor(session);
    };
    const answer = (question: number, row: number) =>
      questions[question]!.resolve({ marks: latest, prediction: { row } });
    window.visibleTextEditors = [textEditor(document, 0)];
    state.publish();
    moveTo(1);
    moveTo(2);
    questions[1]!.reject(new Error('The engine was lost.'));
    await new Promise(setImmediate);
    moveTo(3);
    answer(3, 2);
    await new Promise(setImmediate);
    answer(2, 1);
    answer(0, 0);
    await new Promise(setImmediate);
    expect(model.state.marks?.current).toMatchObject({ line: 4, prediction: { row: 2 } });
  });
});
