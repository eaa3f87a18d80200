/** Steps that are kept with the experiment: what is learnt from, and what is done to the rows that the model judges. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MarkedDocument, Predictor, predictFile } from '../../../src/engine/inference';
import { loadModel, readExperiment } from '../../../src/engine/runs';
import type { ExperimentInput, PreparationStep } from '../../../src/protocol';
import { rings, Workplace } from './training-fixture';

/** Whether a row lies inside the ring is told by its distance from the middle, which no straight line sees. */
const steps: PreparationStep[] = [
  { do: 'filter', where: 'kind in ["a", "c"]' },
  { do: 'compute', column: 'distance', as: 'sqrt(x ** 2 + y ** 2)' },
];

let place: Workplace;
let text: string;
beforeAll(async () => {
  place = await Workplace.open();
  text = rings(240);
  await place.write('rings.csv', text);
});
afterAll(() => place.close());

const experiment = (own: PreparationStep[]): ExperimentInput => ({
  version: 1,
  dataset: { path: 'rings.csv', ...(own.length === 0 ? {} : { steps: own }) },
  task: 'classification',
  target: 'kind',
  model: { family: 'linear', hyperparameters: { epochs: 200 } },
});

describe('a training with steps', () => {
  it('learns from the rows and columns that they make, and keeps them with the run', async () => {
    const { summary } = await place.train(experiment(steps));
    const kept = await readExperiment(summary.folder);
    expect(kept.dataset.steps).toEqual(steps);
    const plain = await place.train(experiment([steps[0] as PreparationStep]));
    const accuracy = (metrics: typeof summary.metrics) => metrics.validation?.accuracy ?? 0;
    expect(accuracy(summary.metrics)).toBeGreaterThan(accuracy(plain.summary.metrics) + 0.1);
  });

  it('is judged and marked with the same columns computed, and every row of the file kept', async () => {
    const { summary } = await place.train(experiment(steps));
    const predictor = await Predictor.open(place.backend, await loadModel(summary.folder));
    const output = join(place.folder, 'out.csv');
    const result = await predictFile(predictor, { path: join(place.folder, 'rings.csv'), output });
    expect(result.rows).toBe(240);
    expect(result.issues.map(({ code }) => code)).toContain('not-learnt-from-1');
    const rows = parse<Record<string, string>>(await readFile(output), { columns: true });
    expect(Object.keys(rows[0] ?? {}).slice(0, 4)).toEqual(['x', 'y', 'kind', 'prediction']);
    const document = new MarkedDocument('rings', predictor, join(place.folder, 'rings.csv'), {
      text,
      version: 1,
    });
    const marks = await document.marks();
    expect(marks.rows).toBe(240);
    expect(rows.map(({ prediction }) => prediction)).toEqual(
      [...marks.classIndex].map((index) => marks.classes[index]),
    );
    // A row that is edited is prepared, too.
    const line = text.split('\n')[1] as string;
    const offset = text.indexOf(line);
    const edited = await document.edit(2, [{ offset, length: line.length, text: '9,9,a' }]);
    expect(edited.predicted).toBe(1);
    expect(edited.classes[edited.classIndex[0] as number]).toBe('c');
    predictor.dispose();
  });

  it('refuses steps that do not fit before anything is trained', async () => {
    await expect(place.train(experiment([{ do: 'filter', where: 'colour = "red"' }]))).rejects.toMatchObject({
      code: 'invalid',
      message: 'Step 1 (keep rows where colour = "red"): There is no column "colour".',
    });
  });
});
