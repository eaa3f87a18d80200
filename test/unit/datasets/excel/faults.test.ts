/** Workbooks that cannot be read, or only in part: what is said of each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset, openRows } from '../../../../src/engine/datasets';
import { Workplace } from '../../learning/training-fixture';
import { workbookOf, type ZipPart, zipOf } from './zip';

const folder = join(import.meta.dirname, '../../../fixtures/excel');
const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

async function refusal(bytes: Buffer, path = '/data/a.xlsx'): Promise<unknown> {
  return openRows(bytes, { path }).then(
    (table) => `read: ${table.rows} rows`,
    (thrown: unknown) => thrown,
  );
}

function rowsOf(count: number): string {
  const cell = (name: string, value: number) => `<c r="${name}"><v>${value}</v></c>`;
  return Array.from(
    { length: count },
    (_, at) => `<row r="${at + 1}">${cell(`A${at + 1}`, at)}${cell(`B${at + 1}`, at % 7)}</row>`,
  ).join('');
}

describe('a workbook that is no whole zip archive', () => {
  it('is said to be damaged, wherever it is cut', async () => {
    const whole = await readFile(join(folder, 'several.xlsx'));
    for (const length of [4, 30, 1000, whole.length >> 1, whole.length - 1]) {
      expect(await refusal(whole.subarray(0, length))).toMatchObject({
        code: 'dataset',
        message: like(/^The workbook is damaged or cut short/u),
        place: { path: '/data/a.xlsx' },
      });
    }
  });

  it('is said to be damaged where bytes inside of it are others', async () => {
    const whole = await readFile(join(folder, 'several.xlsx'));
    for (let at = 100; at < whole.length; at += 397) {
      const other = Buffer.from(whole);
      other.fill(0x55, at, at + 24);
      const found = await refusal(other);
      if (typeof found !== 'string') expect(found).toMatchObject({ code: 'dataset' });
    }
  });
});

describe('what is in the place of a workbook', () => {
  const compound = (stream: string) =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(1016),
      Buffer.from(`Root Entry\0${stream}\0`, 'utf16le'),
      Buffer.alloc(512),
    ]);

  it('is named: a workbook with a password, an old one, another archive', async () => {
    const locked = compound('EncryptedPackage');
    expect(await refusal(locked)).toMatchObject({ message: 'The workbook is protected by a password.' });
    const old = compound('Workbook');
    for (const path of ['/data/a.xls', '/data/a.xlsx']) {
      expect(await refusal(old, path)).toMatchObject({
        message: like(/before 2007 \(\.xls\)/u),
        advice: like(/\.xlsx/u),
      });
    }
    const archive = zipOf([{ name: 'a.csv', data: 'x,y\n1,2\n' }]);
    expect(await refusal(archive)).toMatchObject({ message: like(/zip archive without a sheet/u) });
  });

  it('is read where it is a delimited table with the name of a workbook', async () => {
    await place.write('named.xlsx', 'a,b\n1,x\n2,y\n3,x\n4,y\n');
    await expect(inspectDataset(join(place.folder, 'named.xlsx'))).resolves.toMatchObject({
      source: 'csv',
      rows: 4,
    });
  });
});

describe('a sheet', () => {
  it('is read without places, shared strings and styles, with any prefix of its tags', async () => {
    const sheet =
      '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>' +
      '<x:c t="str"><x:v>b</x:v></x:c></x:row><x:row r="3"><x:c><x:v>1.5</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row>' +
      '</x:sheetData></x:worksheet>';
    const table = await openRows(workbookOf(sheet), { path: '/data/a.xlsx' });
    expect([table.columns, table.cell(0, 0), table.cell(0, 1), table.startLine[0]]).toEqual([
      ['a', 'b'],
      '1.5',
      'TRUE',
      3,
    ]);
  });

  it('without values, without rows, or with places that no sheet has is refused', async () => {
    const sheet = (rows: string) => workbookOf(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
    expect(await refusal(sheet(''))).toMatchObject({ message: 'The workbook has no values.' });
    expect(await refusal(sheet('<row r="99999999"><c><v>1</v></c></row>'))).toMatchObject({
      message: 'The workbook is damaged: no sheet has a row 99999999.',
    });
    expect(await refusal(sheet('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'))).toMatchObject({
      message: 'The workbook is damaged: no sheet has a cell ZZZZ1.',
    });
  });

  it('with one value far away costs no more than its values', async () => {
    const far = `${rowsOf(50)}<row r="1048576"><c r="XFD1048576" t="str"><v>end</v></c></row>`;
    const table = await openRows(workbookOf(`<worksheet><sheetData>${far}</sheetData></worksheet>`), {
      path: '/data/a.xlsx',
    });
    expect(table.columns.length).toBe(3);
    expect(table.rows).toBeLessThanOrEqual(51);
  });

  it('whose XML is broken, or calls for entities, is refused and looks nothing up', async () => {
    for (const sheet of [
      '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></row>',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hosts">]><worksheet><sheetData><row r="1"><c t="str"><v>&f;</v></c></row></sheetData></worksheet>',
    ]) {
      expect(await refusal(workbookOf(sheet))).toMatchObject({ message: like(/^The workbook is damaged/u) });
    }
  });
});

describe('a workbook that unpacks to much more than it is', () => {
  const blanks = Buffer.alloc(80 * 2 ** 20, 0x20);
  const sheet = Buffer.concat([Buffer.from('<worksheet>'), blanks, Buffer.from('</worksheet>')]);

  it('is refused by what it says of itself', async () => {
    const bomb = workbookOf('<worksheet/>', [{ name: 'xl/worksheets/sheet1.xml', data: sheet }]);
    expect(await refusal(bomb)).toMatchObject({
      message: expect.stringMatching(
        /^The workbook unpacks from .+ kB to 83.9 MB: it is not read\.$/u,
      ) as string,
    });
  });

  it('is refused where it says less than that', async () => {
    const lying: ZipPart = { name: 'xl/worksheets/sheet1.xml', data: sheet, claimed: 4000 };
    expect(await refusal(workbookOf('<worksheet/>', [lying]))).toMatchObject({
      message: like(/^The workbook is damaged or cut short/u),
    });
    expect(deflateRawSync(sheet).length).toBeLessThan(200_000);
  });
});
