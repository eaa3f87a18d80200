import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageExtension } from '../../../scripts/package.mjs';
import { openLab } from '../harness';

/** Flowers of two kinds whose petals differ in length, as a table of 80 rows. */
function flowers(): string {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const large = row % 2 === 1;
    const petal = (large ? 5 : 2) + (row % 7) / 10;
    return `${petal.toFixed(1)},${(1 + (row % 5) / 4).toFixed(2)},${large ? 'iris' : 'violet'}`;
  });
  return ['petal_length,petal_width,kind', ...rows, ''].join('\n');
}

describe('the built package, installed in a VS Code without the project', () => {
  let folder = '';
  let vsix = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-lab-vsix-'));
    ({ file: vsix } = await packageExtension(join(folder, 'lab.vsix')));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('trains on a table through the palette and marks its rows', async () => {
    const lab = await openLab({ extension: vsix, files: { 'flowers.csv': flowers() } });
    await lab.openFile('flowers.csv');
    await lab.runCommand('Model Lab: Train Model on This File');
    await lab.pick('kind');
    await expect
      .poll(async () => (await lab.visibleLines()).filter(({ mark }) => /[✓✗?]/.test(mark)).length, {
        timeout: 120_000,
        interval: 500,
      })
      .toBeGreaterThan(10);
  });
});
