/** Workspaces come from anybody: links and foreign files in the folders of runs. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendLines,
  createRunFolder,
  deleteRun,
  renameRun,
  runPaths,
  saveModel,
  writeCheckpoint,
} from '../../../src/engine/runs';
import { Experiment } from '../../../src/protocol';

let place: string;
let runsFolder: string;
/** Somebody's folder, outside, with a file in it. */
let elsewhere: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'own-files-'));
  [runsFolder, elsewhere] = [join(place, 'runs'), join(place, 'elsewhere')];
  for (const folder of [runsFolder, elsewhere]) await mkdir(folder);
  await writeFile(join(elsewhere, 'thesis.txt'), 'precious');
});
afterEach(async () => {
  // Whatever was tried, the file outside is as it was, and alone.
  expect(await readFile(join(elsewhere, 'thesis.txt'), 'utf8')).toBe('precious');
  expect(await readdir(elsewhere)).toEqual(['thesis.txt']);
  await rm(place, { recursive: true, force: true });
});

async function makeRun(folder = runsFolder): Promise<string> {
  const now = new Date().toISOString();
  const experiment = Experiment.parse({
    version: 1,
    dataset: { path: '/data/penguins.csv' },
    task: 'classification',
    target: 'species',
    model: { family: 'linear', hyperparameters: {} },
  });
  return createRunFolder(folder, 'penguins', experiment, {
    ...{ version: 1, name: 'penguins', state: 'finished', task: 'classification', target: 'species' },
    ...{ datasetPath: '/data/penguins.csv', family: 'linear', created: now, updated: now },
    ...{ pid: process.pid, host: hostname(), seconds: 1, epoch: 1, epochs: 1, step: 1, steps: 1 },
    ...{ metrics: {}, alerts: [], notes: [] },
  });
}

const tensors = () => new Map([['weights', { shape: [2], data: Float32Array.of(1, 2) }]]);
const model = () => ({
  weights: tensors(),
  preprocess: { version: 1, kind: 'text', vocabulary: [] } as never,
});

describe('deleting a run', () => {
  it('takes all that is its own, files that were being written among them', async () => {
    const run = await makeRun();
    await saveModel(run, model());
    await writeCheckpoint(run, { step: 1, state: {}, tensors: tensors() });
    await appendLines(runPaths(run).metrics, [{}]);
    await writeFile(`${runPaths(run).run}.0123456789ab.tmp`, '{');
    await writeFile(join(run, '.DS_Store'), '');
    await deleteRun(run, [runsFolder]);
    expect(existsSync(run)).toBe(false);
  });

  it('is refused outside of the folder of the runs', async () => {
    const other = join(place, 'other');
    await mkdir(other);
    const run = await makeRun(other);
    await expect(deleteRun(run, [runsFolder])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(runsFolder) as string,
      place: { path: run },
    });
    await expect(
      deleteRun(join(runsFolder, '..', 'other', run.slice(other.length + 1)), [runsFolder]),
    ).rejects.toThrow();
    expect(existsSync(run)).toBe(true);
  });

  it.each(['notes.md', 'model/weights.bak', '.git/config', 'checkpoints/step-1.safetensors'])(
    'is refused, by name, where %s lies in it',
    async (name) => {
      const run = await makeRun();
      await mkdir(join(run, name, '..'), { recursive: true });
      await writeFile(join(run, name), 'mine');
      const named = name === '.git/config' ? '.git' : name;
      await expect(deleteRun(run, [runsFolder])).rejects.toThrow(`"${named}"`);
      expect(await readFile(join(run, name), 'utf8')).toBe('mine');
      expect(existsSync(runPaths(run).run)).toBe(true);
    },
  );

  it('leaves what only looks as if an earlier deletion had left it', async () => {
    const [run, lookalike] = [await makeRun(), join(runsFolder, '.deleted-0123456789ab')];
    await mkdir(lookalike);
    await writeFile(join(lookalike, 'notes.md'), 'mine');
    await deleteRun(run, [runsFolder]);
    expect(await readFile(join(lookalike, 'notes.md'), 'utf8')).toBe('mine');
  });
});

describe.skipIf(process.platform === 'win32')('links in a run', () => {
  it.each(['model', 'checkpoints'])('are not written through or deleted through: %s', async (name) => {
    const run = await makeRun();
    await symlink(elsewhere, join(run, name));
    const write =
      name === 'model'
        ? saveModel(run, model())
        : writeCheckpoint(run, { step: 1, state: {}, tensors: tensors() });
    await expect(write).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(`"${name}"`) as string,
      place: { path: join(run, name) },
    });
    await expect(deleteRun(run, [runsFolder])).rejects.toMatchObject({ code: 'invalid' });
    expect(existsSync(runPaths(run).run)).toBe(true);
  });

  it('are not appended to', async () => {
    const run = await makeRun();
    const { metrics } = runPaths(run);
    await symlink(join(elsewhere, 'thesis.txt'), metrics);
    await expect(appendLines(metrics, [{ step: 1 }])).rejects.toMatchObject({
      code: 'file',
      place: { path: metrics },
    });
  });

  it('are no runs that could be renamed or deleted', async () => {
    const other = join(place, 'other');
    await mkdir(other);
    const run = await makeRun(other);
    const link = join(runsFolder, 'link');
    await symlink(run, link);
    const before = await readFile(runPaths(run).run, 'utf8');
    await expect(renameRun(link, 'x')).rejects.toMatchObject({ code: 'invalid', place: { path: link } });
    await expect(deleteRun(link, [runsFolder])).rejects.toMatchObject({ code: 'invalid' });
    expect(await readFile(runPaths(run).run, 'utf8')).toBe(before);
  });

  it('may lead to the folder of all runs, which a user keeps on another disk', async () => {
    const run = await makeRun();
    const link = join(place, 'link');
    await symlink(runsFolder, link);
    await deleteRun(join(link, run.slice(runsFolder.length + 1)), [link]);
    expect(await readdir(runsFolder)).toEqual([]);
  });
});
