import { describe, expect, it } from 'vitest';
import {
  EVERY_TRAINING,
  foldRows,
  NO_FOLD,
  Part,
  readTable,
  rowKeys,
  rowsOf,
  splitRows,
} from '../../../src/engine/datasets';
import type { ClassLabels, TargetValues } from '../../../src/engine/datasets';

const labels = Int32Array.from({ length: 500 }, (_, i) =>
  i % 50 === 7 ? -1 : i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2,
);
const classes: ClassLabels = {
  answer: 'name',
  column: 'kind',
  classes: ['a', 'b', 'c'],
  labels,
  issues: [],
};
const values: TargetValues = {
  answer: 'number',
  column: 'price',
  values: Float64Array.from({ length: 300 }, (_, i) => (i === 5 ? NaN : (i * 7919) % 1000)),
  issues: [],
};

describe('splitting rows', () => {
  it('keeps the share of every class, leaves out rows without a label, and holds back the asked share', () => {
    const parts = splitRows({ ...classes, validation: 0.2, seed: 3 });
    for (const [kind, count] of [350, 90, 50].entries()) {
      const held = rowsOf(parts, Part.validation).filter((row) => labels[row] === kind).length;
      expect(Math.abs(held - count * 0.2)).toBeLessThanOrEqual(1);
    }
    expect([...rowsOf(parts, Part.leftOut)].every((row) => labels[row] === -1)).toBe(true);
    expect(rowsOf(parts, Part.validation)).toHaveLength(98);
  });

  it('is the same for the same seed, on every machine, and another for another seed', () => {
    const parts = splitRows({ ...classes, validation: 0.2, seed: 3 });
    expect(splitRows({ ...classes, validation: 0.2, seed: 3 })).toEqual(parts);
    expect(splitRows({ ...classes, validation: 0.2, seed: 4 })).not.toEqual(parts);
    expect([...rowsOf(parts, Part.validation).subarray(0, 12)]).toMatchInlineSnapshot(`
      [
        8,
        9,
        10,
        15,
        21,
        31,
        32,
        49,
        51,
        63,
        65,
        67,
      ]
    `);
  });

  it('spreads numbers evenly over both parts', () => {
    const parts = splitRows({ ...values, validation: 0.25, seed: 1 });
    const mean = (rows: Uint32Array) => rows.reduce((sum, row) => sum + values.values[row]!, 0) / rows.length;
    const held = rowsOf(parts, Part.validation);
    expect(held).toHaveLength(75);
    expect(Math.abs(mean(held) - mean(rowsOf(parts, Part.training)))).toBeLessThan(30);
    expect(parts[5]).toBe(Part.leftOut);
  });

  it('gives a class with a single row to training', () => {
    const rare = { ...classes, classes: [...classes.classes, 'd'], labels: labels.with(0, 3) };
    for (let seed = 0; seed < 20; seed++) {
      expect(splitRows({ ...rare, validation: 0.5, seed })[0]).toBe(Part.training);
    }
  });

  it('deals folds that each hold their share of every class', () => {
    const folds = foldRows({ ...classes, folds: 5, seed: 1 });
    for (let fold = 0; fold < 5; fold++) {
      const rows = rowsOf(folds, fold);
      expect(rows).toHaveLength(98);
      expect(rows.filter((row) => labels[row] === 1)).toHaveLength(18);
    }
    expect([...rowsOf(folds, NO_FOLD)].every((row) => labels[row] === -1)).toBe(true);
    expect(foldRows({ ...classes, folds: 5, seed: 1 })).toEqual(folds);
  });

  it('trains every fold on a class with a single row, so that all folds know the same classes', () => {
    const rare = { ...classes, classes: [...classes.classes, 'd'], labels: labels.with(0, 3) };
    const folds = foldRows({ ...rare, folds: 5, seed: 1 });
    expect(folds[0]).toBe(EVERY_TRAINING);
    expect(rowsOf(folds, EVERY_TRAINING)).toHaveLength(1);
  });

  it('keeps rows of every class in training where its only rows are copies of other classes’ rows', () => {
    // "rare" has two rows, each with the features of many rows of "often".
    const size = 60;
    const groups = Uint32Array.from({ length: size }, (_, row) => row % 12);
    const copied: ClassLabels = {
      answer: 'name',
      column: 'kind',
      classes: ['often', 'rare'],
      labels: Int32Array.from({ length: size }, (_, row) => (row === 24 || row === 37 ? 1 : 0)),
      issues: [],
    };
    for (let seed = 1; seed <= 40; seed++) {
      const parts = splitRows({ ...copied, groups, validation: 0.5, seed });
      const folds = foldRows({ ...copied, groups, folds: 2, seed });
      expect(parts[24] === Part.training || parts[37] === Part.training).toBe(true);
      expect(folds[24]).not.toBe(folds[37]);
      groups.forEach((group, row) => {
        expect(parts[row]).toBe(parts[group]);
        expect(folds[row]).toBe(folds[group]);
      });
    }
  });

  it('trains on the one group that holds all rows of a class, whatever other classes are in it', () => {
    const groups = Uint32Array.from({ length: 60 }, (_, row) => row % 12);
    const copied: ClassLabels = {
      answer: 'name',
      column: 'kind',
      classes: ['often', 'rare'],
      labels: Int32Array.from({ length: 60 }, (_, row) => (row === 25 || row === 37 ? 1 : 0)),
      issues: [],
    };
    for (let seed = 1; seed <= 40; seed++) {
      expect(splitRows({ ...copied, groups, validation: 0.5, seed })[25]).toBe(Part.training);
      expect(foldRows({ ...copied, groups, folds: 2, seed })[25]).toBe(EVERY_TRAINING);
    }
  });
});

describe('row keys', () => {
  it('are equal for equal rows only, wherever they stand', () => {
    const before = rowKeys(readTable('a,b\n1,2\n3,4\n1,2\n5,6\n'));
    const after = rowKeys(readTable('a,b\n9,9\n3,4\n1,2\n'));
    expect(before[0]).toBe(before[2]);
    expect(after[1]).toBe(before[1]);
    expect(after[2]).toBe(before[0]);
    expect([...before]).not.toContain(after[0]);
  });

  it('do not collide in 200,000 rows that differ by a digit', () => {
    const keys = rowKeys(readTable('a,b\n' + Array.from({ length: 200_000 }, (_, i) => `${i},x\n`).join('')));
    expect(new Set(keys).size).toBe(200_000);
    expect(keys.every(Number.isSafeInteger)).toBe(true);
  });
});
