import { describe, expect, it } from 'vitest';
import { findColumn } from '../../../src/cli/find-column';
import { experimentFromFile, kindWish, planExperiment } from '../../../src/cli/plan-experiment';
import { UsageError } from '../../../src/cli/usage';
import { ModelChoice, plainFormat, type TableSummary, type TextSummary } from '../../../src/protocol';

const column = (name: string, index: number, kind: 'number' | 'category') =>
  ({ name, index, kind, distinct: 3, missing: 0, values: [] }) as const;

const table: TableSummary = {
  kind: 'table',
  path: '/data/birds.csv',
  format: plainFormat,
  reading: [],
  rows: 10,
  columns: [
    column('species', 0, 'category'),
    column('body_mass_g', 1, 'number'),
    column('sex', 2, 'category'),
  ],
  targets: [
    { column: 'species', task: 'classification', preview: '3 classes', reason: 'named like a target' },
    { column: 'body_mass_g', task: 'regression', preview: 'a number', reason: '' },
  ],
  issues: [],
  sha256: '',
  bytes: 100,
};
const text: TextSummary = {
  kind: 'text',
  path: '/data/book.txt',
  characters: 5000,
  vocabulary: 60,
  lines: 100,
  issues: [],
  sha256: '',
  bytes: 5000,
};
const forTables = (['mlp', 'linear'] as const).map((family) =>
  ModelChoice.parse({ family, hyperparameters: {} }),
);
const forTexts = [ModelChoice.parse({ family: 'transformer', hyperparameters: {} })];

describe('planning an experiment', () => {
  it('takes the task of the target and the recommended model', () => {
    const experiment = planExperiment(table, forTables, { target: 'species' }, { width: 16 });
    expect(experiment).toMatchObject({
      task: 'classification',
      target: 'species',
      dataset: { path: '/data/birds.csv' },
      model: { family: 'mlp', hyperparameters: { width: 16 } },
      split: { validation: 0.2, folds: 0 },
      seed: 1337,
      engine: 'auto',
    });
  });

  it('learns to write from a text', () => {
    const experiment = planExperiment(text, forTexts, {}, { steps: 10 });
    expect(experiment).toMatchObject({ task: 'language-model', model: { hyperparameters: { steps: 10 } } });
    expect(experiment).not.toHaveProperty('target');
  });

  it('asks for a target by listing the columns, the suggested first', () => {
    let thrown: unknown;
    try {
      planExperiment(table, forTables, {}, {});
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsageError);
    const lines = (thrown as UsageError).advice?.split('\n') ?? [];
    expect(lines[1]).toContain('--target species');
    expect(lines[2]).toContain('--target body_mass_g');
  });

  it('uses the asked-for family, task, split and seed', () => {
    const options = {
      target: 'body_mass_g',
      task: 'classification',
      model: 'linear',
      folds: 5,
      validation: 0.3,
      seed: 7,
      exclude: ['Sex'],
    } as const;
    expect(planExperiment(table, forTables, options, {})).toMatchObject({
      task: 'classification',
      exclude: ['sex'],
      split: { validation: 0.3, folds: 5 },
      model: { family: 'linear' },
      seed: 7,
    });
  });

  it('refuses a family that does not fit, an excluded target, and numbers out of range', () => {
    expect(() => planExperiment(table, forTables, { target: 'sex', exclude: ['sex'] }, {})).toThrow(
      'cannot be both',
    );
    expect(() => planExperiment(text, forTexts, { model: 'mlp' }, {})).toThrow('not made for language-model');
    expect(() => planExperiment(table, forTables, { target: 'sex', folds: 1.5 }, {})).toThrow(/^--folds: /);
    expect(() => planExperiment(table, forTables, { target: 'sex', seed: -1 }, {})).toThrow(/^--seed: /);
  });
});

describe('a column on the command line', () => {
  it.each([
    ['species', 'species'],
    ['Body-Mass G', 'body_mass_g'],
    ['3', 'sex'],
  ])('%s is %s', (given, expected) => {
    expect(findColumn(table, given).name).toBe(expected);
  });

  it('that is not there is told with the columns that are', () => {
    expect(() => findColumn(table, 'colour')).toThrow('There is no column "colour".');
    expect(() => findColumn(table, 'speceis')).toThrow(
      'There is no column "speceis". Did you mean "species"?',
    );
    const misspelt = { target: 'species', exclude: ['body_mas'] };
    expect(() => planExperiment(table, forTables, misspelt, {})).toThrow('Did you mean "body_mass_g"?');
    expect(() => findColumn(table, '4')).toThrow('There is no column "4".');
  });
});

describe('how a file is looked at', () => {
  it('follows from target and family', () => {
    expect(kindWish({})).toBeUndefined();
    expect(kindWish({ target: 'x' })).toBe('table');
    expect(kindWish({ model: 'linear' })).toBe('table');
    expect(kindWish({ model: 'transformer' })).toBe('text');
    expect(() => kindWish({ model: 'transformer', target: 'x' })).toThrow('predicts no column');
  });
});

describe('an experiment file', () => {
  const content = {
    version: 1,
    dataset: { path: 'birds.csv' },
    task: 'classification',
    target: 'species',
    model: { family: 'mlp', hyperparameters: { width: 8 } },
    seed: 5,
  };

  it('is taken as it is, with given options laid over it', () => {
    const plain = experimentFromFile(content, 'a.experiment.json', {}, {});
    expect(plain).toMatchObject({ seed: 5, model: { hyperparameters: { width: 8, layers: 2 } } });
    const changed = experimentFromFile(content, 'a.experiment.json', { seed: 6, folds: 3 }, { width: 9 });
    expect(changed).toMatchObject({
      seed: 6,
      split: { folds: 3 },
      model: { hyperparameters: { width: 9 } },
    });
  });

  it('that is none is refused with the field that is wrong', () => {
    expect(() => experimentFromFile({ ...content, task: 'magic' }, 'a.json', {}, {})).toThrow(/^task: /);
  });
});
