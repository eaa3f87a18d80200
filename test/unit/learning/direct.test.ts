/** Trainings of a family that fits directly: the same way through as by gradients, in slices in place of batches. */
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromWholeFile, readTable } from '../../../src/engine/datasets';
import { MarkedDocument, Predictor } from '../../../src/engine/inference';
import { installFamily } from '../../../src/engine/models';
import { family as naiveBayes } from '../../../src/engine/models/naive-bayes/family';
import { NaiveBayesFit } from '../../../src/engine/models/naive-bayes/fit';
import { loadModel, readCheckpoint, readRunFile, runPaths, writeCheckpoint } from '../../../src/engine/runs';
import type { ExperimentInput, TrainingResult, TrainingSnapshot } from '../../../src/protocol';
import { loadOnnxProgram, openRuntime } from '../../../src/tfjs-onnx';
import { InterruptAfter, lossesOf, PauseAfter, rings, StopAfter, Workplace } from './training-fixture';

const samples = join(import.meta.dirname, '..', '..', '..', 'samples');
let place: Workplace;
beforeAll(async () => {
  // Slices of ten rows, so that a small table has many.
  installFamily('naive-bayes', {
    ...naiveBayes,
    fit: (request, from) => new NaiveBayesFit(request, from, 10),
  });
  place = await Workplace.open();
  await place.write('rings.csv', rings(240));
  for (const name of ['moths.csv', 'support-messages.csv']) {
    await copyFile(join(samples, name), join(place.folder, name));
  }
});
afterAll(() => place.close());

const experiment = (change: Partial<ExperimentInput> = {}): ExperimentInput => ({
  version: 1,
  dataset: { path: 'rings.csv' },
  task: 'classification',
  target: 'kind',
  model: { family: 'naive-bayes', hyperparameters: {} },
  ...change,
});

async function weightsOf(folder: string) {
  return (await loadModel(folder)).weights;
}

describe('a direct training', () => {
  it('goes once over the rows, is judged on the way and at its end, and keeps what it has at the end', async () => {
    const { summary, snapshot } = await place.train(experiment());
    expect(summary).toMatchObject({ state: 'finished', step: 20, bestStep: 20 });
    expect(snapshot).toMatchObject({ epoch: 1, epochs: 1, steps: 20 });
    const records = await lossesOf({ summary, snapshot });
    expect(records).toHaveLength(5);
    expect(records.at(-1)).toMatchObject({ step: 20, validation: summary.metrics.validation });
    expect(await readFile(runPaths(summary.folder).metrics, 'utf8')).not.toContain('"lr"');
  });

  it('tries no device: there is nothing that one could do', async () => {
    const { summary } = await place.train(experiment({ provider: 'webgpu' }));
    expect(summary).toMatchObject({ state: 'finished', alerts: [] });
  });

  it('resumes to the weights and the records of one that was never interrupted', async () => {
    const whole = await place.train(experiment());
    const cut = await place.train(experiment(), { control: new InterruptAfter(7) });
    expect(cut.summary).toMatchObject({ state: 'interrupted', step: 7, canResume: true });
    const resumed = await place.resume(cut.summary.folder);
    expect(resumed.summary.state).toBe('finished');
    expect(await weightsOf(resumed.summary.folder)).toEqual(await weightsOf(whole.summary.folder));
    expect(await lossesOf(resumed)).toEqual(await lossesOf(whole));
  });

  it('stops with the weights of the rows so far, and goes on from there to the same end', async () => {
    const whole = await place.train(experiment());
    const { summary } = await place.train(experiment(), { control: new StopAfter(10) });
    expect(summary).toMatchObject({ state: 'stopped', step: 10, bestStep: 10, hasModel: true });
    expect(await weightsOf(summary.folder)).not.toEqual(await weightsOf(whole.summary.folder));
    const resumed = await place.resume(summary.folder);
    expect(await weightsOf(summary.folder)).toEqual(await weightsOf(whole.summary.folder));
    expect(await lossesOf(resumed)).toEqual(await lossesOf(whole));
  });

  it('does no slice while it is paused', async () => {
    const control = new PauseAfter(7);
    let running: Promise<TrainingResult> | undefined;
    const paused = new Promise<TrainingSnapshot>((resolve) => {
      const onSnapshot = (snapshot: TrainingSnapshot): void => {
        if (snapshot.state === 'paused') resolve(snapshot);
      };
      running = place.train(experiment(), { control, onSnapshot });
    });
    const { runFolder } = await paused;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await readRunFile(runFolder)).toMatchObject({ state: 'paused', step: 7 });
    control.continue();
    expect((await running)?.summary).toMatchObject({ state: 'finished', step: 20 });
  });

  it('goes on in the fold where a cross-validation was cut off', async () => {
    const folds = experiment({ split: { folds: 3 } });
    const whole = await place.train(folds);
    expect(whole.summary.folds).toHaveLength(3);
    const cut = await place.train(folds, { control: new InterruptAfter(25) });
    expect(cut.summary.state).toBe('interrupted');
    const resumed = await place.resume(cut.summary.folder);
    expect(resumed.summary.folds).toEqual(whole.summary.folds);
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
  });

  it.each(['fit.sums', 'fit.counts'])(
    'refuses a checkpoint whose "%s" is of another training',
    async (name) => {
      const cut = await place.train(experiment(), { control: new InterruptAfter(7) });
      const checkpoint = (await readCheckpoint(cut.summary.folder))!;
      const tensors = new Map(checkpoint.tensors).set(name, { shape: [1], data: Float64Array.of(1) });
      await writeCheckpoint(cut.summary.folder, { ...checkpoint, step: checkpoint.step + 1, tensors });
      await expect(place.resume(cut.summary.folder)).rejects.toMatchObject({
        code: 'damaged',
        message: 'The checkpoint is of another training.',
      });
    },
  );
});

describe('naive Bayes', () => {
  it.each([
    ['rings.csv', 'kind', 0.8],
    ['moths.csv', 'species', 0.8],
    ['support-messages.csv', 'topic', 0.85],
  ])('learns %s, and marks, predicts and exports the same', async (path, target, least) => {
    const { summary } = await place.train(experiment({ dataset: { path }, target }));
    expect(summary.metrics.validation?.accuracy).toBeGreaterThan(least);
    expect(summary.headline?.baseline).toBeLessThan(0.5);
    const saved = await loadModel(summary.folder);
    const predictor = await Predictor.open(place.backend, saved);
    const file = join(place.folder, path);
    const text = await readFile(file, 'utf8');
    const document = new MarkedDocument(path, predictor, file, { text, version: 1 });
    const marks = await document.marks();
    expect(marks.metrics?.['accuracy']).toBeGreaterThan(least);
    const table = await fromWholeFile(file, ({ source }) =>
      Promise.resolve(readTable(source as Uint8Array, { path: file })),
    );
    const rows = predictor.encoder.encode(table, Uint32Array.of(0, 1, 2, 3));
    const runtime = await openRuntime({ threads: 1 });
    const program = await loadOnnxProgram(runtime, path, await readFile(runPaths(summary.folder).onnx));
    const { probabilities } = await program.run({ features: rows.dense() });
    const classes = probabilities!.dims[1]!;
    for (let row = 0; row < 4; row++) {
      const own = probabilities!.data.subarray(row * classes, (row + 1) * classes) as Float32Array;
      expect(marks.classIndex[row]).toBe(own.indexOf(Math.max(...own)));
      expect(marks.confidence[row]).toBeCloseTo(Math.max(...own), 4);
    }
    program.dispose();
    predictor.dispose();
  });
});
