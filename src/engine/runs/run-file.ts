/** `run.json`: what a run is and how far it got. */
import { hostname } from 'node:os';
import { RunFile } from '../../protocol';
import { LabError } from '../../protocol/errors';
import { writeFileAtomically } from './atomic-file';
import { readJson } from './read-json';
import { runPaths } from './run-paths';

/** A training says so much more often (see `HEARTBEAT_MS` of the learning room) that it is alive. */
const SILENT_HERE_MS = 10 * 60_000;
/** On another machine (a shared folder) the process cannot be asked. */
const SILENT_ELSEWHERE_MS = 2 * 60_000;

/** As it stands in the file, except that a run whose process is gone is `interrupted`. */
export async function readRunFile(runFolder: string): Promise<RunFile> {
  const run = await readJson(runPaths(runFolder).run, RunFile);
  return isActive(run.state) && !isAlive(run) ? { ...run, state: 'interrupted' } : run;
}

export async function writeRunFile(runFolder: string, run: RunFile): Promise<void> {
  try {
    await writeFileAtomically(runPaths(runFolder).run, JSON.stringify(run, undefined, 2) + '\n');
  } catch (error) {
    throw LabError.from(error);
  }
}

export function isActive(state: RunFile['state']): boolean {
  return state === 'preparing' || state === 'running' || state === 'paused';
}

function isAlive(run: RunFile): boolean {
  const silentMs = Date.now() - Date.parse(run.updated);
  if (run.host !== hostname()) return silentMs < SILENT_ELSEWHERE_MS;
  return silentMs < SILENT_HERE_MS && processExists(run.pid);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other answer than "no such process" means that there is one, owned by somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
