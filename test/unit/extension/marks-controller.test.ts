import type * as vscode from 'vscode';
import { describe, expect, it, vi } from 'vitest';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import type { MarksController as Controller } from '../../../src/extension/marks/marks-controller';
import {
  CancelledError,
  OpenMarks,
  ReadMark,
  type RowPrediction,
  type RunSummary,
  Verdict,
} from '../../../src/protocol';
import { states } from '../../../webview/preview/states';
import { marks } from '../marks/example-marks';
import { memento } from './memento';
import { deferred, textDocument, uri } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { LabModel } = await import('../../../src/extension/lab/lab-model');
const { MarkMemory } = await import('../../../src/extension/marks/mark-memory');
const { MarksController } = await import('../../../src/extension/marks/marks-controller');
const { MarkHover } = await import('../../../src/extension/marks/mark-hover');
const { Problems } = await import('../../../src/extension/datasets/problems');
const { ReadingMemory } = await import('../../../src/extension/datasets/reading-memory');

const run = states['finished']!.runs[0]!;
const other: RunSummary = { ...run, folder: '/runs/other' };

/** Answers with marks of two rows; the row of a question is what `readRow` gives. */
function engineWith(readRow: () => Promise<RowPrediction>): EngineCaller {
  return {
    call: ((endpoint: unknown, { version }: { version: number }) => {
      if (endpoint === OpenMarks) return Promise.resolve(marks([Verdict.right, Verdict.wrong], { version }));
      return endpoint === ReadMark ? readRow() : Promise.resolve({});
    }) as unknown as EngineCaller['call'],
  };
}

function controllerWith(engine: EngineCaller): Controller {
  const state = memento();
  return new MarksController({
    ...{ model: new LabModel(true), engine, problems: new Problems() },
    ...{ memory: new MarkMemory(state), readings: new ReadingMemory(state), extension: uri('/extension') },
    runs: () => Promise.resolve([run, other]),
    onFailure: (_, thrown) => {
      throw thrown;
    },
  });
}

describe('a row of a marked file', () => {
  const document = textDocument('/data/moths.csv');

  it('is answered in full', async () => {
    const controller = controllerWith(engineWith(() => Promise.resolve({ row: 0, label: 'Adelie' })));
    await controller.mark(document, run);
    await vi.waitFor(() => expect(controller.session(document.uri)?.marks).toBeDefined());
    expect((await controller.readRow(document, 1))?.prediction.label).toBe('Adelie');
    expect(await controller.readRow(document, 0)).toBeUndefined();
    controller.dispose();
  });

  it('is answered by nobody when another model has come to mark the file meanwhile', async () => {
    const question = deferred<RowPrediction>();
    const controller = controllerWith(engineWith(() => question.promise));
    await controller.mark(document, run);
    await vi.waitFor(() => expect(controller.session(document.uri)?.marks).toBeDefined());
    const answer = controller.readRow(document, 1);
    await controller.mark(document, other);
    question.resolve({ row: 0, label: 'of the model before' });
    expect(await answer).toBeUndefined();
    controller.dispose();
  });

  it('has no hover, and no failure, for whoever has moved on', async () => {
    const controller = controllerWith(engineWith(() => Promise.reject(new CancelledError())));
    await controller.mark(document, run);
    await vi.waitFor(() => expect(controller.session(document.uri)?.marks).toBeDefined());
    const listening = { dispose: vi.fn() };
    const token = { onCancellationRequested: () => listening } as unknown as vscode.CancellationToken;
    const at = { line: 1 } as unknown as vscode.Position;
    await expect(new MarkHover(controller).provideHover(document, at, token)).resolves.toBeUndefined();
    expect(listening.dispose).toHaveBeenCalledOnce();
    controller.dispose();
  });
});
