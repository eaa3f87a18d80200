/** A training in its own process, and what is asked of the serving one meanwhile. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ControlTraining,
  EditMarks,
  Experiment,
  Generate,
  ListRuns,
  OpenMarks,
  ResumeTraining,
  Train,
  type TrainingSnapshot,
} from '../../src/protocol';
import { EngineProcess } from '../../src/protocol/client';
import { textExperiment } from '../unit/learning/training-fixture';
import { writeSettled } from '../unit/settled-file';
import { engineBundle } from './engine-bundle';

let enginePath = '';
let folder = '';
let serving: EngineProcess;
const runsFolder = () => join(folder, '.model-lab', 'runs');

beforeAll(async () => {
  enginePath = await engineBundle();
  folder = mkdtempSync(join(tmpdir(), 'lab-roles-'));
  const rows = Array.from(
    { length: 300 },
    (_, row) => `${row % 7},${(row * 3) % 11},${row % 7 > 3 ? 'high' : 'low'}`,
  );
  writeSettled(join(folder, 'table.csv'), `a,b,level\n${rows.join('\n')}\n`);
  writeSettled(join(folder, 'text.txt'), 'the cat sat on the mat and the dog sat on the log. '.repeat(200));
  serving = await EngineProcess.start({ role: 'serving', enginePath });
});
afterAll(async () => {
  await serving.dispose();
  rmSync(folder, { recursive: true, force: true });
  rmSync(enginePath, { force: true });
});

const table = (steps = 5) =>
  Experiment.parse({
    version: 1,
    dataset: { path: 'table.csv' },
    task: 'classification',
    target: 'level',
    model: { family: 'mlp', hyperparameters: { epochs: steps, width: 8, layers: 1, patience: 0 } },
  });
const text = (steps: number) =>
  Experiment.parse(
    textExperiment('text.txt', { width: 32, batch: 8, steps, sampleEvery: 0, evaluateEvery: 20 }),
  );

function learner(): Promise<EngineProcess> {
  return EngineProcess.start({ role: 'learning', enginePath });
}

async function train(experiment: Experiment): Promise<string> {
  const learning = await learner();
  try {
    const { summary } = await learning.call(Train, {
      experiment,
      runsFolder: runsFolder(),
      baseFolder: folder,
    });
    expect(summary.state).toBe('finished');
    return summary.folder;
  } finally {
    await learning.dispose();
  }
}

/** A training that would go on for long, once it has told of its first steps. */
async function longTraining() {
  const learning = await learner();
  let last: TrainingSnapshot | undefined;
  const stepping = new Promise<void>((resolve) => {
    void learning
      .call(
        Train,
        { experiment: text(1_000_000), runsFolder: runsFolder(), baseFolder: folder },
        {
          onProgress: (snapshot) => {
            last = snapshot;
            if (snapshot.step > 0) resolve();
          },
        },
      )
      .catch(() => undefined);
  });
  await stepping;
  return { learning, snapshot: () => last! };
}

test('predictions and texts are answered while a training runs, in another process and before it ends', async () => {
  const tableRun = await train(table());
  const textRun = await train(text(40));
  const { learning, snapshot } = await longTraining();
  const csv = readFileSync(join(folder, 'table.csv'), 'utf8');
  const waits: number[] = [];
  const timed = async <T>(work: Promise<T>) => {
    const began = performance.now();
    const result = await work;
    waits.push(performance.now() - began);
    return result;
  };
  const marks = await timed(
    serving.call(OpenMarks, {
      documentId: 'd',
      version: 1,
      path: 'table.csv',
      runFolder: tableRun,
      text: csv,
    }),
  );
  expect(marks.predicted).toBeGreaterThan(0);
  for (let version = 2; version < 12; version++) {
    const edits = [{ offset: csv.length, length: 0, text: `${version},4,low\n` }];
    expect((await timed(serving.call(EditMarks, { documentId: 'd', version, edits }))).version).toBe(version);
  }
  const written = await timed(
    serving.call(Generate, { runFolder: textRun, prompt: 'the ', sampling: { length: 50 } }),
  );
  expect(written.tokens).toBe(50);
  expect(snapshot().state).toBe('running');
  console.log(`answered beside a training, ms: ${waits.map((wait) => wait.toFixed(1)).join(', ')}`);
  const stopped = await learning.call(ControlTraining, { action: 'stop' });
  expect(stopped.state).toBe('stopped');
  await learning.dispose();
});

test('a training whose parent closes the channel is interrupted with a checkpoint, and resumes', async () => {
  const { learning, snapshot } = await longTraining();
  const { runFolder } = snapshot();
  await learning.dispose();
  expect(await learning.exited).toMatchObject({ code: 0, signal: null });
  const runs = await serving.call(ListRuns, { runsFolders: [runsFolder()] });
  expect(runs.find((run) => run.folder === runFolder)).toMatchObject({
    state: 'interrupted',
    canResume: true,
  });

  const next = await learner();
  let told = (): void => undefined;
  const first = new Promise<void>((resolve) => (told = resolve));
  const resumed = next.call(ResumeTraining, { runFolder }, { onProgress: () => told() });
  await Promise.race([first, resumed]);
  await next.call(ControlTraining, { action: 'stop' });
  expect((await resumed).summary).toMatchObject({ state: 'stopped', hasModel: true });
  await next.dispose();
});

test('one process trains once at a time', async () => {
  const { learning } = await longTraining();
  const second = learning.call(Train, { experiment: table(), runsFolder: runsFolder(), baseFolder: folder });
  await expect(second).rejects.toMatchObject({ code: 'invalid' });
  await learning.dispose();
});

test('a training that is killed does not touch the serving process, and the run is listed as interrupted', async () => {
  const { learning, snapshot } = await longTraining();
  const { runFolder } = snapshot();
  process.kill(learning.pid, 'SIGKILL');
  await learning.exited;
  const runs = await serving.call(ListRuns, { runsFolders: [runsFolder()] });
  expect(runs.find((run) => run.folder === runFolder)?.state).toBe('interrupted');
});

test('a learning engine in the middle of a training ends when its parent is killed, with a checkpoint', async () => {
  const request = {
    jsonrpc: '2.0',
    id: 1,
    method: Train.name,
    params: {
      progressToken: 7,
      params: { experiment: text(1_000_000), runsFolder: runsFolder(), baseFolder: folder },
    },
  };
  const parentPath = join(folder, 'parent.cjs');
  writeFileSync(
    parentPath,
    `const { fork } = require('node:child_process');
     const child = fork(${JSON.stringify(enginePath)}, ['--role=learning'], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
     child.once('message', () => child.send(${JSON.stringify(request)}));
     child.on('message', ({ method, params }) => {
       if (method === '$/progress' && params.value.step > 0) process.send({ pid: child.pid, runFolder: params.value.runFolder });
     });`,
  );
  const parent = fork(parentPath, { stdio: 'ignore' });
  const { pid, runFolder } = await new Promise<{ pid: number; runFolder: string }>((resolve) =>
    parent.once('message', (message) => resolve(message as { pid: number; runFolder: string })),
  );
  parent.kill('SIGKILL');
  for (let wait = 0; wait < 300 && isAlive(pid); wait++) await delay(50);
  expect(isAlive(pid)).toBe(false);
  const runs = await serving.call(ListRuns, { runsFolders: [runsFolder()] });
  expect(runs.find((run) => run.folder === runFolder)).toMatchObject({
    state: 'interrupted',
    canResume: true,
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
