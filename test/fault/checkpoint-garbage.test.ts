/** Checkpoints that say what no training of ours wrote: refused with a sentence, and the run is left as it was. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint, runPaths, type StoredTensor, writeCheckpoint } from '../../src/engine/runs';
import { InterruptAfter, rings, Workplace } from '../unit/learning/training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  await place.write('rings.csv', rings(120));
});
afterAll(() => place.close());

type Tensors = Map<string, StoredTensor>;
const floats = (values: Float32Array): StoredTensor => ({ shape: [values.length], data: values });

describe('a run whose only checkpoint', () => {
  it.each<[string, (tensors: Tensors, state: { loop: Record<string, unknown> }) => void, RegExp]>([
    [
      'holds NaN among its weights',
      (tensors) => (tensors.get('weights')!.data[3] = NaN),
      /The checkpoint is damaged: value 3 of "weights" is NaN/,
    ],
    [
      'holds an infinite moment',
      (tensors) => (tensors.get('squareSum')!.data[0] = Infinity),
      /value 0 of "squareSum" is Infinity/,
    ],
    [
      'has weights of another model',
      (tensors) => tensors.set('weights', floats(new Float32Array(7))),
      /The checkpoint is of another/,
    ],
    ['has no weights', (tensors) => tensors.delete('weights'), /The checkpoint is of another version/],
    [
      'has a loss that is no number',
      (_, { loop }) => (loop['lossSum'] = null),
      /The checkpoint is of another version/,
    ],
    ['has a negative step', (_, { loop }) => (loop['step'] = -5), /The checkpoint is of another version/],
    ['is beyond the last step', (_, { loop }) => (loop['step'] = 1e9), /The checkpoint is of another/],
  ])('%s is not gone on with', async (_, damage, words) => {
    const { summary } = await place.train(
      {
        version: 1,
        dataset: { path: 'rings.csv' },
        task: 'classification',
        target: 'kind',
        model: { family: 'mlp', hyperparameters: { epochs: 20, width: 8 } },
      },
      { control: new InterruptAfter(12) },
    );
    expect(summary.state).toBe('interrupted');
    const checkpoint = (await readCheckpoint(summary.folder))!;
    const tensors: Tensors = new Map(checkpoint.tensors);
    const state = checkpoint.state as { loop: Record<string, unknown> };
    damage(tensors, state);
    await writeCheckpoint(summary.folder, { step: checkpoint.step, state, tensors });
    const before = await readFile(runPaths(summary.folder).run, 'utf8');
    await expect(place.resume(summary.folder)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringMatching(words) as string,
      advice: expect.stringMatching(/./) as string,
    });
    expect(await readFile(runPaths(summary.folder).run, 'utf8')).toBe(before);
  });
});
