/** A kind of dataset that lives in a folder of the tests alone, from its recognition to a file of predictions. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset, installKind, openRows, rowKeys } from '../../../src/engine/datasets';
import { MarkedDocument, predictFile, Predictor } from '../../../src/engine/inference';
import { loadModel } from '../../../src/engine/runs';
import { InspectDataset, kinds, Verdict } from '../../../src/protocol';
import { Workplace } from '../learning/training-fixture';
import { kind as description } from './cards/description';
import { kind } from './cards/kind';

/** The kind of each card follows from its size; the colour tells nothing, and the note of every tenth is missing. */
const cards = Array.from({ length: 120 }, (_, row) => {
  const size = ((row * 37) % 120) + 0.5;
  const note = row % 10 === 0 ? '' : `\nnote: "a, ${row}"; b`;
  return `size: ${size}\ncolour: ${row % 3 === 0 ? 'red' : 'blue'}\nkind: ${size < 60 ? 'small' : 'large'}\nlevel: ${row % 7}${note}`;
});
const text = `${cards.join('\n\n')}\n`;
/** Cards have five lines, every tenth four, with a blank one between. */
const linesOf = (row: number) => {
  const start = 1 + 6 * row - Math.ceil(row / 10);
  return { start, end: start + (row % 10 === 0 ? 3 : 4) };
};

function valueOf(row: number, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'mu').exec(cards[row] ?? '')?.[1] ?? '';
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

let place: Workplace;
let path: string;
beforeAll(async () => {
  kinds.add(description);
  installKind('cards', kind);
  place = await Workplace.open();
  path = join(place.folder, 'box.txt');
  await place.write('box.txt', text);
});
afterAll(async () => {
  await place.close();
  kinds.remove('cards');
  expect(kinds.find('cards')).toBeUndefined();
  expect(InspectDataset.params.safeParse({ path, kind: 'cards' }).success).toBe(false);
});

describe('a kind of dataset of a folder of its own', () => {
  it('is recognised by what it holds, also in the text of an editor, and can be asked for by name', async () => {
    const found = await inspectDataset(path);
    expect(found).toMatchObject({ kind: 'table', source: 'cards', rows: 120, reading: [], issues: [] });
    expect(await inspectDataset('/nowhere/box.cards', text)).toMatchObject({ source: 'cards', rows: 120 });
    expect(InspectDataset.params.safeParse({ path, kind: 'cards' }).success).toBe(true);
    const asked = await inspectDataset('/nowhere/few.md', 'size: 1\n\nsize: 2\n', { kind: 'cards' });
    expect(asked).toMatchObject({ source: 'cards', rows: 2 });
  });

  it('leaves other files to the other kinds', async () => {
    expect(await inspectDataset('/nowhere/a.csv', 'a,b\n1,x\n2,y\n')).toMatchObject({ source: 'csv' });
    expect(await inspectDataset('/nowhere/a.md', 'note: a\nSome words.\n')).toMatchObject({ source: 'text' });
    expect(await inspectDataset(path, undefined, { kind: 'text' })).toMatchObject({
      kind: 'text',
      source: 'text',
    });
  });

  it('has its columns inspected like those of any table', async () => {
    const found = await inspectDataset(path, undefined, { target: 'kind' });
    if (found.kind !== 'table') throw new Error('No table');
    expect(found.columns.map(({ name, kind: holds, missing }) => [name, holds, missing])).toEqual([
      ['size', 'number', 0],
      ['colour', 'category', 0],
      ['kind', 'category', 0],
      ['level', 'number', 0],
      ['note', 'text', 12],
    ]);
    expect(found.columns[0]?.range).toMatchObject({ min: 0.5, max: 119.5 });
    const rows = [...Array(120).keys()].map((row) =>
      ['size', 'colour', 'kind', 'level', 'note'].map((name) => quoted(valueOf(row, name))).join(','),
    );
    const csv = await inspectDataset(
      '/nowhere/box.csv',
      `size,colour,kind,level,note\n${rows.join('\n')}\n`,
      {
        target: 'kind',
      },
    );
    if (csv.kind !== 'table') throw new Error('No table');
    expect(found.columns).toEqual(csv.columns);
    expect(found.targets).toEqual(csv.targets);
  });

  it('gives the cells as they are, each row its lines and a key of its own, also where rows are picked', async () => {
    const table = await openRows(text, { path });
    expect(table.cell(1, table.find('note'))).toBe('"a, 1"; b');
    expect(table.isMissing(10, table.find('note'))).toBe(true);
    for (const row of [0, 1, 10, 11, 119]) {
      expect([table.startLine[row], table.endLine[row]]).toEqual([linesOf(row).start, linesOf(row).end]);
    }
    const keys = rowKeys(table);
    expect(new Set(keys).size).toBe(120);
    const picked = table.pick([119, 3], table.columns);
    expect([...rowKeys(picked)]).toEqual([keys[119], keys[3]]);
    expect([...picked.numbers(0)]).toEqual([table.numbers(0)[119], table.numbers(0)[3]]);
    expect(picked.startLine[0]).toBe(linesOf(119).start);
  });

  it('is trained on, marked and predicted, each row in its lines', async () => {
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'box.txt' },
      task: 'classification',
      target: 'kind',
      exclude: ['note'],
      model: { family: 'linear', hyperparameters: { epochs: 60, lr: 0.05, batch: 16 } },
    });
    expect(summary).toMatchObject({ state: 'finished', family: 'linear' });
    expect(summary.metrics.validation?.['accuracy']).toBeGreaterThan(0.9);
    const predictor = await Predictor.open(place.backend, await loadModel(summary.folder));

    const edited = text.replace('kind: small', 'kind: large');
    const document = new MarkedDocument('box', predictor, path, { text: edited, version: 1 });
    const marks = await document.marks();
    expect(marks).toMatchObject({ rows: 120, issues: [], readOtherwise: [] });
    expect([marks.startLine[11], marks.endLine[11]]).toEqual([linesOf(11).start - 1, linesOf(11).end - 1]);
    expect(marks.verdict[0]).toBe(Verdict.wrong);
    expect(document.row(0)).toMatchObject({ row: 0, label: 'large' });
    const longer = await document.edit(2, [{ offset: 0, length: 0, text: `${cards[1] ?? ''}\n\n` }]);
    expect(longer).toMatchObject({ rows: 121, predicted: 0 });

    const output = join(place.folder, 'predicted.csv');
    const result = await predictFile(predictor, { path, output });
    expect(result).toMatchObject({ rows: 120, predicted: 120, reading: [], readOtherwise: [], issues: [] });
    const [header, first, second] = (await readFile(output, 'utf8')).split('\n');
    expect(header).toMatch(/^size,colour,kind,level,note,/u);
    expect(first).toMatch(/^0\.5,red,small,0,,small,/u);
    expect(second).toMatch(/^37\.5,blue,small,1,"""a, 1""; b",/u);
    predictor.dispose();
  });

  it('says what is missing in the words of any table', async () => {
    const none = inspectDataset('/nowhere/none.cards', '\n', { kind: 'cards' });
    await expect(none).rejects.toMatchObject({ code: 'dataset', message: 'The file has no rows.' });
  });
});
