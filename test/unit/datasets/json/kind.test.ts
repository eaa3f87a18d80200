/** JSON records as a dataset: recognised, looked at, learnt from, marked and predicted. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { MarkedDocument, predictFile, Predictor } from '../../../../src/engine/inference';
import { loadModel } from '../../../../src/engine/runs';
import type { TableSummary } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

const records = Array.from({ length: 160 }, (_, row) => ({
  id: `r-${row}`,
  size: { width: row % 40, height: ((row * 7) % 23) + 0.5 },
  light: [(row % 5) / 5, ((row * 3) % 7) / 7],
  note: row % 3 === 0 ? null : `seen by ${row % 2 === 0 ? 'Ann' : 'Bo'}`,
  wide: row % 40 >= 20 ? 'yes' : 'no',
}));
const lines = records.map((record) => JSON.stringify(record)).join('\n') + '\n';

async function look(name: string, text: string): Promise<TableSummary> {
  await place.write(name, text);
  const summary = await inspectDataset(join(place.folder, name));
  if (summary.kind !== 'table') throw new Error(`${name} is taken for a text`);
  return summary;
}

describe('a file of JSON records', () => {
  it('is a table of dotted columns, one row for each line', async () => {
    const summary = await look('shapes.jsonl', lines);
    expect(summary).toMatchObject({ rows: 160, source: 'json', target: 'wide' });
    expect(summary.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['id', 'identifier'],
      ['size.width', 'number'],
      ['size.height', 'number'],
      ['light.0', 'number'],
      ['light.1', 'number'],
      ['note', 'category'],
      ['wide', 'boolean'],
    ]);
  });

  it('holds the same as a list, written in one line or in many', async () => {
    const asked = await look('shapes.jsonl', lines);
    for (const text of [JSON.stringify(records), JSON.stringify({ data: records }, undefined, 2)]) {
      const { columns, rows } = await look('shapes.json', text);
      expect({ columns, rows }).toEqual({ columns: asked.columns, rows: asked.rows });
    }
  });

  it('with broken lines is read without them, and says so once with the first', async () => {
    const torn = lines.split('\n');
    torn[4] = torn[4]!.slice(0, 30);
    torn[9] = 'oops';
    const { rows, issues } = await look('torn.jsonl', torn.join('\n'));
    expect(rows).toBe(158);
    expect(issues.filter(({ code }) => code === 'broken-json')).toMatchObject([{ line: 5, rows: 2 }]);
  });

  it('without a record, or cut in the middle of a list, is refused with its line', async () => {
    await expect(look('empty.jsonl', '\n')).rejects.toMatchObject({ code: 'dataset' });
    await expect(look('words.jsonl', 'oops\nagain\n')).rejects.toThrow(/^Line 1 is no JSON/u);
    await expect(look('cut.json', JSON.stringify(records, undefined, 1).slice(0, 900))).rejects.toMatchObject(
      {
        code: 'dataset',
        place: { line: expect.any(Number) as number },
      },
    );
  });

  it('is learnt from, marked line by line and predicted, as a table is', async () => {
    await place.write('shapes.jsonl', lines);
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'shapes.jsonl' },
      task: 'classification',
      target: 'wide',
      model: { family: 'mlp', hyperparameters: { epochs: 30, batch: 16, lr: 0.01 } },
    });
    expect(summary.metrics.validation?.['accuracy']).toBeGreaterThan(0.9);
    const predictor = await Predictor.open(place.backend, await loadModel(summary.folder));
    const path = join(place.folder, 'shapes.jsonl');
    const text = lines.replace('"wide":"no"', '"wide":"yes"');
    const marks = await new MarkedDocument('doc', predictor, path, { text: `\n${text}`, version: 1 }).marks();
    expect(marks.rows).toBe(160);
    expect(Array.from(marks.startLine.slice(0, 3))).toEqual([1, 2, 3]);
    expect(marks.verdict[0]).toBe(2);
    const output = join(place.folder, 'shapes.predictions.csv');
    await expect(predictFile(predictor, { path, output })).resolves.toMatchObject({
      rows: 160,
      predicted: 160,
    });
    const [header] = (await readFile(output, 'utf8')).split('\n');
    expect(header).toBe(
      'id,size.width,size.height,light.0,light.1,note,wide,prediction,confidence,probability of no,probability of yes',
    );
    predictor.dispose();
  });
});
