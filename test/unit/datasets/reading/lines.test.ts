import { describe, expect, it } from 'vitest';
import { cells, codes, names, read, rows, write } from './tables';

const sizes = [3, 30, 300];
const table = (count: number, options = {}) => write([names, ...rows(count)], options);

describe('lines above the table are no rows', () => {
  it.each(sizes)('a title, with or without separators, above %i rows', (count) => {
    for (const title of [
      'Stock Export',
      'Stock Export,28 Feb 2023 11:42 AM',
      'Report of the year\n',
      'A\nB,C\n',
    ]) {
      const read1 = read(`${title}\n${table(count)}`);
      expect(read1.columns, title).toEqual(names);
      expect(read1.rows).toBe(count);
      expect(codes(read1)).toEqual(['lines-above']);
      expect(read1.format.firstLine).toBe(title.split('\n').length + 1);
      expect(read1.startLine[0]).toBe(title.split('\n').length + 2);
    }
  });

  it('a title that was filled up with separators', () => {
    const found = read(`Stock Export,,,\n,,,\n${table(20)}`);
    expect(found.columns).toEqual(names);
    expect(found.rows).toBe(20);
  });

  it('several such titles', () => {
    const found = read(`Station 12,,,\nPeriod: 2020,,,\n,,,\n${table(20)}`);
    expect(found.columns).toEqual(names);
    expect(found.format.firstLine).toBe(4);
  });

  it('a title above rows without a header', () => {
    for (const separator of [',', ', ']) {
      const found = read(
        `|1x3 Cross validator\n${write(
          rows(30).map(([a = '', , , b = '']) => [a, b, a]),
          { separator },
        )}`,
      );
      expect(found.format).toMatchObject({ header: false, firstLine: 2, separator: ',' });
      expect(found.rows).toBe(30);
    }
    const found = read(`|1x3 Cross validator\n${write(rows(30))}`);
    expect(cells(found)).toEqual(rows(30));
  });

  it.each([';', ',', '\t', '|'])('a line that names the separator %j', (separator) => {
    const found = read(`sep=${separator}\r\n${table(20, { separator, newline: '\r\n' })}`);
    expect(found.format).toMatchObject({ separator, firstLine: 2 });
    expect(found.columns).toEqual(names);
    expect(found.rows).toBe(20);
  });

  it('and a line that is asked for is the first', () => {
    const text = `alpha,beta,gamma,delta\n${table(10)}`;
    expect(read(text, { firstLine: 2, header: true }).columns).toEqual(names);
  });

  it('and a line that is asked for far down, too', () => {
    const above = Array.from({ length: 5000 }, (_, line) => `${line};word${line % 7};${line % 3}`).join('\n');
    const found = read(`${above}\n${table(30)}`, { firstLine: 5001 });
    expect(found.columns).toEqual(names);
    expect(found.format).toMatchObject({ separator: ',', header: true, firstLine: 5001 });
    expect(cells(found)).toEqual(rows(30));
    expect(codes(found)).toEqual(['lines-above']);
  });

  it('and a line that is asked for and is not there is told', () => {
    const found = read(table(3), { firstLine: 12 });
    expect(found.columns).toEqual(names);
    expect(found.format.firstLine).toBe(1);
    expect(codes(found)).toEqual(['first-line']);
    expect(found.issues[0]?.message).toContain('line 12');
  });

  it('a line that names a separator of more than one byte counts as one line', () => {
    expect(read(`sep=§\n${table(20)}`).startLine[0]).toBe(3);
  });
});

describe('comments are no rows', () => {
  it.each(['#', '%', '//'])('behind %s, above and between the rows, also with quotes in them', (sign) => {
    const lines = table(40).trimEnd().split('\n');
    lines.splice(20, 0, `${sign} it's a "pause`);
    const found = read([`${sign} made by a logger`, `${sign} station 7`, ...lines, ''].join('\n'));
    expect(found.columns).toEqual(names);
    expect(cells(found)).toEqual(rows(40));
    expect(found.format.comment).toBe(sign);
    expect(codes(found)).toContain('comment');
    expect(found.startLine[39]).toBe(44);
  });

  it('but values that begin with such a sign are values', () => {
    const colours = Array.from({ length: 30 }, (_, i) => [
      `#${(i * 7919).toString(16).padStart(6, '0')}`,
      `${i % 7}`,
    ]);
    const found = read(write([['colour', 'count'], ...colours]));
    expect(found.rows).toBe(30);
    expect(found.cell(0, 0)).toBe('#000000');
    expect(found.format.comment).toBe('');
  });

  it('and a header may be marked as one', () => {
    const found = read(
      `# made by hand\n#chrom\tpos\tscore\n${write(
        rows(20).map((r, i) => [`chr${i % 3}`, `${i * 91}`, r[1] as string]),
        { separator: '\t' },
      )}`,
    );
    expect(found.columns).toEqual(['#chrom', 'pos', 'score']);
    expect(found.rows).toBe(20);
  });
});

describe('a row of units below the header is no row', () => {
  it.each([
    [['[cm]', '[K]', '', '']],
    [['(m)', '(kg)', '(-)', '(-)']],
    [['m', 'kg', '', '']],
    [['°C', 'm/s', '', '']],
  ])('%j', (units) => {
    const found = read(write([names, units, ...rows(30)]));
    expect(found.rows).toBe(30);
    expect(found.format.units).toBe(true);
    expect(found.issues).toMatchObject([{ code: 'units', line: 2, rows: 1 }]);
  });

  it('but a row of missing or lettered values is one', () => {
    expect(read(write([names, ['', '', 'red', 'low'], ...rows(30)])).rows).toBe(31);
    expect(
      read(
        write([
          ['n', 'sex'],
          ['1', 'm'],
          ['2', 'f'],
          ['3', 'm'],
        ]),
      ).rows,
    ).toBe(3);
  });
});

