import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CharacterVocabulary,
  decodeText,
  inspectDataset,
  readTable,
  readTarget,
  rowsOf,
  splitRows,
  splitText,
} from '../../src/engine/datasets';
import { fitEncoder, missingColumns } from '../../src/engine/features';
import { plainDialect, scan } from '../../src/engine/datasets/kinds/csv/scanner';
import { LabError } from '../../src/protocol/errors';
import { writeSettled } from '../unit/settled-file';

const folder = mkdtempSync(join(tmpdir(), 'datasets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function errorOf(work: () => unknown): LabError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(LabError);
    return error as LabError;
  }
  throw new Error('no error was thrown');
}

/** Bytes that count how often one of them is looked at. */
class CountedBytes {
  reads = 0;
  readonly bytes: Uint8Array;

  constructor(text: string) {
    this.bytes = new Proxy(new Uint8Array(Buffer.from(text)), {
      get: (bytes, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) this.reads++;
        const value: unknown = Reflect.get(bytes, key, bytes);
        return typeof value === 'function' ? (value.bind(bytes) as unknown) : value;
      },
    });
  }
}

const animals =
  'kind,weight,legs\n' +
  Array.from({ length: 20 }, (_, i) => `${i % 2 ? 'cat' : 'bird'},${i + 1.5},${i % 2 ? 4 : 2}\n`).join('');

