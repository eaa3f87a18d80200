import { describe, expect, it } from 'vitest';
import { type RunSetup, type RunSummary, tellApart } from '../../../src/protocol';

const setup: RunSetup = {
  exclude: [],
  hyperparameters: { width: 64, layers: 2 },
  seed: 1337,
  validation: 0.2,
  folds: 0,
};
let made = 0;

/** A run of one file and target; `more` in its setup. */
function run(more: Partial<RunSetup> = {}, fields: Partial<RunSummary> = {}): RunSummary {
  return {
    folder: `run ${++made}`,
    name: 'moths → species',
    datasetPath: '/moths.csv',
    target: 'species',
    family: 'mlp',
    created: new Date(2026, 10, 26, 14, 5, made).toISOString(),
    setup: { ...setup, ...more },
    ...fields,
  } as RunSummary;
}

const told = (...runs: readonly RunSummary[]) => {
  const apart = tellApart(runs);
  return runs.map(({ folder }) => apart.get(folder));
};

describe('runs of the same name, file and target', () => {
  it('are told apart by the model', () => {
    expect(told(run(), run({}, { family: 'linear' }))).toEqual(['Multilayer perceptron', 'Linear']);
  });

  it('are told apart by the columns that were left out, the first of many by name', () => {
    expect(told(run(), run({ exclude: ['island'] }), run({ exclude: ['d', 'c', 'b', 'a'] }))).toEqual([
      'all columns',
      'without island',
      'without a, b and 2 more',
    ]);
  });

  it('are told apart by settings under the names of the form, only by those that differ', () => {
    const wide = { hyperparameters: { width: 128, layers: 2 } };
    expect(told(run(), run(wide))).toEqual(['width 64', 'width 128']);
  });

  it('do not compare the settings of one model with those of another', () => {
    const linear = run({ hyperparameters: { width: 1 } }, { family: 'linear' });
    expect(told(run(), linear)).toEqual(['Multilayer perceptron', 'Linear']);
  });

  it('are told apart by seed, validation share and folds', () => {
    expect(told(run(), run({ seed: 7 }))).toEqual(['seed 1337', 'seed 7']);
    expect(told(run(), run({ validation: 0.3 }))).toEqual(['20 % validation', '30 % validation']);
    expect(told(run(), run({ folds: 5 }))).toEqual(['one split', '5 folds']);
  });

  it('are told apart by the time of their start where nothing else differs', () => {
    const [one, other] = told(run(), run());
    expect(one).toMatch(/^26 Nov, 14:05:\d\d$/);
    expect(other).toMatch(/^26 Nov, 14:05:\d\d$/);
    expect(one).not.toBe(other);
  });

  it('have the time beside what differs where two of three are alike', () => {
    const [one, two, three] = told(run({ seed: 7 }), run({ seed: 7 }), run());
    expect(one).toMatch(/^seed 7, 26 Nov, /);
    expect(two).toMatch(/^seed 7, 26 Nov, /);
    expect(three).toBe('seed 1337');
  });

  it('are told apart by what is known where an experiment cannot be read', () => {
    const unreadable = run({}, { setup: undefined });
    expect(told(run(), unreadable).every((words) => words !== undefined && words !== '')).toBe(true);
    expect(new Set(told(run(), unreadable)).size).toBe(2);
  });
});

describe('runs that differ in name, file or target', () => {
  it('need no more words', () => {
    expect(
      told(
        run(),
        run({ seed: 7 }, { name: 'another' }),
        run({}, { target: 'wing' }),
        run({}, { datasetPath: '/b.csv' }),
      ),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});
