import { rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrainingControl } from '../../../src/engine/learning';
import { loadModel, readRun, readRunFile, runPaths, writeRunFile } from '../../../src/engine/runs';
import type { ExperimentInput, TrainingSnapshot } from '../../../src/protocol';
import {
  InterruptAfter,
  lossesOf,
  rings,
  slopes,
  StopAfter,
  textExperiment,
  verses,
  Workplace,
} from './training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  await place.write('rings.csv', rings(240));
  await place.write('slopes.csv', slopes(300));
  await place.write('verses.txt', verses(120));
});
afterAll(() => place.close());

const table = (change: Partial<ExperimentInput> = {}): ExperimentInput => ({
  version: 1,
  dataset: { path: 'rings.csv' },
  task: 'classification',
  target: 'kind',
  model: { family: 'mlp', hyperparameters: { width: 16, epochs: 12, batch: 32, patience: 0, lr: 0.01 } },
  ...change,
});

const text = (change: Record<string, number> = {}): ExperimentInput =>
  textExperiment('verses.txt', { steps: 30, evaluateEvery: 10, sampleEvery: 0, ...change });

/** Calls `act` once, when `step` is reached. */
function atStep(step: number, act: (control: TrainingControl) => void) {
  let done = false;
  return (snapshot: TrainingSnapshot, control: TrainingControl): void => {
    if (done || snapshot.step < step) return;
    done = true;
    act(control);
  };
}

describe('a training', () => {
  it('learns what no straight line can tell apart, and says how much better it is than guessing', async () => {
    const { summary } = await place.train(
      table({
        model: { family: 'mlp', hyperparameters: { width: 32, epochs: 60, batch: 16, lr: 0.01 } },
      }),
    );
    expect(summary).toMatchObject({ state: 'finished', hasModel: true, canResume: false });
    expect(summary.metrics.validation?.accuracy).toBeGreaterThan(0.95);
    expect(summary.headline).toMatchObject({
      metric: 'accuracy',
      baselineLabel: expect.stringMatching(/^always "[abc]"$/u) as string,
    });
    expect(summary.headline?.baseline).toBeCloseTo(1 / 3, 1);
  });

  it('of numbers reports errors in units of the target and an interval that holds nine of ten rows', async () => {
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'slopes.csv' },
      task: 'regression',
      target: 'height',
      model: { family: 'mlp', hyperparameters: { width: 32, epochs: 60, batch: 16, lr: 0.01 } },
    });
    const { rmse, r2, mae } = summary.metrics.validation ?? { loss: NaN };
    expect(r2).toBeGreaterThan(0.98);
    expect(rmse).toBeLessThan(2);
    const { preprocess } = await loadModel(summary.folder);
    const { intervalHalfWidth: half, interval: curve } = preprocess as {
      intervalHalfWidth?: number;
      interval?: { at: number[]; halfWidth: number[] };
    };
    expect(half).toBeGreaterThan(mae ?? Infinity);
    expect(half).toBeLessThan(4);
    expect(curve?.at.length).toBeGreaterThan(1);
    expect(curve?.halfWidth).toHaveLength(curve?.at.length ?? -1);
  });

  it('of a text lowers the perplexity below that of letters by their frequency', async () => {
    const { summary } = await place.train(text({ steps: 120, lr: 0.01 }));
    const { perplexity, loss, bitsPerCharacter } = summary.metrics.validation ?? { loss: NaN };
    expect(perplexity).toBeLessThan(0.6 * (summary.headline?.baseline ?? 0));
    expect(perplexity).toBeCloseTo(Math.exp(loss), 9);
    expect(bitsPerCharacter).toBeCloseTo(loss / Math.LN2, 9);
  });

  it('leaves everything that the design lists in its folder, and no checkpoints when it is finished', async () => {
    const { summary } = await place.train(table());
    const paths = runPaths(summary.folder);
    const files = [paths.experiment, paths.run, paths.metrics, paths.weights, paths.onnx, paths.preprocess];
    for (const file of files) expect((await readFile(file)).length).toBeGreaterThan(0);
    await expect(readFile(paths.checkpoints)).rejects.toMatchObject({ code: 'ENOENT' });
    const { rowParts } = await loadModel(summary.folder);
    expect(rowParts?.training).toHaveLength(summary.rows?.training ?? -1);
    expect(summary.rows).toEqual({ training: 192, validation: 48 });
    expect((await readRun(summary.folder)).history).toHaveLength(12);
  });

  it('has equal losses twice for one seed, and others for another', async () => {
    const [first, second, other] = [
      await lossesOf(await place.train(table())),
      await lossesOf(await place.train(table())),
      await lossesOf(await place.train(table({ seed: 2 }))),
    ];
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('sends whole snapshots, with at most ten a second while it plainly trains', async () => {
    let sent = 0;
    let last: TrainingSnapshot | undefined;
    const began = performance.now();
    const { snapshot } = await place.train(
      table({ model: { family: 'mlp', hyperparameters: { width: 16, epochs: 300, batch: 8, patience: 0 } } }),
      {
        onSnapshot: (each) => {
          sent++;
          last = each;
        },
      },
    );
    // Besides, one at every change of state or phase and at every alert.
    expect(sent).toBeLessThan(10 + (performance.now() - began) / 100);
    expect(last).toEqual(snapshot);
    expect(snapshot).toMatchObject({
      state: 'finished',
      step: snapshot.steps,
      family: 'mlp',
      target: 'kind',
    });
    expect(snapshot.history).toHaveLength(300);
  });
});

