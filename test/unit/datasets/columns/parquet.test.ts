/** Parquet files as pyarrow writes them have the values that pyarrow reads, in every type, encoding and compression. */
import { describe, expect, it } from 'vitest';
import { describeColumns, inspectDataset, readTarget } from '../../../../src/engine/datasets';
import { expectValues, open, valuesIn } from './written-by-pyarrow';

describe('a Parquet file that pyarrow wrote', () => {
  it.each([
    'types.parquet',
    'types-v2.parquet',
    'encodings.parquet',
    'groups.parquet',
    'int96.parquet',
    'required.parquet',
    'none.parquet',
    'snappy.parquet',
    'gzip.parquet',
    'brotli.parquet',
    'lz4.parquet',
    'zstd.parquet',
  ])('has the same values here: %s', async (name) => {
    const values = valuesIn(name);
    expect(values.size).toBeGreaterThan(0);
    const table = await open(name);
    expect(table.columns).toEqual([...values.keys()]);
    expectValues(table, values);
  });

  it('has its types known without a search: numbers are numbers, dates are dates', async () => {
    const table = await open('types.parquet');
    const holds = (name: string) => table.reader.found(table.find(name)).reading.holds;
    for (const name of ['int8', 'int64', 'uint64', 'float', 'double', 'gaps', 'decimal', 'half'])
      expect(holds(name), name).toBe('numbers');
    for (const name of ['date', 'date64', 'seconds', 'millis', 'micros', 'nanos', 'zoned'])
      expect(holds(name), name).toBe('dates');
    for (const name of ['bool', 'word', 'coded', 'binary']) expect(holds(name), name).toBe('words');
    const zoned = table.find('zoned');
    expect(table.cell(1, zoned)).toBe('2021-03-28 07:30:01.001001Z');
    expect(table.reader.days(zoned, 'year-first')[1]).toBe(
      table.reader.days(table.find('micros'), 'year-first')[1],
    );
  });

  it('keeps numbers too long for a double digit by digit, and says so once', async () => {
    const table = await open('types.parquet');
    expect(table.cell(1, table.find('long'))).toBe('9007199254740993');
    expect(table.cell(1, table.find('unsigned long'))).toBe('18446744073709551001');
    expect(table.cell(1, table.find('long decimal'))).toBe('12345678901234567891.25');
    expect(table.issues).toMatchObject([{ code: 'long-number' }]);
    expect(table.issues[0]?.message).toContain('"long", "unsigned long", "long decimal" hold numbers beyond');
  });

  it('has structs as columns with dotted names, lists of one length as vectors, and writes others out', async () => {
    const table = await open('nested.parquet');
    expect(table.issues).toEqual([]);
    expect(table.columns).toEqual([
      ...[
        'id',
        'place.name',
        'place.at.x',
        'place.at.y',
        'vector.0',
        'vector.1',
        'vector.2',
        'fixed.0',
        'fixed.1',
      ],
      ...['ragged', 'words', 'things', 'grid', 'map'],
    ]);
    const cell = (row: number, name: string) => table.cell(row, table.find(name));
    expect(cell(5, 'place.name')).toBe('p5');
    expect([...table.numbers(table.find('place.at.y')).slice(3, 7)]).toEqual([-3, NaN, -5, NaN]);
    expect([...table.numbers(table.find('vector.1')).slice(1, 5)]).toEqual([0.5, 1, NaN, 2]);
    expect([0, 1, 2, 3].map((row) => cell(row, 'ragged'))).toEqual(['', '0', '0, 1', '']);
    expect(cell(2, 'words')).toBe('a, b');
    expect(cell(2, 'things')).toBe('[{"k":2,"v":"x"},{"k":2,"v":"x"}]');
    expect(cell(4, 'grid')).toBe('[[4],[4,1]]');
    expect(cell(4, 'map')).toBe('{"a":4,"b":1}');
    expect(cell(3, 'map')).toBe('');
  });

  it('speaks of rows where a file with lines speaks of lines', async () => {
    const table = await open('types.parquet');
    const [gaps] = describeColumns(table).filter(({ name }) => name === 'gaps');
    expect(gaps?.note).toBe('1 value is infinite ("Infinity" in row 3) and counts as missing.');
    const target = readTarget(table, 'word', 'name');
    expect(target.issues[0]?.message).toContain('(first in row 4): left out.');
  });

  it('is told by its content, also under another name, and inspected like any table', async () => {
    const summary = await inspectDataset(`${__dirname}/../../../fixtures/columns/groups.parquet`, undefined, {
      target: 'word',
    });
    if (summary.kind !== 'table') throw new Error('No table');
    expect(summary).toMatchObject({ source: 'parquet', rows: 40, target: 'word', reading: [] });
    expect(summary.columns.map(({ kind }) => kind)).toEqual([
      ...['number', 'number', 'category', 'boolean', 'date', 'category', 'number'],
    ]);
  });
});
