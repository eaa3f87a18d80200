/** Folders of images with what goes wrong in them: each fault is planted, counted, and said once with the first name. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectDataset, openRows, readWhole } from '../../src/engine/datasets';
import { CancelledError, type DatasetIssue, type TableSummary } from '../../src/protocol';
import { idxOf, put, putBars } from '../unit/datasets/images/drawn';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'images');
const fixture = (name: string): Uint8Array => readFileSync(join(fixtures, name));

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'images-'));
  await putBars(folder, 6);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function issues(): Promise<readonly DatasetIssue[]> {
  return (await inspectDataset(folder)).issues;
}

/** A PNG that says in a few hundred bytes that it has so many pixels, all black. */
function bomb(side: number): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const whole = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(whole));
    return Buffer.concat([length, whole, sum]);
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

describe('a clean folder', () => {
  it('has nothing to say', async () => {
    expect(await issues()).toEqual([]);
  });
});

describe('what is no good image in a folder', () => {
  const png = fixture('rgb.png');
  const broken = Uint8Array.from(png);
  broken.fill(0, 60, 120);
  it.each([
    ['cut', 'broken', 'x.png', png.subarray(0, 300)],
    ['cut within its header', 'broken', 'x.png', png.subarray(0, 20)],
    ['damaged in the middle', 'broken', 'x.png', broken],
    ['cut as a JPEG', 'broken', 'x.jpg', fixture('rgb.jpg').subarray(0, 600)],
    ['cut as a bitmap', 'broken', 'x.bmp', fixture('rgb.bmp').subarray(0, 100)],
    ['cut as a TIFF', 'broken', 'x.tif', fixture('lzw.tif').subarray(0, 200)],
    ['empty', 'empty', 'x.png', ''],
    ['a text under the name of an image', 'no-image', 'x.png', 'not an image'],
    ['a page that an error came as', 'no-image', 'x.jpg', '<!DOCTYPE html><html>404</html>'],
    ['a drawing', 'no-image', 'x.png', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['another file', 'other-file', 'notes.txt', 'hello'],
    ['a decompression bomb', 'too-large', 'x.png', bomb(60_000)],
  ] as const)('is left out, counted and named once: %s', async (_, code, name, content) => {
    put(folder, `lying/z-${name}`, content);
    put(folder, `standing/a-${name}`, content);
    const summary = (await inspectDataset(folder)) as TableSummary;
    expect(summary.rows).toBe(12);
    expect(summary.issues).toHaveLength(1);
    expect(summary.issues[0]).toMatchObject({ code: `image-${code}`, rows: 2 });
    expect(summary.issues[0]?.message).toMatch(
      new RegExp(`^2 .*"lying/z-${name.replace('.', '\\.')}"\\.$`, 'u'),
    );
    const { source } = await readWhole(folder);
    expect((await openRows(source, { path: folder })).rows).toBe(12);
  });

  it('is a bitmap that claims more pixels than could be held', async () => {
    const bitmap = Uint8Array.from(fixture('rgb.bmp'));
    new DataView(bitmap.buffer).setInt32(18, 500_000, true);
    new DataView(bitmap.buffer).setInt32(22, 500_000, true);
    put(folder, 'lying/x.bmp', bitmap);
    expect(await issues()).toMatchObject([{ code: 'image-too-large', rows: 1 }]);
  });

  it('is what a link leads to outside of the folder', async () => {
    symlinkSync(join(fixtures, 'rgb.png'), join(folder, 'lying', 'link.png'));
    expect(await issues()).toMatchObject([{ code: 'link-outside', rows: 1 }]);
  });
});

describe('what is changed in an image', () => {
  it.each([
    ['animated.gif', 'animated'],
    ['animated.webp', 'animated'],
    ['alpha.png', 'transparent'],
    ['deep.png', 'deep'],
    ['cmyk.jpg', 'cmyk'],
  ])('is said once: %s is %s', async (name, code) => {
    put(folder, `lying/${name}`, fixture(name));
    expect(await issues()).toMatchObject([{ code: `image-${code}`, rows: 1, severity: 'information' }]);
  });
});

describe('a folder that cannot be learnt from', () => {
  it('holds one class only', async () => {
    rmSync(join(folder, 'standing'), { recursive: true });
    expect(await issues()).toMatchObject([
      { severity: 'error', code: 'one-class', message: expect.stringMatching(/"lying"/u) as string },
    ]);
  });

  it('holds images without folders, and a table that may say what they are', async () => {
    rmSync(folder, { recursive: true });
    put(folder, 'a.png', fixture('rgb.png'));
    put(folder, 'b.png', fixture('rgb.png'));
    put(folder, 'labels.csv', 'file,kind\na.png,x\n');
    expect((await issues()).filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'no-classes', advice: expect.stringMatching(/"labels\.csv"/u) as string },
    ]);
  });

  it('holds no image that can be read', async () => {
    rmSync(folder, { recursive: true });
    put(folder, 'a/x.png', '');
    put(folder, 'b/y.png', 'text');
    await expect(inspectDataset(folder)).rejects.toMatchObject({
      code: 'dataset',
      message: expect.stringMatching(/^No image in this folder can be read\./u) as string,
    });
  });
});

describe('reading of many images', () => {
  it('is ended by its signal between two of them', async () => {
    const { source } = await readWhole(folder);
    const ending = new AbortController();
    let read = 0;
    const watching = {
      signal: ending.signal,
      onProgress: (done: number) => {
        read = done;
        ending.abort();
      },
    };
    await expect(openRows(source, { path: folder, watching })).rejects.toThrow(CancelledError);
    expect(read).toBeLessThan(12);
  });
});

describe('an IDX file', () => {
  it.each([
    ['claims more images than any file holds', (bytes: Buffer) => bytes.writeUInt32BE(0xffffffff, 4)],
    ['claims images larger than any', (bytes: Buffer) => bytes.writeUInt32BE(0xffffffff, 8)],
    ['claims images of no size', (bytes: Buffer) => bytes.writeUInt32BE(0, 8)],
    ['claims no images', (bytes: Buffer) => bytes.writeUInt32BE(0, 4)],
  ])('that %s ends in words and not in memory', async (_, damage) => {
    const bytes = Buffer.from(idxOf([1, 2, 3], 'images'));
    damage(bytes);
    put(folder, 'x-images-idx3-ubyte', bytes);
    const path = join(folder, 'x-images-idx3-ubyte');
    const found = await inspectDataset(path).catch((thrown: unknown) => thrown);
    if (found instanceof Error) expect(found).toMatchObject({ code: 'dataset' });
    else expect((found as TableSummary).issues.map(({ code }) => code)).toContain('cut-idx');
  });
});