describe('a bad dataset', () => {
  it.each(['', '\n\n', '\r\n'])('that is empty (%j) is refused with its path and advice', (text) => {
    const error = errorOf(() => readTable(text, { path: '/data/empty.csv' }));
    expect(error).toMatchObject({
      code: 'dataset',
      message: 'The file is empty.',
      place: { path: '/data/empty.csv', line: 1 },
    });
    expect(error.advice).toContain('header');
  });

  it('that has only a header is refused', () => {
    expect(errorOf(() => readTable('a,b,c\n')).message).toContain('header line but no rows');
  });

  it('with one class is refused, naming the class', () => {
    const table = readTable('a,b\n1,x\n2,x\n3,x\n');
    expect(errorOf(() => readTarget(table, 'b', 'name')).message).toContain('only one class, "x"');
  });

  it('without the target is refused, naming the nearest column and those there are', () => {
    const error = errorOf(() => readTarget(readTable(animals), 'wieght', 'number'));
    expect(error.message).toContain('Did you mean "weight"?');
    expect(error.advice).toContain('"kind", "weight", "legs"');
  });

  it('with too few rows, or too few of each class, is refused', () => {
    const two = readTarget(readTable('a,b\n1,x\n2,y\n'), 'b', 'name');
    expect(errorOf(() => splitRows({ ...two, validation: 0.2, seed: 1 })).message).toContain('Only 2 rows');
    const rare = readTarget(readTable('a,b\n1,x\n2,x\n3,x\n4,y\n5,z\n'), 'b', 'name');
    expect(errorOf(() => splitRows({ ...rare, validation: 0.2, seed: 1 })).message).toContain(
      'Too few rows per class',
    );
  });

  it('whose number to predict is text is refused, with the line of the first such cell', () => {
    const error = errorOf(() => readTarget(readTable(animals), 'kind', 'number'));
    expect(error.message).toContain('no numbers');
    expect(error.place).toMatchObject({ line: 2, column: 1 });
  });

  it.each(['1e200', '-3e31'])('whose number to predict is %s is refused, with its line', (value) => {
    const table = readTable(`a,b\n${'1,2\n'.repeat(20)}1,${value}\n`);
    expect(errorOf(() => readTarget(table, 'b', 'number'))).toMatchObject({
      code: 'dataset',
      message: expect.stringContaining(String(Number(value))) as string,
      place: { line: 22, column: 2 },
    });
  });

  it('with a number of 1 MB warns of it, with its line and what it is read as', () => {
    const lines = Array.from({ length: 30 }, (_, row) => `${row}.5,${row % 2 ? 'a' : 'b'}`);
    lines[4] = `${'7'.repeat(1 << 20)},a`;
    lines[9] = `0.${'3'.repeat(1 << 20)},a`;
    const table = readTable(`x,label\n${lines.join('\n')}\n`);
    expect(table.issues).toMatchObject([
      { severity: 'warning', code: 'long-number', line: 6, column: 1 },
      { severity: 'warning', code: 'long-number', line: 11, column: 1 },
    ]);
    expect(table.issues[0]?.message).toMatch(/1,048,576 characters.*missing/u);
    expect(table.issues[1]?.message).toContain('read as 0.333');
  });

  it('with many numbers of absurd length says so once, with their number and the first of them', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 4 === 2 ? '9'.repeat(500) : i},a`);
    const { issues } = readTable(`x,label\n${lines.join('\n')}\n`);
    expect(issues).toMatchObject([{ code: 'long-number', line: 4, column: 1 }]);
    expect(issues[0]?.message).toContain('10 cells hold numbers of 400 characters or more');
    expect(issues[0]?.message).toContain('the first in line 4');
  });

  it.each([
    ['opening quotes only', '"x\t"y\n'],
    ['tripled quotes', '"'.repeat(3) + 'x\t' + '"'.repeat(3) + 'y\n'],
    ['cells that are one quote, a row apart', 'x\t"\n'],
    ['cells that are one quote, far apart', 'x\t"\n' + 'x\ty\n'.repeat(99)],
    ['quotes that close around whole rows', '"x\ty\tz"\ta\n'],
    ['an even run that opens again and again', 'QQ\tQQQQ\n'.replaceAll('Q', '"')],
    ['a quote and spaces', `"x"${' '.repeat(50)}y\t"${' '.repeat(50)}"\n`],
    ['doubled quotes that never end', '"x""\n""y""\n'],
    ['carriage returns inside quotes', '"x\r"\t\r"y"\r\n'],
  ])('that is made to slow the reader down (%s) takes time in proportion to its size', (_, piece) => {
    const reads = (bytes: number, separator: string): number => {
      const counted = new CountedBytes('a\tb\n' + piece.repeat(bytes / piece.length));
      scan(counted.bytes, plainDialect(separator));
      return counted.reads;
    };
    for (const separator of ['\t', ',']) {
      expect(reads(32_000, separator) / reads(8_000, separator)).toBeLessThan(5);
    }
    expect(readTable('a\tb\n' + piece.repeat(5e6 / piece.length)).rows).toBeGreaterThan(0);
  });

  it('with short and long lines keeps them, marks them, and says which and what follows', () => {
    const table = readTable('a,b,c\n1,2,x\n3\n4,5,y,7\n8,9,y\n1,1,x\n2,2,y\n');
    expect([...table.shape]).toEqual([0, 1, 2, 0, 0, 0]);
    expect(table.issues).toMatchObject([
      { severity: 'warning', code: 'too-few-cells', line: 3 },
      { severity: 'warning', code: 'too-many-cells', line: 4 },
    ]);
    expect(table.issues[1]?.message).toContain('neither learnt from nor predicted');
    expect(table.isMissing(1, 2)).toBe(true);
    const parts = splitRows({ ...readTarget(table, 'c', 'name'), validation: 0.25, seed: 1 });
    expect(parts[1]).toBe(0);
    expect(parts[2]).toBe(0);
    expect(rowsOf(parts, 1).length + rowsOf(parts, 2).length).toBe(4);
  });

  it('with thousands of bad lines says so once, with their number and the first of them', () => {
    const table = readTable('a,b\n1,2\n' + '1,2\n'.repeat(4000) + '1\n'.repeat(2500));
    expect(table.issues).toMatchObject([{ code: 'too-few-cells', line: 4003, rows: 2500 }]);
    expect(table.issues[0]?.message).toContain('2,500 rows have 1 cell instead of 2, the first in line 4003');
    expect(table.issues[0]?.lines).toHaveLength(100);
  });

  it('with a lone quote that meets another one further down swallows no rows, and names the line', () => {
    const rows = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, row) => `${from + row},fine,a\n`).join('');
    const table = readTable(
      `id,says,label\n${rows(0, 30)}30,"starts only,a\n${rows(31, 45)}45,ends only",b\n${rows(46, 60)}`,
    );
    expect(table.rows).toBe(60);
    expect(table.cell(30, 1)).toBe('"starts only');
    expect(table.issues).toMatchObject([{ code: 'stray-quote', line: 32, column: 2 }]);
    const text = 'id,says,label\n1,"one, two\nthree, four, five\nsix\nseven, eight, nine",a\n2,ok,b\n';
    expect(readTable(text)).toMatchObject({ rows: 2, issues: [] });
  });

  it('with a lone opening quote does not swallow the lines below, and names the line', () => {
    const table = readTable('kind\ttext\na\t"hello there\nb\tand "so" on\na\tbye\n');
    expect(table.rows).toBe(3);
    expect(table.cell(0, 1)).toBe('"hello there');
    expect(table.cell(1, 1)).toBe('and "so" on');
    expect(table.issues).toMatchObject([{ code: 'stray-quote', line: 2, column: 2 }]);
    const met = readTable('kind\ttext\na\t"hello\nb\tbye"\na\tx\n');
    expect([met.rows, met.cell(0, 1), met.cell(1, 1)]).toEqual([3, '"hello', 'bye"']);
    expect(readTable('a,b\n1,"x\n2,y\n').rows).toBe(2);
  });

  it('in UTF-16 is read, with a note, with its mark and without', () => {
    const little = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('name,size\nZürich,1\nBern,2\n', 'utf16le'),
    ]);
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, little.subarray(2), big.subarray(2)]) {
      const table = readTable(bytes);
      expect(table.cell(0, 0)).toBe('Zürich');
      expect(table.issues).toMatchObject([{ severity: 'information', code: 'utf-16' }]);
    }
    expect(errorOf(() => readTable(Buffer.from('a,b\n1,\0\n2,3\n'))).message).toContain('zero bytes');
  });

  it('in UTF-8 with a broken byte stays UTF-8, with the line named', () => {
    const bytes = Buffer.concat([
      Buffer.from('name,size\nBärn,1\nZürich,1\nÄäö,1\nZ'),
      Buffer.from([0xfc]),
      Buffer.from('rich,2\n'),
    ]);
    const table = readTable(bytes);
    expect(table.rows).toBe(4);
    expect(table.cell(3, 0)).toBe('Z\ufffdrich');
    expect(table.issues).toMatchObject([{ code: 'invalid-encoding', line: 5 }]);
    expect(decodeText(bytes).issues).toMatchObject([{ code: 'invalid-encoding', line: 5 }]);
  });

  it('with 10,000 columns is read, described and encoded', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `f${i}`).join(',');
    const row = (r: number) =>
      Array.from({ length: 10_000 }, (_, c) => ((r * 31 + c * 17) % 101) / 10).join(',');
    const lines = Array.from({ length: 30 }, (_, r) => `${row(r)},${r % 2 ? 'yes' : 'no'}`);
    const table = readTable(`${names},label\n${lines.join('\n')}\n`);
    expect(table.columns).toHaveLength(10_001);
    const rows = Uint32Array.from({ length: 20 }, (_, i) => i);
    const encoder = fitEncoder(table, rows, { target: 'label', answer: 'name' });
    expect(encoder.width).toBeGreaterThanOrEqual(9000);
    expect(encoder.encode(table, rows).dense()).toHaveLength(20 * encoder.width);
    expect(
      errorOf(() => readTable(`${'x,'.repeat(100_001)}y\n${'1,'.repeat(100_001)}2\n`, { header: false }))
        .message,
    ).toContain('columns');
  });

  it('with a cell of 1 MB is read whole; its features are cut, with a note', () => {
    const words = (n: number) => Array.from({ length: n }, (_, i) => `word${(i * 7919) % 997}`).join(' ');
    const lines = Array.from({ length: 40 }, (_, i) => `"${words(6 + i)}",${i % 2 ? 'a' : 'b'}`);
    lines[3] = `"${'long, "" word\n'.repeat(80_000)}",a`;
    const table = readTable(`text,label\n${lines.join('\n')}\n`);
    expect(table.rows).toBe(40);
    expect(table.cell(3, 0)).toHaveLength(80_000 * 13);
    expect(table.startLine[4]).toBe(6 + 80_000);
    const rows = Uint32Array.from({ length: 40 }, (_, i) => i);
    const encoder = fitEncoder(table, rows, { target: 'label', answer: 'name' });
    expect(encoder.notes).toMatchObject([{ code: 'long-text' }]);
    expect(encoder.encode(table, rows).dense().every(Number.isFinite)).toBe(true);
  });

  it('to predict that lacks a column is reported with the nearest name', () => {
    const table = readTable(animals);
    const rows = Uint32Array.from({ length: 20 }, (_, i) => i);
    const encoder = fitEncoder(table, rows, { target: 'kind', answer: 'name' });
    expect(missingColumns(encoder, table)).toEqual([]);
    expect(missingColumns(encoder, readTable('extra,weight,legs\n1,2,4\n3,4,4\n'))).toEqual([]);
    expect(missingColumns(encoder, readTable('Weight,legs\n1,2\n3,4\n'))).toMatchObject([
      {
        severity: 'error',
        code: 'missing-column',
        line: 1,
        message: expect.stringContaining('"Weight"') as string,
      },
    ]);
  });

  it('without any column to learn from is refused, with the reasons', () => {
    const table = readTable(
      'id,same,label\n' + Array.from({ length: 30 }, (_, i) => `${i + 1},z,${i % 2 ? 'a' : 'b'}\n`).join(''),
    );
    const rows = Uint32Array.from({ length: 30 }, (_, i) => i);
    const error = errorOf(() => fitEncoder(table, rows, { target: 'label', answer: 'name' }));
    expect(error.message).toContain('No column is left');
    expect(error.advice).toContain('"id"');
  });

  it('that is gone, or no text at all, is refused', async () => {
    await expect(inspectDataset(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'file' });
    const picture = join(folder, 'picture.bin');
    writeSettled(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    await expect(inspectDataset(picture)).rejects.toMatchObject({ code: 'dataset' });
  });
});

describe('a bad text', () => {
  it('that is shorter than the context is refused with both numbers', () => {
    const tokens = CharacterVocabulary.fromText('ab').encode('ab'.repeat(50));
    const error = errorOf(() => splitText(tokens, { context: 64, path: '/data/short.txt' }));
    expect(error.message).toBe('The text has 100 characters; a context of 64 needs at least 660.');
    expect(error.advice).toContain('context of 7 or less');
    expect(splitText(tokens, { context: 7 }).validation).toHaveLength(10);
  });

  it('in a prompt, with characters never seen, is refused or skipped', () => {
    const vocabulary = CharacterVocabulary.fromText('abc');
    const error = errorOf(() => vocabulary.encode('a😀b\n'));
    expect(error).toMatchObject({ code: 'mismatch' });
    expect(error.message).toContain('"😀", "\\n"');
    expect([...vocabulary.encode('a😀b', { unknown: 'skip' })]).toEqual([0, 1]);
  });
});
