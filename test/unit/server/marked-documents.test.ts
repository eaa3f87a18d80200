import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { closeMarks, editMarks, openMarks } from '../../../src/engine/server/marked-documents';
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
