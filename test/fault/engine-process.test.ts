import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { Details, endpoint, InspectDataset, LabError } from '../../src/protocol';
import { type EngineStatus, EngineProcess, EngineSupervisor } from '../../src/protocol/client';
import { engineBundle } from './engine-bundle';

let enginePath = '';
let folder = '';
const running: { dispose(): Promise<void> }[] = [];

beforeAll(async () => {
  enginePath = await engineBundle();
  folder = mkdtempSync(join(tmpdir(), 'lab-engine-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.dispose()));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(enginePath, { force: true });
});

async function start(role: 'serving' | 'learning' = 'serving', path = enginePath): Promise<EngineProcess> {
  const engine = await EngineProcess.start({ role, enginePath: path });
  running.push(engine);
  return engine;
}

/** A file that stands in for the engine's bundle. */
function script(name: string, code: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, code);
  return path;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let wait = 0; wait < 200 && isAlive(pid); wait++) await delay(50);
  expect(isAlive(pid)).toBe(false);
}

test.each(['serving', 'learning'] as const)(
  'an engine in the role %s greets and tells what it is',
  async (role) => {
    const engine = await start(role);
    const details = await engine.call(Details, {});
    console.log(`fork to ready, ${role}: ${engine.startMs.toFixed(0)} ms`);
    expect(details).toMatchObject({ role, pid: engine.pid });
    expect(details.engine).toBe('');
  },
);

test('the end of the process rejects every pending call with signal and the tail of its output', async () => {
  const path = script(
    'deaf',
    `console.error('first words'); console.error('last words');
     process.on('message', () => {});
     process.send({ jsonrpc: '2.0', method: 'engine/ready', params: { protocolVersion: 1, role: 'serving', pid: process.pid, readyMs: 1 } });`,
  );
  const engine = await start('serving', path);
  const calls = [engine.call(Details, {}), engine.call(InspectDataset, { path: 'x.csv' })];
  const outcomes = Promise.allSettled(calls);
  process.kill(engine.pid, 'SIGKILL');
  for (const outcome of await outcomes) {
    const reason = (outcome as PromiseRejectedResult).reason as LabError;
    expect(reason).toBeInstanceOf(LabError);
    expect(reason.code).toBe('engine-gone');
    expect(reason.message).toMatch(/signal SIGKILL.*last words/s);
  }
  await expect(engine.call(Details, {})).rejects.toMatchObject({ code: 'engine-gone' });
  expect(await engine.exited).toMatchObject({ signal: 'SIGKILL', asked: false });
});

test('a call that is made while the process dies is rejected as gone, too', async () => {
  const engine = await start();
  process.kill(engine.pid, 'SIGKILL');
  const calls = Array.from({ length: 20 }, () => engine.call(Details, {}));
  for (const outcome of await Promise.allSettled(calls)) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'engine-gone' });
  }
  await engine.exited;
  await expect(engine.call(Details, {})).rejects.toMatchObject({ code: 'engine-gone' });
});

test('an error inside the engine ends it with code 1 and its stack in the log', async () => {
  const path = script(
    'faulty',
    `setTimeout(() => { throw new Error('a defect') }, 0); process.argv.push('--role=serving'); require(${JSON.stringify(enginePath)});`,
  );
  const engine = await EngineProcess.start({ role: 'serving', enginePath: path }).catch(
    (error: unknown) => error,
  );
  const output =
    engine instanceof EngineProcess ? (await engine.exited).output : (engine as LabError).message;
  expect(output).toContain('a defect');
  if (engine instanceof EngineProcess) expect((await engine.exited).code).toBe(1);
});

test.each([
  ['that ends at once', `console.error('no library'); process.exit(3)`, /exit code 3.*no library/s],
  ['that is not there', undefined, /could not be started/],
  [
    'of another protocol version',
    `process.send({ jsonrpc: '2.0', method: 'engine/ready', params: { protocolVersion: 99, role: 'serving', pid: 1, readyMs: 1 } }); setInterval(() => {}, 1000)`,
    /another version/,
  ],
] as const)('an engine %s is reported as unavailable', async (name, code, message) => {
  const path = code === undefined ? join(folder, 'nowhere.cjs') : script(name.replaceAll(' ', '-'), code);
  await expect(start('serving', path)).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: expect.stringMatching(message) as string,
  });
});

