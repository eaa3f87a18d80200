import { describe, expect, it } from 'vitest';
import type { PreparationStep } from '../../../src/protocol/preparation';
import { writeOutcome } from '../../../src/protocol/step-words';
import { emptyStep, moved, placed, stepOf, typedOf, without } from '../../../webview/learn/step-fields';

const steps: PreparationStep[] = [
  { do: 'filter', where: 'price > 0' },
  { do: 'compute', column: 'rate', as: 'price / area' },
  { do: 'fill', column: 'age', with: '0' },
  { do: 'replace', column: 'fat', values: { LF: 'Low Fat', reg: '' } },
  { do: 'drop-duplicates' },
  { do: 'drop-duplicates', columns: ['name', 'city'] },
];

describe('a step that is written in the form', () => {
  it.each(steps)('is the same again when it is edited: $do', (step) => {
    expect(stepOf(typedOf(step))).toEqual(step);
  });

  it('is no step while something that it needs is missing', () => {
    expect(stepOf(emptyStep('filter'))).toBeUndefined();
    expect(stepOf({ ...emptyStep('compute'), expression: 'a + b' })).toBeUndefined();
    expect(stepOf({ ...emptyStep('replace', 'fat'), values: 'LF' })).toBeUndefined();
    expect(stepOf(emptyStep('drop-duplicates'))).toEqual({ do: 'drop-duplicates' });
  });

  it('is moved, taken out, put in the place of another, or added', () => {
    const [first, second] = steps as [PreparationStep, PreparationStep];
    expect(moved([first, second], 1, -1)).toEqual([second, first]);
    expect(moved([first, second], 0, 1)).toEqual([second, first]);
    expect(without([first, second], 0)).toEqual([second]);
    expect(placed([first], 1, second)).toEqual([first, second]);
    expect(placed([first], 0, second)).toEqual([second]);
  });

  it('tells what it did', () => {
    const rows = { words: '', rowsBefore: 100 };
    expect(writeOutcome({ ...rows, rowsAfter: 88, missing: 3 })).toBe(
      '12 rows left out, 3 of them for a missing value',
    );
    expect(writeOutcome({ ...rows, rowsAfter: 100, cells: 1 })).toBe('1 cell changed');
    expect(writeOutcome({ ...rows, rowsAfter: 100, cells: 90, missing: 10 })).toBe('no value in 10 rows');
    expect(writeOutcome({ ...rows, rowsAfter: 100, cells: 100 })).toBe('');
  });
});
