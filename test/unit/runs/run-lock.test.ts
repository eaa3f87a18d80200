import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunLock, runPaths } from '../../../src/engine/runs';
import { lifeOf, processExists } from '../../../src/engine/runs/run-lock';

let run: string;
let lock: string;

beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), 'locked-'));
  ({ lock } = runPaths(run));
});
afterEach(() => rm(run, { recursive: true, force: true }));

const anHourAgo = () => new Date(Date.now() - 3_600_000);
const holder = (change: object = {}) =>
  JSON.stringify({ token: 'theirs', pid: process.pid, host: hostname(), began: '', ...change });

describe('the lock of a run', () => {
  it('is taken once: a second training is refused, with the process that trains', async () => {
    const mine = await RunLock.take(run);
    await expect(RunLock.take(run)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
    await mine.release();
    await (await RunLock.take(run)).release();
  });

  it('is taken over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(lock, holder({ pid }));
    expect(await lifeOf(run)).toBe('gone');
    await expect(RunLock.take(run)).resolves.toBeInstanceOf(RunLock);
  });

  it.skipIf(process.platform !== 'linux')(
    'is taken over from a zombie: a process that has ended and that nobody has buried',
    async () => {
      // The shell becomes a program that never asks how its child ended.
      const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
      try {
        const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
        const state = async () => (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.[0];
        while ((await state()) !== 'Z') await delay(10);
        const began = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
        const started = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[19];
        await writeFile(lock, holder({ pid, began: `${began} ${started}` }));
        expect(await lifeOf(run)).toBe('gone');
        expect(processExists(pid)).toBe(false);
        await expect(RunLock.take(run, 0)).resolves.toBeInstanceOf(RunLock);
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  it('is taken over where its writer was cut off', async () => {
    await writeFile(lock, '{"tok');
    await expect(RunLock.take(run)).resolves.toBeInstanceOf(RunLock);
  });

  it.skipIf(process.platform !== 'linux')(
    'holds through an hour of sleep, and stopped processes count as living',
    async () => {
      const script = `
        const { readFileSync, writeFileSync } = require('node:fs');
        const stat = readFileSync('/proc/self/stat', 'utf8');
        const began = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() + ' ' +
          stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
        writeFileSync(process.argv[1], JSON.stringify(
          { token: 'theirs', pid: process.pid, host: require('node:os').hostname(), began }));
        process.send('ready');
        setInterval(() => undefined, 1000);`;
      const child = spawn(process.execPath, ['-e', script, lock], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      try {
        await new Promise((resolve) => child.once('message', resolve));
        child.kill('SIGSTOP');
        await utimes(lock, anHourAgo(), anHourAgo());
        expect(await lifeOf(run)).toBe('alive');
        await expect(RunLock.take(run, 0)).rejects.toThrow(/being trained already/u);
      } finally {
        child.kill('SIGKILL');
      }
    },
  );

  it.skipIf(process.platform !== 'linux')('is free when its process id was given away anew', async () => {
    await writeFile(lock, holder({ began: 'another start 1' }));
    expect(await lifeOf(run)).toBe('gone');
  });

  it('of a process that cannot be asked when it began waits for a sign of life', async () => {
    await writeFile(lock, holder());
    await utimes(lock, anHourAgo(), anHourAgo());
    expect(await lifeOf(run)).toBe('unsure');
    const taken = RunLock.take(run, 60_000);
    await utimes(lock, new Date(), new Date());
    await expect(taken).rejects.toThrow(/being trained already/u);
  });

  it('of a process that cannot be asked is taken over when no sign comes', async () => {
    await writeFile(lock, holder());
    await utimes(lock, anHourAgo(), anHourAgo());
    await expect(RunLock.take(run, 0)).resolves.toBeInstanceOf(RunLock);
  });

  it('on another machine holds as long as it is refreshed', async () => {
    await writeFile(lock, holder({ host: 'elsewhere', pid: 1 }));
    await expect(RunLock.take(run)).rejects.toThrow(/on elsewhere/u);
    await utimes(lock, anHourAgo(), anHourAgo());
    await expect(RunLock.take(run)).resolves.toBeInstanceOf(RunLock);
  });

  it('tells who slept through a take-over, who then leaves the lock to its new holder', async () => {
    const mine = await RunLock.take(run);
    await writeFile(lock, holder());
    await expect(mine.refresh()).rejects.toThrow(/taken over/u);
    await mine.release();
    expect(await readFile(lock, 'utf8')).toBe(holder());
  });
});
