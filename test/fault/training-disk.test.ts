/** A disk that fills up and a folder that cannot be written, on a real file system of limited size. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resumeTraining, trainExperiment, TrainingControl } from '../../src/engine/learning';
import {
  appendLines,
  listRuns,
  prepareRunsFolder,
  readCheckpoint,
  runPaths,
  writeCheckpoint,
} from '../../src/engine/runs';
import { Experiment, type TrainingSnapshot } from '../../src/protocol';
import { rings, Workplace } from '../unit/learning/training-fixture';

const mountPoint = mkdtempSync(join(tmpdir(), 'small-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', mountPoint]).status === 0;
const why = mounted ? '' : ' (skipped: a small disk can only be mounted as root on Linux)';

afterAll(() => {
  if (mounted) spawnSync('umount', [mountPoint]);
  rmSync(mountPoint, { recursive: true, force: true });
});

const ballast = join(mountPoint, 'ballast');
/** Leaves at most so many bytes free. */
function fill(leave: number): void {
  rmSync(ballast, { force: true });
  for (let size = 520; size > 0; size--) {
    try {
      writeFileSync(ballast, new Uint8Array(Math.max(0, size * 1024 - leave)));
      return;
    } catch {
      rmSync(ballast, { force: true });
    }
  }
}
const free = (): void => rmSync(ballast, { force: true });

describe.skipIf(!mounted)(`a disk that fills up${why}`, () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await Workplace.open();
    await place.write('rings.csv', rings(240));
  });
  afterAll(() => place.close());

  it('does not harm the checkpoint that is there when the next one does not fit', async () => {
    const folder = join(mountPoint, 'checkpointed');
    mkdirSync(folder);
    const checkpoint = (step: number) => ({
      step,
      state: {},
      tensors: new Map([['weights', { shape: [20_000], data: new Float32Array(20_000).fill(step) }]]),
    });
    await writeCheckpoint(folder, checkpoint(1));
    fill(40_000);
    await expect(writeCheckpoint(folder, checkpoint(2))).rejects.toMatchObject({ code: 'disk-full' });
    expect((await readCheckpoint(folder))?.step).toBe(1);
    expect(readdirSync(join(folder, 'checkpoints'))).toHaveLength(1);
    free();
    await writeCheckpoint(folder, checkpoint(2));
    expect((await readCheckpoint(folder))?.step).toBe(2);
    rmSync(folder, { recursive: true });
  });

  it('is told as such by the metrics, too', async () => {
    const path = join(mountPoint, 'metrics.jsonl');
    fill(0);
    await expect(appendLines(path, [{ text: 'x'.repeat(10_000) }])).rejects.toMatchObject({
      code: 'disk-full',
    });
    free();
  });

  it('ends a training with the error, and what was saved before serves to resume it', async () => {
    const runsFolder = join(mountPoint, '.model-lab', 'runs');
    const experiment = Experiment.parse({
      version: 1,
      dataset: { path: join(place.folder, 'rings.csv') },
      task: 'classification',
      target: 'kind',
      model: { family: 'mlp', hyperparameters: { epochs: 60, width: 32, patience: 0 } },
    });
    const { backend } = place;
    const control = new TrainingControl();
    const cut = await trainExperiment({
      experiment,
      runsFolder,
      baseFolder: '/',
      backend,
      control,
      onSnapshot: ({ step }) => {
        if (step > 0) control.interrupt();
      },
    });
    const runFolder = cut.summary.folder;
    let filled = false;
    const resumed = resumeTraining({
      runFolder,
      backend,
      control: new TrainingControl(),
      onSnapshot: ({ state }) => {
        if (state === 'running' && !filled) {
          filled = true;
          fill(0);
        }
      },
    });
    await expect(resumed).rejects.toMatchObject({ code: 'disk-full' });
    free();
    const checkpoint = await readCheckpoint(runFolder);
    expect(checkpoint?.step).toBe(cut.summary.step);
  });
});

describe.skipIf(!mounted)(`a training whose disk fills up${why}`, () => {
  let place: Workplace;
  const runsFolder = join(mountPoint, 'runs');
  beforeAll(async () => {
    place = await Workplace.open();
    await place.write('rings.csv', rings(240));
  });
  afterEach(() => {
    free();
    rmSync(runsFolder, { recursive: true, force: true });
  });
  afterAll(() => place.close());

  /** Trains in `folder`, filling the disk once `when` says so. */
  const train = (folder: string, when: (snapshot: TrainingSnapshot) => boolean) => {
    let filled = false;
    return trainExperiment({
      experiment: Experiment.parse({
        version: 1,
        dataset: { path: join(place.folder, 'rings.csv') },
        task: 'classification',
        target: 'kind',
        model: { family: 'mlp', hyperparameters: { epochs: 30, width: 32, patience: 0 } },
      }),
      runsFolder: folder,
      baseFolder: '/',
      backend: place.backend,
      control: new TrainingControl(),
      onSnapshot: (snapshot) => {
        if (filled || !when(snapshot)) return;
        filled = true;
        fill(0);
      },
    });
  };

  it('while the data are read names the file and leaves no run', async () => {
    await expect(train(runsFolder, ({ phase }) => phase.startsWith('reading'))).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(runsFolder) as string,
    });
    expect(readdirSync(runsFolder)).toEqual([]);
  });

  it.each([
    ['before the first checkpoint', (snapshot: TrainingSnapshot) => snapshot.step > 0, ''],
    [
      'while the model is saved',
      ({ phase }: TrainingSnapshot) => phase === 'saving the model',
      'preprocess.json',
    ],
  ])('%s names the file and leaves a run that is resumed to the same result', async (_, when, file) => {
    const whole = await train(place.runsFolder, () => false);
    await expect(train(runsFolder, when)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(new RegExp(`${runsFolder}.*${file}`)) as string,
    });
    const [left] = await listRuns([runsFolder]);
    expect(left).toMatchObject({ canResume: true, hasModel: false });
    expect(['failed', 'interrupted']).toContain(left?.state);
    free();
    const resumed = await resumeTraining({
      runFolder: left?.folder ?? '',
      backend: place.backend,
      control: new TrainingControl(),
      onSnapshot: () => undefined,
    });
    expect(resumed.summary).toMatchObject({ state: 'finished', hasModel: true });
    expect(resumed.summary.metrics).toEqual(whole.summary.metrics);
  });

  it('while the model is saved keeps a checkpoint of the last step where there is room for one', async () => {
    // A folder in the way of the weights: only the model cannot be saved.
    const failing = train(runsFolder, ({ phase, runFolder }) => {
      if (phase === 'saving the model')
        mkdirSync(join(runPaths(runFolder).weights, 'x'), { recursive: true });
      return false;
    });
    await expect(failing).rejects.toMatchObject({ code: 'file' });
    const [left] = await listRuns([runsFolder]);
    expect(left).toMatchObject({ state: 'failed', canResume: true });
    expect((await readCheckpoint(left?.folder ?? ''))?.step).toBe(left?.steps);
  });
});

describe.skipIf(!mounted)(`a read-only folder${why}`, () => {
  it('is refused before any training time is spent, with advice', async () => {
    expect(spawnSync('mount', ['-o', 'remount,ro', mountPoint]).status).toBe(0);
    try {
      await expect(prepareRunsFolder(join(mountPoint, 'a', 'runs'))).rejects.toMatchObject({
        code: 'file',
        advice: expect.stringContaining('Choose another folder for the runs') as string,
      });
    } finally {
      spawnSync('mount', ['-o', 'remount,rw', mountPoint]);
    }
  });
});
