import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { closeMarks, editMarks, openMarks, readMark } from '../../../src/engine/server/marked-documents';
import type { ReadingWishes } from '../../../src/protocol';
import { type TrainedRun, trainFruits } from '../inference/trained-run';

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

const asked = ({ runFolder, path, text }: TrainedRun, documentId: string) => ({
  documentId,
  version: 1,
  path,
  runFolder,
  text,
});

test('of two models asked for one document the later one marks it, even where the earlier one opens later', async () => {
  await openMarks(asked(price, 'warm'));
  const slow = openMarks(asked(fruit, 'rows.csv'));
  const quick = openMarks(asked(price, 'rows.csv'));
  const [first, second] = await Promise.allSettled([slow, quick]);
  expect(first).toMatchObject({ status: 'rejected', reason: { name: 'CancelledError' } });
  expect(second).toMatchObject({ status: 'fulfilled', value: { runFolder: price.runFolder } });
  const marks = await editMarks({ documentId: 'rows.csv', version: 2, edits: [] });
  expect(marks.runFolder).toBe(price.runFolder);
});

test('a document that is closed while its model opens is not kept', async () => {
  const opening = openMarks(asked(fruit, 'closed.csv'));
  closeMarks('closed.csv');
  await expect(opening).rejects.toMatchObject({ name: 'CancelledError' });
  expect(() => editMarks({ documentId: 'closed.csv', version: 2, edits: [] })).toThrow('does not know');
});

test('a document is marked as it was asked to be read', async () => {
  const rows = ['160;7,200;red;apple', '112;17,400;yellow;banana', '155;7,100;red;apple'];
  const text = ['weight;length;colour;fruit', 'g;cm;;', ...rows].join('\n');
  const other = { ...asked(fruit, 'asked.csv'), path: '/data/other.csv', text };
  const asIs = await openMarks({ ...other, reading: { units: false } });
  expect(asIs).toMatchObject({ rows: 4, reading: '; · header · no units · decimal comma' });
  const marks = await openMarks({ ...other, reading: { units: true } });
  expect(marks).toMatchObject({ rows: 3, reading: expect.stringContaining('units below') as string });
  expect([...marks.startLine]).toEqual([2, 3, 4]);
});

test('a document says what the file of its model had otherwise, and of that what values depend on', async () => {
  const [header = '', ...rows] = fruit.text.trim().split('\n');
  const told = async (text: string, reading = {}) => {
    const params = { ...asked(fruit, 'told.csv'), path: '/data/other.csv', text, reading };
    return (await openMarks(params)).readOtherwise;
  };
  const german = [header, ...rows.map((row) => row.replaceAll(',', ';').replaceAll('.', ','))].join('\n');
  const separator = {
    text: 'Cells are separated by semicolons here; in the file that the model learnt from, by commas. The values are the same.',
    matters: false,
  };
  await expect(told(fruit.text)).resolves.toEqual([]);
  await expect(
    told(german.replaceAll(/(\d),(\d)/g, '$1.$2').replace(header, header.replaceAll(',', ';'))),
  ).resolves.toEqual([separator]);
  await expect(told(german.replace(header, header.replaceAll(',', ';')))).resolves.toEqual([
    separator,
    {
      text: 'Numbers have a decimal comma here ("7,2" in "length" is 7.2). The file that the model learnt from had a decimal point. Check that both are right.',
      matters: true,
    },
  ]);
});

test('a column of a marked document is read as it was asked to be, also where the model has another reading', async () => {
  const text = 'weight;length;colour;fruit\n160;7,200;red;apple\n112;17,400;yellow;banana\n';
  const value = async (reading: ReadingWishes) => {
    const params = { ...asked(fruit, 'wish.csv'), path: '/data/other.csv', text, reading };
    const { readOtherwise = [] } = await openMarks(params);
    return /is ([\d.]+)/.exec(readOtherwise.find(({ matters }) => matters)?.text ?? '')?.[1];
  };
  await expect(value({ columns: { length: { decimal: ',' } } })).resolves.toBe('7.2');
  await expect(value({ decimal: ',' })).resolves.toBe('7.2');
  await expect(value({ columns: { length: { thousands: ',' } } })).resolves.toBeUndefined();
});

test('a document that the editor opened in the wrong encoding is marked by the letters of its file', async () => {
  const path = join(fruit.folder, 'latin.csv');
  const lines = ['weight;length;colour;fruit', '160;7.2;red;äpfel', '112;17.4;gelb, süß;banana'];
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
  writeFileSync(path, bytes);
  const text = bytes.toString('utf8');
  expect(text).toContain('\ufffd');
  await openMarks({ ...asked(fruit, 'latin.csv'), path, text });
  expect(readMark('latin.csv', 0).label).toBe('äpfel');
  // Rows that move keep their letters, and so does the row that is written anew.
  const at = text.indexOf('160');
  await editMarks({
    documentId: 'latin.csv',
    version: 2,
    edits: [{ offset: at, length: 0, text: '1;2;rot;süß\r\n' }],
  });
  expect(readMark('latin.csv', 0).label).toBe('süß');
  expect(readMark('latin.csv', 1).label).toBe('äpfel');
});