describe('lines between and below the rows', () => {
  it.each(sizes)('that repeat the header, or hold separators only, are said once each (%i rows)', (count) => {
    const part = table(count);
    const found = read(`${part},,,\n${part},,,\n${part}`);
    expect(found.rows).toBe(3 * count);
    expect(found.issues).toMatchObject([
      { code: 'empty-row', line: count + 2, rows: 2 },
      { code: 'repeated-header', line: count + 3, rows: 2 },
    ]);
    expect(found.startLine[count]).toBe(count + 4);
    expect(cells(found).slice(count, 2 * count)).toEqual(rows(count));
  });

  it.each([
    '(40 rows)',
    'Total',
    '\nSource: somewhere in the north',
    'Total,12',
    '\nTotal,12,,',
    '\nNote: made up, of course, and small, too',
  ])('that are remarks (%j)', (remark) => {
    const found = read(`${table(40)}${remark}\n`);
    expect(found.rows).toBe(40);
    expect(codes(found)).toEqual(['footer']);
  });

  it.each(sizes)('that number the pages of a report, or stand above its names on each (%i rows)', (count) => {
    const part = table(count);
    const found = read(
      `${part}Page 1 of 3\nMeasured in the north\n${part}Seite 2 von 3\nMeasured in the north\n${part}Page 3,,\n`,
    );
    expect(found.rows).toBe(3 * count);
    expect(found.issues).toMatchObject([
      { code: 'page-line', line: count + 2, rows: 5 },
      { code: 'repeated-header', rows: 2 },
    ]);
  });

  it.each(sizes)('of another table, below an empty line, are said once (%i rows)', (count) => {
    const found = read(`${table(count)}\nplace,people\nnorth,120\nsouth,80\n`);
    expect(found.rows).toBe(count);
    expect(found.issues).toMatchObject([{ code: 'other-table', line: count + 3, rows: 3 }]);
  });

  it('but rows that were cut short are rows, with and without a gap above', () => {
    for (const gap of ['', '\n']) {
      const found = read(
        `${table(40)}${gap}1.5,2\n${rows(3)
          .map((row) => row.join(','))
          .join('\n')}\n1.5,3\n`,
      );
      expect(found.rows).toBe(45);
      expect(codes(found)).toEqual(['too-few-cells']);
    }
  });

  it('that are drawn of dashes below each name', () => {
    for (const separator of [',', ';', '\t']) {
      const found = read(write([names, names.map(() => '------'), ...rows(30)], { separator }));
      expect(found.rows).toBe(30);
      expect(codes(found)).toEqual(['ruled-line']);
    }
    const dashes = [names, ...rows(30), names.map(() => '--')];
    expect(read(write(dashes)).rows).toBe(31);
  });

  it('but a last row that was cut short is a row with too few cells', () => {
    const found = read(`${table(40)}1.5,2`);
    expect(found.rows).toBe(41);
    expect(found.issues).toMatchObject([{ code: 'too-few-cells', line: 42, rows: 1 }]);
  });
});

it('a line of one cell is said to have one cell', () => {
  const lines = table(40).split('\n');
  const found = read(lines.toSpliced(20, 0, '7').join('\n'));
  const message = found.issues.find(({ code }) => code === 'too-few-cells')?.message;
  expect(message).toMatch(/^This line has 1 cell instead of \d+: /);
});

describe('cells that are none', () => {
  it('separators at the end of every row, of the header, or of both make no column', () => {
    const body = rows(25);
    const ended = body.map((row) => [...row, '']);
    for (const text of [
      write([names, ...ended]),
      write([[...names, ''], ...ended]),
      write([[...names, ''], ...body]),
    ]) {
      const found = read(text);
      expect(found.columns).toEqual(names);
      expect(cells(found)).toEqual(body);
      expect([...found.shape].every((shape) => shape === 0)).toBe(true);
    }
  });

  it('also without a header, and where some rows lack it', () => {
    const found = read(
      write(
        rows(25).map((row, i) => (i > 20 ? row : [...row, ''])),
        { separator: ';' },
      ),
    );
    expect(cells(found)).toEqual(rows(25));
    expect(found.issues).toMatchObject([{ code: 'trailing-separator', rows: 21 }]);
  });

  it('names of rows are those that no name of the header stands for', () => {
    for (const separator of ['\t', ' ', ',']) {
      const text = write(
        [names.map((name) => `"${name}"`), ...rows(25).map((row, i) => [`"${i + 1}"`, ...row])],
        { separator },
      );
      const found = read(text);
      expect(found.columns, separator).toEqual(names);
      expect(cells(found)).toEqual(rows(25));
      expect(found.format.rowNames).toBe(true);
      expect(codes(found)).toEqual(['row-names']);
    }
  });

  it('bars around the cells of a table in Markdown, and its rule', () => {
    const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
    const found = read([line(names), '|---|---|---|---|', ...rows(12).map(line), ''].join('\n'));
    expect(found.columns).toEqual(names);
    expect(found.rows).toBe(12);
    expect(found.cell(3, 2).trim()).toBe(rows(12)[3]?.[2]);
  });
});
