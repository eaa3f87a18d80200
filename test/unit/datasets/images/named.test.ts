/** Tables whose cells name images beside them: which columns are of images, and which files are read. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inspectDataset, openRows } from '../../../../src/engine/datasets';
import { pngOf } from '../../../../src/engine/datasets/images/image-file';
import { MarkedDocument, predictFile, Predictor } from '../../../../src/engine/inference';
import { loadModel } from '../../../../src/engine/runs';
import { InspectDataset, type TableSummary } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';
import { bar, put, SIDE } from './drawn';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'named-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shape = { width: SIDE, height: SIDE, channels: 1 } as const;
const numbers = Array.from({ length: 60 }, (_, at) => at);

async function putImages(into = 'pictures'): Promise<void> {
  for (const number of numbers)
    put(join(folder, into), `${number}.png`, await pngOf(bar(number, number % 2 === 1), shape));
}

function csv(name: (number: number) => string): string {
  const rows = numbers.map(
    (number) => `${name(number)},${(number * 7) % 13},${number % 2 === 1 ? 'up' : 'flat'}`,
  );
  return `file,size,kind\n${rows.join('\n')}\n`;
}

async function inspected(table: string): Promise<TableSummary> {
  return (await inspectDataset(join(folder, table))) as TableSummary;
}

describe('a column of names of images', () => {
  it.each([
    ['from the folder of the table on', 'pictures', 'pictures/'],
    ['with signs of Windows between folders', 'pictures', 'pictures\\'],
    ['beside the table', '', ''],
    ['in the folder "images" beside the table', 'images', ''],
  ])('is of the kind image, found %s', async (_, into, before) => {
    await putImages(into);
    put(
      folder,
      'table.csv',
      csv((number) => `${before}${number}.png`),
    );
    const { columns, issues, target } = await inspected('table.csv');
    expect(columns.map(({ kind }) => kind)).toEqual(['image', 'number', 'category']);
    expect(columns[0]?.image).toMatchObject({ images: 60, shape });
    expect({ issues, target }).toEqual({ issues: [], target: 'kind' });
  });

  it('is one of a JSON Lines file, too', async () => {
    await putImages();
    const lines = numbers.map((number) =>
      JSON.stringify({ image: `pictures/${number}.png`, up: number % 2 === 1 }),
    );
    put(folder, 'table.jsonl', lines.join('\n'));
    expect((await inspected('table.jsonl')).columns[0]).toMatchObject({ name: 'image', kind: 'image' });
  });

  it('is a column of texts where there are no such files, or another kind is asked for', async () => {
    put(
      folder,
      'table.csv',
      csv((number) => `nowhere/${number}.png`),
    );
    expect((await inspected('table.csv')).columns[0]?.kind).not.toBe('image');
    await putImages();
    put(
      folder,
      'table.csv',
      csv((number) => `pictures/${number}.png`),
    );
    const asked = InspectDataset.params.parse({
      path: join(folder, 'table.csv'),
      columns: { file: { kind: 'text' } },
    });
    const { columns } = (await inspectDataset(asked.path, undefined, asked)) as TableSummary;
    expect(columns[0]?.kind).toBe('text');
  });

  it('never leads out of the folder of the table, by no way of writing it and by no link; rows and lines are said', async () => {
    await putImages();
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    put(outside, 'secret.png', readFileSync(join(folder, 'pictures', '1.png')));
    symlinkSync(join(outside, 'secret.png'), join(folder, 'pictures', 'link.png'));
    const ways = [
      join('..', outside.split('/').at(-1) ?? '', 'secret.png'),
      join(outside, 'secret.png'),
      `pictures/../../${outside.split('/').at(-1) ?? ''}/secret.png`,
      `..\\${outside.split('/').at(-1) ?? ''}\\secret.png`,
      `file://${outside}/secret.png`,
      'https://example.com/secret.png',
      'pictures/link.png',
    ];
    put(
      folder,
      'table.csv',
      csv((number) => ways[number - 10] ?? `pictures/${number}.png`),
    );
    const table = await openRows(readFileSync(join(folder, 'table.csv')), {
      path: join(folder, 'table.csv'),
    });
    const { issues } = await inspected('table.csv');
    rmSync(outside, { recursive: true });
    for (const way of ways) expect([way, table.images?.get('file')?.pixels(way)]).toEqual([way, undefined]);
    expect(issues).toMatchObject([
      { code: 'image-outside', rows: ways.length, line: 12, severity: 'warning' },
    ]);
  });

  it('says which images are not there, or broken, in how many rows', async () => {
    await putImages();
    rmSync(join(folder, 'pictures', '5.png'));
    put(folder, 'pictures/6.png', 'broken');
    put(
      folder,
      'table.csv',
      csv((number) => `pictures/${number}.png`),
    );
    expect((await inspected('table.csv')).issues).toMatchObject([
      { code: 'image-no-image', rows: 1 },
      { code: 'image-missing', rows: 1, line: 7 },
    ]);
  });

  it('is learnt from beside other columns, marked in the editor and predicted into a file', async () => {
    await putImages();
    mkdirSync(join(folder, 'others'));
    const text = csv((number) => `pictures/${number}.png`);
    const path = join(folder, 'table.csv');
    put(folder, 'table.csv', text);
    const { summary } = await place.train({
      version: 1,
      dataset: { path },
      task: 'classification',
      target: 'kind',
      model: { family: 'linear', hyperparameters: { epochs: 40 } },
    });
    expect(summary.metrics.validation?.accuracy).toBeGreaterThan(0.9);
    const predictor = await Predictor.open(place.backend, await loadModel(summary.folder));
    expect(predictor.encoder.features.map(({ kind }) => kind)).toEqual(['image', 'number']);
    const document = new MarkedDocument('a', predictor, path, { version: 1, text });
    const { rows, hasPrediction } = await document.marks();
    expect([rows, hasPrediction.reduce((sum, has) => sum + has, 0)]).toEqual([60, 60]);
    const output = join(folder, 'out.csv');
    expect(await predictFile(predictor, { path, output })).toMatchObject({ predicted: 60 });
    rmSync(join(folder, 'pictures', '5.png'));
    const { issues } = await predictFile(predictor, { path, output });
    expect(issues.map(({ code }) => code)).toContain('image-missing');
  });
});
