/** Small pictures of a dataset's images, as the form and the grid ask for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { factsOfImage } from '../../../../src/engine/datasets/images/image-file';
import { thumbnails } from '../../../../src/engine/server/thumbnail-requests';
import { ReadThumbnails, type TableSummary } from '../../../../src/protocol';
import { idxOf, put, putBars, SIDE } from './drawn';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'images-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ask = (names: readonly string[], side = 64, path = folder) =>
  thumbnails(ReadThumbnails.params.parse({ path, column: 'image', names, side }), {});

describe('thumbnails', () => {
  it('are PNGs of the images that are asked for, in that order; a name of no image has none', async () => {
    await putBars(folder, 6);
    put(folder, 'lying/broken.png', 'no image');
    const names = ['standing/3.png', 'lying/broken.png', '../../../etc/passwd', 'lying/0.png'];
    const found = await ask(names);
    expect(found.map(({ name, png }) => [name, png !== undefined])).toEqual([
      ['standing/3.png', true],
      ['lying/broken.png', false],
      ['../../../etc/passwd', false],
      ['lying/0.png', true],
    ]);
    const png = Buffer.from(found[0]?.png ?? '', 'base64');
    expect(await factsOfImage(png, 'PNG')).toMatchObject({ width: SIDE, height: SIDE });
  });

  it('are no larger than asked for, at most 64 pixels', async () => {
    await putBars(folder, 6);
    const [small] = await ask(['lying/1.png'], 8);
    expect(await factsOfImage(Buffer.from(small?.png ?? '', 'base64'), 'PNG')).toMatchObject({ width: 8 });
    expect(
      ReadThumbnails.params.safeParse({ path: folder, column: 'image', names: [], side: 65 }).success,
    ).toBe(false);
  });

  it('follow the folder: what was written anew or deleted since is seen', async () => {
    await putBars(folder, 6);
    const [before] = await ask(['lying/1.png']);
    await putBars(join(folder, 'x'), 1);
    const other = (await ask(['standing/2.png']))[0];
    rmSync(join(folder, 'lying', '1.png'));
    expect(before?.png).toBeDefined();
    expect(other?.png).not.toBe(before?.png);
    expect(await ask(['lying/1.png'])).toEqual([{ name: 'lying/1.png' }]);
  });

  it('are of IDX files, too, and of the images that an inspection names as samples', async () => {
    const path = join(folder, 't-images-idx3-ubyte');
    const numbers = Array.from({ length: 30 }, (_, at) => at);
    put(folder, 't-images-idx3-ubyte', idxOf(numbers, 'images'));
    put(folder, 't-labels-idx1-ubyte', idxOf(numbers, 'labels'));
    const { columns } = (await inspectDataset(path)) as TableSummary;
    const samples = columns[0]?.image?.samples ?? [];
    expect(samples.slice(0, 2)).toEqual(['image 1', 'image 3']);
    expect((await ask(samples, 64, path)).every(({ png }) => png !== undefined)).toBe(true);
  });
});
