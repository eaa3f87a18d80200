import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import * as server from '../../../src/engine/server/grids';
import { openMarks, readMark } from '../../../src/engine/server/marked-documents';
import { describeRow } from '../../../src/protocol/mark-words';
import { type TrainedRun, trainFruits } from '../inference/trained-run';
import { writeSettled } from '../settled-file';

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

const signal = new AbortController().signal;
const context = { signal, progress: () => undefined };

/** The run's own rows, some with another label, with cells outside of all that was seen, or too few cells. */
function changedText({ text }: TrainedRun): string {
  const lines = text.trimEnd().split('\n');
  lines[2] = (lines[2] ?? '').replace('apple', 'banana');
  lines[5] = '9000,7.1,red,apple,15';
  lines[7] = '150,7';
  lines[9] = '151,7.2,,apple,';
  return lines.join('\n') + '\n';
}

/** The same file in a grid and in the text editor. */
async function both(run: TrainedRun) {
  const text = changedText(run);
  const path = join(run.folder, 'changed.csv');
  writeSettled(path, text);
  const table = await server.openGrid({ gridId: 'm', path, runFolder: run.runFolder }, context);
  const marks = await openMarks({ documentId: 'd', version: 1, path, runFolder: run.runFolder, text });
  return { table, marks };
}

const read = (filters: Parameters<typeof server.readGridRows>[0]['view']['filters'], from = 0, to = 240) =>
  server.readGridRows({ gridId: 'm', view: { filters }, from, to, columns: [0] }, context);

describe.each(['fruit', 'price'] as const)('marks of a grid: %s', (which) => {
  const run = () => (which === 'fruit' ? fruit : price);

  it('are those of the text editor, of the rows that are asked for', async () => {
    const { table, marks } = await both(run());
    expect(table.target).toBe(which);
    const found = (await read([])).marks ?? [];
    expect(found).toHaveLength(marks.rows);
    const expected = Array.from({ length: marks.rows }, (_, row) =>
      marks.hasPrediction[row] === 1 ? describeRow(marks, row) : '',
    );
    expect(found.map(({ text }) => text)).toEqual(expected);
    expect(found.map(({ unsure }) => Number(unsure))).toEqual([...marks.unsure]);
    const verdicts = ['unlabelled', 'right', 'wrong'];
    expect(found.map(({ verdict }) => verdict)).toEqual(
      Array.from(marks.verdict, (verdict) => verdicts[verdict]),
    );
    expect(new Set(found.map(({ verdict }) => verdict)).size).toBeGreaterThan(1);
    // Asked for alone, a row has the same mark.
    expect((await read([], 4, 6)).marks).toEqual(found.slice(4, 6));
  });

  it('filter the rows that are wrong, and those that the model is unsure of', async () => {
    const { marks } = await both(run());
    const rowsWith = (flag: (row: number) => boolean) =>
      Array.from({ length: marks.rows }, (_, row) => row).filter(flag);
    const wrong = rowsWith((row) => marks.verdict[row] === 2);
    const unsure = rowsWith((row) => marks.unsure[row] === 1);
    expect(wrong.length).toBeGreaterThan(0);
    expect(unsure).toContain(4);
    expect((await read([{ by: 'marks', marks: 'errors' }])).rows).toEqual(wrong);
    expect((await read([{ by: 'marks', marks: 'unsure' }])).rows).toEqual(unsure);
  });

  it('are the same in full', async () => {
    await both(run());
    for (const row of [0, 1, 4, 6, 8]) {
      expect(await server.readGridMark({ gridId: 'm', row })).toEqual(readMark('d', row));
    }
  });
});

it('a table without the columns of the model has no marks, and says which are missing', async () => {
  const path = join(fruit.folder, 'other.csv');
  writeSettled(path, 'a,b\n1,2\n3,4\n');
  const table = await server.openGrid({ gridId: 'm', path, runFolder: fruit.runFolder }, context);
  expect(table.issues.some(({ message }) => message.includes('weight'))).toBe(true);
  expect((await read([])).marks).toEqual([
    { text: '', verdict: 'unlabelled', unsure: false },
    { text: '', verdict: 'unlabelled', unsure: false },
  ]);
  expect(await server.readGridMark({ gridId: 'm', row: 0 })).toEqual({ row: 0 });
});

it('a folder that is no run is said, and opens no grid', async () => {
  server.closeGrid('none');
  const path = join(fruit.folder, 'fruits.csv');
  const asked = { gridId: 'none', path, runFolder: join(fruit.folder, 'nothing') };
  await expect(server.openGrid(asked, context)).rejects.toMatchObject({ name: 'LabError' });
  expect(() => server.readGridCell({ gridId: 'none', row: 0, column: 0 })).toThrow('does not know');
});

it('two grids of one unchanged file share its table, one of the file as it has become does not', async () => {
  const path = join(fruit.folder, 'shared.csv');
  writeSettled(path, 'a,b\n1,2\n');
  server.closeGrid('m');
  const cell = (gridId: string) => server.readGridCell({ gridId, row: 0, column: 0 });
  await server.openGrid({ gridId: 'one', path }, context);
  await server.openGrid({ gridId: 'two', path }, context);
  expect(server.tablesHeld()).toBe(1);
  writeSettled(path, 'a,b\n7,2\n8,9\n');
  await server.openGrid({ gridId: 'three', path }, context);
  expect([cell('one'), cell('two'), cell('three')]).toEqual(['1', '1', '7']);
  for (const id of ['one', 'two', 'three', 'm']) server.closeGrid(id);
  expect(server.tablesHeld()).toBe(0);
});
