/** Names of runs on the command line: id, unique beginning of an id, name, folder, or `latest`. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LabError, ListRuns, marksRows, ReadRun, type RunSummary, writesText } from '../protocol';
import type { Engine } from './engine';
import { shellWord } from './shell-word';
import { UsageError } from './usage';

/** Where `train` puts its runs when nobody says otherwise, from the current folder on. */
export const defaultRunsFolder = join('.model-lab', 'runs');

/** What kind of run a command can work with. */
export interface Wanted {
  /** e.g. `a model for tables`, for the message when there is none. */
  readonly what: string;
  readonly fits: (run: RunSummary) => boolean;
}

export const anyRun: Wanted = { what: 'a run', fits: () => true };
export const tableModel: Wanted = {
  what: 'a trained model for tables',
  fits: (run) => run.hasModel && marksRows(run.task),
};
export const languageModel: Wanted = {
  what: 'a trained language model',
  fits: (run) => run.hasModel && writesText(run.task),
};
export const resumableRun: Wanted = {
  what: 'a run that can be resumed',
  fits: (run) => run.canResume,
};

/** The run that `name` means. UsageError when there is none, several, or one that does not fit. */
export async function findRun(
  engine: Engine,
  name: string,
  runsFolder: string,
  wanted: Wanted,
): Promise<RunSummary> {
  const run = await namedRun(engine, name, resolve(runsFolder), wanted);
  if (!wanted.fits(run)) {
    const { id, state, error, cannotResume } = run;
    const why = error?.message ?? (wanted === resumableRun ? cannotResume : undefined);
    const message = `The run ${id} (${state}) is not ${wanted.what}.${why === undefined ? '' : ` ${why}`}`;
    // Nobody asked for something impossible: the run is broken.
    if (error?.code === 'damaged') {
      throw new LabError('damaged', message, { advice: error.advice ?? '', place: { path: run.folder } });
    }
    throw new UsageError(message, adviceFor(run));
  }
  return run;
}

async function namedRun(
  engine: Engine,
  name: string,
  runsFolder: string,
  wanted: Wanted,
): Promise<RunSummary> {
  if (!isRunFolder(name)) await requireRunsFolder(runsFolder);
  if (isRunFolder(name)) return (await engine.call(ReadRun, { runFolder: resolve(name) })).summary;
  const runs = await engine.call(ListRuns, { runsFolders: [runsFolder] });
  const candidates = candidatesFor(name, runs, wanted);
  const [only, another] = candidates;
  if (only === undefined) {
    throw new UsageError(
      name === 'latest'
        ? `There is not yet ${wanted.what} in ${runsFolder}.`
        : `There is no run called "${name}" in ${runsFolder}.`,
      runs.length === 0
        ? 'Train one with "local-model-lab train FILE", or name another folder with --runs.'
        : '"local-model-lab runs" lists them.',
    );
  }
  if (another !== undefined && name !== 'latest') {
    throw new UsageError(
      `"${name}" could be several runs: ${candidates.map(({ id }) => id).join(', ')}.`,
      'Write more of the id.',
    );
  }
  return only;
}

/** Runs that `name` could mean, newest first; an exact id or name leaves no doubt about beginnings of ids. */
function candidatesFor(name: string, runs: readonly RunSummary[], wanted: Wanted): readonly RunSummary[] {
  if (name === 'latest') return runs.filter(wanted.fits);
  const exact = runs.filter((run) => run.id === name);
  if (exact.length > 0) return exact;
  const named = runs.filter((run) => run.name === name);
  return named.length > 0 ? named : runs.filter((run) => run.id.startsWith(name));
}

/** UsageError where something else than a folder stands there. One that is not there yet holds no runs. */
export async function requireRunsFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return;
  throw new UsageError(`${path} is a file and not a folder of runs.`, 'Name another folder.', { path });
}

function isRunFolder(name: string): boolean {
  return existsSync(join(name, 'run.json'));
}

function adviceFor(run: RunSummary): string {
  if (run.canResume && !run.hasModel)
    return `Go on with "local-model-lab train --resume ${shellWord(run.id)}".`;
  if (writesText(run.task)) return 'It writes text: use "local-model-lab generate".';
  if (run.hasModel) return 'It judges rows of a table: use "local-model-lab predict FILE".';
  return '"local-model-lab runs" lists all runs with their states.';
}
