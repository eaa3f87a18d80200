/** The runs of a workspace: create, list, read, rename, delete. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import {
  type Experiment,
  MetricRecord,
  type RunDetails,
  type RunFile,
  type RunSetup,
  type RunSummary,
} from '../../protocol';
import { type ErrorCode, joinSentences, LabError } from '../../protocol/errors';
import { families } from '../../protocol/families';
import { usualTask } from '../../protocol/tasks';
import { renameWithRetries, writeFileAtomically } from './atomic-file';
import { hasCheckpoint } from './checkpoint';
import { thinHistory } from './history';
import { writeSplit } from '../../protocol/splits';
import { readLines } from './json-lines';
import { readExperiment } from './model-files';
import { foreignFiles, requireNothingForeign, requireOwnFolder, requireOwnFolders } from './own-files';
import { isActive, NOTHING_LEARNT, readRunFile, writeRunFile } from './run-file';
import { isPreparedAlike, PREPARED_OTHERWISE } from './preparation';
import { runPaths } from './run-paths';

/** What a language model wrote at a step. */
export const WrittenSample = z.object({ step: z.int(), text: z.string() });
export type WrittenSample = z.infer<typeof WrittenSample>;

const DELETED = '.deleted-';
const LEFTOVER = /^\.deleted-[0-9a-f]+$/;

/**
 * Makes sure that runs can be kept in `runsFolder`, before any time is spent on training: creates it, tries to write,
 * and tells git to leave `.model-lab` alone. LabError('file') with advice when the folder is read-only.
 */
