/** The learning process killed in the middle, as by a crash: the run goes on from its checkpoint as if nothing was. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPaths, summariseRun } from '../../src/engine/runs';
import { Experiment, ResumeTraining, Train, type TrainingSnapshot } from '../../src/protocol';
import { EngineProcess } from '../../src/protocol/client';
import { lossesOf, rings, Workplace } from '../unit/learning/training-fixture';
import { engineBundle } from './engine-bundle';

let enginePath = '';
let place: Workplace;

beforeAll(async () => {
  enginePath = await engineBundle();
  place = await Workplace.open();
  await place.write('rings.csv', rings(600));
});
afterAll(async () => {
  await place.close();
  rmSync(enginePath, { force: true });
});

it('a training killed with -9 resumes to the losses of one that was not', async () => {
  const experiment = Experiment.parse({
    version: 1,
    dataset: { path: join(place.folder, 'rings.csv') },
    task: 'classification',
    target: 'kind',
    // Long enough for a checkpoint, which is due after some seconds of training.
    model: { family: 'mlp', hyperparameters: { width: 32, batch: 8, epochs: 600, patience: 0, lr: 0.001 } },
  });
  const params = { experiment, runsFolder: place.runsFolder, baseFolder: place.folder };

  const first = await EngineProcess.start({ role: 'learning', enginePath });
  let runFolder = '';
  let killed = false;
  const cut = first.call(Train, params, {
    onProgress: (snapshot: TrainingSnapshot) => {
      ({ runFolder } = snapshot);
      if (killed || checkpointsOf(runFolder) === 0) return;
      killed = true;
      process.kill(first.pid, 'SIGKILL');
    },
  });
  await expect(cut).rejects.toMatchObject({ code: 'engine-gone' });
  await first.dispose();
  const interrupted = await summariseRun(runFolder);
  expect(interrupted).toMatchObject({ state: 'interrupted', canResume: true });

  const second = await EngineProcess.start({ role: 'learning', enginePath });
  const resumed = await second.call(ResumeTraining, { runFolder });
  await second.dispose();
  const third = await EngineProcess.start({ role: 'learning', enginePath });
  const whole = await third.call(Train, params);
  await third.dispose();

  expect(resumed.summary.state).toBe('finished');
  expect(await lossesOf(resumed)).toEqual(await lossesOf(whole));
  expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
}, 240_000);

function checkpointsOf(runFolder: string): number {
  try {
    return readdirSync(runPaths(runFolder).checkpoints).filter((name) => name.endsWith('.safetensors'))
      .length;
  } catch {
    return 0;
  }
}
