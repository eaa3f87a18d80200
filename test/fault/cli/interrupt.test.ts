import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastLine, put, run, start, temporaryFolder, verses } from './command-line';

const folder = temporaryFolder();
/** Long enough that nothing here waits for its end, with an evaluation (and so a checkpoint) soon. */
const long = [
  ...[
    'train',
    'verses.txt',
    '--layers',
    '1',
    '--heads',
    '2',
    '--width',
    '16',
    '--context',
    '16',
    '--batch',
    '4',
  ],
  ...['--evaluate-every', '20', '--sample-every', '0'],
];

beforeAll(() => void put(folder.path, 'verses.txt', verses(4000)));
afterAll(() => folder.remove());

const runsFolder = () => join(folder.path, '.model-lab', 'runs');

function stateOf(run: string): string {
  return (JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as { state: string }).state;
}

/** Process ids of the engines that a command has started. */
function enginesOf(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
  return table
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => found?.[2] === String(pid) && (found[3] ?? '').includes('--role=learning'))
    .map((found) => Number(found?.[1]));
}

it.skipIf(process.platform === 'win32')(
  'Ctrl-C once stops the training and keeps the model, with a status of its own',
  async () => {
    const command = await start(folder.path, ...long, '--steps', '1000000', '--name', 'stopped', '--json');
    await command.errorMatching(/step [\d,]{2,} of 1,000,000/);
    command.child.kill('SIGINT');
    const finished = await command.finished;
    expect(finished.err).toContain('the best weights are kept');
    expect(finished.status).toBe(130);
    const { run: runFolder } = lastLine(finished) as { run: string };
    expect(stateOf(runFolder)).toBe('stopped');
    const generated = await run(
      folder.path,
      'generate',
      'stopped',
      '--prompt',
      'the',
      '--length',
      '5',
      '--json',
    );
    expect(generated.status).toBe(0);
  },
  120_000,
);

it.skipIf(process.platform === 'win32')(
  'the step that --resume prints is the one that Ctrl-C stopped at, with nothing lost',
  async () => {
    const first = await start(folder.path, ...long, '--steps', '1000000', '--name', 'goes-on', '--json');
    await first.errorMatching(/step [\d,]{2,} of 1,000,000/);
    first.child.kill('SIGINT');
    const { run: runFolder } = lastLine(await first.finished) as { run: string };
    const path = join(runFolder, 'run.json');
    const stopped = JSON.parse(readFileSync(path, 'utf8')) as { step: number };
    // As after a kill: run.json is behind the checkpoint.
    writeFileSync(path, JSON.stringify({ ...stopped, step: 0 }));
    const second = await start(folder.path, 'train', '--resume', 'goes-on');
    await second.errorMatching(/Going on with/);
    await second.errorMatching(/step [\d,]{2,} of 1,000,000/);
    second.child.kill('SIGINT');
    expect((await second.finished).err).toContain(`goes-on, step ${stopped.step} of 1000000.`);
  },
  120_000,
);

it.skipIf(process.platform === 'win32')(
  'Ctrl-C twice quits at once and leaves no engine behind',
  async () => {
    const command = await start(folder.path, ...long, '--steps', '1000000', '--name', 'quit');
    await command.errorMatching(/step [\d,]{2,} of 1,000,000/);
    const engines = enginesOf(command.child.pid ?? 0);
    expect(engines).toHaveLength(1);
    // An engine that is held cannot stop well in time.
    for (const pid of engines) process.kill(pid, 'SIGSTOP');
    command.child.kill('SIGINT');
    await command.errorMatching(/Press Ctrl-C again/);
    command.child.kill('SIGINT');
    const { status, err } = await command.finished;
    expect(status).toBe(130);
    expect(err).toContain('train --resume');
    await expect.poll(() => engines.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  },
  120_000,
);

it.skipIf(process.platform === 'win32')(
  'a training whose engine is killed goes on from its last checkpoint to the same result',
  async () => {
    const args = [...long, '--steps', '3000', '--json'];
    const whole = await run(folder.path, ...args, '--name', 'whole');
    const command = await start(folder.path, ...args, '--name', 'killed');
    await command.errorMatching(/step (?!\d{1,2} )[\d,]+ of 3,000/);
    for (const pid of enginesOf(command.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    const finished = await command.finished;
    expect(finished.err).toContain('going on from the last checkpoint (1 of 3)');
    expect(finished.status).toBe(0);
    expect((lastLine(finished) as { metrics: unknown }).metrics).toEqual(
      (lastLine(whole) as { metrics: unknown }).metrics,
    );
    expect(readdirSync(runsFolder()).filter((name) => name.includes('killed'))).toHaveLength(1);
  },
  180_000,
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
