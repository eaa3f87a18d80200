import { describe, expect, it } from 'vitest';
import { mayBePlaceholder, placeholderOf } from '../../../src/engine/datasets/placeholders';
import { plainNumbers } from '../../../src/engine/datasets/plain-numbers';
import { scan, plainDialect } from '../../../src/engine/datasets/kinds/csv/scanner';
import { parseNumber, Written, writtenAs } from '../../../src/engine/datasets/values';

const INNER = [
  '',
  '0',
  '5',
  '12',
  '007',
  '999',
  '1250',
  '98765432',
  '123456789',
  '2147483647',
  '12345678901234567',
];
const SPELLINGS = ['', '-', '+', ' ', '- '].flatMap((before) =>
  INNER.flatMap((whole) =>
    [
      '',
      '.',
      ',',
      '.5',
      '.25',
      '.250',
      ',250',
      ',5',
      '.0',
      '.1234567',
      '..',
      '.2.5',
      'e3',
      '.5e-2',
      ' ',
      'x',
    ].map((behind) => `${before}${whole}${behind}`),
  ),
);

describe('a column of plainly written numbers', () => {
  const bytes = Buffer.from(SPELLINGS.map((text) => `${text};0`).join('\n'));
  const rows = scan(bytes, plainDialect(';'));

  it.each([false, true])('reads every cell to the same bits as a single cell (comma: %s)', (comma) => {
    const { values, count } = plainNumbers(bytes, rows, 0, 1, comma);
    const single = SPELLINGS.map((text) => parseNumber(Buffer.from(text), 0, Buffer.byteLength(text), comma));
    single.forEach((value, row) => {
      expect(values[row], SPELLINGS[row]).toBe(value);
    });
    expect(count).toBe(single.filter((value) => !Number.isNaN(value)).length);
    expect(count).toBeGreaterThan(100);
  });

  it.each([false, true])('tells of every cell what its writing tells (comma: %s)', (comma) => {
    SPELLINGS.forEach((text) => {
      const cell = Buffer.from(text === '' ? '""' : text);
      const told = plainNumbers(cell, scan(cell, plainDialect(';')), 0, 1, comma);
      const number = parseNumber(cell, 0, cell.length, comma);
      const written = Number.isNaN(number) ? Written.plain : writtenAs(cell, 0, cell.length);
      expect({ ...told, values: undefined }, text).toEqual({
        values: undefined,
        count: Number.isNaN(number) ? 0 : 1,
        fraction: !Number.isNaN(number) && !Number.isInteger(number),
        leadingZero: written === Written.leadingZero,
        grouped: written === Written.grouped,
        ungrouped: written === Written.ungrouped,
      });
    });
  });

  it('takes every so many cells, and NaN for cells that are not there', () => {
    const text = Buffer.from('1;2\n3\n4;5\n6\n7;8');
    const short = scan(text, plainDialect(';'));
    expect([...plainNumbers(text, short, 1, 1, false).values]).toEqual([2, NaN, 5, NaN, 8]);
    expect([...plainNumbers(text, short, 0, 2, false).values]).toEqual([1, 4, 7]);
  });
});

describe('the quick look for placeholders', () => {
  it.each([
    '',
    ' ',
    '-',
    'NA',
    'n/a',
    'None',
    ' NULL ',
    'Keine Angabe',
    '—',
    '…',
    '#N/A N/A',
    '1.#QNAN',
    '(Missing)',
  ])('lets %o through', (text) => {
    expect(placeholderOf(text)).toBeDefined();
    expect(mayBePlaceholder(Buffer.from(text), 0, Buffer.byteLength(text))).toBe(true);
  });

  it.each(['Ideal', 'E', 'SI2', 'Very Good', 'NB', 'nope', '-1', 'not available at all'])(
    'stops %o',
    (text) => {
      expect(mayBePlaceholder(Buffer.from(text), 0, Buffer.byteLength(text))).toBe(false);
    },
  );
});
