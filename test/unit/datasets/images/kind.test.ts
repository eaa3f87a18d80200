/** Datasets of images: a folder for each class, and IDX files, from what is in them to a model and its predictions. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inspectDataset, openRows, readWhole } from '../../../../src/engine/datasets';
import { classesOf } from '../../../../src/engine/datasets/kinds/images/classes';
import { predictFile, Predictor } from '../../../../src/engine/inference';
import { needsLook, suggestModels } from '../../../../src/engine/models/suggest';
import { loadModel } from '../../../../src/engine/runs';
import { overview } from '../../../../src/engine/server/overview-requests';
import type { ModelChoice, TableSummary } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';
import { bar, idxOf, put, putBars, SIDE } from './drawn';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'images-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function train(path: string, target: string, model?: ModelChoice) {
  const summary = await inspectDataset(path);
  const [suggested] = await suggestModels(summary, { target });
  return place.train({
    version: 1,
    dataset: { path },
    task: 'classification',
    target,
    model: model ?? { ...(suggested as ModelChoice) },
  });
}

async function predictions(runFolder: string, path: string): Promise<string[][]> {
  const predictor = await Predictor.open(place.backend, await loadModel(runFolder));
  const output = join(folder, '..', `${Math.random()}.csv`);
  await predictFile(predictor, { path, output });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  rmSync(output);
  return lines.map((line) => line.split(','));
}

describe('a folder of images', () => {
  it('is a table of names and classes, whose images have a size in common', async () => {
    await putBars(folder, 10);
    const summary = (await inspectDataset(folder)) as TableSummary;
    expect(summary).toMatchObject({ source: 'images', rows: 20, target: 'class', issues: [], reading: [] });
    expect(summary.columns[0]).toMatchObject({
      name: 'image',
      kind: 'image',
      distinct: 20,
      missing: 0,
      image: {
        images: 20,
        formats: [{ format: 'PNG', count: 20 }],
        smallest: { width: SIDE, height: SIDE },
        shape: { width: SIDE, height: SIDE, channels: 1 },
      },
    });
    expect(summary.targets.map(({ column }) => column)).toEqual(['class']);
    expect(needsLook(summary)).toBe(false);
  });

  it('is counted without a word on what the names of the images tell of their classes', async () => {
    await putBars(folder, 10);
    const counted = await overview(
      { path: folder },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    const columns = 'columns' in counted ? counted.columns : [];
    expect(columns.map(({ name, relation }) => [name, relation])).toEqual([
      ['image', undefined],
      ['class', undefined],
    ]);
  });

  it('is learnt from, and a folder without classes is predicted into a CSV by the name of each file', async () => {
    await putBars(folder, 40, 3);
    const { summary } = await train(folder, 'class');
    expect(summary.state).toBe('finished');
    expect(summary.metrics.validation?.accuracy).toBeGreaterThan(0.9);
    const others = mkdtempSync(join(tmpdir(), 'others-'));
    await putBars(join(others, 'deep'), 60, 3);
    const flat = join(others, 'flat');
    for (const at of [50, 51, 52])
      put(flat, `${at}.png`, readFileSync(join(others, 'deep', 'standing', `${at}.png`)));
    const [head, ...rows] = await predictions(summary.folder, flat);
    rmSync(others, { recursive: true });
    expect(head?.slice(0, 2)).toEqual(['image', 'prediction']);
    expect(rows.map(([image, prediction]) => [image, prediction])).toEqual([
      ['50.png', 'standing'],
      ['51.png', 'standing'],
      ['52.png', 'standing'],
    ]);
  });

  it('keeps with the model what its images become: size, channels, means and deviations', async () => {
    await putBars(folder, 12, 3);
    const { summary } = await train(folder, 'class', { family: 'linear', hyperparameters: { epochs: 2 } });
    const saved = await loadModel(summary.folder);
    const predictor = await Predictor.open(place.backend, saved);
    expect(predictor.encoder.features).toEqual([
      {
        column: 'image',
        kind: 'image',
        offset: 0,
        width: SIDE * SIDE * 3,
        shape: { height: SIDE, width: SIDE, channels: 3 },
      },
    ]);
    expect(predictor.encoder.featureNames[0]).toBe('image: row 1, column 1, red');
    expect(predictor.encoder.featureNames.at(-1)).toBe(`image: row ${SIDE}, column ${SIDE}, blue`);
    // Another folder, of larger images in grey, is brought to the size that the model knows.
    const table = await openRows((await readWhole(folder)).source, {
      path: folder,
      imageShapes: { image: { height: 5, width: 4, channels: 1 } },
    });
    expect(table.images?.get('image')?.pixels('lying/0.png')).toHaveLength(20);
    const encoded = predictor.encoder.encode(
      await openRows((await readWhole(folder)).source, { path: folder }),
      Uint32Array.from({ length: 24 }, (_, row) => row),
    );
    const values = encoded.dense();
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(0.1);
  });

  it('of large images becomes small, with the sides in proportion; of grey ones in colour files, grey', async () => {
    const { default: sharp } = await import('sharp');
    for (const [name, level] of [
      ['a/1', 60],
      ['a/2', 80],
      ['b/1', 200],
      ['b/2', 220],
    ] as const) {
      const background = { r: level, g: level, b: level };
      const large = sharp({ create: { width: 640, height: 480, channels: 3, background } });
      put(folder, `${name}.jpg`, await large.jpeg().toBuffer());
    }
    const summary = (await inspectDataset(folder)) as TableSummary;
    expect(summary.columns[0]?.image).toMatchObject({
      largest: { width: 640, height: 480 },
      shape: { width: 32, height: 24, channels: 1 },
    });
  });
});

describe('the classes of images', () => {
  it.each([
    ['the folder that each lies in', ['a/1', 'b/2'], ['a', 'b'], []],
    ['the first one where there are more', ['a/x/1', 'a/y/2', 'b/z/3'], ['a', 'b'], []],
    ['found inside a folder around all', ['all/a/1', 'all/b/2'], ['a', 'b'], []],
    ['not the parts of a dataset', ['train/a/1', 'test/a/2', 'train/b/3'], ['a', 'b'], ['test', 'train']],
    ['called train and test where nothing lies deeper', ['train/1', 'test/2'], ['test', 'train'], []],
    ['none where nothing lies in a folder', ['1', '2'], [], []],
    ['those of the folders where some lie beside', ['a/1', 'b/2', '3'], ['a', 'b'], []],
  ])('are %s', (_, names, classes, parts) => {
    expect(classesOf(names)).toMatchObject({ classes, parts });
  });
});

describe('IDX files', () => {
  const numbers = Array.from({ length: 80 }, (_, at) => at);
  const images = (): string => join(folder, 't-images-idx3-ubyte');

  it.each([
    ['', (bytes: Uint8Array) => bytes],
    ['.gz', gzipSync],
  ] as const)('are images with the labels of the file beside them (%s)', async (ending, pack) => {
    put(folder, 't-images-idx3-ubyte', idxOf(numbers, 'images'));
    put(folder, `t-labels-idx1-ubyte${ending}`, pack(idxOf(numbers, 'labels')));
    const summary = (await inspectDataset(images())) as TableSummary;
    expect(summary).toMatchObject({ source: 'images', rows: 80, target: 'label', issues: [] });
    const table = await openRows((await readWhole(images())).source, { path: images() });
    expect(table.cell(3, 0)).toBe('image 4');
    expect(table.cell(3, 1)).toBe('1');
    expect([...(table.images?.get('image')?.pixels('image 4') ?? [])]).toEqual([...bar(3, true)]);
    const { summary: run } = await train(images(), 'label');
    expect(run.metrics.validation?.accuracy).toBeGreaterThan(0.9);
  });

  it('packed with gzip are read as they are, and named as damaged where they are cut', async () => {
    const packed = gzipSync(idxOf(numbers, 'images'));
    put(folder, 't-images-idx3-ubyte.gz', packed);
    put(folder, 't-labels-idx1-ubyte.gz', gzipSync(idxOf(numbers, 'labels')));
    const path = join(folder, 't-images-idx3-ubyte.gz');
    expect(await inspectDataset(path)).toMatchObject({
      source: 'images',
      rows: 80,
      target: 'label',
      issues: [],
    });
    put(folder, 't-images-idx3-ubyte.gz', packed.subarray(0, packed.length - 40));
    await expect(inspectDataset(path)).rejects.toMatchObject({ code: 'dataset' });
  });

  it('without labels say so, and are predicted all the same', async () => {
    put(folder, 't-images-idx3-ubyte', idxOf(numbers, 'images'));
    expect((await inspectDataset(images())).issues).toMatchObject([{ code: 'no-labels', severity: 'error' }]);
    put(folder, 't-labels-idx1-ubyte', idxOf(numbers, 'labels'));
    const { summary } = await train(images(), 'label');
    rmSync(join(folder, 't-labels-idx1-ubyte'));
    const [head, first] = await predictions(summary.folder, images());
    expect(head?.slice(0, 2)).toEqual(['image', 'prediction']);
    expect(first?.slice(0, 2)).toEqual(['image 1', '0']);
  });

  it('that are cut, or have too few labels, say so with how many there are', async () => {
    const bytes = idxOf(numbers, 'images');
    put(folder, 't-images-idx3-ubyte', bytes.subarray(0, bytes.length - 3 * SIDE * SIDE + 1));
    put(folder, 't-labels-idx1-ubyte', idxOf(numbers.slice(0, 70), 'labels'));
    const summary = (await inspectDataset(images())) as TableSummary;
    expect(summary.rows).toBe(77);
    expect(summary.issues).toMatchObject([
      { code: 'cut-idx', rows: 3 },
      { code: 'other-labels', message: expect.stringMatching(/77 images and 70 labels/u) as string },
    ]);
  });

  it('with labels instead of images, or other numbers than bytes, are refused with what to choose', async () => {
    put(folder, 't-labels-idx1-ubyte', idxOf(numbers, 'labels'));
    await expect(inspectDataset(join(folder, 't-labels-idx1-ubyte'))).rejects.toMatchObject({
      code: 'dataset',
      advice: expect.stringMatching(/"t-images-idx3-ubyte"/u) as string,
    });
    const other = idxOf(numbers, 'images');
    other[2] = 0x0d;
    put(folder, 'floats', other);
    await expect(inspectDataset(join(folder, 'floats'))).rejects.toMatchObject({ code: 'dataset' });
  });
});
