import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendLines,
  createRunFolder,
  deleteRun,
  listRuns,
  loadModel,
  PREPARATION,
  prepareRunsFolder,
  readCheckpoint,
  readRun,
  renameRun,
  runPaths,
  saveModel,
  summariseRun,
  writeCheckpoint,
  writeRunFile,
} from '../../../src/engine/runs';
import { Experiment, type MetricRecord, type RunFile } from '../../../src/protocol';

let lab: string;
let runsFolder: string;

beforeEach(async () => {
  lab = join(await mkdtemp(join(tmpdir(), 'runs-')), '.model-lab');
  runsFolder = join(lab, 'runs');
  await prepareRunsFolder(runsFolder);
});
afterEach(() => rm(lab, { recursive: true, force: true }));

const experiment = Experiment.parse({
  version: 1,
  dataset: { path: '/data/penguins.csv' },
  task: 'classification',
  target: 'species',
  model: { family: 'linear', hyperparameters: {} },
});

function runFile(change: Partial<RunFile> = {}): RunFile {
  const now = new Date().toISOString();
  return {
    version: 1,
    preparation: PREPARATION,
    name: 'penguins',
    state: 'finished',
    task: 'classification',
    target: 'species',
    datasetPath: '/data/penguins.csv',
    family: 'linear',
    created: now,
    updated: now,
    pid: process.pid,
    host: hostname(),
    seconds: 1,
    epoch: 1,
    epochs: 1,
    step: 1,
    steps: 1,
    metrics: {},
    alerts: [],
    notes: [],
    ...change,
  };
}

async function makeRun(change: Partial<RunFile> = {}, name = 'penguins'): Promise<string> {
  return createRunFolder(runsFolder, name, experiment, runFile({ name, ...change }));
}

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

const record = (step: number): MetricRecord => ({
  step,
  epoch: step,
  time: step,
  training: { loss: 1 / step },
});

