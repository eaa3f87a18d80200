import { describe, expect, it } from 'vitest';
import type { SharedState } from '../../../src/extension/lab/lab-model';
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

/** A queue in which a training has begun, and others wait. */
function queueOf(names: readonly string[], state = memento()) {
  const model = {
    state: states['training'] as SharedState,
    update: (change: Partial<SharedState>) => void (model.state = { ...model.state, ...change }),
  };
  const begun: string[] = [];
  let endCurrent: (failure?: Error) => void = () => undefined;
  const queue = new TrainingQueue(model, new QueueMemory(state));
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
    /** Ends the training that has begun. */
    end: async (failure?: Error) => {
      endCurrent(failure);
      await new Promise((resolve) => setImmediate(resolve));
    },
    waiting: () => (model.state.queue ?? []).map(({ datasetPath }) => datasetPath),
  };
}

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
