/** Datasets that are folders: what belongs to them, what stands for their content, and a kind that reads one. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  folderIssues,
  hashOf,
  hasMoved,
  inspectDataset,
  installKind,
  readWhole,
} from '../../../src/engine/datasets';
import { listFolder } from '../../../src/engine/datasets/folder/list-folder';
import { predictFile, Predictor } from '../../../src/engine/inference';
import { loadModel } from '../../../src/engine/runs';
import { CancelledError, kinds } from '../../../src/protocol';
import { Workplace } from '../learning/training-fixture';
import { writeSettled } from '../settled-file';
import { kind as description } from './shelves/description';
import { kind } from './shelves/kind';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content = name, into = folder): void {
  mkdirSync(dirname(join(into, name)), { recursive: true });
  writeSettled(join(into, name), content);
}

async function namesOf(path = folder): Promise<string[]> {
  return (await listFolder(path)).files.map(({ name }) => name);
}

describe('what a folder holds', () => {
  it('is every file below it by code units, hidden ones and what programs put there left out', async () => {
    for (const name of ['b/x.png', 'a/y.png', 'B.txt', 'a.txt', 'ä.txt', 'a/b/z.png']) put(name);
    for (const name of ['.git/x', 'a/.DS_Store', 'node_modules/p/x.js', 'a/Thumbs.db', '__MACOSX/x.png'])
      put(name);
    expect(await namesOf()).toEqual(['B.txt', 'a.txt', 'a/b/z.png', 'a/y.png', 'b/x.png', 'ä.txt']);
  });

  it('is never what links lead to outside of it, which is counted and said once with the first name', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    put('secret.png', 'secret', outside);
    put('a/x.png');
    symlinkSync(join(outside, 'secret.png'), join(folder, 'a', 'one.png'));
    symlinkSync(outside, join(folder, 'b'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'c'));
    const listed = await listFolder(folder);
    rmSync(outside, { recursive: true });
    expect(listed.files.map(({ name }) => name)).toEqual(['a/x.png']);
    expect(folderIssues(listed)).toMatchObject([
      {
        severity: 'warning',
        code: 'link-outside',
        rows: 3,
        message: '3 links that lead out of the folder, or nowhere, are left out, the first "b".',
      },
    ]);
  });

  it('takes a file that a link inside leads to, and no folder twice, also not in a circle', async () => {
    put('all/x.png');
    mkdirSync(join(folder, 'cats'));
    symlinkSync(join('..', 'all', 'x.png'), join(folder, 'cats', 'x.png'));
    symlinkSync(folder, join(folder, 'all', 'again'));
    const listed = await listFolder(folder);
    expect(listed.files.map(({ name }) => name)).toEqual(['all/x.png', 'cats/x.png']);
    expect(folderIssues(listed)).toMatchObject([
      { code: 'link-to-folder', rows: 1, severity: 'information' },
    ]);
  });

  it('is itself found behind a link', async () => {
    put('real/x.png');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(await namesOf(join(folder, 'link'))).toEqual(['x.png']);
  });

  it('has an end: more entries than that are refused before all are looked at', async () => {
    for (let at = 0; at < 12; at++) put(`${at % 3}/${at}.png`);
    await expect(listFolder(folder, {}, 10)).rejects.toMatchObject({
      code: 'dataset',
      message: 'The folder holds more than 10 files.',
    });
  });

  it('is told while it is looked for, and no longer wanted when the signal ends it', async () => {
    for (let at = 0; at < 5; at++) put(`${at}/x.png`);
    const found: number[] = [];
    const ending = new AbortController();
    const onProgress = (done: number) => {
      found.push(done);
      if (done >= 2) ending.abort();
    };
    await expect(listFolder(folder, { signal: ending.signal, onProgress })).rejects.toThrow(CancelledError);
    expect(found.at(-1)).toBe(2);
  });

  it('cannot be read where there is none', async () => {
    await expect(listFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'file' });
  });
});

describe('the hash of a folder', () => {
  const hash = async (): Promise<string> => hashOf(await listFolder(folder));

  it('stands for names and content, not for times', async () => {
    put('a/x.png', 'one');
    put('b/y.png', 'two');
    const first = await hash();
    utimesSync(join(folder, 'a/x.png'), new Date(1e12), new Date(1e12));
    expect(await hash()).toBe(first);
    put('a/x.png', 'owe');
    const other = await hash();
    expect(other).not.toBe(first);
    put('a/x.png', 'one');
    expect(await hash()).toBe(first);
    rmSync(join(folder, 'a/x.png'));
    put('b/x.png', 'one');
    expect(await hash()).not.toBe(first);
  });

  it('knows large files by their beginning, middle and end', async () => {
    const bytes = new Uint8Array(300_000);
    const hashes = [];
    for (const at of [-1, 0, 150_000, 299_999]) {
      const changed = Uint8Array.from(bytes);
      if (at >= 0) changed[at] = 1;
      writeFileSync(join(folder, 'large.bin'), changed);
      hashes.push(await hash());
    }
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('a folder that is written', () => {
  it('has moved once a file comes, goes, changes or is put in the place of another', async () => {
    for (const name of ['a/x.png', 'b/y.png']) put(name);
    const { state } = await readWhole(folder);
    expect(await hasMoved(folder, state)).toBe(false);
    put('c.png');
    expect(await hasMoved(folder, state)).toBe(true);
    rmSync(join(folder, 'c.png'));
    expect(await hasMoved(folder, state)).toBe(false);
    writeFileSync(join(folder, 'a/x.png'), 'a/y.png');
    expect(await hasMoved(folder, state)).toBe(true);
  });

  it('is waited for until its newest file has come to rest, and given up where none does', async () => {
    put('a/x.png');
    writeFileSync(join(folder, 'a/new.png'), 'new');
    const patience = { rest: 60_000, blockRest: 0, limit: 0 };
    await expect(readWhole(folder, { patience })).rejects.toMatchObject({ name: 'LabError', code: 'file' });
    expect((await readWhole(folder, { patience: { ...patience, rest: 0 } })).state.files).toBeDefined();
  });
});

describe('a kind of dataset that reads folders', () => {
  let place: Workplace;
  beforeAll(async () => {
    kinds.add(description);
    installKind('shelves', kind);
    place = await Workplace.open();
  });
  afterAll(async () => {
    await place.close();
    kinds.remove('shelves');
  });

  it('is recognised, inspected, learnt from and predicted into a file', async () => {
    const books = join(place.folder, 'books');
    for (let at = 0; at < 80; at++) {
      put(`${at % 2 === 0 ? 'short' : 'long'}/${at}.book`, String(at % 2 === 0 ? at : 500 + at), books);
    }
    const summary = await inspectDataset(books);
    expect(summary).toMatchObject({ kind: 'table', source: 'shelves', rows: 80, target: 'shelf' });
    const { summary: run } = await place.train({
      version: 1,
      dataset: { path: books },
      task: 'classification',
      target: 'shelf',
      exclude: ['name'],
      model: { family: 'linear', hyperparameters: { epochs: 40 } },
    });
    expect(run.state).toBe('finished');
    const experiment = JSON.parse(readFileSync(join(run.folder, 'experiment.json'), 'utf8')) as {
      dataset: unknown;
    };
    expect(experiment.dataset).toMatchObject({ path: books, sha256: summary.sha256 });
    const predictor = await Predictor.open(place.backend, await loadModel(run.folder));
    const output = join(place.folder, 'out.csv');
    const result = await predictFile(predictor, { path: books, output });
    expect(result).toMatchObject({ rows: 80, predicted: 80 });
    expect((await readFile(output, 'utf8')).split('\n')[0]).toMatch(/^name,pages,shelf,prediction/u);
  });

  it('is asked only where the dataset is a folder; what no kind knows is refused with what to do', async () => {
    put('x.doc');
    await expect(inspectDataset(folder)).rejects.toMatchObject({ code: 'dataset' });
    await expect(inspectDataset(folder, undefined, { kind: 'csv' })).rejects.toMatchObject({
      code: 'mismatch',
    });
    rmSync(join(folder, 'x.doc'));
    await expect(inspectDataset(folder)).rejects.toMatchObject({ message: 'The folder holds no files.' });
  });

  it('stops the training where a file of the folder changes meanwhile', async () => {
    const books = join(place.folder, 'changing');
    for (let at = 0; at < 40; at++) put(`${at % 2 === 0 ? 'a' : 'b'}/${at}.book`, String(at), books);
    const training = place.train(
      {
        version: 1,
        dataset: { path: books },
        task: 'classification',
        target: 'shelf',
        exclude: ['name'],
        model: { family: 'linear', hyperparameters: { epochs: 3 } },
      },
      { onSnapshot: ({ state }) => state === 'running' && put('a/2.book', '7777', books) },
    );
    await expect(training).rejects.toMatchObject({ code: 'mismatch' });
  });
});
