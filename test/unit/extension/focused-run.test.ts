import { describe, expect, it } from 'vitest';
import { focusedRun, nextFocus } from '../../../src/extension/runs/focused-run';
import type { RunSummary } from '../../../src/protocol';

const run = (folder: string) => ({ folder }) as RunSummary;
const one = run('one');
const other = run('other');

/** A tree with this selection whose focus stands on a run, if on any. */
function tree(selection: readonly RunSummary[], focus: RunSummary | undefined) {
  const view = { selection };
  const toggle = () => {
    const { selection: now } = view;
    if (focus !== undefined)
      view.selection = now.includes(focus) ? now.filter((item) => item !== focus) : [...now, focus];
    return Promise.resolve();
  };
  return { view, toggle };
}

describe('the run that a key in the Runs view is for', () => {
  it.each([
    ['the focused one, where another was chosen', [one], other, other],
    ['the focused one, where it was chosen', [one], one, one],
    ['the focused one, where none was chosen', [], one, one],
    ['the chosen one, where none has the focus', [other], undefined, other],
    ['none in an empty list', [], undefined, undefined],
  ])('is %s', async (_, selection, focus, expected) => {
    const { view, toggle } = tree(selection, focus);
    expect(await focusedRun(view, toggle)).toBe(expected);
    expect(view.selection).toEqual(selection);
  });
});

describe('the run that has the focus after a key in the Runs view', () => {
  const third = run('third');
  const before = [one, other, third];

  it.each([
    ['the one below a deleted one', other, [one, third], third],
    ['the one above where there is none below', third, [one, other], other],
    ['no other one where the run is still there', other, before, undefined],
    ['none in an empty list', one, [], undefined],
  ])('is %s', (_, focused, after, expected) => {
    expect(nextFocus(before, after, focused)).toBe(expected);
  });
});
