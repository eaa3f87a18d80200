/** Files that somebody is still writing when they are read: real writers, which pause in the middle. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { appendFile, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectDataset, readBytes } from '../../src/engine/datasets';

const folder = mkdtempSync(join(tmpdir(), 'torn-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${from + i},${((from + i) * 37) % 101},word\n`).join('');

describe('a file that is being written', () => {
  it('is read whole, though its writer pauses in the middle', async () => {
    const path = join(folder, 'paused.csv');
    await writeFile(path, `id,value,kind\n${lines(0, 400)}`);
    const writer = (async () => {
      for (let part = 1; part <= 4; part++) {
        await sleep(150);
        await appendFile(path, lines(part * 400, part * 400 + 400));
      }
    })();
    const summary = await inspectDataset(path);
    await writer;
    expect(summary).toMatchObject({ kind: 'table', rows: 2000 });
  });

  it('that was cut to nothing before it is written anew is not read as empty', async () => {
    const path = join(folder, 'saved.csv');
    await writeFile(path, `id,value,kind\n${lines(0, 400)}`);
    const file = await open(path, 'r+');
    await file.truncate(0);
    const writer = sleep(120).then(async () => {
      await file.write(`id,value,kind\n${lines(0, 500)}`);
      await file.close();
    });
    const summary = await inspectDataset(path);
    await writer;
    expect(summary).toMatchObject({ kind: 'table', rows: 500 });
  });

  it('is read as the file that takes its place by a rename', async () => {
    const path = join(folder, 'renamed.csv');
    await writeFile(path, `id,value,kind\n${lines(0, 100)}`);
    const writer = sleep(60).then(async () => {
      await writeFile(`${path}.tmp`, `id,value,kind\n${lines(0, 900)}`);
      renameSync(`${path}.tmp`, path);
    });
    const summary = await inspectDataset(path);
    await writer;
    expect(summary).toMatchObject({ rows: 900 });
  });

  it('for longer than anybody waits is refused with its name', async () => {
    const path = join(folder, 'endless.csv');
    await writeFile(path, 'a,b\n');
    let ended = false;
    const writer = (async () => {
      while (!ended) {
        await appendFile(path, lines(0, 20));
        await sleep(10);
      }
    })();
    const refused = expect(readBytes(path, { rest: 100, limit: 400 })).rejects;
    await refused.toMatchObject({ code: 'file', message: 'endless.csv is being written.' });
    ended = true;
    await writer;
  });
});
