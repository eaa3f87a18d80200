import { describe, expect, it } from 'vitest';
import { cells, names, read, rows, write } from './tables';

describe('the separator', () => {
  const separators = [',', ';', '\t', '|', ':', '^', '~', '\u0001', '::', '||'];
  it.each(separators)('%j is found, with every line end', (separator) => {
    for (const newline of ['\n', '\r\n', '\r']) {
      for (const count of [3, 40, 300]) {
        const found = read(write([names, ...rows(count)], { separator, newline }));
        expect(found.format.separator).toBe(separator);
        expect(cells(found)).toEqual(rows(count));
      }
    }
  });

  it.each(['a;b;c', 'x|y|z', 'a;b;c;d', 'the\tend'])('is not one of a list inside cells (%s)', (list) => {
    for (const count of [5, 40, 200]) {
      const body = rows(count).map(([a, b, c, d]) => [a, b, `${c ?? ''}${list}`, d] as string[]);
      const found = read(write([names, ...body]));
      expect(found.format.separator).toBe(',');
      expect(cells(found)).toEqual(body);
    }
  });

  it('is not a list whose name holds it, too', () => {
    const body = rows(60).map(([a, , c, d]) => [a, `${c ?? ''};drama`, d] as string[]);
    expect(read(write([['id', 'genres;kinds', 'rating'], ...body])).columns).toEqual([
      'id',
      'genres;kinds',
      'rating',
    ]);
  });

  it('is the semicolon where dates, prose and decimals hold commas', () => {
    const body = rows(40).map((row, i) => [
      `April ${1 + (i % 30)}, 2023`,
      (row[0] as string).replace('.', ','),
      'done, at last',
      row[3] as string,
    ]);
    for (const lines of [body, [['day', 'amount', 'note', 'grade'], ...body]]) {
      const found = read(write(lines, { separator: ';' }));
      expect(found.format.separator).toBe(';');
      expect(cells(found)).toEqual(body);
      expect(found.format.decimal).toBe(',');
    }
  });

  it('is the tab where texts hold commas', () => {
    const body = Array.from({ length: 30 }, (_, i) => [
      i % 2 ? 'ham' : 'spam',
      `well, then, ${'so, '.repeat(i % 4)}it is ${i}`,
    ]);
    expect(cells(read(write(body, { separator: '\t' })))).toEqual(body);
  });

  it('changes nothing in the middle of a large file', () => {
    const body = rows(3000).map(
      ([a, b, c, d], i) => [a, b, i > 900 && i < 2000 ? `${c ?? ''};x;y` : c, d] as string[],
    );
    expect(read(write([names, ...body])).format.separator).toBe(',');
  });

  it('is none in a file of one column', () => {
    expect(read('value\n1\n2\n3\n4\n').columns).toEqual(['value']);
    expect(read('text\nHello, you\nThis is it, so far, my friend\nNo\nYes, no\n').columns).toEqual(['text']);
  });

  it('that is asked for is taken', () => {
    expect(read('a;b,c\n1;2,3\n4;5,6\n', { separator: ',' }).columns).toEqual(['a;b', 'c']);
  });
});

describe('columns without a separator', () => {
  it('are cut by blanks', () => {
    for (const count of [4, 40, 300]) {
      const aligned = rows(count).map((row) => row.map((cell) => cell.padStart(9)).join(''));
      const found = read(aligned.join('\n') + '\n');
      expect(found.columns).toHaveLength(4);
      expect(cells(found)).toEqual(rows(count));
      expect(found.format.header).toBe(false);
    }
    expect(read(write([names, ...rows(30)], { separator: ' ' })).columns).toEqual(names);
    expect(read(write([names, ...rows(30)], { separator: ' \t ' })).columns).toEqual(names);
  });

  it('of fixed width may hold blanks, nothing, and letters of several bytes', () => {
    const cities = ['New York', 'São Paulo', 'Rome', 'Buenos Aires', 'Kyōto', ''];
    const line = (city: string, size: string, grade: string) =>
      city.padEnd(14) + size.padStart(8) + '  ' + grade;
    const body = rows(60).map((row, i) => [
      cities[i % 6] as string,
      i % 9 ? (row[0] as string) : '',
      row[3] as string,
    ]);
    const found = read(
      [
        line('city', 'size', 'grade'),
        ...body.map(([a, b, c]) => line(a as string, b as string, c as string)),
        '',
      ].join('\n'),
    );
    expect(found.format.separator).toBe('fixed');
    expect(found.columns).toEqual(['city', 'size', 'grade']);
    expect(cells(found)).toEqual(body);
  });
});

describe('quotes', () => {
  const said = (i: number, quote: string) => `they said ${quote}no, never ${i}${quote} to me`;
  it('behind a backslash stand for themselves', () => {
    const body = Array.from({ length: 40 }, (_, i) => [
      `${i}`,
      i % 2 ? `"${said(i, '\\"')}"` : '"fine, thanks"',
      i % 3 ? 'pos' : 'neg',
    ]);
    const found = read(write([['id', 'comment', 'label'], ...body]));
    expect(found.format.escape).toBe('backslash');
    expect(found.cell(1, 1)).toBe(said(1, '"'));
    expect([...found.shape].every((shape) => shape === 0)).toBe(true);
    expect(found.issues).toEqual([]);
  });

  it('are doubled inside quotes', () => {
    const body = Array.from({ length: 20 }, (_, i) => [`${i}`, `"${said(i, '""')}"`, i % 3 ? 'pos' : 'neg']);
    expect(read(write([['id', 'comment', 'label'], ...body])).cell(4, 1)).toBe(said(4, '"'));
  });

  it('may stand behind spaces', () => {
    const body = Array.from({ length: 30 }, (_, i) => [
      `${i}`,
      ` "Smith, ${i % 3 ? 'John' : 'Ann'}"`,
      ` ${i % 7}`,
      i % 2 ? ' high' : ' low',
    ]);
    const found = read(write([['id', ' "full name"', ' area', ' grade'], ...body]));
    expect(found.columns).toEqual(['id', 'full name', 'area', 'grade']);
    expect(found.cell(0, 1)).toBe('Smith, Ann');
    expect(found.issues).toEqual([]);
  });

  it('may be single', () => {
    const body = Array.from({ length: 30 }, (_, i) => [
      `${i}`,
      `'it''s ${i % 3 ? 'good, really' : 'bad, really'}'`,
      i % 2 ? "'pos'" : "'neg'",
    ]);
    const found = read(write([["'id'", "'text'", "'label'"], ...body]));
    expect(found.format.quote).toBe("'");
    expect(found.columns).toEqual(['id', 'text', 'label']);
    expect(found.cell(0, 1)).toBe("it's bad, really");
  });

  it('are letters where apostrophes stand in words', () => {
    const body = Array.from({ length: 30 }, (_, i) => [`it's number ${i}, isn't it`, i % 2 ? 'yes' : 'no']);
    const found = read(write([['text', 'label'], ...body], { separator: '\t' }));
    expect(found.format.quote).toBe('"');
    expect(cells(found)).toEqual(body);
  });

  it('that do not close are said once, with the first line', () => {
    const body = Array.from({ length: 300 }, (_, i) => [
      i % 50 === 9 ? `"open ${i}` : `w${i % 5}`,
      `${i % 7}`,
    ]);
    const found = read(write([['text', 'n'], ...body]));
    expect(found.rows).toBe(300);
    expect(found.issues).toMatchObject([{ code: 'stray-quote', line: 11, column: 1, rows: 6 }]);
  });
});
