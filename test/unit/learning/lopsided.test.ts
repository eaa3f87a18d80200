import { describe, expect, it } from 'vitest';
import { isLopsided } from '../../../src/engine/looks';
import { averagePrecision, balancedAccuracy } from '../../../src/engine/tasks/lopsided';
import { measureClassification } from '../../../src/engine/tasks/classification/measure';
import { task } from '../../../src/engine/tasks/classification/task';
import { prepareTable, type TableData } from '../../../src/engine/learning/table-data';
import { readTable, readTarget } from '../../../src/engine/datasets';
import { Experiment, type Metrics } from '../../../src/protocol';

/** Logits of two classes whose difference is the score of class 1. */
function logitsOf(...scores: readonly number[]): Float32Array {
  return Float32Array.from(scores.flatMap((score) => [0, score]));
}

describe('average precision', () => {
  it('is 0.8333 in the example of scikit-learn: y [0, 0, 1, 1], scores [0.1, 0.4, 0.35, 0.8]', () => {
    const found = averagePrecision(logitsOf(0.1, 0.4, 0.35, 0.8), Int32Array.of(0, 0, 1, 1), [90, 10]);
    // Surest first: 1 (precision 1), 0, 1 (precision 2/3), 0: half of 1 and half of 2/3.
    expect(found.averagePrecision).toBeCloseTo(5 / 6, 12);
  });

  it('is the share of the class where all rows have one score, as scikit-learn has it', () => {
    const found = averagePrecision(logitsOf(3, 3, 3, 3, 3), Int32Array.of(0, 1, 0, 0, 0), [90, 10]);
    expect(found.averagePrecision).toBeCloseTo(0.2, 12);
  });

  it('lets rows of equal score pass together', () => {
    const found = averagePrecision(logitsOf(2, 2, 1, 0), Int32Array.of(1, 0, 1, 0), [90, 10]);
    // At 2: one of two, half of the class. At 1: two of three, the other half.
    expect(found.averagePrecision).toBeCloseTo(0.5 * 0.5 + 0.5 * (2 / 3), 12);
  });

  it('is that of the rarer class, and of none where there are more than two or it does not occur', () => {
    const rareFirst = averagePrecision(Float32Array.of(0.1, 0, 0, 5), Int32Array.of(0, 1), [10, 90]);
    expect(rareFirst.averagePrecision).toBe(1);
    expect(averagePrecision(logitsOf(1, 2), Int32Array.of(0, 0), [90, 10])).toEqual({});
    expect(averagePrecision(new Float32Array(6), Int32Array.of(0, 1), [90, 5, 5])).toEqual({});
  });
});

describe('balanced accuracy', () => {
  it('is 0.625 in the example of scikit-learn: y [0, 1, 0, 0, 1, 0], predicted [0, 1, 0, 0, 0, 1]', () => {
    expect(balancedAccuracy(Uint32Array.of(3, 1), Uint32Array.of(4, 2), 0).balancedAccuracy).toBeCloseTo(
      0.625,
      12,
    );
  });

  it('counts rows of an unknown class as a class without a right row, and no class that does not occur', () => {
    const found = balancedAccuracy(Uint32Array.of(2, 0, 0), Uint32Array.of(2, 2, 0), 1);
    expect(found.balancedAccuracy).toBeCloseTo(1 / 3, 12);
  });
});

it('tables are lopsided where more than 95 % of the rows are of one class', () => {
  expect(isLopsided([95, 5])).toBe(false);
  expect(isLopsided([96, 4])).toBe(true);
  expect(isLopsided([960, 20, 20])).toBe(true);
  expect(isLopsided([7])).toBe(false);
});

const headline = (data: TableData, metrics: Metrics) =>
  data.task.headline(data.target, data.validation.y, metrics);

describe('the headline of a classification', () => {
  function dataOf(labels: readonly string[]) {
    const table = readTable(
      'x,y,kind\n' + labels.map((label, row) => `${row % 7},${row % 5},${label}\n`).join(''),
    );
    const experiment = Experiment.parse({
      version: 1,
      dataset: { path: 'table.csv' },
      task: 'classification',
      target: 'kind',
      model: { family: 'linear', hyperparameters: {} },
    });
    const half = labels.length / 2;
    return prepareTable(task, experiment, table, readTarget(table, 'kind', 'name'), {
      training: Uint32Array.from({ length: half }, (_, row) => row),
      validation: Uint32Array.from({ length: half }, (_, row) => half + row),
    });
  }
  const measured = (data: ReturnType<typeof dataOf>, right: boolean) => {
    const { y } = data.validation;
    if (y.answer !== 'name' || data.target.answer !== 'name') throw new Error('No classes');
    const logits = Float32Array.from(
      [...y.labels].flatMap((label) =>
        Array.from({ length: data.outputs }, (_, k) => (right ? Number(k === label) : Number(k === 0))),
      ),
    );
    return measureClassification(logits, y.labels, data.outputs, data.target.counts).metrics;
  };

  it('is the accuracy beside always naming the commonest class', () => {
    const data = dataOf(Array.from({ length: 100 }, (_, row) => (row % 10 < 7 ? 'a' : 'b')));
    const metrics = measured(data, true);
    expect(metrics).not.toHaveProperty('averagePrecision');
    expect(headline(data, metrics)).toEqual({
      metric: 'accuracy',
      value: 1,
      baseline: 0.7,
      baselineLabel: 'always "a"',
    });
  });

  it('is the average precision where one of two classes has over 95 % of the rows, and says why', () => {
    const data = dataOf(Array.from({ length: 400 }, (_, row) => (row % 50 === 3 ? 'fraud' : 'fine')));
    const guess = headline(data, measured(data, false));
    expect(guess).toMatchObject({ metric: 'averagePrecision', value: 0.02, baseline: 0.02 });
    expect(guess?.reason).toContain('98 % of the rows are "fine"');
    expect(guess?.reason).toContain('"fraud" is found');
    expect(headline(data, measured(data, true))?.value).toBe(1);
  });

  it('is the balanced accuracy where there are more classes than two', () => {
    const labels = Array.from({ length: 400 }, (_, row) =>
      row % 50 === 3 ? 'b' : row % 100 === 7 ? 'c' : 'a',
    );
    const data = dataOf(labels);
    const guess = headline(data, measured(data, false));
    expect(guess).toMatchObject({ metric: 'balancedAccuracy', baselineLabel: 'always "a"' });
    expect(guess?.value).toBeCloseTo(1 / 3, 12);
    expect(guess?.baseline).toBeCloseTo(1 / 3, 12);
    expect(headline(data, measured(data, true))?.value).toBe(1);
  });
});
