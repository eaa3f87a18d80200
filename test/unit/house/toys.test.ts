/** A family and a task that live in this folder alone, learnt and used like those of the lab. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectTable } from '../datasets/inspected';
import { MarkedDocument, predictFile, Predictor } from '../../../src/engine/inference';
import { installFamily } from '../../../src/engine/models';
import { installDefaults, suggestModels } from '../../../src/engine/models/suggest';
import { loadModel, runPaths } from '../../../src/engine/runs';
import { installTask } from '../../../src/engine/tasks';
import { experimentJsonSchema, families, familiesFor, tasks, Verdict } from '../../../src/protocol';
import { InterruptAfter, Workplace } from '../learning/training-fixture';
import { task as median } from './median/task';
import { task as medianDescription } from './median/description';
import { defaults } from './quadratic/defaults';
import { family as quadraticDescription } from './quadratic/description';
import { family as quadratic } from './quadratic/family';

let place: Workplace;
const bowl = `x,z,y\n${Array.from({ length: 200 }, (_, row) => {
  const x = (row % 21) - 10;
  return `${x},${(row * 7) % 5},${x * x + ((row * 13) % 7) / 10}`;
}).join('\n')}\n`;

beforeAll(async () => {
  tasks.add(medianDescription);
  families.add(quadraticDescription);
  installTask('median', median);
  installFamily('quadratic', quadratic);
  installDefaults('quadratic', defaults);
  place = await Workplace.open();
  await place.write('bowl.csv', bowl);
});
afterAll(() => place.close());

const experiment = (task: string, family: string) => ({
  version: 1 as const,
  dataset: { path: 'bowl.csv' },
  task,
  target: 'y',
  model: { family, hyperparameters: { epochs: 60, lr: 0.03, batch: 16 } },
});

async function opened(runFolder: string): Promise<Predictor> {
  return Predictor.open(place.backend, await loadModel(runFolder));
}

describe('a family of a folder of its own', () => {
  it('is suggested by its own defaults, for the tasks that gradients can learn', async () => {
    const summary = inspectTable(Buffer.from(bowl), { path: 'bowl.csv' });
    const [first] = await suggestModels(summary, { target: 'y' });
    expect(first).toMatchObject({ family: 'quadratic', hyperparameters: { epochs: 30, lr: 0.02 } });
    expect(familiesFor('median')).toEqual(familiesFor('regression'));
  });

  it('stands in the schema of experiment files', () => {
    expect(JSON.stringify(experimentJsonSchema())).toContain('"const":"quadratic"');
  });

  it('is trained, resumed to the same losses, and marks rows', async () => {
    const whole = await place.train(experiment('regression', 'quadratic'));
    expect(whole.summary).toMatchObject({ state: 'finished', family: 'quadratic' });
    expect(whole.summary.metrics.validation?.['r2']).toBeGreaterThan(0.98);
    const cut = await place.train(experiment('regression', 'quadratic'), { control: new InterruptAfter(40) });
    expect(cut.summary.state).toBe('interrupted');
    const resumed = await place.resume(cut.summary.folder);
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);

    const predictor = await opened(whole.summary.folder);
    const marks = await new MarkedDocument('bowl', predictor, join(place.folder, 'bowl.csv'), {
      text: bowl,
      version: 1,
    }).marks();
    expect(marks.rows).toBe(200);
    expect(Math.abs((marks.value[0] ?? 0) - 100)).toBeLessThan(5);
    predictor.dispose();
  });
});

describe('a task of a folder of its own', () => {
  it('is learnt by its own loss, judged by its own figures and known by its own headline', async () => {
    const { summary } = await place.train(experiment('median', 'quadratic'));
    expect(summary).toMatchObject({
      task: 'median',
      headline: { metric: 'typicalError', baselineLabel: 'by guessing' },
    });
    expect(summary.headline?.value).toBeLessThan(2);
    expect(Object.keys(summary.metrics.validation ?? {})).toEqual(['loss', 'typicalError']);
    const preprocess: unknown = JSON.parse(await readFile(runPaths(summary.folder).preprocess, 'utf8'));
    expect(preprocess).toMatchObject({ target: { task: 'median' }, margin: expect.any(Number) as number });
  });

  it('is learnt by every family of gradients, and marks and predicts in its own words', async () => {
    const { summary } = await place.train(experiment('median', 'mlp'));
    const predictor = await opened(summary.folder);
    const path = join(place.folder, 'bowl.csv');
    const text = bowl.replace('-10,0,100', '-10,0,700');
    const document = new MarkedDocument('bowl', predictor, path, { text, version: 1 });
    const marks = await document.marks();
    expect(marks.task).toBe('median');
    expect(marks.verdict[0]).toBe(Verdict.wrong);
    expect(marks.metrics?.['typicalError']).toBeGreaterThan(0);
    expect(document.row(0)).toMatchObject({ row: 0, label: '700' });
    expect(document.row(0).value).toBeCloseTo(marks.value[0] ?? 0, 3);

    const output = join(place.folder, 'predicted.csv');
    const result = await predictFile(predictor, { path, output });
    expect(result).toMatchObject({ rows: 200, predicted: 200 });
    const [header, first] = (await readFile(output, 'utf8')).split('\n');
    expect(header).toBe('x,z,y,guess');
    expect(first).toMatch(/^-10,0,100,\d+\.\d$/u);
    predictor.dispose();
  });
});
