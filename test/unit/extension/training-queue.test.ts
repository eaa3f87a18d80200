import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SharedState } from '../../../src/extension/lab/lab-model';
import { Claims } from '../../../src/extension/learning/claims';
import { describeLeft, QueueMemory } from '../../../src/extension/learning/queue-memory';
import type { TrainingJob } from '../../../src/extension/learning/training-controller';
import { TrainingQueue } from '../../../src/extension/learning/training-queue';
import { Experiment } from '../../../src/protocol';
import { tableDraft } from '../../../webview/preview/drafts';
import { states } from '../../../webview/preview/states';
import { memento } from './memento';

function resume(name: string): TrainingJob {
  return { kind: 'resume', runFolder: `/runs/${name}`, datasetPath: `/data/${name}` };
}

function train(name: string, target: string): TrainingJob {
  const experiment = Experiment.parse({
    version: 1,
    dataset: { path: name, sha256: '0'.repeat(64) },
    task: 'classification',
    target,
    split: { validation: 0.2, folds: 0 },
    model: tableDraft.models[0],
    seed: 7,
    engine: 'auto',
    provider: 'auto',
  });
  return { kind: 'new', experiment, runsFolder: '/runs', baseFolder: '/data', datasetPath: `/data/${name}` };
}

/** What the windows of a workspace share. */
function claimsInMemory(): Pick<Claims, 'take' | 'isTaken'> {
  const taken = new Set<string>();
  return {
    take: (claim) => {
      const isFree = !taken.has(claim);
      taken.add(claim);
      return Promise.resolve(isFree);
    },
    isTaken: (claim) => Promise.resolve(taken.has(claim)),
  };
}

/** A queue in which a training has begun, and others wait. */
function queueOf(names: readonly string[], state = memento(), claims = claimsInMemory()) {
  const model = {
    state: states['training'] as SharedState,
    update: (change: Partial<SharedState>) => void (model.state = { ...model.state, ...change }),
  };
  const begun: string[] = [];
  let endCurrent: (failure?: Error) => void = () => undefined;
  const elsewhere: string[] = [];
  const queue = new TrainingQueue(model, new QueueMemory(state), claims, ({ datasetPath }) =>
    elsewhere.push(datasetPath),
  );
  const launch = (name: string, job = resume(name)) =>
    queue.launch(job, () => {
      begun.push(name);
      return new Promise<void>((resolve, reject) => {
        endCurrent = (failure) => (failure === undefined ? resolve() : reject(failure));
      }).catch(() => undefined);
    });
  launch('now.csv');
  for (const name of names) launch(name);
  return {
    queue,
    state,
    launch,
    begun,
    elsewhere,
    left: () => model.state.left,
    /** Ends the training that has begun. */
    end: async (failure?: Error) => {
      endCurrent(failure);
      await new Promise((resolve) => setImmediate(resolve));
    },
    waiting: () => (model.state.queue ?? []).map(({ datasetPath }) => datasetPath),
  };
}

describe('trainings that wait in two windows of one workspace', () => {
  it('begin in the window that is the first to take them, and in no other', async () => {
    const [state, claims] = [memento(), claimsInMemory()];
    const first = queueOf(['a.csv', 'b.csv'], state, claims);
    const second = queueOf([], state, claims);
    const third = queueOf([], state, claims);
    await expect(second.queue.takeLeft()).resolves.toEqual([resume('a.csv'), resume('b.csv')]);
    await expect(third.queue.takeLeft()).resolves.toEqual([]);
    await first.end();
    await first.end();
    expect(first.begun).toEqual(['now.csv']);
    expect(first.elsewhere).toEqual(['/data/a.csv', '/data/b.csv']);
  });

  it('are not begun by the other window once they have begun or were taken back in this one', async () => {
    const [state, claims] = [memento(), claimsInMemory()];
    const first = queueOf(['a.csv', 'b.csv', 'c.csv'], state, claims);
    const second = queueOf([], state, claims);
    await expect(second.queue.showLeft()).resolves.toMatch(/^3 trainings were waiting/);
    await first.end();
    first.queue.cancel(2);
    await expect(queueOf([], state, claims).queue.showLeft()).resolves.toMatch(/^A training was waiting/);
    await expect(second.queue.takeLeft()).resolves.toEqual([resume('c.csv')]);
  });

  it('stand in the Lab until somebody has decided about them', async () => {
    const { state } = queueOf(['a.csv', 'b.csv']);
    const { queue, left } = queueOf([], state);
    await queue.showLeft();
    expect(left()).toBe('2 trainings were waiting when the window was closed: a.csv, b.csv.');
    queue.forgetRun('/runs/b.csv');
    expect(left()).toBe('A training was waiting when the window was closed: a.csv.');
    await queue.takeLeft();
    expect(left()).toBeUndefined();
  });

  it('have one claim each, though many ask at once, and a claim outlives the window', async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'claims-')), 'not', 'yet');
    const windows = Array.from({ length: 20 }, () => new Claims(folder));
    const granted = await Promise.all(windows.map((window) => window.take('one')));
    expect(granted.filter(Boolean)).toHaveLength(1);
    await expect(new Claims(folder).isTaken('one')).resolves.toBe(true);
    await expect(new Claims(folder).isTaken('other')).resolves.toBe(false);
    await utimes(path.join(folder, 'one'), 0, 0);
    await expect(new Claims(folder).take('other')).resolves.toBe(true);
    await expect(readdir(folder)).resolves.toEqual(['other']);
  });

  it('are granted where no claim can be written', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'claims-')), 'file');
    await writeFile(file, '');
    await expect(new Claims(path.join(file, 'within')).take('one')).resolves.toBe(true);
  });

  it('are known by what they are where a former version remembered them without a claim', async () => {
    const [state, claims] = [memento(), claimsInMemory()];
    await state.update('modelLab.queue', [resume('a.csv')]);
    const [first, second] = [queueOf([], state, claims), queueOf([], state, claims)];
    await expect(first.queue.takeLeft()).resolves.toEqual([resume('a.csv')]);
    await expect(second.queue.takeLeft()).resolves.toEqual([]);
  });
});

