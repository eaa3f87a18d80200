import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Part, readTable, readTarget, rowsOf, splitRows } from '../../../src/engine/datasets';
import { headlineOf } from '../../../src/engine/tasks/classification/headline';
import { leakAlert } from '../../../src/engine/learning/leak-guard';
import { measureClassification } from '../../../src/engine/tasks/classification/measure';
import { task as classification } from '../../../src/engine/tasks/classification/task';
import { task as regression } from '../../../src/engine/tasks/regression/task';
import { prepareTable } from '../../../src/engine/learning/table-data';
import { answerOf, Experiment, type Headline } from '../../../src/protocol';
import { realData } from '../datasets/real-data';

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const learnt = { classification, regression };

/** What is asked about a model of `target` that reaches `value`. */
function asked(text: string, target: string, task: 'classification' | 'regression', value = 0.999) {
  const table = readTable(text);
  const column = readTarget(table, target, answerOf(task));
  const parts = splitRows({ ...column, validation: 0.2, seed: 1 });
  const experiment = Experiment.parse({
    version: 1,
    dataset: { path: 'table.csv' },
    task,
    target,
    model: { family: 'linear', hyperparameters: {} },
  });
  const data = prepareTable(learnt[task], experiment, table, column, {
    training: rowsOf(parts, Part.training),
    validation: rowsOf(parts, Part.validation),
  });
  let headline: Headline | undefined = { metric: 'r2', value, baseline: 0, baselineLabel: 'always the mean' };
  if (task === 'classification') {
    const { y } = data.validation;
    if (y.answer !== 'name' || data.target.answer !== 'name') throw new Error('No classes');
    const logits = Float32Array.from(
      [...y.labels].flatMap((label) => Array.from({ length: data.outputs }, (_, k) => Number(k === label))),
    );
    headline = headlineOf(
      data.target,
      y.labels,
      measureClassification(logits, y.labels, data.outputs, data.target.counts).metrics,
    );
    if (headline !== undefined) headline = { ...headline, value };
  }
  return leakAlert(table, data, headline);
}

/** Customers who leave, a little by their age and calls; `reason` is written down when they have left. */
function customers(rows: number, reason: (left: boolean, r: number) => string): string {
  const next = random(5);
  const lines = Array.from({ length: rows }, () => {
    const age = Math.round(20 + 50 * next());
    const calls = Math.round(10 * next());
    const left = age / 50 + calls / 10 + next() > 1.9;
    return `${age},${calls},${'nsew'[Math.floor(4 * next())]},${reason(left, next())},${left ? 'yes' : 'no'}`;
  });
  return ['age,calls,region,reason,churned', ...lines].join('\n') + '\n';
}

describe('a column that gives the answer away', () => {
  it('is named as a question, with what can be done', () => {
    const alert = asked(
      customers(400, (left, r) => (left ? (r < 0.5 ? 'moved' : 'price') : 'none')),
      'churned',
      'classification',
    );
    expect(alert).toMatchObject({
      code: 'leak',
      message: '"reason" alone gives an accuracy of 100 %. Is it known beforehand?',
      actions: [
        { kind: 'train-without', label: 'Train without "reason"', columns: ['reason'] },
        { kind: 'keep', label: 'Keep' },
      ],
    });
  });

  it('is named where it is a number, too', () => {
    const alert = asked(
      customers(400, (left, r) => (left ? 50 + 20 * r : 20 * r).toFixed(3)),
      'churned',
      'classification',
    );
    expect(alert?.message).toContain('"reason" alone gives');
  });

  it('is named in a lopsided table by its balanced accuracy', () => {
    const next = random(8);
    const lines = Array.from({ length: 1500 }, (_, row) => {
      const fraud = row % 40 === 3;
      return `${next().toFixed(4)},${next().toFixed(4)},${fraud ? 'blocked' : 'open'},${fraud ? 'fraud' : 'fine'}`;
    });
    const alert = asked(['amount,hour,account,kind', ...lines].join('\n') + '\n', 'kind', 'classification');
    expect(alert?.message).toContain('"account" alone gives a balanced accuracy of 100 %');
  });

  it('is named for numbers: the same figure in another unit', () => {
    const next = random(3);
    const lines = Array.from({ length: 400 }, () => {
      const area = 40 + 160 * next();
      const price = 3 * area + 300 * next();
      return `${area.toFixed(1)},${Math.ceil(5 * next())},${(1.1 * price).toFixed(2)},${price.toFixed(2)}`;
    });
    const alert = asked(['area,rooms,euros,price', ...lines].join('\n') + '\n', 'price', 'regression');
    expect(alert?.message).toBe('"euros" alone gives R² 1.00. Is it known beforehand?');
  });

  it('is named as a part of a sum', () => {
    const next = random(4);
    const lines = Array.from({ length: 500 }, () => {
      const [registered, casual, heat] = [Math.round(500 * next()), Math.round(300 * next()), 30 * next()];
      return `${heat.toFixed(1)},${next().toFixed(3)},${casual},${registered},${casual + registered}`;
    });
    const alert = asked(
      ['heat,wind,casual,registered,total', ...lines].join('\n') + '\n',
      'total',
      'regression',
    );
    expect(alert?.message).toBe(
      '"registered" and "casual" together give R² 1.00. Are they known beforehand?',
    );
    expect(alert?.actions?.[0]).toMatchObject({ columns: ['registered', 'casual'] });
  });

  it('is not asked about where a model is not nearly perfect', () => {
    const text = customers(400, (left) => (left ? 'moved' : 'none'));
    expect(asked(text, 'churned', 'classification', 0.8)).toBeUndefined();
  });

  it('is not asked about where no column does it alone', () => {
    expect(
      asked(
        customers(400, (_, r) => (r < 0.5 ? 'moved' : 'none')),
        'churned',
        'classification',
      ),
    ).toBeUndefined();
  });

  it('is not asked about where the others tell as much without it, as with flowers of different sizes', () => {
    const next = random(6);
    const lines = Array.from({ length: 300 }, (_, row) => {
      const large = row % 2;
      const size = () => (1.5 + 3 * large + next()).toFixed(2);
      return `${size()},${size()},${(5 + next()).toFixed(2)},${size()},${large ? 'virginica' : 'setosa'}`;
    });
    expect(
      asked(['a,b,c,d,species', ...lines].join('\n') + '\n', 'species', 'classification'),
    ).toBeUndefined();
  });

  it('is not asked about in a table of one or two columns', () => {
    const lines = Array.from({ length: 100 }, (_, x) => `${x},${x + 2}`);
    expect(asked(['x,y', ...lines].join('\n') + '\n', 'y', 'regression')).toBeUndefined();
  });

  it.skipIf(realData('penguins.csv') === undefined)('is not asked about on the penguins', () => {
    expect(
      asked(readFileSync(realData('penguins.csv')!, 'utf8'), 'species', 'classification'),
    ).toBeUndefined();
  });
});
