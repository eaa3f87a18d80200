/**
 * Who trains a run: a file `training.lock` in its folder, so that no two processes write to one run. It holds a token:
 * a process that slept through a take-over sees on waking that the token is no longer its own, and writes nothing more.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { LabError } from '../../protocol/errors';
import { writeFileAtomically } from './atomic-file';
import { runPaths } from './run-paths';

/** How often a training says that it is alive, at least. */
export const HEARTBEAT_MS = 10_000;
/** A holder on this machine that has been silent for so long may have left its process id to another program. */
const SILENT_HERE_MS = 10 * 60_000;
/** On another machine (a shared folder) the process cannot be asked. */
const SILENT_ELSEWHERE_MS = 2 * 60_000;
/** Two processes that take over at once: after so long both see whose token has stayed. */
const SETTLE_MS = 60;

const Holder = z.object({
  token: z.string(),
  pid: z.int(),
  host: z.string(),
  /** When the process began, in the words of its system; empty where that cannot be asked. */
  began: z.string(),
});
type Holder = z.infer<typeof Holder>;

/** Whether the training that holds a run goes on. `unsure`: its process id exists, but has been silent for long. */
export type Life = 'alive' | 'gone' | 'unsure';

/** The right to write to a run. */
export class RunLock {
  #released = false;

  private constructor(
    private readonly path: string,
    private readonly mine: Holder,
  ) {}

  /**
   * Takes the run for this process. LabError('invalid') when another one trains it: where that is not certain, a sign
   * of life is waited for, up to `patienceMs`.
   */
  static async take(runFolder: string, patienceMs = 1.5 * HEARTBEAT_MS): Promise<RunLock> {
    const { lock: path } = runPaths(runFolder);
    const token = randomBytes(12).toString('hex');
    const mine: Holder = { token, pid: process.pid, host: hostname(), began: beganAt(process.pid) };
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx' });
      return new RunLock(path, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw LabError.from(error, path);
    }
    await requireGone(runFolder, patienceMs);
    try {
      await writeFileAtomically(path, JSON.stringify(mine));
    } catch (error) {
      throw LabError.from(error);
    }
    await wait(SETTLE_MS);
    const holder = await readHolder(path);
    if (holder?.token !== token) throw trainedBy(holder, runFolder);
    return new RunLock(path, mine);
  }

  /** Says that the training is alive. LabError('invalid') when another process has taken the run meanwhile. */
  async refresh(): Promise<void> {
    if (this.#released) return;
    const holder = (await readHolder(this.path)) ?? (await this.#restore());
    if (holder.token !== this.mine.token) {
      throw new LabError('invalid', 'Another process has taken over the training of this run.', {
        advice: 'It goes on there; this one has stopped and changed nothing since.',
        place: { path: this.path },
      });
    }
    const now = new Date();
    await utimes(this.path, now, now);
  }

  /** A lock that somebody deleted, or that cannot be read, is written anew. LabError when the run's folder is gone. */
  async #restore(): Promise<Holder> {
    try {
      await writeFileAtomically(this.path, JSON.stringify(this.mine));
    } catch (error) {
      throw LabError.from(error);
    }
    return this.mine;
  }

  /** Gives the run free. Once is enough; further calls do nothing. */
  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    if ((await readHolder(this.path))?.token === this.mine.token) await rm(this.path, { force: true });
  }
}

/** What the lock of a run says of its training; undefined where there is no lock that can be read. */
export async function lifeOf(runFolder: string): Promise<Life | undefined> {
  const { lock } = runPaths(runFolder);
  const [holder, beat] = await Promise.all([readHolder(lock), lastBeat(lock)]);
  if (holder === undefined || beat === undefined) return undefined;
  const silentMs = Date.now() - beat;
  if (holder.host !== hostname()) return silentMs < SILENT_ELSEWHERE_MS ? 'alive' : 'gone';
  if (!processExists(holder.pid)) return 'gone';
  const began = beganAt(holder.pid);
  if (holder.began !== '' && began !== '') return holder.began === began ? 'alive' : 'gone';
  return silentMs < SILENT_HERE_MS ? 'alive' : 'unsure';
}

/** Whether there is a process with this id, of whomever. One that has ended and was not buried yet does not count. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^[ZX]/.test(statOf(pid)[0] ?? '');
  } catch (error) {
    // Any other answer than "no such process" means that there is one, owned by somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function requireGone(runFolder: string, patienceMs: number): Promise<void> {
  const { lock } = runPaths(runFolder);
  const silentSince = await lastBeat(lock);
  let life = await lifeOf(runFolder);
  for (let waited = 0; life === 'unsure' && waited < patienceMs; waited += 250) {
    await wait(250);
    // A machine that woke from sleep lets its trainings speak within a heartbeat.
    if ((await lastBeat(lock)) !== silentSince) life = 'alive';
  }
  if (life === 'alive') throw trainedBy(await readHolder(lock), runFolder);
}

function trainedBy(holder: Holder | undefined, runFolder: string): LabError {
  const where = holder === undefined || holder.host === hostname() ? 'on this machine' : `on ${holder.host}`;
  const who = holder === undefined ? 'another process' : `process ${holder.pid}`;
  return new LabError('invalid', `This run is being trained already, by ${who} ${where}.`, {
    advice: 'Wait for it, or stop it first.',
    place: { path: runFolder },
  });
}

/** Undefined where there is none, or none that can be read: its writer was cut off. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** ms since 1970; undefined where there is no lock. */
function lastBeat(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/**
 * Linux tells when a process began (`starttime`, the 22nd field of /proc/PID/stat, in ticks since the start of the
 * machine): an id that was given away anew has another. Elsewhere, and for a process that is gone, empty.
 */
function beganAt(pid: number): string {
  const started = statOf(pid)[19];
  if (started === undefined) return '';
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${started}`;
  } catch {
    return '';
  }
}

/** The fields of /proc/PID/stat from the third on, the state; none where it cannot be read. */
function statOf(pid: number): readonly string[] {
  if (process.platform !== 'linux') return [];
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in parentheses, may itself hold spaces and parentheses.
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
