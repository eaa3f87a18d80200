/** Files that somebody is still writing when they are read: real writers, which pause in the middle. */
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { appendFile, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromWholeFile, inspectDataset, readBytes } from '../../src/engine/datasets';
import { predictFile, Predictor } from '../../src/engine/inference';
import { type ControlWish, TrainingControl } from '../../src/engine/learning';
import { loadModel, readRunFile } from '../../src/engine/runs';
import { type ExperimentInput, LabError, type TrainingSnapshot } from '../../src/protocol';
import { rings, Workplace } from '../unit/learning/training-fixture';
import { writeSettled } from '../unit/settled-file';

const folder = mkdtempSync(join(tmpdir(), 'torn-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes the first `bytes` of the text (half of it) at once and the rest after a pause of so many ms. */
async function writeInTwo(
  path: string,
  text: string,
  pause: number,
  bytes = Math.floor(text.length / 2),
): Promise<{ readonly written: Promise<void> }> {
  await writeFile(path, text.slice(0, bytes));
  return { written: sleep(pause).then(() => appendFile(path, text.slice(bytes))) };
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${from + i},${((from + i) * 37) % 101},word\n`).join('');

describe('a file that is being written', () => {
  it('is read whole, though its writer pauses in the middle', async () => {
    const path = join(folder, 'paused.csv');
    await writeFile(path, `id,value,kind\n${lines(0, 400)}`);
    const writer = (async () => {
      for (let part = 1; part <= 4; part++) {
        await sleep(150);
        await appendFile(path, lines(part * 400, part * 400 + 400));
      }
    })();
    const summary = await inspectDataset(path);
    await writer;
    expect(summary).toMatchObject({ kind: 'table', rows: 2000 });
  });

  it('that was cut to nothing before it is written anew is not read as empty', async () => {
    const path = join(folder, 'saved.csv');
    await writeFile(path, `id,value,kind\n${lines(0, 400)}`);
    const file = await open(path, 'r+');
    await file.truncate(0);
    const writer = sleep(120).then(async () => {
      await file.write(`id,value,kind\n${lines(0, 500)}`);
      await file.close();
    });
    const summary = await inspectDataset(path);
    await writer;
    expect(summary).toMatchObject({ kind: 'table', rows: 500 });
  });

  it('is read as the file that takes its place by a rename', async () => {
    const path = join(folder, 'renamed.csv');
    await writeFile(path, `id,value,kind\n${lines(0, 100)}`);
    const writer = sleep(60).then(async () => {
      await writeFile(`${path}.tmp`, `id,value,kind\n${lines(0, 900)}`);
      renameSync(`${path}.tmp`, path);
    });
    const summary = await inspectDataset(path);
    await writer;
    expect(summary).toMatchObject({ rows: 900 });
  });

  it.each([600, 1500])('is looked at whole, though its writer pauses for %i ms', async (pause) => {
    const path = join(folder, `looked-at-${pause}.csv`);
    const { written } = await writeInTwo(path, `id,value,kind\n${lines(0, 900)}`, pause);
    expect(await inspectDataset(path)).toMatchObject({ kind: 'table', rows: 900 });
    await written;
  });

  it('is given more time where it ends with a block, as a writer that buffers leaves it', async () => {
    const path = join(folder, 'blocks.csv');
    const text = `id,value,kind\n${lines(0, 900)}`;
    const { written } = await writeInTwo(path, text, 3500, 8192);
    expect(await inspectDataset(path)).toMatchObject({ kind: 'table', rows: 900 });
    await written;
  });

  it('is worked on again where it moved meanwhile, also where half of it cannot be used', async () => {
    const path = join(folder, 'moving.csv');
    writeSettled(path, 'a,b\n');
    let tries = 0;
    const work = (): number => {
      tries++;
      if (tries <= 2) appendFileSync(path, '1,2\n');
      if (tries === 2) throw new LabError('dataset', 'There are no rows.');
      return readFileSync(path, 'utf8').split('\n').length;
    };
    expect(await fromWholeFile(path, work, { patience: { rest: 0, blockRest: 0, limit: 10_000 } })).toBe(4);
    expect(tries).toBe(3);
  });

  it('for longer than anybody waits is refused with its name', async () => {
    const path = join(folder, 'endless.csv');
    await writeFile(path, 'a,b\n');
    let ended = false;
    const writer = (async () => {
      while (!ended) {
        await appendFile(path, lines(0, 20));
        await sleep(10);
      }
    })();
    const refused = expect(readBytes(path, { rest: 100, blockRest: 100, limit: 400 })).rejects;
    await refused.toMatchObject({ code: 'file', message: 'endless.csv is being written.' });
    ended = true;
    await writer;
  });
});

/** Does something once, before the step of that number. */
class ActBefore extends TrainingControl {
  constructor(
    private steps: number,
    private readonly act: () => void,
  ) {
    super();
  }

  override get wish(): ControlWish {
    if (--this.steps === 0) this.act();
    return super.wish;
  }
}

describe('a training', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await Workplace.open();
  });
  afterAll(() => place.close());

  const experiment = (path: string, epochs: number, folds = 0): ExperimentInput => ({
    version: 1,
    dataset: { path },
    task: 'classification',
    target: 'kind',
    split: { folds },
    model: { family: 'mlp', hyperparameters: { epochs, width: 16, layers: 1, patience: 0 } },
  });

  it.each([600, 1500])('learns the whole file, though its writer pauses for %i ms', async (pause) => {
    const path = join(place.folder, `learnt-${pause}.csv`);
    const { written } = await writeInTwo(path, rings(300), pause);
    const { summary } = await place.train(experiment(path, 4));
    await written;
    expect(summary.state).toBe('finished');
    expect((summary.rows?.training ?? 0) + (summary.rows?.validation ?? 0)).toBe(300);
  });

  it.each([0, 3])(
    'stops when the file grows after its first step, and goes on when it is as it was (%i folds)',
    async (folds) => {
      const name = `grown-${folds}.csv`;
      await place.write(name, rings(240));
      let runFolder = '';
      let hasGrown = false;
      const training = place.train(experiment(name, 100_000, folds), {
        onSnapshot: (snapshot) => {
          runFolder = snapshot.runFolder;
          if (snapshot.step === 0 || hasGrown) return;
          hasGrown = true;
          appendFileSync(join(place.folder, name), rings(60));
        },
      });
      await expect(training).rejects.toMatchObject({
        code: 'mismatch',
        message: expect.stringMatching(
          new RegExp(`^${name} was changed at \\d\\d:\\d\\d, while the model was learning`),
        ) as string,
        advice: expect.stringContaining('Train again') as string,
        place: { path: join(place.folder, name) },
      });
      const run = await readRunFile(runFolder);
      expect(run).toMatchObject({ state: 'failed', error: { code: 'mismatch' } });
      expect(run.step).toBeLessThan(run.steps);
      await expect(loadModel(runFolder)).rejects.toMatchObject({ name: 'LabError' });
      await expect(place.resume(runFolder)).rejects.toMatchObject({ code: 'mismatch' });

      await place.write(name, rings(240));
      const controller = new AbortController();
      const { summary } = await place.resume(runFolder, {
        signal: controller.signal,
        onSnapshot: ({ state, step }) => {
          if (state === 'running' && step > 0) controller.abort();
        },
      });
      expect(summary).toMatchObject({ state: 'interrupted', canResume: true });
      expect(summary.error).toBeUndefined();
    },
  );

  it('stops also when the change is seen behind its last step only', async () => {
    await place.write('late.csv', rings(240));
    const grow = new ActBefore(10, () => appendFileSync(join(place.folder, 'late.csv'), '1,1,a\n'));
    let runFolder = '';
    const onSnapshot = (snapshot: TrainingSnapshot): void => void (runFolder = snapshot.runFolder);
    const training = place.train(experiment('late.csv', 3), { control: grow, onSnapshot });
    await expect(training).rejects.toMatchObject({ code: 'mismatch' });
    await place.write('late.csv', rings(240));
    expect((await place.resume(runFolder)).summary).toMatchObject({ state: 'finished', hasModel: true });
  });

  it('goes on when the file is saved with the same content', async () => {
    await place.write('saved.csv', rings(240));
    const path = join(place.folder, 'saved.csv');
    const save = new ActBefore(10, () => {
      renameSync(path, `${path}.old`);
      appendFileSync(path, rings(240));
    });
    const { summary } = await place.train(experiment('saved.csv', 3), { control: save });
    expect(readFileSync(`${path}.old`, 'utf8')).toBe(rings(240));
    expect(summary).toMatchObject({ state: 'finished', hasModel: true });
    expect(summary.alerts.filter(({ code }) => code.startsWith('dataset'))).toEqual([]);
  });

  it('has its file predicted whole, though that is being written', async () => {
    await place.write('base.csv', rings(240));
    const { summary } = await place.train(experiment('base.csv', 3));
    const predictor = await Predictor.open(place.backend, await loadModel(summary.folder));
    const path = join(place.folder, 'asked.csv');
    const output = join(place.folder, 'asked.predictions.csv');
    const predictedRows = (): number => readFileSync(output, 'utf8').trimEnd().split('\n').length - 1;
    for (const pause of [600, 1500]) {
      const { written } = await writeInTwo(path, rings(500), pause);
      expect(await predictFile(predictor, { path, output })).toMatchObject({ rows: 500 });
      expect(predictedRows()).toBe(500);
      await written;
    }
    let hasGrown = false;
    writeSettled(path, rings(3000));
    const grown = await predictFile(predictor, {
      path,
      output,
      onProgress: () => {
        if (!hasGrown) appendFileSync(path, '1,1,a\n');
        hasGrown = true;
      },
    });
    predictor.dispose();
    expect(grown).toMatchObject({ rows: 3001 });
    expect(predictedRows()).toBe(3001);
  });
});
