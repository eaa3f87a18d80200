import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { missingColumns } from '../../../src/engine/features';
import { predictFile } from '../../../src/engine/inference';
import { readForModel } from '../../../src/engine/inference/read-table';
import { type TrainedRun, trainFruits } from './trained-run';

let backend: Backend;
let fruit: TrainedRun;
beforeAll(async () => {
  backend = await openBackend('onnx', { threads: 1 });
  fruit = await trainFruits(backend, 'fruit');
});
afterAll(() => {
  fruit.predictor.dispose();
  rmSync(fruit.folder, { recursive: true, force: true });
  backend.dispose();
});

describe('a model reads another file', () => {
  const body = ['weight,length,colour', '160,7.2,red', '112,17.4,yellow', '155,7.1,red'];
  const read = (text: string | Uint8Array) => readForModel(fruit.predictor, text, {});

  test('below a title, between comments, behind tabs or semicolons', async () => {
    for (const text of [
      body.join('\n'),
      `Fruits of the week\n\n${body.join('\n')}`,
      `# scale 3\n${body.join('\n')}\n# end\n`,
      body.join('\n').replaceAll(',', '\t'),
      body.join('\n').replaceAll(',', ';').replaceAll('.', ','),
      body.map((line) => `${line},`).join('\n'),
    ]) {
      const table = await read(text);
      expect(table.columns, text).toEqual(['weight', 'length', 'colour']);
      expect(table.rows).toBe(3);
      expect([...table.numbers(table.find('length'))]).toEqual([7.2, 17.4, 7.1]);
    }
  });

  test('whose header equals its values, since its columns are known', async () => {
    const table = await read('colour,length,weight\ncolour,length,weight\ncolour,1,2\ncolour,3,4\n');
    expect(table.columns).toEqual(['colour', 'length', 'weight']);
    expect(table.format.header).toBe(true);
  });

  test('without a header, and says that it lacks one', async () => {
    const table = await read('0.5,0.5,red\n-1,-1,blue\n');
    expect(table.format.header).toBe(false);
    expect(missingColumns(fruit.predictor.encoder, table)[0]?.advice).toContain('without a header');
  });

  test('of one row', async () => {
    expect((await read(body.slice(0, 2).join('\n'))).rows).toBe(1);
  });

  test('in another encoding, and says in which the predictions are', async () => {
    const path = join(fruit.folder, 'latin.csv');
    writeFileSync(path, Buffer.from(`${body.join(',größe\n')},groß\n`, 'latin1'));
    const result = await predictFile(fruit.predictor, { path, output: `${path}.out.csv` });
    expect(result.issues).toMatchObject([{ code: 'encoding' }, { code: 'written-in-utf-8' }]);
  });

  test('without lines of separators, which are no rows', async () => {
    const table = await read(`${body.join('\n')}\n,,\n,,\n`);
    expect(table.rows).toBe(3);
    expect(table.issues).toMatchObject([{ code: 'empty-row', line: 5, rows: 2 }]);
  });
});

describe('a model reads the file that it learnt from', () => {
  test('as it was read then, also where a guess would be another', async () => {
    const { saved, encoder, target } = fruit.predictor;
    const path = '/data/own.csv';
    const dataset = { ...saved.experiment.dataset, path, comment: '!', units: true };
    const predictor = { encoder, target, saved: { ...saved, experiment: { ...saved.experiment, dataset } } };
    const text = 'weight,length,colour\n1,2,red\n160,7.2,red\n!112,17.4,yellow\n155,7.1,red\n';
    expect((await readForModel(predictor, text, { path })).rows).toBe(2);
    expect((await readForModel(predictor, text, { path: '/data/other.csv' })).rows).toBe(4);
  });
});
