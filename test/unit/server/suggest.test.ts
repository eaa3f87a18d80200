import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniformAt } from '../../../src/engine/datasets/random';
import { inspect, suggest } from '../../../src/engine/server/dataset-requests';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suggest-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const number = (seed: number, at: number): number => 2 * uniformAt(seed, 0, at) - 1;

/** `columns` columns of noise, some of which the target is made of. */
async function written(
  name: string,
  rows: number,
  columns: number,
  target: (x: readonly number[]) => number,
  classes = false,
): Promise<string> {
  const lines = Array.from({ length: rows }, (_, row) => {
    const x = Array.from({ length: columns }, (_, column) => number(7, row * columns + column));
    const y = target(x) + 0.2 * number(8, row);
    return [...x.map((value) => value.toFixed(4)), classes ? (y > 0 ? 'yes' : 'no') : y.toFixed(4)].join(',');
  });
  const header = [...Array.from({ length: columns }, (_, column) => `f${column}`), 'target'].join(',');
  const path = join(folder, `${name}.csv`);
  await writeFile(path, [header, ...lines].join('\n') + '\n');
  return path;
}

const at = (x: readonly number[], index: number): number => x[index] as number;
const line = (x: readonly number[]): number => at(x, 0) - 2 * at(x, 1) + at(x, 2);
const bend = (x: readonly number[]): number => 3 * at(x, 0) * at(x, 1) + 2 * Math.abs(at(x, 2)) + at(x, 3);
const families = async (path: string, exclude: string[] = []): Promise<readonly string[]> =>
  (await suggest({ path, target: 'target', exclude })).map(({ family }) => family);

describe('the model that is suggested for many columns and few rows', () => {
  it('is linear where a straight line is all that there is to be found among the noise', async () => {
    expect(await families(await written('line', 200, 60, line))).toEqual(['linear', 'mlp']);
    expect(await families(await written('classes', 240, 40, line, true))).toEqual([
      'linear',
      'mlp',
      'naive-bayes',
    ]);
  });

  it('is a perceptron where the target bends, or nothing straight is found', async () => {
    expect(await families(await written('bend', 400, 24, bend))).toEqual(['mlp', 'linear']);
    expect(await families(await written('nothing', 200, 60, () => 0))).toEqual(['mlp', 'linear']);
  });

  it('goes by the columns that are left in', async () => {
    const path = await written('left', 400, 44, (x) => line(x) + 3 * at(x, 10) * at(x, 11));
    const rest = Array.from({ length: 44 }, (_, column) => `f${column}`).slice(12);
    expect(await families(path, ['f10', 'f11'])).toEqual(['linear', 'mlp']);
    expect(await families(path, rest)).toEqual(['mlp', 'linear']);
  });

  it('is a perceptron as ever where there are rows enough for each column', async () => {
    expect(await families(await written('rows', 900, 20, line))).toEqual(['mlp', 'linear']);
  });

  it('goes by the text of the editor where that is not saved, also without a file', async () => {
    const path = await written('unsaved', 400, 24, bend);
    const text = await readFile(await written('saved', 200, 60, line), 'utf8');
    const edited = (await suggest({ path, text, target: 'target' })).map(({ family }) => family);
    expect(edited).toEqual(['linear', 'mlp']);
    expect(await suggest({ path: join(folder, 'not-there.csv'), text, target: 'target' })).toHaveLength(2);
  });

  it('comes at once for a file that the window has just saved, and rests for any other', async () => {
    const others = await written('others', 200, 60, line);
    const own = await written('own', 200, 60, line);
    const order: string[] = [];
    await Promise.all([
      inspect({ path: others }).then(() => order.push('others')),
      suggest({ path: own, target: 'target', settled: true }).then(() => order.push('own')),
    ]);
    expect(order).toEqual(['own', 'others']);
  });

  it('is said also for a target that cannot be learnt: the training says why', async () => {
    const path = await written('same', 100, 30, () => 5, true);
    expect(await families(path)).toEqual(['mlp', 'linear', 'naive-bayes']);
  });
});