describe('resuming', () => {
  it('gives a table the losses of a training that was never interrupted', async () => {
    const whole = await place.train(table());
    const cut = await place.train(table(), { control: new InterruptAfter(20) });
    expect(cut.summary).toMatchObject({ state: 'interrupted', canResume: true });
    const resumed = await place.resume(cut.summary.folder);
    expect(resumed.summary.state).toBe('finished');
    expect(await lossesOf(resumed)).toEqual(await lossesOf(whole));
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
    const [a, b] = [await loadModel(whole.summary.folder), await loadModel(resumed.summary.folder)];
    expect(b.weights).toEqual(a.weights);
  });

  it('gives a text the losses of a training that was never interrupted', async () => {
    const whole = await place.train(text());
    const cut = await place.train(text(), { control: new InterruptAfter(13) });
    const resumed = await place.resume(cut.summary.folder);
    expect(await lossesOf(resumed)).toEqual(await lossesOf(whole));
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
  });

  it.each([
    ['between two records', 13],
    ['right after an evaluation', 20],
  ])('after a stop %s goes on from that very step, as if it had not been', async (_, step) => {
    const whole = await place.train(text());
    const stopped = await place.train(text(), { control: new StopAfter(step) });
    expect(stopped.summary).toMatchObject({ state: 'stopped', step, hasModel: true, canResume: true });
    let from: number | undefined;
    const resumed = await place.resume(stopped.summary.folder, {
      onSnapshot: (snapshot) => (from ??= snapshot.step),
    });
    expect(from).toBe(step);
    expect(await lossesOf(resumed)).toEqual(await lossesOf(whole));
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
    expect(resumed.summary).toMatchObject({ state: 'finished', bestStep: whole.summary.bestStep });
  });

  it('begins at the step of the checkpoint, whatever run.json had written last', async () => {
    const cut = await place.train(text(), { control: new InterruptAfter(13) });
    const { folder } = cut.summary;
    for (const step of [0, 27]) {
      await writeRunFile(folder, { ...(await readRunFile(folder)), step });
      const steps: number[] = [];
      await place.resume(folder, {
        control: new InterruptAfter(0),
        onSnapshot: (snapshot) => steps.push(snapshot.step),
      });
      expect(new Set(steps)).toEqual(new Set([13]));
    }
  });

  it('goes on in the fold where a cross-validation was cut off', async () => {
    const folds = table({ split: { folds: 3 } });
    const whole = await place.train(folds);
    // 60 steps a fold: in the middle of the second.
    const cut = await place.train(folds, { control: new InterruptAfter(75) });
    expect(cut.summary.state).toBe('interrupted');
    const resumed = await place.resume(cut.summary.folder);
    expect(resumed.summary.folds).toEqual(whole.summary.folds);
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
  });

  it('refuses data that have changed, and runs that are finished', async () => {
    await place.write('changing.csv', rings(90));
    const cut = await place.train(table({ dataset: { path: 'changing.csv' } }), {
      control: new InterruptAfter(4),
    });
    await place.write('changing.csv', rings(93));
    await expect(place.resume(cut.summary.folder)).rejects.toMatchObject({ code: 'mismatch' });
    const { summary } = await place.train(table());
    await expect(place.resume(summary.folder)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('controlling a training', () => {
  it('pausing really pauses: no step is done until it goes on', async () => {
    const control = new TrainingControl();
    let running: Promise<unknown> | undefined;
    const paused = new Promise<TrainingSnapshot>((resolve) => {
      running = place.train(
        table({ model: { family: 'mlp', hyperparameters: { epochs: 2000, patience: 0 } } }),
        {
          control,
          onSnapshot: (snapshot) => {
            if (snapshot.step > 0 && snapshot.state === 'running') control.pause();
            if (snapshot.state === 'paused') resolve(snapshot);
          },
        },
      );
    });
    const { runFolder, step } = await paused;
    await new Promise((resolve) => setTimeout(resolve, 150));
    const waiting = await readRunFile(runFolder);
    expect(waiting).toMatchObject({ state: 'paused', step });
    control.stop();
    await running;
    expect((await readRunFile(runFolder)).state).toBe('stopped');
  });

  it('stopping keeps the best weights and makes a usable model', async () => {
    const { summary } = await place.train(
      table({ model: { family: 'mlp', hyperparameters: { epochs: 2000, patience: 0 } } }),
      { onSnapshot: atStep(40, (control) => control.stop()) },
    );
    expect(summary).toMatchObject({ state: 'stopped', hasModel: true });
    const losses = (await lossesOf({ summary } as never)) as {
      step: number;
      validation?: { loss: number };
    }[];
    const best = losses.reduce((a, b) => ((b.validation?.loss ?? 9) < (a.validation?.loss ?? 9) ? b : a));
    expect(summary.bestStep).toBe(best.step);
    expect(summary.metrics.validation?.loss).toBeCloseTo(best.validation?.loss ?? 0, 9);
  });

  it('cancelling makes it an interrupted run that can be resumed', async () => {
    const cancel = new AbortController();
    const { summary } = await place.train(
      table({ model: { family: 'mlp', hyperparameters: { epochs: 2000, patience: 0 } } }),
      { signal: cancel.signal, onSnapshot: atStep(5, () => cancel.abort()) },
    );
    expect(summary).toMatchObject({ state: 'interrupted', canResume: true });
  });
});

describe('ending early', () => {
  it('happens when patience is over, with the weights of the best evaluation', async () => {
    const { summary } = await place.train(
      table({
        model: {
          family: 'mlp',
          hyperparameters: { epochs: 500, lr: 0.05, patience: 4, batch: 16, warmup: 0 },
        },
      }),
    );
    expect(summary.state).toBe('finished');
    expect(summary.epoch).toBeLessThan(500);
    expect(summary.step - (summary.bestStep ?? 0)).toBe(4 * 12);
  });

  it('happens when the loss leaves the finite range: advice to lower the rate, and the run is failed', async () => {
    const wild = table({
      dataset: { path: 'slopes.csv' },
      task: 'regression',
      target: 'height',
      model: {
        family: 'mlp',
        hyperparameters: { epochs: 300, lr: 10, clip: 0, warmup: 0, layers: 8, width: 256, patience: 0 },
      },
    });
    await expect(place.train(wild)).rejects.toMatchObject({
      code: 'diverged',
      advice: expect.stringContaining('learning rate') as string,
    });
  });
});

describe('cross-validation', () => {
  it('judges every row once by a model that has not seen it, then trains the model that is kept', async () => {
    const { summary } = await place.train(table({ split: { folds: 3 } }));
    expect(summary.folds).toHaveLength(3);
    const mean = (summary.folds ?? []).reduce((sum, fold) => sum + (fold.accuracy ?? 0), 0) / 3;
    expect(summary.metrics.validation?.accuracy).toBeCloseTo(mean, 9);
    expect(summary.hasModel).toBe(true);
  });

  it('keeps its figures straight where a class has a single row, which is never held out', async () => {
    await place.write('lone.csv', `${rings(240)}0.1,0.1,lone\n`);
    const { summary } = await place.train(table({ dataset: { path: 'lone.csv' }, split: { folds: 3 } }));
    const folds = summary.folds ?? [];
    expect(folds.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    const mean = (of: 'loss' | 'accuracy') => folds.reduce((sum, fold) => sum + (fold[of] ?? 0), 0) / 3;
    expect(summary.metrics.validation?.loss).toBeCloseTo(mean('loss'), 5);
    expect(summary.metrics.validation?.accuracy).toBeCloseTo(mean('accuracy'), 9);
  });

  it('of a regression gives one R² over all rows', async () => {
    const { summary } = await place.train(
      table({ dataset: { path: 'slopes.csv' }, task: 'regression', target: 'height', split: { folds: 2 } }),
    );
    expect(summary.folds).toHaveLength(2);
    expect(summary.metrics.validation?.r2).toBeGreaterThan(0.5);
  });
});

describe('trouble with the data', () => {
  it('leaves no run behind when the data cannot be learnt from', async () => {
    const before = await readRunNames();
    await expect(place.train(table({ target: 'knid' }))).rejects.toMatchObject({ code: 'dataset' });
    await expect(place.train(table({ dataset: { path: 'gone.csv' } }))).rejects.toMatchObject({
      code: 'file',
    });
    expect(await readRunNames()).toEqual(before);
  });

  it('is told at the end when the file was deleted meanwhile', async () => {
    await place.write('moving.csv', rings(120));
    const { summary } = await place.train(table({ dataset: { path: 'moving.csv' } }), {
      onSnapshot: ({ state }) => {
        if (state === 'running') rmSync(join(place.folder, 'moving.csv'), { force: true });
      },
    });
    expect(summary.state).toBe('finished');
    expect(summary.alerts.map((alert) => alert.code)).toContain('dataset-deleted');
  });

  it('says when a slower engine computes than the one that was hoped for', async () => {
    const backend = { ...place.backend, notice: 'The slow engine "cpu" is used.' };
    const { summary } = await place.train(table(), { backend });
    expect(summary.alerts).toContainEqual(
      expect.objectContaining({ code: 'slower-engine', message: backend.notice }),
    );
  });

  async function readRunNames(): Promise<string[]> {
    return readdir(place.runsFolder);
  }
});
