import { describe, expect, it } from 'vitest';
import { flatten } from '../../../../src/engine/datasets/kinds/json/flatten';
import { readJsonDocument, readJsonLines } from '../../../../src/engine/datasets/kinds/json/records';

const linesOf = (records: readonly { readonly startLine: number; readonly endLine: number }[]) =>
  records.map(({ startLine, endLine }) => [startLine, endLine]);

describe('one object a line', () => {
  it('is one record, blank lines apart, wherever lines end', () => {
    const { records, broken } = readJsonLines('{"a":1}\r\n\r\n{"a":2}\n{"a":3}');
    expect(records.map(({ value }) => value)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(linesOf(records)).toEqual([
      [1, 1],
      [3, 3],
      [4, 4],
    ]);
    expect(broken).toEqual([]);
  });

  it('that is broken is named and leaves the others', () => {
    const { records, broken } = readJsonLines('{"a":1}\n{"a":\n{"a":3}\n');
    expect(records).toHaveLength(2);
    expect(broken).toMatchObject([{ line: 2 }]);
  });
});

describe('a list of objects', () => {
  it('is a record for each, with the lines that it stands in', () => {
    const text = '[\n  {\n    "a": [1, {"b": 2}],\n    "c": {}\n  },\n  {"a": 2}, {"a": 3}\n]\n';
    const { records } = readJsonDocument(text, undefined);
    expect(linesOf(records)).toEqual([
      [2, 5],
      [6, 6],
      [6, 6],
    ]);
    expect(records[1]?.value).toEqual({ a: 2 });
  });

  it('may stand under a name, beside others', () => {
    const text =
      '{\n"version": 1,\n"tags": ["x", "y", "z"],\n"rows": [\n{"a": 1},\n{"a": 2}\n],\n"more": [{"b": 1}]\n}';
    const { records } = readJsonDocument(text, undefined);
    expect(linesOf(records)).toEqual([
      [5, 5],
      [6, 6],
    ]);
  });

  it('may hold lists and plain values', () => {
    expect(linesOf(readJsonDocument('[1,\n2,\n"x"]', undefined).records)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(linesOf(readJsonDocument('[[1, 2],\n[3,\n4]]', undefined).records)).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  it('that is cut or broken is refused with its line', () => {
    expect(() => readJsonDocument('[\n{"a": 1},\n{"a" 2}\n]', 'x.json')).toThrow(/^Line 3 is no JSON/u);
    expect(() => readJsonDocument('[\n{"a": 1},\n{"a": 2', 'x.json')).toThrow(/^Line 3 is no JSON/u);
    expect(() => readJsonDocument('{"a": 1}', 'x.json')).toThrow('holds no list of records');
  });
});

describe('fields', () => {
  const flat = (...values: readonly unknown[]) =>
    flatten(
      values.map((value, at) => ({ value, startLine: at + 1, endLine: at + 1 })),
      undefined,
    );

  it('inside fields have dotted names, in the order of their first appearance', () => {
    const { columns, cells } = flat({ a: { b: 1, c: { d: 'x' } }, e: true }, { f: null, e: false });
    expect(columns).toEqual(['a.b', 'a.c.d', 'e', 'f']);
    expect(cells).toEqual([
      ['1', 'x', 'true', ''],
      ['', '', 'false', ''],
    ]);
  });

  it('that some records lack are counted once, with the first line', () => {
    const { issues } = flat({ a: 1, b: 2 }, { a: 1 }, { b: 2 });
    expect(issues).toMatchObject([{ code: 'fields-missing', rows: 2, line: 2 }]);
  });

  it('that come to one column are counted once, and the first is read', () => {
    const { columns, cells, issues } = flat(
      { y: 'p' },
      { 'a.b': 1, a: { b: 2 }, y: 'q' },
      { 'a.b': 3, a: { b: 4 }, y: 'p' },
    );
    expect(columns).toEqual(['y', 'a.b']);
    expect(cells).toEqual([
      ['p', ''],
      ['q', '1'],
      ['p', '3'],
    ]);
    expect(issues).toMatchObject([
      { severity: 'warning', code: 'shared-name', rows: 2, line: 2 },
      { code: 'fields-missing', rows: 1, line: 1 },
    ]);
    expect(issues[0]?.message).toContain('"a.b"');
    expect(flat({ v: [1, 2], 'v.0': 5 }).issues).toMatchObject([{ code: 'shared-name', rows: 1 }]);
  });

  it('that hold as many numbers in every record are a column for each', () => {
    expect(flat({ v: [1, 2.5] }, { v: [3, 4] })).toMatchObject({
      columns: ['v.0', 'v.1'],
      cells: [
        ['1', '2.5'],
        ['3', '4'],
      ],
    });
  });

  it('that hold other lists are written out', () => {
    expect(flat({ v: [1, 2] }, { v: [3] }).cells).toEqual([['1, 2'], ['3']]);
    expect(flat({ v: ['a', 'b'], w: [{ x: 1 }] }).cells).toEqual([['a, b', '[{"x":1}]']]);
  });

  it('with whole numbers that no double holds are said to be rounded', () => {
    expect(flat(JSON.parse('{"id":12345678901234567890}')).issues).toMatchObject([
      { code: 'long-number', rows: 1 },
    ]);
    expect(flat({ id: '12345678901234567890' }).issues).toEqual([]);
  });

  it('of records that are lists are numbered as in a table without a header', () => {
    expect(flat([1, 'x'], [2, 'y']).columns).toEqual(['column 1', 'column 2']);
    expect(flat(1, 2).columns).toEqual(['value']);
  });
});
