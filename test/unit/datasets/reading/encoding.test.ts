import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../src/engine/datasets';
import { detectEncoding } from '../../../../src/engine/datasets/reading/encoding';
import { textOf } from '../../../../src/engine/datasets/reading/text-of';
import type { Encoding } from '../../../../src/protocol/reading';
import { codes, read } from './tables';

/** The bytes of `text` in an encoding: by turning its tables round. */
function encode(text: string, encoding: Encoding): Buffer {
  const decode = (...bytes: number[]) => textOf(Uint8Array.from(bytes), encoding);
  const bytesOf = new Map<string, number[]>();
  for (let high = 0x80; high < 0x100; high++) bytesOf.set(decode(high), [high]);
  if (!/^(?:windows|iso|koi8|mac|ibm)/u.test(encoding)) {
    for (let lead = 0x81; lead < 0xff; lead++) {
      for (let trail = 0x40; trail < 0xff; trail++) {
        const character = decode(lead, trail);
        if (character.length === 1 && character !== '\ufffd') bytesOf.set(character, [lead, trail]);
      }
    }
  }
  return Buffer.from(
    Array.from(text).flatMap((c) => (c < '\x80' ? [c.charCodeAt(0)] : (bytesOf.get(c) ?? [0x3f]))),
  );
}

const cities: readonly (readonly [Encoding, string, readonly string[]])[] = [
  ['windows-1252', 'Größe', ['Straße', 'Mühlweg', 'Königsallee', 'Hauptstraße', 'Äpfel', '£100 – “gut”']],
  ['windows-1252', 'año', ['niño', 'corazón', 'José Muñoz', 'última', 'España', '¿qué?']],
  ['windows-1252', 'élève', ['été', 'forêt', 'garçon', 'naïve', 'père', 'déjà vu']],
  ['windows-1251', 'город', ['Москва', 'Санкт-Петербург', 'Казань', 'Нижний Новгород', 'хорошо', 'плохо']],
  ['koi8-r', 'город', ['Москва', 'Санкт-Петербург', 'Казань', 'Нижний Новгород', 'хорошо', 'плохо']],
  [
    'windows-1250',
    'město',
    ['Příbram', 'Plzeň', 'Třebíč', 'Děčín', 'dobrý', 'Šumperk', 'Uherský Brod', 'Kroměříž'],
  ],
  [
    'windows-1250',
    'województwo',
    ['Łódź', 'Kraków', 'Gdańsk', 'Poznań', 'źle', 'święto', 'Białystok', 'mężczyzna'],
  ],
  [
    'windows-1254',
    'şehir',
    ['İstanbul', 'Diyarbakır', 'Şanlıurfa', 'Muğla', 'Eskişehir', 'Kırşehir', 'çok güzel'],
  ],
  ['windows-1253', 'πόλη', ['Αθήνα', 'Θεσσαλονίκη', 'Πάτρα', 'Ηράκλειο', 'καλό', 'κακό', 'Λάρισα']],
  ['windows-1250', 'érték', ['Győr', 'Székesfehérvár', 'jó', 'kitűnő', 'rossz', 'Hódmezővásárhely']],
  ['windows-1255', 'עיר', ['חיפה', 'ירושלים', 'תל אביב', 'טוב', 'רע מאוד', 'אשדוד']],
  ['windows-1255', 'עיר', ['חיפה', 'ירושלים', 'אילת', 'טוב', 'רע']],
  ['windows-1256', 'مدينة', ['القاهرة', 'دمشق', 'بغداد', 'جيد جدا', 'سيئ', 'الرياض']],
  ['windows-874', 'เมือง', ['กรุงเทพ', 'เชียงใหม่', 'ภูเก็ต', 'ดีมาก', 'แย่', 'นครราชสีมา']],
  ['ibm866', 'город', ['Москва', 'Санкт-Петербург', 'Казань', 'Нижний Новгород', 'хорошо', 'плохо']],
  ['ibm850', 'Größe', ['Straße', 'Mühlweg', 'Königsallee', 'Hauptstraße', 'Äpfel', 'Düsseldorf']],
  ['ibm850', 'élève', ['été', 'forêt', 'garçon', 'naïve', 'père', 'déjà vu']],
  ['iso-8859-15', 'prix €', ['10 €', 'Orléans', 'élevée', 'été', 'Besançon']],
  ['gb18030', '城市', ['北京', '上海', '广州', '深圳', '很好', '不好吃', '服务态度非常好']],
  ['shift_jis', '都市', ['東京', '大阪', 'とても良い', 'だめです', 'ホテルはきれいでした', '京都']],
  ['euc-jp', '都市', ['東京', '大阪', 'とても良い', 'だめです', 'ホテルはきれいでした', '京都']],
  ['euc-kr', '도시', ['서울', '부산', '대구', '정말 좋아요', '별로예요', '인천광역시']],
  ['big5', '城市', ['臺北', '高雄', '臺中', '非常好', '服務態度不好', '新竹']],
];

