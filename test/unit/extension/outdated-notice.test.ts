import { describe, expect, it } from 'vitest';
import { isOutdated } from '../../../src/extension/lab/outdated-notice';
import type { SharedState } from '../../../src/extension/lab/lab-model';
import { penguins, tableDraft } from '../../../webview/preview/drafts';
import { states } from '../../../webview/preview/states';

const notice = { severity: 'error', message: 'It failed.', path: penguins.path } as const;
const before: SharedState = { ...states['draft-table']!, notice };
const finished = states['finished']!;

describe('an error in the Lab', () => {
  it('stands while nothing better has happened', () => {
    expect(isOutdated(before, { ...before, inspecting: true })).toBe(false);
    expect(isOutdated(before, { ...before, draft: { ...tableDraft, seed: 2 } })).toBe(false);
  });

  it('stands when it has just come, whatever comes with it', () => {
    expect(isOutdated({ ...before, notice: undefined }, { ...finished, notice })).toBe(false);
  });

  it('never stands above a good result', () => {
    expect(isOutdated(before, { ...finished, notice })).toBe(true);
    const running = { ...finished, training: { ...finished.training!, state: 'running' as const }, notice };
    expect(isOutdated(running, { ...finished, notice })).toBe(true);
    expect(isOutdated(before, { ...before, marks: states['marks']!.marks })).toBe(true);
    expect(isOutdated(before, { ...before, generation: states['written']!.generation })).toBe(true);
  });

  it('stands when its file has been marked without a single prediction', () => {
    const marks = { ...states['marks']!.marks!, predicted: 0 };
    expect(isOutdated(before, { ...before, marks })).toBe(false);
  });

  it('goes with its file when another is looked at, not when its own is', () => {
    const other = { ...tableDraft, dataset: { ...penguins, path: '/data/other.csv' } };
    expect(isOutdated(before, { ...before, draft: other })).toBe(true);
    expect(isOutdated({ ...before, draft: other }, before)).toBe(false);
  });
});
