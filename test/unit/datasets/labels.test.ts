import { describe, expect, it } from 'vitest';
import { fitTarget, readTable, readTarget, targetFromJSON } from '../../../src/engine/datasets';
import { inspectTable } from './inspected';
import { labelKey } from '../../../src/engine/datasets/label-key';
import { classFinder, readLabels } from '../../../src/engine/datasets/labels';

/** A table of `x` and `y` with the given labels, one a row. */
function labelled(labels: readonly string[]): string {
  return ['x,y', ...labels.map((label, row) => `${(row * 7) % 13}.5,${label}`)].join('\n');
}

const rowsOf = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);
const times = (count: number, labels: readonly string[]) =>
  Array.from({ length: count }, () => labels).flat();

describe('labels', () => {
  it.each([
    ['Yes', ' yes '],
    ['NEW  YORK', 'new york'],
    ['1', '1.0'],
    ['-0', '0.00'],
    ['1e3', '1000'],
    ['cat', 'cat\u200b'],
    ['dog', '\ufeffdog'],
    ['A', 'Ａ'],
    ['café', 'cafe\u0301'],
    ['<=50K', '<=50K.'],
  ])('takes %j and %j for the same class', (one, other) => {
    expect(labelKey(one)).toBe(labelKey(other));
  });

  it.each([
    ['01', '1'],
    ['1', '1.5'],
    ['M', 'male'],
    ['a b', 'ab'],
    ['a', 'á'],
    ['+', '+.'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(labelKey(one)).not.toBe(labelKey(other));
  });

  it('that differ only in their spelling are one class in training, inspection and prediction', () => {
    const text = labelled(times(5, ['Yes', 'yes', 'YES', ' Yes', 'No', 'no', 'No']));
    const table = readTable(text);
    const target = readTarget(table, 'y', 'name');
    expect(target.classes).toEqual(['No', 'Yes']);
    const { preview } = inspectTable(Buffer.from(text), { path: 't.csv' }).targets[0] ?? { preview: '' };
    expect(preview).toContain('2 classes: Yes 20, No 15');
    const learnt = targetFromJSON(fitTarget(table, rowsOf(35), target).toJSON());
    expect([...learnt.encode(readTable(labelled(['yes', 'NO ', 'maybe', ''])), rowsOf(4))]).toEqual([
      1, 0, -1, -1,
    ]);
  });

  it('tells once which spellings were put together', () => {
    const { issues } = readTarget(readTable(labelled(times(6, ['Yes', 'yes', 'No']))), 'y', 'name');
    expect(issues.map(({ code, message }) => [code, message])).toEqual([
      [
        'labels-together',
        'Labels of "y" that differ only in their spelling are one class: "Yes", "yes" as "Yes".',
      ],
    ]);
  });

  it('of numbers written with and without a fraction are one class, named by the shortest', () => {
    const table = readTable(labelled(times(8, ['0', '0.0', '1.0', '1'])));
    const target = readTarget(table, 'y', 'name');
    expect(target.classes).toEqual(['0', '1']);
    const learnt = fitTarget(table, rowsOf(32), target);
    expect([...learnt.encode(readTable(labelled(['1.0', '0.0', '1', '2.0'])), rowsOf(4))]).toEqual([
      1, 0, 1, -1,
    ]);
  });

  it('stay apart where nothing else would be left to tell apart', () => {
    const target = readTarget(readTable(labelled(times(8, ['AA', 'Aa', 'aa']))), 'y', 'name');
    expect(target.classes).toEqual(['AA', 'Aa', 'aa']);
  });

  it('that are missing are counted once, with the first line', () => {
    const labels = times(10, ['a', 'b']);
    labels.splice(3, 2, '', 'NA');
    const { issues } = readTarget(readTable(labelled(labels)), 'y', 'name');
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'no-target', line: 5 });
    expect(issues[0]?.message).toContain('2 rows have no label in "y"');
  });

  it('that are no numbers are counted with those that are missing, and the first of both named', () => {
    const lines = times(20, ['1.5', '2.5', '3.5']);
    lines.splice(3, 4, '', 'abc', 'NA', 'def');
    const { issues } = readTarget(readTable(labelled(lines)), 'y', 'number');
    expect(issues).toMatchObject([{ code: 'no-target', line: 5 }]);
    expect(issues[0]?.message).toBe(
      '4 rows have no number in "y" (first in line 5, "abc" in line 6): left out.',
    );
  });

  it('with a single row are named', () => {
    const { issues } = readTarget(readTable(labelled([...times(10, ['a', 'b']), 'lonely'])), 'y', 'name');
    expect(issues.map(({ message }) => message)).toEqual(['One class of "y" has a single row: "lonely".']);
  });

  it('are counted over all their spellings', () => {
    const { groups, unlabelled } = readLabels(readTable(labelled(['a', 'A ', 'a', 'b', ''])), 1);
    expect(groups).toEqual([
      { name: 'a', rows: 3, spellings: ['a', 'A'] },
      { name: 'b', rows: 1, spellings: ['b'] },
    ]);
    expect(unlabelled).toBe(1);
  });

  it('are found as written before they are found by what they have in common', () => {
    const find = classFinder(['Yes', 'yes', 'No']);
    expect([find('yes'), find('Yes'), find('no'), find('YES')]).toEqual([1, 0, 2, -1]);
  });
});

describe('a target that cannot be learnt', () => {
  const advice = (values: readonly string[], answer: 'name' | 'number'): string => {
    try {
      readTarget(readTable(labelled(values)), 'y', answer);
    } catch (thrown) {
      return (thrown as { advice?: string }).advice ?? '';
    }
    return 'learnt';
  };

  it('is refused without naming a task that would be refused as well', () => {
    const days = Array.from(
      { length: 60 },
      (_, row) => `2020-0${1 + Math.floor(row / 28)}-${10 + (row % 19)}`,
    );
    const dates = [...new Set(days)];
    for (const answer of ['name', 'number'] as const)
      expect(advice(dates, answer)).toMatch(
        /dates are not predicted as they are\. Write them as numbers, such as days/u,
      );
    const codes = Array.from({ length: 40 }, (_, row) => `Q${row}Z${(row * 7919) % 1000}`);
    expect(advice(codes, 'name')).toMatch(/choose another column, or add rows of the same classes\.$/u);
    expect(advice(codes, 'number')).toBe('Line 2 has "Q0Z0": choose another column.');
    expect(advice(times(20, ['red', 'blue']), 'number')).toMatch(/predict it as classes/u);
  });
});
