/** `runs delete` takes away runs and nothing else, whatever a workspace has prepared for it. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { birds, contentOf, put, run, temporaryFolder } from './command-line';

const folder = temporaryFolder();
const runsFolder = join(folder.path, '.model-lab', 'runs');
const elsewhere = join(folder.path, 'elsewhere');
/** A trained run to copy from. */
const trained = join(folder.path, 'trained');

beforeAll(async () => {
  put(folder.path, 'birds.csv', birds());
  const { status } = await run(folder.path, 'train', 'birds.csv', '--target', 'kind', '--epochs', '2');
  expect(status).toBe(0);
  const [name] = readdirSync(runsFolder);
  renameSync(join(runsFolder, name ?? ''), trained);
}, 120_000);
afterAll(() => folder.remove());

beforeEach(() => {
  for (const place of [runsFolder, elsewhere]) {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
  }
  put(elsewhere, 'thesis.txt', 'Years of work.');
  cpSync(trained, join(runsFolder, 'mine'), { recursive: true });
});

/** Deletes by the command line, which is to refuse with the words and to leave every file as it is. */
async function isRefused(name: string, words: RegExp): Promise<void> {
  const before = contentOf(folder.path);
  const { status, out, err } = await run(folder.path, 'runs', 'delete', name, '--yes');
  expect([status, err]).toEqual([1, expect.stringMatching(words)]);
  expect(out).toBe('');
  expect(contentOf(folder.path)).toEqual(before);
  expect(existsSync(join(runsFolder, 'mine'))).toBe(true);
}

describe('runs delete', () => {
  it('takes a run away, and nothing beside it', async () => {
    cpSync(trained, join(runsFolder, 'other'), { recursive: true });
    const { status } = await run(folder.path, 'runs', 'delete', 'mine', '--yes');
    expect(status).toBe(0);
    expect(readdirSync(runsFolder)).toEqual(['other']);
  });

  it('refuses a run outside of the runs folder, with both folders', async () => {
    const outside = join(elsewhere, 'run');
    cpSync(trained, outside, { recursive: true });
    await isRefused(
      outside,
      /elsewhere.run: This folder does not lie in the folder of the runs, .*\.model-lab.runs/,
    );
  });

  it('refuses a run below another run', async () => {
    cpSync(trained, join(runsFolder, 'mine', 'inner'), { recursive: true });
    await isRefused(join(runsFolder, 'mine', 'inner'), /does not lie in the folder of the runs/);
  });

  it.each([
    ['beside the run', 'notes.md'],
    ['beside the model', join('model', 'mine.csv')],
    ['in a folder of its own', join('data', 'mine.csv')],
  ])('refuses a folder with a file of somebody %s, by its name', async (_, name) => {
    const path = join(runsFolder, 'mine', name);
    mkdirSync(join(path, '..'), { recursive: true });
    put(runsFolder, join('mine', name), 'precious');
    await isRefused('mine', /holds what is not a run's own: "(notes\.md|model.mine\.csv|data)"/);
  });

  it('refuses a run whose model folder is a link, and leaves what it leads to', async () => {
    rmSync(join(runsFolder, 'mine', 'model'), { recursive: true });
    symlinkSync(elsewhere, join(runsFolder, 'mine', 'model'));
    await isRefused('mine', /The folder "model" of this run is a link to another place/);
  });

  it('refuses a run whose checkpoints are a link', async () => {
    symlinkSync(elsewhere, join(runsFolder, 'mine', 'checkpoints'));
    await isRefused('mine', /The folder "checkpoints" of this run is a link to another place/);
  });

  it('refuses a run that is a link itself', async () => {
    cpSync(trained, join(elsewhere, 'run'), { recursive: true });
    symlinkSync(join(elsewhere, 'run'), join(runsFolder, 'linked'));
    await isRefused('linked', /The folder "linked" of this run is a link to another place/);
  });

  it('refuses a run with a link among its files', async () => {
    symlinkSync(join(elsewhere, 'thesis.txt'), join(runsFolder, 'mine', 'samples.jsonl'));
    await isRefused('mine', /holds what is not a run's own: "samples\.jsonl"/);
  });

  it('deletes none of several where one has no such name', async () => {
    const before = contentOf(folder.path);
    const { status } = await run(folder.path, 'runs', 'delete', 'mine', 'none', '--yes');
    expect(status).toBe(2);
    expect(contentOf(folder.path)).toEqual(before);
  });
});
