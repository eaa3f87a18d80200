import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SharedState } from '../../../src/extension/lab/lab-model';
import { states } from '../../../webview/preview/states';
import { statusBarItem } from './vscode-fake';

vi.mock('vscode', async () => (await import('./vscode-fake')).fakeVscode);
const { LabModel } = await import('../../../src/extension/lab/lab-model');
const { StatusBar } = await import('../../../src/extension/status-bar');

const marked = states['marks']!;
const shared: SharedState = marked;
const front = { path: marked.marks!.path, fileName: marked.marks!.fileName };

beforeEach(() => {
  statusBarItem.text = '';
  statusBarItem.tooltip = '';
});

function show(...shown: readonly Partial<SharedState>[]): string {
  const model = new LabModel(true);
  const bar = new StatusBar(model);
  for (const change of shown) model.update({ ...shared, training: undefined, ...change });
  bar.dispose();
  return bar.text;
}

describe('the status bar', () => {
  it('says the score of the model that marks the file in front', () => {
    const run = { ...marked.marks!.run, headline: { ...marked.marks!.run.headline!, value: 0.5 } };
    expect(show({ front, marks: { ...marked.marks!, run } })).toMatch(/species: accuracy 50 %/);
  });

  it('says nothing of the marks of another file that has the same name', () => {
    const elsewhere = { ...front, path: `/other/${front.fileName}` };
    expect(show({ front: elsewhere, runs: [] })).toBe('');
  });

  it('explains the run that it speaks of, also where two have the same score', () => {
    const other = { ...marked.marks!.run, folder: '/runs/other', name: 'the other run' };
    show({ front }, { front, marks: { ...marked.marks!, run: other } });
    expect(statusBarItem.tooltip).toMatch(/^the other run: /);
  });
});
