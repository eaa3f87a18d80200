import { describe, expect, it } from 'vitest';
import { cells, names, read, rows, write } from './tables';

describe('a first line is a header', () => {
  it.each([3, 10, 60, 300])('where words stand above numbers, in %i rows', (count) => {
    const table = read(write([names, ...rows(count)]));
    expect(table.columns).toEqual(names);
    expect(table.rows).toBe(count);
  });

  it.each([',', ';', '\t', '|'])('where names at its end are missing (%j)', (separator) => {
    const table = read(
      write([['v1', 'v2', '', ''], ...rows(40).map(([a, b]) => [b as string, a as string, '', ''])], {
        separator,
      }),
    );
    expect(table.columns.slice(0, 3)).toEqual(['v1', 'v2', 'column 3']);
    expect(table.rows).toBe(40);
  });

  it('where numbers that count up are the names, before, behind or without a word', () => {
    const values = rows(60).map((_, row) =>
      [0, 1, 2, 3].map((c) => (((row * 31 + c * 17) % 83) / 9).toFixed(3)),
    );
    const labels = rows(60).map((row) => row[3] as string);
    expect(
      read(write([['label', '0', '1', '2', '3'], ...values.map((v, i) => [labels[i] as string, ...v])]))
        .columns[1],
    ).toBe('0');
    expect(
      read(write([['0', '1', '2', '3', 'target'], ...values.map((v, i) => [...v, labels[i] as string])]))
        .columns[4],
    ).toBe('target');
    expect(read(write([['0', '1', '2', '3'], ...values])).columns).toEqual(['0', '1', '2', '3']);
    expect(read(write(values)).format.header).toBe(false);
  });

  it('where years are the names of small numbers', () => {
    const table = read(
      write([
        ['country', '2015', '2016', '2017'],
        ...Array.from({ length: 30 }, (_, i) => [`land${i}`, `${i + 1}`, `${(i * 3) % 40}`, `${i + 9}`]),
      ]),
    );
    expect(table.columns).toEqual(['country', '2015', '2016', '2017']);
  });

  it('where a few years stand above a handful of fractions', () => {
    const values = [1252.57, 4079.06, 5195.48, 5661.06, 10298.09];
    const table = read(
      write([
        ['continent', '1952', '1957'],
        ...values.map((value, i) => [
          ['Africa', 'Americas', 'Asia', 'Europe', 'Oceania'][i] as string,
          value.toFixed(2),
          (value * 1.1).toFixed(2),
        ]),
      ]),
    );
    expect(table.columns).toEqual(['continent', '1952', '1957']);
  });

  it('where numbers in quotes stand above numbers without any', () => {
    const values = Array.from({ length: 40 }, (_, i) => [`${(i * 7) % 50}`, `${(i * 11) % 50}`]);
    expect(read(write([['"12"', '"40"'], ...values])).columns).toEqual(['12', '40']);
    expect(read(write([['12', '40'], ...values])).format.header).toBe(false);
    expect(
      read(write([['"12"', '"40"'], ...values.map((row) => row.map((v) => `"${v}"`))])).format.header,
    ).toBe(false);
  });

  it('but not where years are values like those below them', () => {
    const lives = Array.from({ length: 40 }, (_, i) => [
      `${1850 + ((i * 7) % 60)}`,
      `${1915 + ((i * 11) % 60)}`,
    ]);
    expect(read(write(lives)).format.header).toBe(false);
  });

  it('where whole questions in quotes are the names', () => {
    const questions = [
      'Timestamp',
      '"How many hours do you sleep on a usual night, weekends not counted?"',
      '"On a scale of 1 to 10, how stressed do you feel during the weeks of the exams?"',
      '"Would you say that you sleep well?"',
    ];
    const table = read(
      write([
        questions,
        ...Array.from({ length: 30 }, (_, i) => [
          `2024/03/${i + 1}`,
          `${5 + (i % 5)}`,
          `${i % 10}`,
          i % 3 ? 'Yes' : 'No',
        ]),
      ]),
    );
    expect(table.columns[3]).toBe('Would you say that you sleep well?');
    expect(table.rows).toBe(30);
  });

  it('where a name also occurs as a value', () => {
    const body = rows(80);
    (body[20] as string[])[2] = 'colour';
    expect(read(write([names, ...body])).columns).toEqual(names);
  });

  it('where it is known or asked for, whatever the evidence', () => {
    const text = write([names, ...Array.from({ length: 4 }, () => ['1', '2', 'colour', 'grade'])]);
    expect(read(text, { knownNames: names }).columns).toEqual(names);
    expect(read(text, { knownNames: ['grade'] }).columns).toEqual(names);
    expect(read(text, { header: false }).rows).toBe(5);
    expect(read(write(rows(9)), { header: true }).rows).toBe(8);
  });
});

describe('a first line is a row', () => {
  it.each([3, 10, 60, 300])('where it holds numbers above numbers, in %i rows', (count) => {
    const table = read(write(rows(count)));
    expect(table.format.header).toBe(false);
    expect(cells(table)).toEqual(rows(count));
  });

  it('where its words come again and again', () => {
    const votes = Array.from({ length: 40 }, (_, i) =>
      ['n', 'y'].map((_, c) => ((i * 7 + c * 3) % 5 < 2 ? 'y' : 'n')),
    );
    expect(read(write(votes)).format.header).toBe(false);
  });

  it('where a label of a few stands beside a text', () => {
    const texts = Array.from({ length: 50 }, (_, i) => [
      i % 4 ? 'ham' : 'spam',
      `message ${i * 7919} about nothing, at length`,
    ]);
    expect(read(write(texts, { separator: '\t' })).format.header).toBe(false);
  });
});

describe('names of columns', () => {
  it('that are repeated are told apart, said once', () => {
    const table = read(write([['a', 'b', 'a', 'a'], ...rows(5)]));
    expect(table.columns).toEqual(['a', 'b', 'a (2)', 'a (3)']);
    expect(table.issues).toMatchObject([{ code: 'repeated-name', line: 1, column: 3 }]);
    expect(table.issues[0]?.message).toContain('One more column');
  });

  it('of which thousands are equal cost no more than others', () => {
    const width = 20_000;
    const text = `${'x,'.repeat(width)}y\n${'1,'.repeat(width)}2\n${'3,'.repeat(width)}4\n`;
    const table = read(text);
    expect(new Set(table.columns).size).toBe(width + 1);
    expect(table.columns[width - 1]).toBe(`x (${width})`);
  });
});
