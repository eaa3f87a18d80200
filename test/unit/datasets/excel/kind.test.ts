/** Workbooks as datasets: which sheet is read and how, what is said of it, learnt from it and predicted. */
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { predictFile, Predictor } from '../../../../src/engine/inference';
import { loadModel } from '../../../../src/engine/runs';
import { type ReadingWishes, type TableSummary, writeReading } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';

const folder = join(import.meta.dirname, '../../../fixtures/excel');
const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

async function look(name: string, asked: ReadingWishes = {}): Promise<TableSummary> {
  const summary = await inspectDataset(join(folder, name), undefined, { ...asked, settled: true });
  if (summary.kind !== 'table') throw new Error(`${name} is taken for a text`);
  return summary;
}

describe('a workbook of several sheets', () => {
  it('is read by the first one that looks like data, and says which others there are', async () => {
    const { source, rows, columns, reading, issues } = await look('several.xlsx');
    expect({ source, rows, names: columns.map(({ name }) => name) }).toEqual({
      source: 'excel',
      rows: 80,
      names: ['shop', 'size', 'price'],
    });
    expect(writeReading(reading)).toBe('sheet "Prices" · header');
    expect(reading[0]?.choices).toEqual([
      { value: 'Read me', label: 'Read me (3 rows, 2 columns)' },
      { value: 'Prices', label: 'Prices (81 rows, 3 columns)' },
      { value: 'Shops & more', label: 'Shops & more (31 rows, 3 columns)' },
      { value: 'Lists', label: 'Lists (90 rows, 3 columns, hidden)' },
      { value: 'Empty', label: 'Empty (0 rows, 0 columns)' },
    ]);
    expect(issues.map(({ code }) => code)).toContain('guessed-part');
  });

  it('is read by the sheet that is asked for, also a hidden one', async () => {
    const shops = await look('several.xlsx', { part: 'Shops & more' });
    expect(shops).toMatchObject({ rows: 30, format: { part: 'Shops & more' } });
    expect(shops.issues.map(({ code }) => code)).not.toContain('guessed-part');
    const lists = await look('several.xlsx', { part: 'Lists' });
    expect(lists).toMatchObject({ rows: 90, format: { header: false } });
  });

  it('refuses a sheet that is not there or has no values, and says what there is', async () => {
    await expect(look('several.xlsx', { part: 'Price' })).rejects.toMatchObject({
      message: 'The file has no sheet "Price".',
      advice: like(/^Did you mean "Prices"\?/u),
    });
    await expect(look('several.xlsx', { part: 'Empty' })).rejects.toThrow('The sheet "Empty" has no values.');
  });
});

describe('a sheet with a title, units, merged cells and a total', () => {
  it('is read as such a table in CSV is, each row at its place in the sheet', async () => {
    const { rows, columns, reading, format, issues } = await look('report.xlsx');
    expect({ rows, names: columns.map(({ name }) => name) }).toEqual({
      rows: 60,
      names: ['station', 'date', 'temperature', 'rain', 'wet'],
    });
    expect(writeReading(reading)).toBe('header in row 4 · units below the header');
    expect(format).toMatchObject({ header: true, firstLine: 4, units: true });
    const found = Object.fromEntries(issues.map(({ code, message, line }) => [code, { message, line }]));
    expect(found['merged-cells']).toMatchObject({
      message: like(/^21 areas of merged cells, first at B2:/u),
      line: 2,
    });
    expect(found['hidden-rows']).toMatchObject({ message: like(/^1 row of the sheet is hidden/u) });
    expect(columns[0]).toMatchObject({ distinct: 20, missing: 40 });
  });

  it('can be told where it begins', async () => {
    const { rows, columns } = await look('report.xlsx', { header: false, firstLine: 10, units: false });
    expect(columns[0]?.name).toBe('column 1');
    expect(rows).toBe(56);
  });
});

describe('formulas', () => {
  it('have the values that are stored, and are counted where none is', async () => {
    const { columns, issues } = await look('formulas.xlsx');
    const missing = Object.fromEntries(columns.map((column) => [column.name, column.missing]));
    expect(missing).toEqual({ a: 0, b: 0, stored: 0, 'not stored': 30, fault: 30, word: 8 });
    const found = Object.fromEntries(issues.map(({ code, message }) => [code, message]));
    expect(found['formulas-without-value']).toMatch(/^30 formulas have no stored value, first in D2:/u);
    expect(found['error-cells']).toMatch(/^30 cells hold an error such as #N\/A, first in E2:/u);
  });
});

describe('a model of a sheet', () => {
  it('is learnt from the sheet that was chosen, and finds it in another workbook', async () => {
    for (const name of ['learnt.xlsx', 'other.xlsx']) {
      await copyFile(join(folder, 'several.xlsx'), join(place.folder, name));
    }
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'learnt.xlsx', part: 'Shops & more' },
      task: 'classification',
      target: 'open',
      model: { family: 'mlp', hyperparameters: { epochs: 2, batch: 16 } },
    });
    const saved = await loadModel(summary.folder);
    expect(saved.experiment.dataset).toMatchObject({ part: 'Shops & more', header: true, firstLine: 1 });
    const predictor = await Predictor.open(place.backend, saved);
    const output = join(place.folder, 'other.csv');
    const result = await predictFile(predictor, { path: join(place.folder, 'other.xlsx'), output });
    expect(result).toMatchObject({ rows: 30, predicted: 30, readOtherwise: [] });
    const [header, first] = (await readFile(output, 'utf8')).split('\n');
    expect(header).toMatch(/^shop,town,open,prediction,confidence/u);
    expect(first).toMatch(/^S0,Rome,TRUE,/u);
    predictor.dispose();
  });
});
