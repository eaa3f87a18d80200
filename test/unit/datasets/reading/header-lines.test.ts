import { describe, expect, it } from 'vitest';
import { codes, names, read, rows, write } from './tables';

const body = (count: number): string => write(rows(count));

describe('a header of several lines', () => {
  it('has its names in the first, where they are filled and different', () => {
    const found = read(`${names.join(',')}\ncentre,outer,main,none yet\n${body(20)}`);
    expect(found.columns).toEqual(names);
    expect(found.rows).toBe(20);
    expect(codes(found)).toEqual(['header-line']);
    expect(found.issues[0]?.message).toBe('Line 2 is a further line of the header and no row.');
  });

  it('has its names in the last, where the first has gaps', () => {
    const found = read(`Measured,,Seen,\n${names.join(',')}\n${body(20)}`);
    expect(found.columns).toEqual(names);
    expect(found.format.firstLine).toBe(2);
    expect(found.rows).toBe(20);
  });

  it('joins the words of all lines where none has names for all columns', () => {
    const found = read(`01SYN,,02CPB,\nE,I,E,I\n${write(rows(20).map(([a = '', b = '']) => [a, b, b, a]))}`);
    expect(found.columns).toEqual(['01SYN E', '01SYN I', '02CPB E', '02CPB I']);
    expect(found.rows).toBe(20);
    const wells = write(rows(20).map((row, day) => [String(day), ...row.slice(0, 2)]));
    expect(read(`TIME,WBHPH,WBHPH\nDAYS,BARS,BARS\n,well-a,well-b\n${wells}`).columns).toEqual([
      'TIME DAYS',
      'WBHPH BARS well-a',
      'WBHPH BARS well-b',
    ]);
  });

  it('ends with the names of the index, which stand where no line has one', () => {
    const prices = write(rows(20).map(([a = '', b = ''], day) => [`2021-03-${10 + day}`, a, b, a]));
    const found = read(`,price,price,volume\n,open,close,open\nday,,,\n${prices}`);
    expect(found.columns).toEqual(['day', 'price open', 'price close', 'volume open']);
    expect(found.rows).toBe(20);
    expect(found.issues).toMatchObject([{ code: 'header-line', line: 2, rows: 2 }]);
  });

  it('may stand below lines of as many cells that say what was measured', () => {
    const about = 'Patient,Name,John,x\nDevice,Serial,A-12,y\nStart,2021-03-04,08:00,z\n';
    const found = read(`${about}${names.join(',')}\n${body(30)}`);
    expect(found.columns).toEqual(names);
    expect(found.format.firstLine).toBe(4);
    expect(found.rows).toBe(30);
    expect(codes(found)).toEqual(['lines-above']);
  });

  it('and is one line where somebody says that the next is a row', () => {
    const found = read(`${names.join(',')}\ncentre,outer,main,none yet\n${body(20)}`, { units: false });
    expect(found.rows).toBe(21);
  });

  it.each([
    ['words that stand for a missing value', 'unknown,n.d.,red,high'],
    ['one word among numbers', '3.5,on request,red,high'],
    ['a word that comes again', 'broken,broken,red,high\nbroken,broken,red,low'],
    ['numbers below a limit', '<0.1,<0.2,red,high'],
  ])('but a first row with %s is a row', (_, row) => {
    const found = read(`${names.join(',')}\n${row}\n${body(30)}`);
    expect(found.rows).toBe(30 + row.split('\n').length);
    expect(codes(found)).not.toContain('header-line');
  });
});

describe('a header above rows of other lengths', () => {
  it('stays one where the rows have many lengths', () => {
    const lines = Array.from({ length: 40 }, (_, row) =>
      ['1', 'x', 'red', 'blue'].slice(0, 2 + (row % 3)).join(','),
    );
    const found = read(`id,name,tag1,tag2,tag3\n${lines.join('\n')}\n`);
    expect(found.columns).toEqual(['id', 'name', 'tag1', 'tag2', 'tag3']);
    expect(found.rows).toBe(40);
  });

  it('lacks the last name where the first cells of the rows come again and are no names of theirs', () => {
    const found = read(
      `age,height,group\n${write(rows(40).map(([, , , grade = ''], row) => [String(20 + (row % 9)), String(150 + row), grade, row % 3 === 0 ? 'late' : '']))}`,
    );
    expect(found.columns).toEqual(['age', 'height', 'group', 'column 4']);
    expect(found.rows).toBe(40);
    expect(codes(found)).toEqual(['missing-name']);
  });

  it('of one name above texts with a comma takes no part of them for names of rows', () => {
    const texts = Array.from({ length: 30 }, (_, row) => `Great film number ${row}, I liked it`).join('\n');
    expect(codes(read(`review\n${texts}\n`))).not.toContain('row-names');
  });

  it('of letters and digits is one above numbers', () => {
    expect(read(`01SYN,02CPB\n${write(rows(20).map((row) => row.slice(0, 2)))}`).columns).toEqual([
      '01SYN',
      '02CPB',
    ]);
  });
});

describe('a header among lines of another kind', () => {
  const numbers = write(
    rows(30).map((row) => row.slice(0, 2)),
    { separator: ' ' },
  );

  it('may be marked as a comment, as numpy and gnuplot write it, with units below', () => {
    expect(read(`# time force\n${numbers}`).columns).toEqual(['time', 'force']);
    const measured = read(`# time force\n# s N\n${numbers}`);
    expect(measured.columns).toEqual(['time', 'force']);
    expect(measured.rows).toBe(30);
    expect(read(`# time,force\n${numbers.replaceAll(' ', ',')}`).columns).toEqual(['time', 'force']);
  });

  it('stands below an empty line and lines of as many cells that are no part of the table', () => {
    const found = read(
      `Account;DE12;;\nHolder;Max;;\nFrom;1 May;To;9 May\n\n${write([names, ...rows(40)], { separator: ';' })}`,
    );
    expect(found.columns).toEqual(names);
    expect(found.format.firstLine).toBe(5);
    expect(found.rows).toBe(40);
  });

  it('but not below an empty line between two parts of a table', () => {
    expect(read(`${write([names, ...rows(10)])}\n${write([names, ...rows(12)])}`).rows).toBe(22);
    expect(read(`${names.join(',')}\n\n${body(30)}`).rows).toBe(30);
  });

  it('of Qualtrics has its names above questions and codes', () => {
    const codes3 = ['Q1', 'Q2', 'Q3', 'Q4'].map((code) => `"{""ImportId"":""${code}""}"`).join(',');
    const found = read(`Q1,Q2,Q3,Q4\nHow long?,How wide?,Which colour?,Which grade?\n${codes3}\n${body(30)}`);
    expect(found.columns).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
    expect(found.rows).toBe(30);
  });

  it('is found below comments that fill the beginning of a file', () => {
    const found = read(
      `${'##contig=<ID=chr1,length=248956422>\n'.repeat(2000)}${names.join('\t')}\n${write(rows(30), { separator: '\t' })}`,
    );
    expect(found.columns).toEqual(names);
    expect(found.rows).toBe(30);
  });
});
