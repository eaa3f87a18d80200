import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { type TableSummary, wishesOf } from '../../../../src/protocol/dataset';
import { type ReadingWishes, writeReading } from '../../../../src/protocol/reading';
import { writeSettled } from '../../settled-file';
import { cells, names, read, rows, write } from './tables';

const folder = mkdtempSync(join(tmpdir(), 'tell-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function inspect(
  name: string,
  content: string | Buffer,
  wishes: ReadingWishes = {},
): Promise<TableSummary> {
  const path = join(folder, name);
  writeSettled(path, content);
  const summary = await inspectDataset(path, undefined, wishes);
  if (summary.kind !== 'table') throw new Error(`a ${summary.kind}`);
  return summary;
}

describe('how a file is read', () => {
  it('is told in one line, each part with its choices', async () => {
    const body = rows(30).map((row) => row.map((cell) => cell.replace('.', ',')));
    const text = `Bericht über Größen\n${write([names, ...body], { separator: ';' })}`;
    const summary = await inspect('a.csv', Buffer.from(text, 'latin1'));
    expect(writeReading(summary.reading)).toBe('windows-1252 · ; · header in line 2 · decimal comma');
    for (const { choices, value, asked } of summary.reading) {
      expect(choices.map((choice) => choice.value)).toContain(value);
      expect(asked).toBe(false);
    }
  });

  it.each([
    ['amounts with a currency', ["CHF 19'689.10", "CHF 1'250.00", 'CHF 17.50'], '; · header'],
    ['whole numbers', ['12', '7', '1300'], '; · header'],
    ['words with commas', ['rye, old', 'wheat 1,5', 'oats, new'], '; · header'],
    ['lengths', ['1,5 km', '12,25 km', '3 km'], '; · header · decimal comma'],
    ['amounts in euros', ['EUR 19.689,10', 'EUR 1.250,00', 'EUR 17,50'], '; · header · decimal comma'],
    ['numbers that may be thousands', ['1.250', '3.500', '2.125'], '; · header · decimal comma'],
  ])('speaks of a decimal comma only where columns of numbers have signs: %s', async (_, some, line) => {
    const lines = rows(30).map((row, at) => `${row[3] ?? ''};${some[at % some.length] ?? ''}`);
    const summary = await inspect('decimal.csv', `kind;amount\n${lines.join('\n')}\n`);
    expect(writeReading(summary.reading)).toBe(`UTF-8 · ${line}`);
  });

  it('says which parts were asked for', async () => {
    const summary = await inspect('b.csv', write([names, ...rows(30)]), { header: true, separator: ',' });
    expect(summary.reading.filter(({ asked }) => asked).map(({ field }) => field)).toEqual([
      'separator',
      'header',
    ]);
  });

  it('can be asked for as a whole, and comes out the same', () => {
    const sources = [
      write([names, ...rows(20)]),
      write(rows(20), { separator: ';' }),
      `# one\n# two\n${write([names, ...rows(20)])}# end\n`,
      `Title\n\n${write([names, ['[m]', '[kg]', '', ''], ...rows(20)])}`,
      write([names, ...rows(20).map((row, i) => [`${i}`, ...row])], { separator: '\t' }),
      write([['a', '', 'b', ''], ['E', 'I', 'E', 'I'], ...rows(20)]),
      write([names, ['long', 'wide', 'seen', 'given'], ...rows(20)]),
      write([names, ['[m]', '[kg]', '', ''], ['long', 'wide', 'seen', 'given'], ...rows(20)]),
      write([names, ...rows(20)]).replace(/.+/gu, (line) => `"${line}"`),
      `# time force\n# s N\n${write(
        rows(20).map((row) => row.slice(0, 2)),
        { separator: ' ' },
      )}`,
      `name\n${rows(20)
        .map((row) => `${row[2] ?? ''} thing\n`)
        .join('')}`,
      rows(20)
        .map((row) => row.map((cell) => cell.padStart(9)).join(''))
        .join('\n'),
    ];
    for (const source of sources) {
      const found = read(source);
      const again = read(source, wishesOf(found.format));
      expect(again.format).toEqual(found.format);
      expect(again.columns).toEqual(found.columns);
      expect(cells(again)).toEqual(cells(found));
      expect([...again.startLine]).toEqual([...found.startLine]);
    }
  });

  it('decides whether a file of another ending is a table', async () => {
    const kind = async (name: string, text: string) => {
      const path = join(folder, name);
      writeSettled(path, text);
      return (await inspectDataset(path)).kind;
    };
    const prose =
      'It was late, and it rained.\nNobody came, nobody went, and so on.\n\nThe end of it.\n'.repeat(9);
    expect(
      await kind(
        'a.data',
        rows(30)
          .map((row) => row.join('   '))
          .join('\n'),
      ),
    ).toBe('table');
    expect(await kind('a.test', write(rows(30)))).toBe('table');
    expect(await kind('a.names', prose)).toBe('text');
    expect(await kind('a.txt', prose)).toBe('text');
    expect(await kind('b.txt', write([names, ...rows(30)], { separator: '\t' }))).toBe('table');
    expect(
      await kind(
        'c.txt',
        rows(30)
          .map((row) => row.join(' '))
          .join('\n'),
      ),
    ).toBe('table');
  });
});

describe('a part of a table', () => {
  it('is read as the whole, also where its rows alone would be read in another way', () => {
    const text = `Title\n${write([names, ['[m]', '[kg]', '', ''], ...rows(30)])}`;
    const whole = read(text);
    const part = whole.pick([4, 7, 2], names);
    expect(cells(part)).toEqual([4, 7, 2].map((row) => rows(30)[row]));
    expect(part.columns).toEqual(names);
    expect([...part.numbers(0)]).toEqual([4, 7, 2].map((row) => whole.numbers(0)[row]));
    expect([...part.startLine]).toEqual([8, 11, 6]);
  });
});
