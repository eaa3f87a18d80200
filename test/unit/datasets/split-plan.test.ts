import { describe, expect, it } from 'vitest';
import {
  planSplit,
  readTable,
  readTarget,
  type RowParts,
  type SplitRequest,
  type Table,
} from '../../../src/engine/datasets';

const usual = { validation: 0.25, folds: 0, seed: 7 };

/** 24 rows of 8 patients, two classes, one visit a month. */
const visits = (): Table =>
  readTable(
    'patient,visit,dose,ill\n' +
      Array.from(
        { length: 24 },
        (_, row) =>
          `p${row % 8},2024-${String(1 + Math.floor(row / 2)).padStart(2, '0')}-0${1 + (row % 2)},${row * 3},${row % 3 === 0 ? 'yes' : 'no'}`,
      ).join('\n'),
  );

const plan = (table: Table, asked: Partial<SplitRequest> & Pick<SplitRequest, 'way'>) =>
  planSplit(table, readTarget(table, 'ill', 'name'), { ...usual, ...asked });

const patientsOf = (table: Table, rows: Uint32Array) =>
  new Set(Array.from(rows, (row) => table.value(row, 0)));

function shared(table: Table, { training, validation }: RowParts): string[] {
  const others = patientsOf(table, training);
  return [...patientsOf(table, validation)].filter((patient) => others.has(patient));
}

describe('a split by groups', () => {
  const asked = { way: 'group', column: 'patient' } as const;

  it('has no group on both sides, nor in any fold, and uses every row', () => {
    const table = visits();
    const { training, validation, folds } = plan(table, { ...asked, folds: 4 });
    expect(shared(table, { training, validation })).toEqual([]);
    expect(training.length + validation.length).toBe(24);
    expect(validation.length).toBeGreaterThanOrEqual(3);
    expect(folds).toHaveLength(4);
    for (const fold of folds) expect(shared(table, fold)).toEqual([]);
    expect(folds.flatMap((fold) => [...fold.validation]).sort((a, b) => a - b)).toEqual([
      ...Array(24).keys(),
    ]);
  });

  it('is the same on every machine', () => {
    const table = visits();
    expect([...plan(table, asked).validation]).toEqual(FIXED.group);
    expect([...plan(table, { ...asked, seed: 8 }).validation]).not.toEqual(FIXED.group);
  });

  it('keeps the column of the groups from the model', () => {
    expect(plan(visits(), asked).exclude).toEqual(['patient']);
    expect(plan(visits(), { way: 'random' }).exclude).toEqual([]);
  });

  it('keeps copies of a row with their groups, whatever groups these link', () => {
    const table = visits();
    // Rows 0 and 1 are said to be copies: patients p0 and p1 go together.
    const copies = Uint32Array.from({ length: 24 }, (_, row) => (row === 1 ? 0 : row));
    for (let seed = 0; seed < 20; seed++) {
      const held = patientsOf(table, plan(table, { ...asked, copies, seed }).validation);
      expect(held.has('p0')).toBe(held.has('p1'));
    }
  });

  it('takes missing values for groups of their own', () => {
    const lines = Array.from({ length: 20 }, (_, row) => `,${row},${row % 2 === 0 ? 'yes' : 'no'}`);
    const table = readTable(`patient,dose,ill\np1,9,yes\np1,8,no\n${lines.join('\n')}`);
    expect(plan(table, asked).validation.length).toBeGreaterThanOrEqual(4);
  });

  it('says where there are too few groups', () => {
    const lines = Array.from({ length: 20 }, (_, row) => `a,${row},${row % 2 === 0 ? 'yes' : 'no'}`);
    const table = readTable(`patient,dose,ill\n${lines.join('\n')}`);
    expect(() => plan(table, asked)).toThrow('too large or too few');
  });
});

describe('a split by time', () => {
  const asked = { way: 'time', column: 'visit' } as const;

  it('learns from the oldest rows and judges by the newest', () => {
    const { training, validation } = plan(visits(), asked);
    expect([...training]).toEqual([...Array(18).keys()]);
    expect([...validation]).toEqual([18, 19, 20, 21, 22, 23]);
  });

  it('keeps rows of one time together', () => {
    const lines = [5, 1, 2, 2, 2, 2, 3, 0].map((time, row) => `${time},${row},${row < 4 ? 'yes' : 'no'}`);
    const table = readTable(`visit,dose,ill\n${lines.join('\n')}`);
    const { training, validation } = plan(table, { ...asked, validation: 0.5 });
    expect([...training]).toEqual([7, 1]);
    expect([...validation]).toEqual([2, 3, 4, 5, 6, 0]);
  });

  it('goes forward in its folds: each is judged by what came after all that it learnt from', () => {
    const { folds } = plan(visits(), { ...asked, folds: 3 });
    expect(folds.map(({ training, validation }) => [training.length, [...validation]])).toEqual([
      [6, [6, 7, 8, 9, 10, 11]],
      [12, [12, 13, 14, 15, 16, 17]],
      [18, [18, 19, 20, 21, 22, 23]],
    ]);
  });

  it('leaves out rows without a time, and rows to be judged of classes that were not there before, and says both', () => {
    const labels = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'c', 'c', 'a'];
    const lines = labels.map((label, row) => `${row === 1 ? '' : 2000 + row},${row},${label}`);
    const table = readTable(`visit,dose,ill\n${lines.join('\n')}`);
    const { training, validation, issues } = plan(table, { ...asked, validation: 0.34 });
    expect([...training]).toEqual([0, 2, 3, 4, 5, 6]);
    expect([...validation]).toEqual([9]);
    expect(issues.map(({ message }) => message)).toEqual([
      '1 row without a time in "visit" is left out.',
      '2 validation rows of classes that no training row has are left out.',
    ]);
  });

  it('says where a column holds no times, or only one', () => {
    const table = visits();
    expect(() => plan(table, { way: 'time', column: 'patient' })).toThrow('neither dates nor numbers');
    const lines = Array.from({ length: 8 }, (_, row) => `2020,${row},${row % 2 === 0 ? 'yes' : 'no'}`);
    expect(() => plan(readTable(`visit,dose,ill\n${lines.join('\n')}`), asked)).toThrow(
      'older rows from newer',
    );
  });
});

describe('a split by chance', () => {
  it('is the same on every machine, without a look at the classes', () => {
    const table = visits();
    const { training, validation, folds } = plan(table, { way: 'random', folds: 3 });
    expect([...validation]).toEqual(FIXED.random);
    expect(training.length).toBe(18);
    expect(folds.flatMap((fold) => [...fold.validation]).sort((a, b) => a - b)).toEqual([
      ...Array(24).keys(),
    ]);
  });
});

describe('what cannot be split by', () => {
  it('is said: no column, one that is not there, the target, a column where none is needed', () => {
    const table = visits();
    expect(() => plan(table, { way: 'group' })).toThrow('needs the column');
    expect(() => plan(table, { way: 'time', column: 'when' })).toThrow('no column "when"');
    expect(() => plan(table, { way: 'group', column: 'ill' })).toThrow('what is to be predicted');
    expect(() => plan(table, { way: 'random', column: 'visit' })).toThrow('No column is needed');
  });
});

/** Rows that judge, by seed 7. */
const FIXED = { group: [0, 7, 8, 15, 16, 23], random: [1, 3, 10, 14, 15, 21] };
