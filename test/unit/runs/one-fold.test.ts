import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readExperiment, runPaths } from '../../../src/engine/runs';
import { Experiment } from '../../../src/protocol';

const content = {
  version: 1,
  dataset: { path: 'birds.csv' },
  task: 'classification',
  target: 'kind',
  split: { validation: 0.3, folds: 1 },
  model: { family: 'linear', hyperparameters: {} },
};

it('one fold is refused in a new experiment, and stands for a single split in a run of before', async () => {
  expect(Experiment.safeParse(content).error?.issues[0]?.message).toBe(
    'Folds are 0, for a single split, or a whole number from 2 to 50.',
  );
  const folder = mkdtempSync(join(tmpdir(), 'model-lab-one-fold-'));
  try {
    const { experiment } = runPaths(folder);
    mkdirSync(dirname(experiment), { recursive: true });
    writeFileSync(experiment, JSON.stringify(content));
    await expect(readExperiment(folder)).resolves.toMatchObject({ split: { validation: 0.3, folds: 0 } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
