/** Files that gzip has packed are read as what is in them. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset, openRows, openText } from '../../../src/engine/datasets';
import { unpackNow } from '../../../src/engine/datasets/unpack';
import { writeSettled } from '../settled-file';
import { fileOf } from './columns/written-by-pyarrow';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const csv = `a,b\n${Array.from({ length: 60 }, (_, row) => `${row / 7},${row % 2 ? 'x' : 'y'}\n`).join('')}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gzip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a gzip file', () => {
  it('is of the kind that its inner name says, or its inner bytes', async () => {
    const jsonl = '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n';
    expect((await openRows(gzipSync(csv), { path: '/nowhere/rows.csv.gz' })).rows).toBe(60);
    expect((await openRows(gzipSync(jsonl), { path: '/nowhere/rows.jsonl.gz' })).columns).toEqual(['a', 'b']);
    expect((await openRows(gzipSync(fileOf('snappy.parquet')), { path: '/nowhere/a.GZ' })).rows).toBe(40);
    expect((await openRows(gzipSync(csv), { path: '/nowhere/rows.csv' })).rows).toBe(60);
    expect((await openText(gzipSync('Once upon a time'), { path: '/nowhere/a.txt.gz' })).text).toContain(
      'upon',
    );
  });

  it('is inspected like the file in it, but for the hash, which is of its own bytes', async () => {
    const packed = gzipSync(csv);
    const path = join(folder, 'rows.csv.gz');
    writeSettled(path, packed);
    const [here, there] = [await inspectDataset(path), await inspectDataset('/nowhere/rows.csv', csv)];
    if (here.kind !== 'table' || there.kind !== 'table') throw new Error('No table');
    expect(here).toMatchObject({ source: 'csv', rows: 60, columns: there.columns, targets: there.targets });
    expect(here.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
  });

  it('that is cut off or damaged says so', async () => {
    const packed = gzipSync(csv);
    const path = '/nowhere/rows.csv.gz';
    await expect(openRows(packed.subarray(0, 60), { path })).rejects.toThrow('The gzip file is cut off.');
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 30, 60);
    await expect(openRows(damaged, { path })).rejects.toThrow('The gzip file is damaged.');
  });

  it('that unpacks to more than can be held is refused before it is', async () => {
    const bomb = gzipSync(Buffer.alloc(50e6));
    await expect(unpackNow(bomb, '/nowhere/bomb.csv.gz', 10e6)).rejects.toThrow(
      'The file unpacks to more than 10 MB.',
    );
  });
});
