import { describe, expect, it } from 'vitest';
import { tellReading } from '../../../src/engine/datasets/kinds/csv/reading/tell';
import {
  type ColumnWish,
  Experiment,
  mergeWishes,
  plainFormat,
  ReadingField,
  type ReadingPart,
  ReadingWishes,
  type TableSummary,
  wholeReading,
  wishesOf,
  withChoice,
  withColumnWish,
  writeReading,
} from '../../../src/protocol';

describe('a choice of the reading', () => {
  it.each([
    ['separator', ';', { separator: ';' }],
    ['header', 'false', { header: false }],
    ['firstLine', '3', { firstLine: 3 }],
    ['comment', 'none', { comment: '' }],
    ['comment', '#', { comment: '#' }],
    ['rowNames', 'true', { rowNames: true }],
  ] as const)('of %s %j is a wish of its own type', (field, value, wishes) => {
    expect(withChoice({}, field, value)).toEqual(wishes);
  });

  it('that is empty asks for the part to be found out again and leaves the others', () => {
    expect(withChoice({ header: true, encoding: 'gb18030' }, 'header', '')).toEqual({ encoding: 'gb18030' });
  });

  it('that the part does not have changes nothing', () => {
    const before = { encoding: 'gb18030' } as const;
    expect(withChoice(before, 'separator', 'morse')).toEqual(before);
    expect(withChoice(before, 'firstLine', '0')).toEqual(before);
  });
});

describe('what is asked of a column', () => {
  it('replaces what was asked of it before and leaves other columns', () => {
    const before = { header: true, columns: { a: { kind: 'text' }, b: { kind: 'date' } } } as const;
    expect(withColumnWish(before, 'a', { decimal: ',' })).toEqual({
      header: true,
      columns: { a: { decimal: ',' }, b: { kind: 'date' } },
    });
  });

  it('is gone when it is empty, and the columns with the last of them', () => {
    const before = { columns: { a: { kind: 'text' } } } as const;
    expect(withColumnWish(before, 'a', {})).toEqual({});
    expect(withColumnWish(before, 'a', { missing: [] })).toEqual({});
    expect(withColumnWish(before, 'a', { same: {} })).toEqual({});
  });
});

describe('a further wish of a column', () => {
  it('is laid over what was asked before, and missing values are added up', () => {
    const before: ColumnWish = { kind: 'number', missing: ['-999'] };
    expect(mergeWishes(before, { decimal: ',', missing: ['0', '-999'] })).toEqual({
      kind: 'number',
      decimal: ',',
      missing: ['-999', '0'],
    });
    expect(mergeWishes(undefined, { kind: 'text' })).toEqual({ kind: 'text' });
    expect(mergeWishes({ same: { M: 'male' } }, { same: { F: 'female' } })).toEqual({
      same: { M: 'male', F: 'female' },
    });
  });
});

describe('another part of a file', () => {
  it('is read anew: nothing that was asked of the lines and columns of the one before holds for it', () => {
    const asked: ReadingWishes = {
      part: 'Prices',
      encoding: 'utf-8',
      header: true,
      firstLine: 4,
      columns: { zip: { kind: 'category' } },
    };
    expect(withChoice(asked, 'part', 'Shops')).toEqual({ part: 'Shops', encoding: 'utf-8' });
    expect(withChoice(asked, 'part', '')).toEqual({ encoding: 'utf-8' });
    expect(withChoice(asked, 'header', '')).toMatchObject({ part: 'Prices', firstLine: 4 });
  });
});

describe('the line that says how a file is read', () => {
  const part = (text: string, told: boolean, asked: boolean): ReadingPart => ({
    field: 'quote',
    title: 'Quotes',
    value: text,
    text,
    told,
    asked,
    choices: [],
  });

  it('has what is worth telling and what was asked for', () => {
    expect(
      writeReading([part('UTF-8', true, false), part('a', false, false), part('single quotes', false, true)]),
    ).toBe('UTF-8 · single quotes');
  });
});

describe('the whole reading of a table', () => {
  const format = { ...plainFormat, part: 'prices', separator: ';', decimal: ',', firstLine: 3 } as const;
  const table: TableSummary = {
    kind: 'table',
    path: '/data/a.csv',
    format,
    reading: tellReading(format, {}),
    rows: 2,
    columns: [],
    targets: [],
    issues: [],
    sha256: '',
    bytes: 1,
  };

  it('has every part that can be asked for', () => {
    expect(Object.keys(wishesOf(format)).sort()).toEqual([...ReadingField.options].sort());
    expect(ReadingWishes.parse(wishesOf(format))).toMatchObject({
      separator: ';',
      decimal: ',',
      firstLine: 3,
    });
  });

  it('keeps what was asked of columns, and is valid in an experiment', () => {
    const whole = wholeReading(table, { columns: { zip: { kind: 'category', missing: ['-999'] } } });
    const experiment = {
      version: 1,
      dataset: { path: '/data/a.csv', ...whole },
      task: 'classification',
      target: 'b',
      model: { family: 'mlp', hyperparameters: {} },
    };
    expect(Experiment.parse(experiment).dataset).toMatchObject({
      separator: ';',
      firstLine: 3,
      columns: { zip: { kind: 'category', missing: ['-999'] } },
    });
  });

  it('has nothing of a file whose kind leaves no choice', () => {
    expect(wholeReading({ ...table, reading: [] }, { encoding: 'utf-8' })).toEqual({});
  });

  it('leaves UTF-8 to be found out, which an unsaved text always has, unless it was asked for', () => {
    expect(wholeReading(table, {})).not.toHaveProperty('encoding');
    expect(wholeReading(table, { encoding: 'utf-8' })).toHaveProperty('encoding', 'utf-8');
    const other = { ...table, format: { ...format, encoding: 'windows-1252' } } as const;
    expect(wholeReading(other, {})).toHaveProperty('encoding', 'windows-1252');
  });
});
