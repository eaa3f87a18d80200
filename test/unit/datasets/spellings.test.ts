import { describe, expect, it } from 'vitest';
import { describeColumns, readTable, readTarget } from '../../../src/engine/datasets';
import { encoderFromJSON, fitEncoder } from '../../../src/engine/features';
import type { ReadingWishes } from '../../../src/protocol';
import { synonymsIn } from '../../../src/engine/datasets/synonyms';

const all = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row);
const cycle = (of: readonly string[], rows: number) =>
  Array.from({ length: rows }, (_, row) => of[(row * 7 + (row >> 3)) % of.length] ?? '');

function tableOf(values: readonly string[], name = 'answer', columns?: ReadingWishes['columns']) {
  const lines = values.map((value, row) => `${value},${row % 2 ? 'a' : 'b'}`);
  return readTable(`${name},label\n${lines.join('\n')}\n`, { columns });
}

const options = { target: 'label', answer: 'name' } as const;

describe('a category in several spellings', () => {
  const table = tableOf(cycle(['Yes', 'yes ', 'YES', ' Yes', 'no', 'No', 'maybe'], 210));

  it('is one value in inspection, under its commonest spelling, and says so once', () => {
    const [column] = describeColumns(table);
    expect(column).toMatchObject({ kind: 'category', distinct: 3 });
    expect(column?.values.map(({ value }) => value).sort()).toEqual(['Yes', 'maybe', 'no']);
    expect(column?.values.reduce((sum, { count }) => sum + count, 0)).toBe(210);
    expect(column?.note).toMatch(/^Spellings of the same are one value: .*"Yes".*"YES"/u);
  });

  it('is one feature in training, and in prediction also in a spelling that training never saw', () => {
    const encoder = fitEncoder(table, all(table.rows), options);
    expect([...encoder.featureNames].sort()).toEqual(['answer = Yes', 'answer = maybe', 'answer = no']);
    expect(encoder.notes.filter(({ message }) => message.includes('pellings'))).toHaveLength(1);
    const back = encoderFromJSON(JSON.parse(JSON.stringify(encoder)));
    const other = tableOf(['yES', 'NO', 'MAYBE', 'perhaps']);
    const rows = back.encode(other, all(4)).dense();
    const width = encoder.width;
    const at = Array.from({ length: 4 }, (_, row) => rows.indexOf(1, row * width) - row * width);
    expect(at.slice(0, 3).map((place) => encoder.featureNames[place])).toEqual([
      'answer = Yes',
      'answer = no',
      'answer = maybe',
    ]);
    expect([...back.outside(other, all(4)).keys()]).toEqual([3]);
  });

  it('is as it was in a model of before', () => {
    const data = JSON.parse(JSON.stringify(fitEncoder(table, all(table.rows), options))) as {
      blocks: { values: string[]; spelling?: string }[];
    };
    const [block] = data.blocks;
    if (block === undefined) throw new Error('no block');
    delete block.spelling;
    block.values = ['YES', 'Yes'];
    const before = encoderFromJSON(data);
    const other = tableOf(['YES', 'Yes', 'yes']);
    expect([...before.encode(other, all(3)).dense()]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it('of numbers is one, too, where the column is asked to be categories', () => {
    const lines = cycle(['1', '1.0', '2', '3'], 80).map((value, row) => `${value},${row % 2 ? 'a' : 'b'}`);
    const codes = readTable(`code,label\n${lines.join('\n')}\n`, { columns: { code: { kind: 'category' } } });
    const encoder = fitEncoder(codes, all(codes.rows), options);
    expect([...encoder.featureNames].sort()).toEqual(['code = 1', 'code = 2', 'code = 3']);
  });

  it('stays apart where nothing else would be left to tell apart', () => {
    const genes = tableOf(cycle(['AA', 'Aa', 'aa'], 90), 'gene');
    expect(describeColumns(genes)[0]).toMatchObject({ kind: 'category', distinct: 3 });
    expect(fitEncoder(genes, all(90), options).width).toBe(3);
  });

  it('is yes or no where two answers are left', () => {
    const [column] = describeColumns(tableOf(cycle(['Yes', 'YES', 'no', 'No', 'yes'], 100)));
    expect(column).toMatchObject({ kind: 'boolean', distinct: 2 });
  });

  it('shares a bucket where there are too many values for one feature each', () => {
    const many = Array.from({ length: 1200 }, (_, row) => {
      const name = `k${(row * 7) % 150}x`;
      return row % 2 ? name : name.toUpperCase();
    });
    const table = readTable(`what,label\n${many.map((value, row) => `${value},${row % 3}`).join('\n')}\n`, {
      columns: { what: { kind: 'category' } },
    });
    const encoder = fitEncoder(table, all(1200), options);
    const pair = readTable('what,label\nk7x,0\nK7X,0\n', { columns: { what: { kind: 'category' } } });
    const rows = encoder.encode(pair, all(2)).dense();
    expect(encoder.featureNames[0]).toContain('hash bucket');
    expect(rows.slice(0, encoder.width)).toEqual(rows.slice(encoder.width));
  });
});

describe('values that may be the same', () => {
  const counts = (...values: string[]) => new Map(values.map((value, index) => [value, 10 + index]));
  const pairs = (...values: string[]) =>
    synonymsIn(counts(...values)).map(({ short, long }) => `${short}=${long}`);

  it('are asked about: a letter and its word, and the initials of another value', () => {
    expect(pairs('M', 'F', 'male', 'Female')).toEqual(['M=male', 'F=Female']);
    expect(pairs('Y', 'yes', 'no')).toEqual(['Y=yes']);
    expect(pairs('Low Fat', 'Regular', 'LF')).toEqual(['LF=Low Fat']);
    expect(pairs('Low Fat', 'Regular', 'LF', 'reg')).toEqual(['LF=Low Fat', 'reg=Regular']);
  });

  it('are not asked about where only one of them occurs, or anything else begins alike', () => {
    expect(pairs('N', 'Y')).toEqual([]);
    expect(pairs('N', 'S', 'E', 'W')).toEqual([]);
    expect(pairs('F', 'male', 'other')).toEqual([]);
    expect(pairs('man', 'manager', 'woman')).toEqual([]);
    expect(pairs('S', 'C', 'Q', 'Southampton')).toEqual([]);
    expect(pairs('ab', 'a b', 'alpha beta')).toEqual([]);
    expect(pairs('ab', 'alpha beta', 'apple bread')).toEqual([]);
  });

  it('are a question on the column, with their rows, and stay apart until it is answered', () => {
    const values = cycle(['Low Fat', 'Regular', 'LF', 'Regular'], 80);
    const [column] = describeColumns(tableOf(values, 'fat'));
    expect(column).toMatchObject({ kind: 'category', distinct: 3 });
    expect(column?.question?.text).toMatch(/^"LF" \(\d+ rows\) may be "Low Fat"\. Is it the same\?/u);
    const [answer] = column?.question?.answers ?? [];
    expect(answer).toEqual({ label: '"LF" is "Low Fat"', wish: { same: { LF: 'Low Fat' } } });
    const [joined] = describeColumns(tableOf(values, 'fat', { fat: answer?.wish ?? {} }));
    expect(joined).toMatchObject({ distinct: 2, readAs: 'lf is Low Fat' });
    expect(joined?.values.map(({ value }) => value).sort()).toEqual(['Low Fat', 'Regular']);
    expect(joined?.question).toBeUndefined();
  });

  it('can be joined all at once where they are several', () => {
    const values = cycle(['Low Fat', 'Regular', 'LF', 'reg', 'Regular'], 80);
    const [column] = describeColumns(tableOf(values, 'fat'));
    expect(column?.question?.answers.map(({ label }) => label)).toEqual([
      'Both are the same',
      '"LF" is "Low Fat"',
      '"reg" is "Regular"',
    ]);
    expect(column?.question?.answers[0]?.wish).toEqual({ same: { LF: 'Low Fat', reg: 'Regular' } });
  });

  it('that were joined are one value in training, and in a file that the model judges', () => {
    const table = tableOf(cycle(['Low Fat', 'Regular', 'LF', 'Regular'], 80), 'fat', {
      fat: { same: { LF: 'Low Fat' } },
    });
    const encoder = fitEncoder(table, all(80), options);
    expect(encoder.featureNames).toEqual(['fat = Low Fat', 'fat = Regular']);
    const back = encoderFromJSON(JSON.parse(JSON.stringify(encoder)));
    const lines = ['lf', 'Low Fat', 'Regular'].map((value) => `${value},a`).join('\n');
    const other = readTable(`fat,label\n${lines}\n`, { readings: back.readings });
    expect([...back.encode(other, all(3)).dense()]).toEqual([1, 0, 1, 0, 0, 1]);
    expect(other.cell(0, 0)).toBe('lf');
  });

  it('that were joined are one class, and letters for yes and no become a truth value', () => {
    const values = cycle(['T', 'TRUE', 'F', 'FALSE', 'FALSE'], 100);
    const table = tableOf(values, 'answer', { answer: { same: { T: 'TRUE', F: 'FALSE' } } });
    const [column] = describeColumns(table);
    expect(column).toMatchObject({ kind: 'boolean', distinct: 2 });
    const target = readTarget(table, 'answer', 'name');
    expect(target).toMatchObject({ classes: ['FALSE', 'TRUE'] });
  });
});
