import { describe, expect, it } from 'vitest';
import type { SharedState } from '../../../src/extension/lab/lab-model';
import type { TrainingJob } from '../../../src/extension/learning/training-controller';
import { TrainingQueue } from '../../../src/extension/learning/training-queue';
import { states } from '../../../webview/preview/states';

function resume(name: string): TrainingJob {
  return { kind: 'resume', runFolder: `/runs/${name}`, datasetPath: `/data/${name}` };
}

function queueOf(names: readonly string[]) {
  const model = {
    state: states['training'] as SharedState,
    update: (change: Partial<SharedState>) => void (model.state = { ...model.state, ...change }),
  };
  const begun: string[] = [];
  const queue = new TrainingQueue(model);
  for (const name of names) queue.add(resume(name), () => begun.push(name));
  return { queue, begun, waiting: () => (model.state.queue ?? []).map(({ datasetPath }) => datasetPath) };
}

describe('trainings that wait', () => {
  it('begin one after the other, in the order of their coming, and are shown meanwhile', () => {
    const { queue, begun, waiting } = queueOf(['a.csv', 'b.csv']);
    expect(waiting()).toEqual(['/data/a.csv', '/data/b.csv']);
    expect(begun).toEqual([]);
    queue.next();
    expect(begun).toEqual(['a.csv']);
    expect(waiting()).toEqual(['/data/b.csv']);
    queue.next();
    queue.next();
    expect(begun).toEqual(['a.csv', 'b.csv']);
  });

  it('are taken back one by one, or all at the end of the window', () => {
    const { queue, begun, waiting } = queueOf(['a.csv', 'b.csv', 'c.csv']);
    queue.cancel(2);
    expect(waiting()).toEqual(['/data/a.csv', '/data/c.csv']);
    queue.clear();
    queue.next();
    expect(begun).toEqual([]);
  });
});