describe('a folder of runs', () => {
  it('tells git to leave it alone', async () => {
    expect(await readFile(join(lab, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('keeps a .gitignore that somebody changed', async () => {
    await writeFile(join(lab, '.gitignore'), 'mine\n');
    await prepareRunsFolder(runsFolder);
    expect(await readFile(join(lab, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  it('lists runs newest first, from several folders, and passes over what is no run', async () => {
    const old = await makeRun({ created: '2020-01-01T00:00:00.000Z' });
    const young = await makeRun({ created: '2021-01-01T00:00:00.000Z' });
    await mkdir(join(runsFolder, 'something else'));
    await writeFile(join(runsFolder, 'file'), '');
    const listed = await listRuns([runsFolder, runsFolder, join(lab, 'not there')]);
    expect(listed.map(({ folder }) => folder)).toEqual([young, old]);
  });

  it('gives runs of one second and one name folders of their own, with names that every system takes', async () => {
    const [a, b] = [await makeRun({}, 'a/b: "c" → ä'), await makeRun({}, 'a/b: "c" → ä')];
    expect(a).not.toBe(b);
    expect(a.slice(runsFolder.length + 1)).toMatch(/^\d{8}-\d{6}-a-b-c-ä$/u);
  });

  it.skipIf(process.platform === 'win32')('refuses a folder that cannot be made, with advice', async () => {
    await writeFile(join(lab, 'file'), '');
    await expect(prepareRunsFolder(join(lab, 'file', 'runs'))).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(/cannot be kept in .*is a file and not a folder/u) as string,
      advice: expect.stringContaining('another folder for the runs') as string,
      place: { path: join(lab, 'file', 'runs') },
    });
  });
});

describe('the state of a run', () => {
  it('is never "damaged" while the run is being created', async () => {
    const states: string[] = [];
    let creating = true;
    const creation = Promise.all(Array.from({ length: 20 }, () => makeRun({ state: 'preparing' }))).finally(
      () => (creating = false),
    );
    while (creating) states.push(...(await listRuns([runsFolder])).map(({ state }) => state));
    await creation;
    states.push(...(await listRuns([runsFolder])).map(({ state }) => state));
    expect(new Set(states)).toEqual(new Set(['preparing']));
  });

  it('is not written where it could not be read again, and says which figure is to blame', async () => {
    const run = await makeRun();
    const written = await readFile(runPaths(run).run, 'utf8');
    const metrics = { validation: { loss: 1, rmse: Infinity } };
    await expect(writeRunFile(run, runFile({ metrics }))).rejects.toThrow(/rmse/u);
    expect(await readFile(runPaths(run).run, 'utf8')).toBe(written);
  });

  it.each(['preparing', 'running', 'paused'] as const)(
    'is interrupted when it says %s but its process is gone',
    async (state) => {
      const folder = await makeRun({ state, pid: deadPid() });
      expect(await summariseRun(folder)).toMatchObject({ state: 'interrupted', canResume: true });
    },
  );

  it('that an older version split otherwise is not offered for resuming, and says why', async () => {
    const cut = { state: 'running', pid: deadPid() } as const;
    const older = await summariseRun(await makeRun({ ...cut, preparation: PREPARATION - 1 }));
    expect(older).toMatchObject({ state: 'interrupted', canResume: false });
    expect(older.cannotResume).toMatch(/^This training began under another version .* Start a new training/u);
    const text = await makeRun({ ...cut, preparation: undefined, task: 'language-model', target: undefined });
    expect(await summariseRun(text)).toMatchObject({ canResume: true });
    expect((await summariseRun(await makeRun({ preparation: 1 }))).cannotResume).toBeUndefined();
  });

  it('is what it says while its process lives', async () => {
    expect(await summariseRun(await makeRun({ state: 'running' }))).toMatchObject({
      state: 'running',
      canResume: false,
    });
  });

  it('is interrupted when its process lives on but let go of it without a word', async () => {
    const here = { state: 'running', pid: process.pid, host: hostname() } as const;
    const folder = await makeRun({ ...here, locked: true });
    expect(await summariseRun(folder)).toMatchObject({ state: 'interrupted', canResume: true });
    expect((await summariseRun(await makeRun(here))).state).toBe('running');
  });

  it('is interrupted when another machine has been silent for long', async () => {
    const elsewhere = { state: 'running', host: 'another', pid: 1 } as const;
    const fresh = await makeRun(elsewhere);
    const silent = await makeRun({ ...elsewhere, updated: new Date(Date.now() - 3_600_000).toISOString() });
    expect((await summariseRun(fresh)).state).toBe('running');
    expect((await summariseRun(silent)).state).toBe('interrupted');
  });

  it('is failed, with the reason, when run.json is damaged', async () => {
    const folder = await makeRun();
    await truncate(runPaths(folder).run, 20);
    const [listed] = await listRuns([runsFolder]);
    expect(listed).toMatchObject({ folder, state: 'failed', target: 'species', error: { code: 'damaged' } });
  });
});

describe('reading a run', () => {
  it('passes over a torn last line of the metrics and thins long histories, the newest kept', async () => {
    const folder = await makeRun();
    const { metrics } = runPaths(folder);
    await appendLines(
      metrics,
      Array.from({ length: 1000 }, (_, k) => record(k + 1)),
    );
    await appendFile(metrics, '{"step":1001,"epo');
    const { history } = await readRun(folder);
    expect(history).toHaveLength(400);
    expect(history.at(-1)?.step).toBe(1000);
    expect(history.map(({ step }) => step)).toEqual(history.map(({ step }) => step).sort((a, b) => a - b));
  });

  it('says what is wrong with a folder that is no run', async () => {
    await expect(readRun(join(runsFolder, 'gone'))).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('renaming and deleting', () => {
  it('changes the name and keeps the folder', async () => {
    const folder = await makeRun();
    expect(await renameRun(folder, 'Better name')).toMatchObject({ name: 'Better name', folder });
  });

  it('deletes a run and what an earlier deletion left', async () => {
    const folder = await makeRun();
    await mkdir(join(runsFolder, '.deleted-0011'));
    await deleteRun(folder, [runsFolder]);
    expect(await readdir(runsFolder)).toEqual([]);
  });

  it('refuses runs that are being trained and folders that are no runs', async () => {
    const training = await makeRun({ state: 'running' });
    await expect(deleteRun(training, [runsFolder])).rejects.toMatchObject({ code: 'invalid' });
    await expect(renameRun(training, 'x')).rejects.toMatchObject({ code: 'invalid' });
    await expect(deleteRun(lab, [runsFolder])).rejects.toMatchObject({ code: 'invalid' });
    expect(await readdir(lab)).toContain('runs');
  });
});

describe('checkpoints', () => {
  const checkpoint = (step: number) => ({
    step,
    state: { step },
    tensors: new Map([['weights', { shape: [2], data: Float32Array.of(step, -step) }]]),
  });

  it('are read newest first, and the last two are kept', async () => {
    const folder = await makeRun();
    for (const step of [5, 90, 1000]) await writeCheckpoint(folder, checkpoint(step));
    expect(await readdir(runPaths(folder).checkpoints)).toHaveLength(2);
    expect(await readCheckpoint(folder)).toMatchObject({ step: 1000, state: { step: 1000 } });
  });

  it('fall back to the one before when the newest is damaged, and say so when all are', async () => {
    const folder = await makeRun();
    await writeCheckpoint(folder, checkpoint(1));
    await writeCheckpoint(folder, checkpoint(2));
    const { checkpoints } = runPaths(folder);
    await truncate(join(checkpoints, 'step-0000000002.safetensors'), 30);
    expect((await readCheckpoint(folder))?.step).toBe(1);
    await truncate(join(checkpoints, 'step-0000000001.safetensors'), 30);
    await expect(readCheckpoint(folder)).rejects.toMatchObject({ code: 'damaged' });
  });

  it.each([NaN, Infinity, -Infinity])(
    'with %s among their values fall back to the one before, or are refused by file and tensor',
    async (value) => {
      const folder = await makeRun();
      await writeCheckpoint(folder, checkpoint(1));
      const tensors = new Map([['gradientSum', { shape: [2], data: Float32Array.of(0, value) }]]);
      await writeCheckpoint(folder, { step: 2, state: {}, tensors });
      expect((await readCheckpoint(folder))?.step).toBe(1);
      await writeCheckpoint(folder, { step: 3, state: {}, tensors });
      await expect(readCheckpoint(folder)).rejects.toMatchObject({
        code: 'damaged',
        message: `The checkpoint is damaged: value 1 of "gradientSum" is ${value}.`,
        place: { path: join(runPaths(folder).checkpoints, 'step-0000000003.safetensors') },
      });
    },
  );
});

describe('models', () => {
  const model = {
    weights: new Map([['weight', { shape: [2, 1], data: Float32Array.of(1, 2) }]]),
    preprocess: { version: 1, kind: 'table', encoder: { any: 1 }, target: {}, intervalHalfWidth: 2.5 },
    rowParts: { training: Float64Array.of(2 ** 52 + 1), validation: Float64Array.of(3, 4) },
    onnx: Uint8Array.of(1, 2, 3),
  } as const;

  it('are loaded as they were saved', async () => {
    const folder = await makeRun();
    await saveModel(folder, model);
    const loaded = await loadModel(folder);
    expect(loaded.weights).toEqual(model.weights);
    expect(loaded.preprocess).toEqual(model.preprocess);
    expect(loaded.rowParts).toEqual(model.rowParts);
    expect(loaded.experiment).toEqual(experiment);
    expect((await summariseRun(folder)).hasModel).toBe(true);
  });

  it.each([NaN, Infinity, -Infinity])(
    'with %s among their weights are refused by file and tensor',
    async (value) => {
      const folder = await makeRun();
      const data = Float32Array.of(1, value);
      await saveModel(folder, { ...model, weights: new Map([['weight', { shape: [2, 1], data }]]) });
      await expect(loadModel(folder)).rejects.toMatchObject({
        code: 'damaged',
        message: expect.stringContaining(`value 1 of "weight" is ${value}`) as string,
        place: { path: runPaths(folder).weights },
      });
    },
  );

  it('that are not there yet, or damaged, are named with advice', async () => {
    const folder = await makeRun();
    await expect(loadModel(folder)).rejects.toMatchObject({
      code: 'file',
      message: expect.stringContaining('no model') as string,
    });
    await saveModel(folder, model);
    await writeFile(runPaths(folder).preprocess, '{"version":1,"kind":"image"}');
    await expect(loadModel(folder)).rejects.toMatchObject({
      code: 'damaged',
      place: { path: runPaths(folder).preprocess },
    });
  });
});
