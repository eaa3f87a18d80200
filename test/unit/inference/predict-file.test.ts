import { existsSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { readTable } from '../../../src/engine/datasets';
import { measureInference, OpenModels, predictFile } from '../../../src/engine/inference';
import { writeSettled } from '../settled-file';
import { fruitTable, type TrainedRun, trainFruits } from './trained-run';

let backend: Backend;
let fruit: TrainedRun;
let price: TrainedRun;
beforeAll(async () => {
  backend = await openBackend('onnx', { threads: 1 });
  fruit = await trainFruits(backend, 'fruit');
  price = await trainFruits(backend, 'price');
});
afterAll(() => {
  for (const { folder, predictor } of [fruit, price]) {
    predictor.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
  backend.dispose();
});

function input(name: string, text: string): { path: string; output: string } {
  const path = join(fruit.folder, name);
  writeSettled(path, text);
  return { path, output: `${path}.predicted.csv` };
}

const read = (path: string) => parse<Record<string, string>>(readFileSync(path), { columns: true });

test('every row is written with prediction, confidence and a probability per class', async () => {
  const files = input('all.csv', fruit.text);
  const result = await predictFile(fruit.predictor, files);
  const rows = read(files.output);
  expect(rows).toHaveLength(240);
  expect(result).toMatchObject({ rows: 240, output: files.output, issues: [] });
  const right = rows.filter(({ fruit: label, prediction }) => label === prediction).length;
  expect(result.metrics?.accuracy).toBeCloseTo(right / 240, 10);
  for (const row of rows) {
    const apple = Number(row['probability of apple']);
    expect(apple + Number(row['probability of banana'])).toBeCloseTo(1, 5);
    expect(Number(row['confidence'])).toBeCloseTo(Math.max(apple, 1 - apple), 5);
  }
});

test('numbers are written with their interval', async () => {
  const files = input('prices.csv', price.text);
  const result = await predictFile(price.predictor, files);
  const [row] = read(files.output);
  expect(Number(row!['low'])).toBeLessThan(Number(row!['prediction']));
  expect(Number(row!['high'])).toBeGreaterThan(Number(row!['prediction']));
  expect(result.metrics?.rmse).toBeGreaterThan(0);
});

test('a file of another shape without labels is predicted, and awkward cells survive', async () => {
  const text = 'note;prediction;weight;length;colour\n"a;b ""c""\nd";old;160;7,2;red\n;;112;17,4;yellow\n';
  const files = input('other.csv', text);
  const result = await predictFile(fruit.predictor, files);
  expect(result.metrics).toBeUndefined();
  const rows = read(files.output);
  expect(rows[0]!['note']).toBe('a;b "c"\nd');
  expect(rows[0]!['prediction']).toBe('old');
  expect(rows.map((row) => row['prediction (2)'])).toEqual(['apple', 'banana']);
});

test('rows that cannot be predicted stay in the file without a prediction', async () => {
  const files = input('broken.csv', fruitTable(3) + 'heavy,7,red,apple,1\n160,7\n');
  const result = await predictFile(fruit.predictor, files);
  expect(read(files.output).map(({ prediction }) => prediction !== '')).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(result.issues.map(({ line }) => line)).toEqual([6, 5]);
  expect(result).toMatchObject({ rows: 5, predicted: 4, unpredicted: { rows: 1, line: 6 } });
});

test('a category that training never saw is told once, with the number of rows', async () => {
  const files = input('purple.csv', 'weight,length,colour\n160,7,purple\n160,7,red\n112,17,purple\n');
  const { issues, predicted } = await predictFile(fruit.predictor, files);
  expect(predicted).toBe(3);
  expect(issues).toMatchObject([
    {
      code: 'outside-of-training',
      line: 2,
      message: '"purple" in "colour" was never there in training; 1 more row has such a value.',
    },
  ]);
});

test('how the file is read is told, with what was asked of it', async () => {
  const files = input('asked.csv', 'weight|length|colour\n160|7|red\n112|17|yellow\n');
  const { reading, predicted } = await predictFile(fruit.predictor, { ...files, separator: '|' });
  expect(predicted).toBe(2);
  expect(reading.find(({ field }) => field === 'separator')).toMatchObject({ value: '|', asked: true });
});

test('cells that are no numbers are told once for each column, with their number', async () => {
  const files = input('heavy.csv', fruitTable(20) + 'heavy,7,red,apple,1\n'.repeat(5));
  const { issues } = await predictFile(fruit.predictor, files);
  expect(issues).toMatchObject([
    { code: 'not-a-number', line: 22, message: expect.stringContaining('4 more') as string },
  ]);
});

test('a file none of whose labels the model knows has no figures', async () => {
  const files = input(
    'strange.csv',
    fruitTable(8).replaceAll('apple', 'pomme').replaceAll('banana', 'banane'),
  );
  const { metrics, issues } = await predictFile(fruit.predictor, files);
  expect(metrics).toBeUndefined();
  expect(issues).toMatchObject([{ code: 'no-known-class' }]);
});

test('a file that lacks a column is refused by its name, and nothing is written', async () => {
  const files = input('lacking.csv', 'weight,lenght\n1,2\n');
  await expect(predictFile(fruit.predictor, files)).rejects.toMatchObject({
    code: 'mismatch',
    message: expect.stringContaining('"length"') as string,
  });
  expect(existsSync(files.output)).toBe(false);
});

test('a cancelled prediction leaves the old output as it was and no other file', async () => {
  const files = input('cancelled.csv', fruitTable(9000));
  writeFileSync(files.output, 'old');
  const controller = new AbortController();
  const predicting = predictFile(fruit.predictor, {
    ...files,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(predicting).rejects.toMatchObject({ name: 'CancelledError' });
  expect(readFileSync(files.output, 'utf8')).toBe('old');
  expect(readdirSync(fruit.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the output may not be the input', async () => {
  const { path } = input('same.csv', fruit.text);
  await expect(predictFile(fruit.predictor, { path, output: path })).rejects.toMatchObject({
    code: 'invalid',
  });
  expect(readFileSync(path, 'utf8')).toBe(fruit.text);
});

test('nor may it be the input under another name', async () => {
  const { path } = input('named.csv', fruit.text);
  const other = join(fruit.folder, 'Named.csv');
  linkSync(path, other);
  await expect(predictFile(fruit.predictor, { path, output: other })).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('a folder that is not there is told by the name that was asked for', async () => {
  const { path } = input('homeless.csv', fruit.text);
  const output = join(fruit.folder, 'nowhere', 'out.csv');
  const predicting = predictFile(fruit.predictor, { path, output });
  await expect(predicting).rejects.toMatchObject({ code: 'file', place: { path: output } });
  await expect(predicting).rejects.toThrow(`written to ${output}.`);
});

test('a folder in which no kind of dataset is recognised is told as such', async () => {
  const output = join(fruit.folder, 'out.csv');
  await expect(predictFile(fruit.predictor, { path: fruit.folder, output })).rejects.toMatchObject({
    code: 'dataset',
    message: 'Nothing in this folder can be read as a dataset.',
  });
});

test('speed is measured with rows of the table', async () => {
  const measure = await measureInference(fruit.predictor, readTable(fruit.text));
  console.log(
    `single row p50 ${measure.p50Ms.toFixed(3)} ms, p95 ${measure.p95Ms.toFixed(3)} ms, ${measure.rowsPerSecond.toFixed(0)} rows/s`,
  );
  expect(measure.p95Ms).toBeGreaterThanOrEqual(measure.p50Ms);
  expect(measure.parameters * 4).toBe(measure.modelBytes);
});

test('of the open models the longest unused one is closed, never one in use', async () => {
  const closed: string[] = [];
  const models = new OpenModels<{ dispose(): void }>(2);
  const lease = (name: string) =>
    models.lease(name, () => Promise.resolve({ dispose: () => closed.push(name) }));
  const a = await lease('a');
  (await lease('b')).release();
  (await lease('c')).release();
  expect(closed).toEqual(['b']);
  a.release();
  expect((await lease('a')).model).toBe(a.model);
  await lease('d');
  expect(closed).toEqual(['b', 'c']);
});

test('a model that cannot be opened is tried anew', async () => {
  const models = new OpenModels<{ dispose(): void }>(2);
  await expect(models.lease('a', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
  await expect(models.lease('a', () => Promise.resolve({ dispose: () => undefined }))).resolves.toBeDefined();
});

const formulas =
  '=note,weight,length,colour\n' +
  '-1.5,160,7.2,red\n+3,112,17.4,yellow\n"=HYPERLINK(""http://x"")",160,7.2,red\n-2+3,112,17.4,yellow\n@sum,160,7.2,red\n';

test('cells that begin like a formula are written with an apostrophe inside quotes, counted once', async () => {
  const files = input('formulas.csv', formulas);
  const result = await predictFile(fruit.predictor, files);
  const lines = readFileSync(files.output, 'utf8').split('\n');
  expect(lines[0]).toMatch(/^"'=note",weight/);
  expect(lines.slice(1, 6).map((line) => line.split(',160')[0]!.split(',112')[0])).toEqual([
    '-1.5',
    '+3',
    `"'=HYPERLINK(""http://x"")"`,
    `"'-2+3"`,
    `"'@sum"`,
  ]);
  expect(result.issues).toMatchObject([
    {
      code: 'formulas-escaped',
      line: 1,
      message: '4 cells that begin like a formula were written with a leading apostrophe, first in line 1.',
    },
  ]);
});

test('cells that begin like a formula stay as they are where that is asked for', async () => {
  const files = input('kept.csv', formulas);
  const result = await predictFile(fruit.predictor, { ...files, formulas: 'keep' });
  expect(readFileSync(files.output, 'utf8')).toContain('\n-2+3,112');
  expect(result.issues).toEqual([]);
});
