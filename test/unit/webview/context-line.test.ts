import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../webview/app/context-line';
import { emptyMemory } from '../../../webview/app/memory';
import { states } from '../../../webview/preview/states';

describe('the line above the tabs', () => {
  it('names the marked file and explains it by its path', () => {
    const state = states['marks']!;
    const line = contextOf(state, { ...emptyMemory, stage: 'infer' });
    expect(line).toMatchObject({ file: 'penguins.csv', target: 'species', path: state.marks!.path });
  });
});