test('an engine that never greets is ended', async () => {
  const path = script(
    'silent',
    `require('fs').writeFileSync(__filename + '.pid', String(process.pid)); setInterval(() => {}, 1000)`,
  );
  const starting = EngineProcess.start({ role: 'serving', enginePath: path, readyTimeoutMs: 1500 });
  await expect(starting).rejects.toMatchObject({ code: 'engine-unavailable' });
});

test('garbage on the channel neither ends the engine nor the client', async () => {
  const engine = await start();
  const { child } = engine as unknown as { child: { send(message: unknown): void } };
  for (const message of [
    'text',
    7,
    [],
    {},
    { jsonrpc: '2.0', id: null, method: 'x' },
    { jsonrpc: '1.0' },
    { jsonrpc: '2.0', method: '$/cancelRequest' },
  ]) {
    child.send(message);
  }
  const Unknown = endpoint<null>()('no/such', z.object({}));
  await expect(engine.call(Unknown, {})).rejects.toMatchObject({ code: 'internal' });
  expect(await engine.call(Details, {})).toMatchObject({ pid: engine.pid });
});

test('an engine that ignores the request to end is killed after the grace time', async () => {
  const path = script(
    'stubborn',
    `process.on('disconnect', () => {}); setInterval(() => {}, 1000);
     process.send({ jsonrpc: '2.0', method: 'engine/ready', params: { protocolVersion: 1, role: 'serving', pid: process.pid, readyMs: 1 } });`,
  );
  const engine = await EngineProcess.start({ role: 'serving', enginePath: path, graceMs: 200 });
  await engine.dispose();
  expect(await engine.exited).toMatchObject({ signal: 'SIGKILL', asked: true });
});

test.each(['serving', 'learning'] as const)(
  'no engine in the role %s outlives a parent that is killed',
  async (role) => {
    const parentPath = script(
      `parent-${role}`,
      `const { fork } = require('node:child_process');
     const child = fork(${JSON.stringify(enginePath)}, ['--role=${role}'], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
     child.once('message', () => process.send(child.pid));`,
    );
    const parent = fork(parentPath, { stdio: 'ignore' });
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (message) => resolve(message as number)),
    );
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await untilGone(pid);
  },
);

test('an engine that never comes out of its work does not outlive a parent that is killed', async () => {
  const blocked = script(
    'blocked',
    `require(${JSON.stringify(enginePath)});
     process.prependListener('message', () => { process.send('blocked'); for (;;); });`,
  );
  const parentPath = script(
    'parent-of-blocked',
    `const child = require('node:child_process').fork(${JSON.stringify(blocked)}, ['--role=serving'], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
     child.on('message', (message) => message === 'blocked' ? process.send(child.pid) : child.send('work'));`,
  );
  const parent = fork(parentPath, { stdio: 'ignore' });
  const pid = await new Promise<number>((resolve) =>
    parent.once('message', (message) => resolve(message as number)),
  );
  await delay(1500);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await untilGone(pid);
});

