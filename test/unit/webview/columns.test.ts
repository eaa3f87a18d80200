import { describe, expect, it } from 'vitest';
import { isLeftOut } from '../../../src/protocol/column-kinds';
import { countUsed } from '../../../webview/learn/column-use';
import { column, penguins } from '../../../webview/preview/drafts';

const columns = [
  column('when', 0, 'date'),
  column('id', 1, 'identifier'),
  column('same', 2, 'constant'),
  column('mass', 3, 'number'),
  column('species', 4, 'category'),
];
const table = { ...penguins, columns };

describe('the columns that the model sees', () => {
  it('are counted without the target, those that are unticked, and those that hold nothing to learn', () => {
    expect(countUsed(table, 'species', [])).toBe('2 of 4 used');
    expect(countUsed(table, 'species', ['mass', 'species'])).toBe('1 of 4 used');
  });

  it('may be dates, which are learnt from and can be unticked', () => {
    expect(columns.filter(({ kind }) => isLeftOut(kind)).map(({ name }) => name)).toEqual(['id', 'same']);
    expect(countUsed(table, 'species', ['when'])).toBe('1 of 4 used');
  });
});
