import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPaths } from '../../../src/engine/runs';
import type { ExperimentInput } from '../../../src/protocol';
import { InterruptAfter, rings, Workplace } from './training-fixture';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await Workplace.open();
});
afterAll(() => workplace.close());

function experiment(path: string, epochs: number): ExperimentInput {
  return {
    version: 1,
    dataset: { path },
    task: 'classification',
    target: 'kind',
    model: { family: 'mlp', hyperparameters: { width: 16, epochs } },
  };
}

describe('a training on rows that stand several times', () => {
  it('judges no row by a model that has learnt its copy: noise stays noise', async () => {
    const different = Array.from({ length: 60 }, (_, row) =>
      [
        (row * 7919) % 997,
        (row * 104_729) % 991,
        (row * 1_299_709) % 983,
        'ab'[((row * 2654435761) >>> 9) % 2],
      ].join(','),
    );
    const rows = Array.from({ length: 6 }, () => different).flat();
    await workplace.write('noise.csv', ['x,y,z,kind', ...rows].join('\n') + '\n');
    const { summary } = await workplace.train(experiment('noise.csv', 60));
    expect(summary.metrics.validation?.accuracy).toBeLessThan(0.65);
    const said = summary.notes.filter((note) => note.includes('more than once'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('360 rows stand more than once (first in line 2, again in line 62)');
  });
});

describe('a run that an earlier version began', () => {
  it('is not gone on with, since its rows were split differently, and says so', async () => {
    await workplace.write('rings.csv', rings(90));
    const { summary } = await workplace.train(experiment('rings.csv', 20), {
      control: new InterruptAfter(30),
    });
    expect(summary.state).toBe('interrupted');
    const { run } = runPaths(summary.folder);
    const stored = JSON.parse(await readFile(run, 'utf8')) as Record<string, unknown>;
    expect(stored['preparation']).toBe(3);
    delete stored['preparation'];
    await writeFile(run, JSON.stringify(stored));
    await expect(workplace.resume(summary.folder)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringContaining('another version') as string,
    });
    await writeFile(run, JSON.stringify({ ...stored, preparation: 3 }));
    expect((await workplace.resume(summary.folder)).summary.state).toBe('finished');
  });
});