test.skipIf(process.platform !== 'linux')(
  'an engine that nobody asks anything uses hardly any processor time',
  async () => {
    const engine = await start();
    await engine.call(Details, {});
    const used = () => {
      const fields = readFileSync(`/proc/${engine.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return Number(fields[11]) + Number(fields[12]);
    };
    await delay(500);
    const before = used();
    await delay(3000);
    // Ticks of 10 ms.
    expect(used() - before).toBeLessThan(15);
  },
);

test('disposing ends the process and rejects what is pending', async () => {
  const engine = await EngineProcess.start({ role: 'serving', enginePath });
  await engine.dispose();
  expect(isAlive(engine.pid)).toBe(false);
  expect(await engine.exited).toMatchObject({ code: 0, asked: true });
});

/** A supervisor with its statuses written down. */
function supervise(path = enginePath, options: { crashLimit?: number; backOffMs?: number } = {}) {
  const starts: number[] = [];
  const supervisor = new EngineSupervisor({
    start: (signal) => {
      starts.push(performance.now());
      return EngineProcess.start({ role: 'serving', enginePath: path, signal });
    },
    ...options,
  });
  running.push(supervisor);
  const statuses: EngineStatus[] = [];
  supervisor.onStatus((status) => statuses.push(status));
  return { supervisor, statuses, starts };
}

test('a supervised engine starts at first need, once for all who wait', async () => {
  const { supervisor, statuses, starts } = supervise();
  expect(supervisor.status).toBe('stopped');
  const [first, second] = await Promise.all([supervisor.call(Details, {}), supervisor.call(Details, {})]);
  expect(first.pid).toBe(second.pid);
  expect(starts).toHaveLength(1);
  expect(statuses).toEqual(['starting', 'ready']);
});

test('a supervised engine that is killed comes back, and what was under way is rejected and not repeated', async () => {
  const { supervisor, statuses } = supervise(enginePath, { backOffMs: 10 });
  const { pid } = await supervisor.call(Details, {});
  process.kill(pid, 'SIGSTOP');
  const pending = supervisor.call(Details, {});
  process.kill(pid, 'SIGKILL');
  await expect(pending).rejects.toMatchObject({ code: 'engine-gone' });
  const again = await supervisor.call(Details, {});
  expect(again.pid).not.toBe(pid);
  expect(statuses).toEqual(['starting', 'ready', 'starting', 'ready']);
});

test('after the limit of crashes it stays down, says so, and starts again when told to', async () => {
  const path = script(
    'switch',
    `if (!require('node:fs').existsSync(__filename + '.repaired')) process.exit(4); process.argv.push('--role=serving'); require(${JSON.stringify(enginePath)});`,
  );
  const { supervisor, statuses, starts } = supervise(path, { crashLimit: 3, backOffMs: 40 });
  await expect(supervisor.call(Details, {})).rejects.toMatchObject({
    code: 'engine-gone',
    message: expect.stringMatching(/crashed 3 times.*exit code 4/s) as string,
  });
  expect(statuses).toEqual(['starting', 'failed']);
  expect(starts).toHaveLength(3);
  await expect(supervisor.call(Details, {})).rejects.toMatchObject({ code: 'engine-gone' });
  expect(starts).toHaveLength(3);
  const waits = starts.slice(1).map((time, index) => time - starts[index]!);
  expect(waits[0]).toBeGreaterThanOrEqual(40);
  expect(waits[1]).toBeGreaterThanOrEqual(80);

  writeFileSync(`${path}.repaired`, '');
  await supervisor.retry();
  expect((await supervisor.call(Details, {})).role).toBe('serving');
  expect(supervisor.status).toBe('ready');
});

test('stopping while it starts leaves no process behind', async () => {
  const { supervisor } = supervise();
  const calling = supervisor.call(Details, {});
  const outcome = calling.catch((error: unknown) => error);
  await supervisor.stop();
  expect(await outcome).toMatchObject({ code: 'engine-gone' });
  expect(supervisor.status).toBe('stopped');
  expect((await supervisor.call(Details, {})).role).toBe('serving');
});

test('a caller who gives up while the engine starts is answered at once', async () => {
  const { supervisor } = supervise();
  const controller = new AbortController();
  const calling = supervisor.call(Details, {}, { signal: controller.signal });
  controller.abort();
  await expect(calling).rejects.toMatchObject({ name: 'CancelledError' });
});

test('restarting adds no listeners', async () => {
  const { supervisor } = supervise(enginePath, { backOffMs: 5 });
  const count = () =>
    process.listenerCount('exit') + process.listenerCount('disconnect') + process.listenerCount('SIGTERM');
  await supervisor.call(Details, {});
  const before = count();
  for (let round = 0; round < 2; round++) {
    const gone = (await supervisor.ready()).exited;
    process.kill(supervisor.pid!, 'SIGKILL');
    await gone;
    await supervisor.call(Details, {});
  }
  expect(count()).toBe(before);
});
