/** Cells of workbooks, equal to what openpyxl reads of them (scripts/fixtures/excel.py). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRows } from '../../../../src/engine/datasets';
import { Archive } from '../../../../src/engine/datasets/kinds/excel/archive';
import { dateText } from '../../../../src/engine/datasets/kinds/excel/cell-values';
import { placeName, readSheet } from '../../../../src/engine/datasets/kinds/excel/sheet';
import { meaningOf, readStyles } from '../../../../src/engine/datasets/kinds/excel/styles';
import { readStrings, readWorkbook, unescaped } from '../../../../src/engine/datasets/kinds/excel/workbook';

const folder = join(import.meta.dirname, '../../../fixtures/excel');

type Expected =
  | string
  | number
  | boolean
  | null
  | { readonly moment?: string; readonly time?: string; readonly seconds?: number };

/** As the lab writes a value that openpyxl gives. */
function written(value: Expected): string | number | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  // pandas takes the errors of Excel for no value, too.
  if (typeof value === 'string')
    return /^#(?:DIV\/0!|N\/A)$/u.test(value) || value === '' ? undefined : value;
  if (typeof value === 'number') return value;
  if (value.moment !== undefined) return thousandths(value.moment).replace(' 00:00:00', '');
  if (value.time !== undefined) return thousandths(value.time);
  const seconds = value.seconds ?? 0;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function thousandths(text: string): string {
  return text.replace(/(\.\d{3})000$/u, '$1');
}

async function sheetsOf(name: string): Promise<Record<string, (string | number | undefined)[][]>> {
  const archive = await Archive.open(await readFile(join(folder, `${name}.xlsx`)), undefined);
  const { sheets, strings, styles, from1904 } = await readWorkbook(archive, undefined);
  const context = {
    from1904,
    strings: await readStrings(archive, strings, undefined),
    styles: await readStyles(archive, styles, undefined),
  };
  const found: Record<string, (string | number | undefined)[][]> = {};
  for (const sheet of sheets) {
    const cells = (found[sheet.name] = [] as (string | number | undefined)[][]);
    for (const row of (await readSheet(archive, sheet.entry, context, undefined)).rows) {
      const values = (cells[row.number - 1] = [] as (string | number | undefined)[]);
      row.columns.forEach((column, at) => (values[column] = row.values[at]));
    }
  }
  return found;
}

async function expectedOf(name: string): Promise<Record<string, Expected[][]>> {
  return JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Record<string, Expected[][]>;
}

describe('the cells of a workbook', () => {
  it.each(['types', 'several', 'report', 'formulas', 'from1904'])(
    'equal those of openpyxl: %s',
    async (name) => {
      const [sheets, expected] = [await sheetsOf(name), await expectedOf(name)];
      expect(Object.keys(sheets)).toEqual(Object.keys(expected));
      for (const [sheet, rows] of Object.entries(expected)) {
        const cells = rows.map((row, at) => row.map((_, column) => sheets[sheet]?.[at]?.[column]));
        expect(cells).toEqual(rows.map((row) => row.map(written)));
      }
    },
  );

  it('keep line breaks, tabs and all digits as cells of the table', async () => {
    const path = join(folder, 'types.xlsx');
    const table = await openRows(await readFile(path), { path });
    const [header = [], ...rows] = (await expectedOf('types'))['Types'] ?? [];
    expect(table.columns).toEqual(header);
    expect(table.rows).toBe(rows.length);
    rows.forEach((row, at) => {
      expect(row.map((_, column) => table.cell(at, column))).toEqual(
        row.map((value) => String(written(value) ?? '')),
      );
    });
    expect(Array.from(table.numbers(1))).toEqual(rows.map((row) => row[1]));
    expect(Array.from(table.startLine.slice(0, 2))).toEqual([2, 3]);
  });
});

describe('the number of a day', () => {
  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [45_322.5, '2024-01-31 12:00:00'],
    [2_958_465, '9999-12-31'],
    [2_958_466, undefined],
    [-1, undefined],
  ])('%d is %s', (serial, text) => {
    expect(dateText(serial, 'moment', false)).toBe(text);
  });
});

describe('the format of a number', () => {
  it.each([
    ['General', 'number'],
    ['#,##0.00\\ "€";[Red]\\-#,##0.00\\ "€"', 'number'],
    ['0.0%', 'number'],
    ['0.00E+00', 'number'],
    ['# ?/?', 'number'],
    ['0" days"', 'number'],
    ['@', 'number'],
    ['dd.mm.yyyy', 'date'],
    ['[$-409]mmm\\-yy;@', 'date'],
    ['yyyy"年"m"月"d"日"', 'date'],
    ['mmmm', 'date'],
    ['yyyy-mm-dd\\Thh:mm:ss.000', 'moment'],
    ['[$-F400]h:mm:ss\\ AM/PM', 'time'],
    ['mm:ss.0', 'time'],
    ['[h]:mm:ss', 'span'],
    ['[Red]0.0', 'number'],
  ])('%s stands for a %s', (code, meaning) => {
    expect(meaningOf(code)).toBe(meaning);
  });
});

it('characters that XML cannot hold are read as Excel writes them', () => {
  expect(unescaped('a_x000D_b_x005F_x0041_ _x_')).toBe('a\rb_x0041_ _x_');
});

it('places of cells are written as in a sheet', () => {
  expect([placeName(12, 1), placeName(1, 25), placeName(7, 26), placeName(3, 16_383)]).toEqual([
    'B12',
    'Z1',
    'AA7',
    'XFD3',
  ]);
});
