import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/engine/datasets';
import type { Table } from '../../../src/engine/datasets';
import { READ_BEFORE } from '../../../src/engine/datasets/column-reading';
import { uniformAt } from '../../../src/engine/datasets/random';
import { realData } from './real-data';

function records(table: Table): string[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((_, column) => table.cell(row, column)),
  );
}

function reference(text: string | Buffer, delimiter: string, quote: string | null = '"'): string[][] {
  return parse(text, { delimiter, quote, relax_quotes: true, skip_empty_lines: true });
}

describe('reading a table', () => {
  it.each(['penguins.csv', 'diamonds.csv'])('reads every record of %s as csv-parse does', (name) => {
    const path = realData(name);
    if (path === undefined) return;
    const bytes = readFileSync(path);
    const [header, ...rest] = reference(bytes, ',');
    const table = readTable(bytes);
    expect(table.columns).toEqual(header);
    expect(records(table)).toEqual(rest);
  });

  it('reads sms-spam.tsv as csv-parse does without quotes, but for cells that are quoted as a whole', () => {
    const path = realData('sms-spam.tsv');
    if (path === undefined) return;
    const bytes = readFileSync(path);
    const table = readTable(bytes);
    expect(table.format).toMatchObject({ separator: '\t', header: false });
    const whole = /^"((?:[^"]|"")*)"$/u;
    const expected = reference(bytes, '\t', null).map((cells) =>
      cells.map((cell) => whole.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell),
    );
    expect(records(table)).toEqual(expected);
  });

  it('reads random tables with quotes, line breaks and separators as csv-parse does', () => {
    const pieces = [
      'a',
      'Zürich',
      '7',
      ' ',
      '"',
      ',',
      ';',
      '|',
      '\n',
      '\r\n',
      '日本',
      "'",
      '""',
      '1e5',
      '\t',
      '',
    ];
    for (let seed = 0; seed < 400; seed++) {
      let counter = 0;
      const draw = (below: number) => Math.floor(uniformAt(seed, 0, counter++) * below);
      const separator = ([',', ';', '|', '\t'] as const)[draw(4)]!;
      const newline = ['\n', '\r\n'][draw(2)]!;
      const columns = 2 + draw(5);
      const table = Array.from({ length: 1 + draw(12) }, () =>
        // The last cell is never empty: separators at every line's end make no column, and lines of nothing else no row.
        Array.from({ length: columns }, (_, column) => {
          if (column === columns - 1) return 'end';
          const cell = Array.from({ length: draw(5) }, () => pieces[draw(pieces.length)]!).join('');
          return separator === '\t' ? cell.replaceAll('\t', ' ') : cell;
        }),
      );
      const needsQuotes = (cell: string) => cell.includes(separator) || /[\r\n]|^"/u.test(cell);
      const written = table.map((cells) =>
        cells
          .map((cell) => (needsQuotes(cell) || draw(4) === 0 ? `"${cell.replaceAll('"', '""')}"` : cell))
          .join(separator),
      );
      const text = written.join(newline) + (draw(2) === 0 ? newline : '');
      const expected = reference(text, separator);
      if (expected.length === 0) continue;
      expect(records(readTable(text, { separator, header: false })), JSON.stringify(text)).toEqual(expected);
    }
  });

  it('tells lines, counting those inside quotes and blank ones', () => {
    const table = readTable('a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n');
    expect([...table.startLine]).toEqual([2, 5]);
    expect([...table.endLine]).toEqual([3, 5]);
    const bytes = Buffer.from(table.bytes);
    expect(bytes.toString('utf8', table.startByte[0], table.endByte[0])).toBe('1,"x\r\ny"');
    expect(bytes.toString('utf8', table.startByte[1], table.endByte[1])).toBe('2,z');
  });

  it.each([
    [',', 'name,size\nx,1\ny,2\n'],
    [';', 'name;size\nx;1,5\ny;2,5\n'],
    ['\t', 'name\tsize\nx, a\t1\ny, b\t2\n'],
    ['|', 'name|size\nx|1\ny|2\n'],
  ])('detects the separator %j', (separator, text) => {
    expect(readTable(text).format.separator).toBe(separator);
    expect(readTable(text).columns).toEqual(['name', 'size']);
  });

  it('reads a decimal comma where the separator is a semicolon', () => {
    expect([...readTable('a;b\n1,5;2\n-3,25e2;4\n').numbers(0)]).toEqual([1.5, -325]);
  });

  it('reads lines that end in a lone carriage return', () => {
    const table = readTable('a,b\r1,2\r3,4\r');
    expect(table.format.newline).toBe('\r');
    expect(records(table)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect([...table.startLine]).toEqual([2, 3]);
  });

  it('has no header where the first line holds numbers or a value that comes again', () => {
    expect(readTable('1,2\n3,4\n').columns).toEqual(['column 1', 'column 2']);
    expect(readTable('yes,good day to you\nno,what is that\nyes,fine\n').format.header).toBe(false);
    expect(readTable('label,message\nyes,good day to you\nno,what is that\n').format.header).toBe(true);
    expect(readTable('a,b\nc,d\n', { header: false }).rows).toBe(2);
  });

  it('takes off a byte order mark and says so', () => {
    const table = readTable(Buffer.from('\ufeffa,b\n1,2\n'));
    expect(table.columns).toEqual(['a', 'b']);
    expect(table.format).toMatchObject({ byteOrderMark: true, encoding: 'utf-8' });
  });

  it('makes repeated and empty names different', () => {
    const table = readTable(',a,a\n1,2,3\n4,5,6\n');
    expect(table.columns).toEqual(['column 1', 'a', 'a (2)']);
    expect(table.issues).toMatchObject([{ code: 'repeated-name', line: 1, column: 3 }]);
  });

  it('reads plain numbers exactly as JavaScript does, and for a model of before nothing else as a number', () => {
    const written = [
      '1',
      '-2.5',
      '+.5',
      '1e5',
      '1.7976931348623157e308',
      '4.35',
      '0.1',
      '123456789.123456789',
      ' 7 ',
      '5.',
    ];
    const other = ['1,000', '0x10', 'Infinity', '1e', '-', '.', 'e5', '1 2', 'NaN', '', '12a'];
    const table = readTable(['value\tz', ...[...written, ...other].map((cell) => `${cell}\tx`)].join('\n'), {
      readings: { value: READ_BEFORE },
    });
    expect([...table.numbers(0)]).toEqual([...written.map(Number), ...other.map(() => NaN)]);
  });

  it('knows for a model of before the ways to write that a value is missing', () => {
    const missing = ['', ' ', 'NA', 'n/a', 'NaN', 'null', 'None', '?', ' na '];
    const present = ['0', 'nan nan', 'Nancy', 'nope', '-', 'no'];
    const table = readTable(['v\tw', ...[...missing, ...present].map((cell) => `${cell}\tx`)].join('\n'), {
      readings: { v: READ_BEFORE },
    });
    const found = Array.from({ length: table.rows }, (_, row) => table.isMissing(row, 0));
    expect(found).toEqual([...missing.map(() => true), ...present.map(() => false)]);
  });
});