describe('the encoding of a table', () => {
  it.each(cities)('in %s is told from few rows (%s)', (encoding, name, values) => {
    for (const count of [12, 120]) {
      const text = `${name},size,label\r\n${Array.from({ length: count }, (_, i) => `${values[i % values.length] ?? ''},${i * 7},${i % 2 ? 'a' : 'b'}\r\n`).join('')}`;
      const table = read(encode(text, encoding));
      expect(table.format.encoding).toBe(encoding);
      expect(table.columns[0]).toBe(name);
      expect(table.cell(1, 0)).toBe(values[1]);
      expect(codes(table)).toEqual(['encoding']);
    }
  });

  it('of DOS may end with the sign of its programs, which makes no row', () => {
    const lines = ['Straße', 'Mühlweg', 'Königsallee', 'Äpfel'].map((name, at) => `${name},${at}\r\n`);
    const bytes = Buffer.concat([
      encode(`Größe,n\r\n${lines.join('').repeat(5)}`, 'ibm850'),
      Buffer.from([0x1a]),
    ]);
    for (const encoding of [undefined, 'ibm850'] as const) {
      const table = read(bytes, { encoding });
      expect(table.format.encoding).toBe('ibm850');
      expect(table.rows).toBe(20);
      expect(codes(table)).toEqual(encoding === undefined ? ['encoding'] : []);
    }
  });

  it('that is asked for is taken without a word', () => {
    const bytes = encode('name,n\nÄpfel,1\nBirnen,2\n', 'windows-1252');
    expect(read(bytes, { encoding: 'windows-1251' }).cell(0, 0)).toBe('Дpfel');
    expect(codes(read(bytes, { encoding: 'windows-1252' }))).toEqual([]);
  });

  it('is found with one foreign letter in a large file', () => {
    const lines = 'plain words,1\n'.repeat(20_000);
    expect(detectEncoding(encode(`${lines}café,2\n${lines}`, 'windows-1252'))).toBe('windows-1252');
  });

  it('stays UTF-8 where a few bytes are broken, said once with the rows', () => {
    const bytes = Buffer.from(`name,n\n${'Zürich,1\nBärn,2\nŁódź,3\n'.repeat(20)}`);
    bytes[bytes.indexOf(0xc3, 200)] = 0xff;
    const table = read(bytes);
    expect(table.format.encoding).toBe('utf-8');
    expect(table.issues).toMatchObject([{ code: 'invalid-encoding', rows: 1 }]);
  });

  it('that is broken in the header alone names no row', () => {
    const bytes = Buffer.from(`größe,n\n${'Zürich,1\nBärn,2\nŁódź,3\n'.repeat(20)}`);
    bytes[bytes.indexOf(0xc3)] = 0xff;
    const { issues } = read(bytes);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'invalid-encoding', line: undefined });
    expect(issues[0]?.message).toContain('of the header');
    expect(issues[0]).not.toHaveProperty('rows');
  });

  it('keeps the places of rows where they are in the decoded text', () => {
    const table = read(encode('größe,n\nÄäöü,1\n"ß\nß",2\nx,3\n', 'windows-1252'));
    expect([...table.startLine]).toEqual([2, 3, 5]);
    const bytes = Buffer.from(table.bytes);
    expect(bytes.toString('utf8', table.startByte[1], table.endByte[1])).toBe('"ß\nß",2');
  });
});

describe('the encoding of a text', () => {
  it('is found as that of a table', () => {
    const text = 'Es war einmal ein König, der hatte drei Töchter.\nDie jüngste war schön.\n';
    const file = decodeText(encode(text, 'windows-1252'));
    expect(file.text).toBe(text);
    expect(file.encoding).toBe('windows-1252');
    expect(decodeText(Buffer.from(text, 'utf16le')).text).toBe(text);
  });
});

describe('an encoding is told by its commonest name', () => {
  it('where quotes and dashes alone stand in several encodings alike', () => {
    const bytes = Buffer.concat([
      Buffer.from('name,note\n'),
      ...Array.from({ length: 20 }, (_, i) =>
        Buffer.from(`n${i},the leader\x92s \x93best\x94 fund \x96 so far\n`, 'latin1'),
      ),
    ]);
    expect(detectEncoding(bytes)).toBe('windows-1252');
  });
});

it('the euro sign, dashes and curly quotes of windows-1252 are what they are', () => {
  const bytes = Buffer.concat([
    Buffer.from('price;note\n'),
    ...Array.from({ length: 20 }, (_, i) => Buffer.from(`\x80 ${i},50;\x84gr\xfcn\x93 \x96 gut\n`, 'latin1')),
  ]);
  const table = read(bytes);
  expect(table.format.encoding).toBe('windows-1252');
  expect([table.cell(0, 0), table.cell(0, 1)]).toEqual(['€ 0,50', '„grün“ – gut']);
});
