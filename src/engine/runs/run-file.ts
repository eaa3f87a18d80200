/** `run.json`: what a run is and how far it got. */
import { hostname } from 'node:os';
import * as z from 'zod';
import { RunFile } from '../../protocol';
import { LabError } from '../../protocol/errors';
import { writeFileAtomically } from './atomic-file';
import { readJson } from './read-json';
import { lifeOf, processExists } from './run-lock';
import { runPaths } from './run-paths';

/** Of runs without a lock, of an earlier version: so long may a training be silent. */
const SILENT_HERE_MS = 10 * 60_000;
/** On another machine (a shared folder) the process cannot be asked. */
const SILENT_ELSEWHERE_MS = 2 * 60_000;

/** What `run.json` says where nothing was learnt yet. */
export const NOTHING_LEARNT = {
  seconds: 0,
  epoch: 0,
  epochs: 0,
  step: 0,
  steps: 0,
  metrics: {},
  alerts: [],
  notes: [],
} as const satisfies Partial<RunFile>;

/** As it stands in the file, except that a run whose process is gone is `interrupted`. */
export async function readRunFile(runFolder: string): Promise<RunFile> {
  const run = await readJson(runPaths(runFolder).run, RunFile);
  return isActive(run.state) && !(await isAlive(runFolder, run)) ? { ...run, state: 'interrupted' } : run;
}

/** LabError('internal') when `run` would be no `run.json` that could be read again, e.g. for a figure that is not finite. */
export function checkRunFile(run: RunFile): void {
  const parsed = RunFile.safeParse(run);
  if (parsed.success) return;
  throw new LabError('internal', `The run cannot be written down: ${z.prettifyError(parsed.error)}`, {
    advice: 'What was written before is still there. Check the file for numbers beyond all measure.',
    cause: parsed.error,
  });
}

/** Checks what it writes (see `checkRunFile`): a file that cannot be read again would be worse than an older one. */
export async function writeRunFile(runFolder: string, run: RunFile): Promise<void> {
  checkRunFile(run);
  try {
    await writeFileAtomically(runPaths(runFolder).run, JSON.stringify(run, undefined, 2) + '\n');
  } catch (error) {
    throw LabError.from(error);
  }
}

export function isActive(state: RunFile['state']): boolean {
  return state === 'preparing' || state === 'running' || state === 'paused';
}

async function isAlive(runFolder: string, run: RunFile): Promise<boolean> {
  const life = await lifeOf(runFolder);
  if (life !== undefined) return life === 'alive';
  // Its training has ended and could not write down how: the disk was full.
  if (run.locked === true) return false;
  const silentMs = Date.now() - Date.parse(run.updated);
  if (run.host !== hostname()) return silentMs < SILENT_ELSEWHERE_MS;
  return silentMs < SILENT_HERE_MS && processExists(run.pid);
}
