/** A disk that fills up and a folder that cannot be written, on a real file system of limited size. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumeTraining, trainExperiment, TrainingControl } from '../../src/engine/learning';
import { appendLines, prepareRunsFolder, readCheckpoint, writeCheckpoint } from '../../src/engine/runs';
import { Experiment } from '../../src/protocol';
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
