/** Folders of texts as datasets: a row for each file, told apart by the folders, learnt from and predicted. */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { predictFile, Predictor } from '../../../../src/engine/inference';
import { loadModel } from '../../../../src/engine/runs';
import type { TableSummary } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';

const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

async function fill(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(place.folder, folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return join(place.folder, folder);
}

async function look(path: string): Promise<TableSummary> {
  const summary = await inspectDataset(path, undefined, { settled: true });
  if (summary.kind !== 'table') throw new Error(`${path} is taken for a text`);
  return summary;
}

const words = [
  'sun',
  'warm',
  'beach',
  'sea',
  'light',
  'snow',
  'cold',
  'ice',
  'dark',
  'frost',
  'the',
  'a',
  'of',
  'day',
];
const letters = Object.fromEntries(
  Array.from({ length: 80 }, (_, at) => {
    const own = at % 2 === 0 ? 0 : 5;
    const text = Array.from({ length: 12 }, (__, word) =>
      word % 3 === 0 ? words[own + ((at * 7 + word) % 5)] : words[10 + ((at + word) % 4)],
    ).join(' ');
    return [
      `${at % 2 === 0 ? 'summer' : 'winter'}/${String(at).padStart(2, '0')}.txt`,
      `Dear all,\n\n${text}, "${at}".\n`,
    ];
  }),
);

describe('a folder of texts', () => {
  it('is a table of texts, classes and names', async () => {
    const { source, rows, columns, target, issues } = await look(await fill('letters', letters));
    expect({ source, rows, target, issues: issues.filter(({ severity }) => severity === 'error') }).toEqual({
      source: 'texts',
      rows: 80,
      target: 'class',
      issues: [],
    });
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['text', 'text'],
      ['class', 'category'],
      ['file', 'identifier'],
    ]);
    expect(columns[1]?.values).toEqual([
      { value: 'summer', count: 40 },
      { value: 'winter', count: 40 },
    ]);
  });

  it('leaves out what is no text, and says so once for each kind', async () => {
    const path = await fill('mixed', {
      ...letters,
      'summer/empty.txt': '',
      'summer/blank.txt': ' \n',
      'winter/picture.txt': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      'winter/latin.txt': Buffer.from('Liebe Grüße aus dem Süden, schön war es.', 'latin1'),
      'winter/notes.json': '{}',
      'about.txt': 'How they were collected.',
    });
    await symlink('/etc/hostname', join(path, 'summer', 'outside.txt'));
    const { rows, issues } = await look(path);
    expect(rows).toBe(84);
    expect(Object.fromEntries(issues.map(({ code, message }) => [code, message]))).toMatchObject({
      'empty-file': '2 files are empty: their texts count as missing, the first "summer/blank.txt".',
      'no-text': '1 file holds no text and is left out, the first "winter/picture.txt".',
      'other-encoding': like(/^1 file is in another encoding .+ "winter\/latin\.txt"\.$/u),
      'other-file': '1 file of other kinds is left out, the first "winter/notes.json".',
      'no-class': like(/^1 text lies beside the folders of the classes, the first "about\.txt"/u),
      'link-outside': like(/^1 link that leads out of the folder/u),
    });
  });

  it('without folders for classes, or with one alone, cannot be learnt from, and says why', async () => {
    const flat = await look(await fill('flat', { 'a.txt': 'one', 'b.txt': 'two', 'c.txt': 'three' }));
    expect(flat.issues.map(({ code }) => code)).toContain('no-classes');
    const one = await look(await fill('one', { 'x/a.txt': 'one', 'x/b.txt': 'two', 'x/c.txt': 'three' }));
    expect(one.issues.map(({ code }) => code)).toContain('one-class');
  });

  it('takes the folders inside of train and test for the classes', async () => {
    const path = await fill('parts', {
      'train/good/1.txt': 'fine',
      'train/bad/2.txt': 'poor',
      'test/good/3.txt': 'nice',
      'test/bad/4.txt': 'weak',
    });
    const { columns, issues } = await look(path);
    expect(columns.find(({ name }) => name === 'class')?.values.map(({ value }) => value)).toEqual([
      'bad',
      'good',
    ]);
    expect(issues.map(({ code }) => code)).toContain('folders-of-parts');
  });
});

describe('texts that stand in several files', () => {
  it('are found, whatever their files are called', async () => {
    const copies = {
      'winter/copy.txt': letters['winter/01.txt'] ?? '',
      'winter/again.txt': letters['winter/01.txt'] ?? '',
    };
    const { issues } = await look(await fill('copies', { ...letters, ...copies }));
    expect(issues.find(({ code }) => code === 'duplicate-rows')?.message).toMatch(
      /^3 rows stand more than once/u,
    );
  });
});

describe('a model of texts in folders', () => {
  it('tells texts of another folder apart, also where they lie in no folders of classes', async () => {
    await fill('learnt', letters);
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'learnt' },
      task: 'classification',
      target: 'class',
      model: { family: 'naive-bayes', hyperparameters: {} },
    });
    expect(summary.metrics.validation?.['accuracy']).toBe(1);
    const predictor = await Predictor.open(place.backend, await loadModel(summary.folder));
    const path = await fill('new', { 'a.txt': 'sun and sea, warm sun', 'b.txt': 'ice, frost and cold snow' });
    const output = join(place.folder, 'new.csv');
    await expect(predictFile(predictor, { path, output })).resolves.toMatchObject({ rows: 2, predicted: 2 });
    const lines = (await readFile(output, 'utf8')).split('\n');
    expect(lines[0]).toMatch(/^text,file,prediction,/u);
    expect(lines[1]).toMatch(/,a\.txt,summer,/u);
    expect(lines[2]).toMatch(/,b\.txt,winter,/u);
    predictor.dispose();
  });
});