export async function prepareRunsFolder(runsFolder: string): Promise<void> {
  const probe = join(runsFolder, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(runsFolder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe, { force: true });
    const lab = dirname(runsFolder);
    if (basename(lab) === '.model-lab') {
      await writeFile(join(lab, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
    }
  } catch (error) {
    const known = LabError.from(error, runsFolder);
    if (known.code === 'disk-full') throw known;
    throw new LabError('file', joinSentences(`Runs cannot be kept in ${runsFolder}`, known.message), {
      advice: 'Choose another folder for the runs, one that can be written.',
      place: { path: runsFolder },
      cause: error,
    });
  }
}

/**
 * Creates `<time>-<name>/` with `run.json` and `experiment.json` in it and returns its path. The latter comes last: it
 * makes the folder a run, and whoever lists runs at that moment finds all of it.
 */
export async function createRunFolder(
  runsFolder: string,
  name: string,
  experiment: Experiment,
  first: RunFile,
): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const start = join(runsFolder, `${time}-${slug(name)}`);
  let created: string | undefined;
  try {
    for (let copy = 1; ; copy++) {
      const folder = copy === 1 ? start : `${start}-${copy}`;
      if (!(await createFolder(folder))) continue;
      created = folder;
      await writeRunFile(folder, first);
      await writeFileAtomically(runPaths(folder).experiment, JSON.stringify(experiment, undefined, 2) + '\n');
      return folder;
    }
  } catch (error) {
    if (created !== undefined) await rm(created, { recursive: true, force: true }).catch(() => undefined);
    throw LabError.from(error);
  }
}

/** Newest first. Folders that are not there hold no runs; damaged runs are listed as failed. */
export async function listRuns(runsFolders: readonly string[]): Promise<RunSummary[]> {
  const folders = await Promise.all(
    [...new Set(runsFolders)].map(async (runsFolder) => {
      const names = await readdir(runsFolder).catch(() => []);
      return names.filter((name) => !name.startsWith('.')).map((name) => join(runsFolder, name));
    }),
  );
  const runs: RunSummary[] = [];
  for (const folder of folders.flat()) {
    if (await isRun(folder)) runs.push(await summariseRun(folder));
  }
  return runs.sort((a, b) => compare(b.created, a.created) || compare(b.id, a.id));
}

export async function summariseRun(runFolder: string): Promise<RunSummary> {
  const read = await readRunFile(runFolder).catch((error: unknown) => LabError.from(error));
  const isDamaged = read instanceof LabError;
  const run = isDamaged ? await damagedRun(runFolder, read) : read;
  const setup = await readExperiment(runFolder).then(setupOf, () => undefined);
  const over = isActive(run.state) || run.state === 'finished' || run.error?.code === 'diverged';
  const goesOn = !isDamaged && !over && (cutOff(run) || (await hasCheckpoint(runFolder)));
  const alike = isPreparedAlike(run);
  return {
    ...run,
    folder: runFolder,
    id: basename(runFolder),
    hasModel: !isDamaged && (await exists(runPaths(runFolder).weights)),
    canResume: goesOn && alike,
    ...(goesOn && !alike
      ? { cannotResume: joinSentences(PREPARED_OTHERWISE.message, PREPARED_OTHERWISE.advice) }
      : {}),
    ...(setup === undefined ? {} : { setup }),
  };
}

/** By nothing that lies in the training: before its first checkpoint, too, it goes on, from the beginning. */
function cutOff({ state, error }: RunFile): boolean {
  return state === 'interrupted' || (state === 'failed' && error?.code === 'disk-full');
}

function setupOf({ exclude, model, seed, split }: Experiment): RunSetup {
  const { validation, folds, by, column } = split;
  return {
    exclude,
    hyperparameters: model.hyperparameters,
    seed,
    validation,
    folds,
    split: writeSplit(by, column),
  };
}

/** LabError('file') when the folder is no run, LabError('damaged') when its experiment cannot be read. */
export async function readRun(runFolder: string): Promise<RunDetails> {
  await requireRun(runFolder);
  const paths = runPaths(runFolder);
  const [summary, experiment, records, samples] = await Promise.all([
    summariseRun(runFolder),
    readExperiment(runFolder),
    readLines(paths.metrics, MetricRecord),
    readLines(paths.samples, WrittenSample),
  ]);
  const sample = samples.at(-1);
  return { summary, experiment, history: thinHistory(records), ...(sample === undefined ? {} : { sample }) };
}

export async function renameRun(runFolder: string, name: string): Promise<RunSummary> {
  await requireRun(runFolder);
  await requireOwnFolder(runFolder);
  const run = await readRunFile(runFolder);
  if (isActive(run.state)) throw beingTrained(runFolder, 'renamed');
  await writeRunFile(runFolder, { ...run, name });
  return summariseRun(runFolder);
}

/**
 * Deletes a run. It is first renamed, so that a deletion that is cut short leaves nothing that looks like a run.
 * LabError('invalid') for folders that are not runs or do not lie in one of `runsFolders`, that hold links or files of
 * somebody else, and for runs that are being trained.
 */
export async function deleteRun(runFolder: string, runsFolders: readonly string[]): Promise<void> {
  await requireRun(runFolder);
  await requireWithin(runFolder, runsFolders);
  await requireOwnFolders(runFolder);
  await requireNothingForeign(runFolder);
  const { state } = await summariseRun(runFolder);
  if (isActive(state)) throw beingTrained(runFolder, 'deleted');
  const runsFolder = dirname(runFolder);
  try {
    await renameWithRetries(runFolder, join(runsFolder, DELETED + randomBytes(6).toString('hex')));
    await deleteLeftovers(runsFolder);
  } catch (error) {
    throw LabError.from(error);
  }
}

/** A deletion that was cut short left a folder with nothing but a run's own in it. */
async function deleteLeftovers(runsFolder: string): Promise<void> {
  for (const entry of await readdir(runsFolder, { withFileTypes: true })) {
    const folder = join(runsFolder, entry.name);
    if (!entry.isDirectory() || !LEFTOVER.test(entry.name)) continue;
    if ((await foreignFiles(folder)).length === 0) await rm(folder, { recursive: true, force: true });
  }
}

/** The folders themselves may be reached over links: a user may keep all runs on another disk. */
async function requireWithin(runFolder: string, runsFolders: readonly string[]): Promise<void> {
  const real = (folder: string) => realpath(folder).catch(() => resolve(folder));
  const parent = await real(dirname(resolve(runFolder)));
  for (const runsFolder of runsFolders) if ((await real(runsFolder)) === parent) return;
  throw new LabError(
    'invalid',
    `This folder does not lie in the folder of the runs, ${runsFolders.join(' or ')}.`,
    {
      advice:
        'Only runs in that folder are deleted here. Name the folder that it lies in as the folder of the runs.',
      place: { path: runFolder },
    },
  );
}

/** A run is a folder with an `experiment.json` in it. */
async function isRun(folder: string): Promise<boolean> {
  return exists(runPaths(folder).experiment);
}

async function requireRun(runFolder: string): Promise<void> {
  if (await isRun(runFolder)) return;
  throw new LabError('invalid', `${runFolder} is not the folder of a run.`, {
    advice: 'It may have been deleted or moved: look at the list of runs.',
    place: { path: runFolder },
  });
}

function beingTrained(runFolder: string, what: string): LabError {
  return new LabError('invalid', `This run is being trained and cannot be ${what} now.`, {
    advice: 'Stop its training first.',
    place: { path: runFolder },
  });
}

/** What can be said of a run whose `run.json` cannot be read. */
async function damagedRun(runFolder: string, error: LabError): Promise<RunFile> {
  const experiment = await readExperiment(runFolder).catch(() => undefined);
  const { birthtime, mtime } = await stat(runPaths(runFolder).experiment);
  return {
    version: 1,
    name: experiment?.name ?? basename(runFolder),
    state: 'failed',
    task: experiment?.task ?? usualTask('name'),
    ...(experiment?.target === undefined ? {} : { target: experiment.target }),
    datasetPath: experiment?.dataset.path ?? '',
    family: experiment?.model.family ?? families.names[0] ?? '',
    created: birthtime.toISOString(),
    updated: mtime.toISOString(),
    pid: 0,
    host: hostname(),
    ...NOTHING_LEARNT,
    error: {
      code: 'damaged' satisfies ErrorCode,
      message: `The run's files are damaged: ${error.message}`,
      advice: 'Restore its run.json from a copy, or delete the run.',
    },
  };
}

/** Letters and digits of any script; the rest becomes `-`. Short enough for Windows' paths. */
function slug(name: string): string {
  const kept = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return Array.from(kept).slice(0, 40).join('').replace(/-$/, '') || 'run';
}

/** False when it is there already. */
async function createFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