describe('trainings that wait', () => {
  it('begin one after the other, in the order of their coming, and are shown meanwhile', async () => {
    const { begun, end, waiting } = queueOf(['a.csv', 'b.csv']);
    expect(waiting()).toEqual(['/data/a.csv', '/data/b.csv']);
    expect(begun).toEqual(['now.csv']);
    await end();
    expect(begun).toEqual(['now.csv', 'a.csv']);
    expect(waiting()).toEqual(['/data/b.csv']);
    await end(new Error('it failed'));
    await end();
    expect(begun).toEqual(['now.csv', 'a.csv', 'b.csv']);
  });

  it('begin at once where nothing runs, and wait until all that follows from an end is done', async () => {
    const { begun, end, launch } = queueOf([]);
    const ended = end();
    // The training is over; its run is not in the list yet.
    expect(launch('a.csv')).toBe('waiting');
    await ended;
    expect(begun).toEqual(['now.csv', 'a.csv']);
    await end();
    expect(launch('b.csv')).toBe('begun');
  });

  it('are taken once where the same run is resumed twice', async () => {
    const { begun, end, launch, waiting } = queueOf(['a.csv']);
    expect([launch('a.csv'), launch('now.csv')]).toEqual(['known', 'known']);
    expect(launch('b.csv', train('b.csv', 'price'))).toBe('waiting');
    expect(launch('b.csv', train('b.csv', 'price'))).toBe('waiting');
    expect(waiting()).toEqual(['/data/a.csv', '/data/b.csv', '/data/b.csv']);
    await end();
    await end();
    await end();
    expect(begun).toEqual(['now.csv', 'a.csv', 'b.csv', 'b.csv']);
    await end();
    expect(launch('a.csv')).toBe('begun');
  });

  it('are taken back one by one, or all at the end of the window', async () => {
    const { queue, begun, end, waiting } = queueOf(['a.csv', 'b.csv', 'c.csv']);
    queue.cancel(2);
    expect(waiting()).toEqual(['/data/a.csv', '/data/c.csv']);
    queue.end();
    await end();
    expect(begun).toEqual(['now.csv']);
  });

  it('are left to the next window as they were, the form of each with them', async () => {
    const { queue, launch, state } = queueOf(['a.csv']);
    launch('b.csv', train('b.csv', 'price'));
    queue.end();
    const next = queueOf([], state);
    expect(next.queue.left).toEqual([resume('a.csv'), train('b.csv', 'price')]);
    expect(await next.queue.takeLeft()).toHaveLength(2);
    expect(queueOf([], state).queue.left).toEqual([]);
  });

  it('stay remembered while nobody has decided about them, beside those that wait now', async () => {
    const { state } = queueOf(['a.csv']);
    const second = queueOf(['b.csv'], state);
    expect(queueOf([], state).queue.left).toEqual([resume('a.csv'), resume('b.csv')]);
    await second.queue.takeLeft();
    expect(queueOf([], state).queue.left).toEqual([resume('b.csv')]);
  });

  it('are remembered no longer once they have begun or were taken back', async () => {
    const { queue, end, state } = queueOf(['a.csv', 'b.csv', 'c.csv']);
    await end();
    queue.cancel(3);
    expect(queueOf([], state).queue.left).toEqual([resume('b.csv')]);
  });

  it('are given up where their run is deleted, those of the last window too', () => {
    const { state } = queueOf(['a.csv', 'b.csv']);
    const next = queueOf(['a.csv', 'c.csv'], state);
    next.queue.forgetRun('/runs/a.csv');
    expect(next.waiting()).toEqual(['/data/c.csv']);
    expect(next.queue.left).toEqual([resume('b.csv')]);
    expect(queueOf([], state).queue.left).toEqual([resume('b.csv'), resume('c.csv')]);
  });

  it('are forgotten where another version wrote them in another form', () => {
    const state = memento();
    void state.update('modelLab.queue', [{ kind: 'new', datasetPath: '/data/a.csv' }]);
    expect(queueOf([], state).queue.left).toEqual([]);
  });

  it('are named in the question of the next window, three at most', () => {
    expect(describeLeft([train('a.csv', 'price')])).toBe(
      'A training was waiting when the window was closed: a.csv → price.',
    );
    expect(describeLeft(['a', 'b', 'c', 'd', 'e'].map(resume))).toBe(
      '5 trainings were waiting when the window was closed: a, b, c, and 2 more.',
    );
  });
});
