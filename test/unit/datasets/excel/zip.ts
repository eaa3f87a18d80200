/** Zip archives for tests, also of sizes that are not true. */
import { crc32 as crcOf, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly data: string | Buffer;
  /** Bytes that the archive says the part has, where that is not the truth. */
  readonly claimed?: number;
}

export function zipOf(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, claimed } of parts) {
    const bytes = Buffer.from(data);
    const packed = deflateRawSync(bytes);
    const rest = Buffer.alloc(26);
    rest.writeUInt16LE(20, 0);
    rest.writeUInt16LE(8, 4);
    rest.writeUInt32LE(crcOf(bytes), 10);
    rest.writeUInt32LE(packed.length, 14);
    rest.writeUInt32LE(claimed ?? bytes.length, 18);
    rest.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), rest, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), rest, tail, Buffer.from(name)]),
    );
    pieces.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...pieces, listed, Buffer.from('PK\x05\x06'), end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one sheet, whose XML is `sheet`. */
export function workbookOf(sheet: string, more: readonly ZipPart[] = []): Buffer {
  const relations = (target: string, type: string) =>
    `<Relationships><Relationship Id="r1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;
  return zipOf([
    { name: '_rels/.rels', data: relations('xl/workbook.xml', 'officeDocument') },
    {
      name: 'xl/workbook.xml',
      data: `<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets><x:sheet name="Data" sheetId="1" r:id="r1"/></x:sheets></x:workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', data: relations('/xl/worksheets/Sheet1.xml', 'worksheet') },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
    ...more,
  ]);
}
