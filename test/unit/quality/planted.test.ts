/** Every check finds its planted fault, and is silent where nothing is wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openFeatures } from '../../../src/engine/features/open-features';
import { checks } from '../../../src/protocol';
import { realData } from '../datasets/real-data';
import { chance, check, cleanHeader, cleanRows, cleanTable, mended, textAt } from './checked';

beforeAll(() => openFeatures());

/** What one check says of a table. */
const said = async (name: string, text: string, target?: string) =>
  check(text, { checks: [name], ...(target === undefined ? {} : { target }) });

const table = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const numbered = (count: number, cells: (row: number, random: () => number) => string) => {
  const random = chance(5);
  return Array.from({ length: count }, (_, row) => cells(row, random));
};

/** A normal number (Box and Muller 1958). */
const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('clean data', () => {
  it.each(checks.names)('makes the check %s say nothing', async (name) => {
    expect(await said(name, cleanTable(400), 'kind')).toEqual([]);
    expect(await said(name, cleanTable(400), 'weight')).toEqual([]);
  });

  const folder = join(import.meta.dirname, '../../../samples');
  it.each([
    ['the penguins', realData('penguins.csv')],
    ['a sample', join(folder, 'moths.csv')],
    ['another sample', join(folder, 'rents.csv')],
  ])('as in %s is left in peace', async (_, file) => {
    if (file === undefined) return;
    expect(await check(readFileSync(file), { path: file })).toEqual([]);
  });

  it('of diamonds has its known slips told, and no heavy tail', async () => {
    const file = realData('diamonds.csv');
    if (file === undefined) return;
    const found = await check(readFileSync(file), { path: file });
    expect(found.map(({ check: name, columns, rows }) => [name, columns[0], rows])).toEqual([
      ['duplicate-rows', undefined, 146],
      ['outliers', 'y', 2],
      ['outliers', 'z', 1],
    ]);
  });

  it('of messages has its copies told', async () => {
    const file = realData('sms-spam.tsv');
    if (file === undefined) return;
    const found = await check(readFileSync(file), { path: file });
    expect(found.map(({ check: name }) => name)).toEqual([
      'duplicate-rows',
      'near-duplicates',
      'near-duplicates',
    ]);
  });
});

describe('near duplicates', () => {
  it('are rows that differ in case, spaces or signs, and are deleted when that is asked', async () => {
    const rows = cleanRows(80);
    const text = table(cleanHeader, [
      ...rows,
      rows[11]!.replace('lima', 'LIMA').replace('navy', ' Navy-').replace('pinto', 'Pinto!'),
    ]);
    const [finding, ...others] = await said('near-duplicates', text);
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      '1 row differs from an earlier one only in case, spaces or signs (in line 82, from line 13).',
    );
    const without = await mended(text, { check: 'near-duplicates', mend: 'delete' });
    expect(without).toBe(table(cleanHeader, rows));
  });

  it('are texts that share most of their words', async () => {
    const words =
      'river stone cloud lamp market winter garden engine letter bridge silver window paper field hammer candle'.split(
        ' ',
      );
    const sentence = (random: () => number) =>
      Array.from({ length: 14 }, () => words[Math.floor(words.length * random())]).join(' ');
    const rows = numbered(300, (row, random) => `${sentence(random)},${row % 2 ? 'a' : 'b'}`);
    expect(await said('near-duplicates', table('text,kind', rows))).toEqual([]);
    const near = rows[40]!.replace(/^(\S+ )/u, 'Well, '.replace(',', '') + '$1');
    const [finding, ...others] = await said('near-duplicates', table('text,kind', [...rows, near]));
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(
      /^1 text of "text" is nearly the same as an earlier one \(in line 302, as in line 42\)/u,
    );
  });
});

describe('conflicting labels', () => {
  it('are found on both rows, at the label', async () => {
    const rows = cleanRows(60);
    const text = table(cleanHeader, [...rows, rows[8]!.replace(/[^,]+$/u, 'soya')]);
    const [finding, ...others] = await said('conflicting-labels', text, 'kind');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rows: 2, columns: ['kind'] });
    expect([0, 1].map((place) => textAt(text, finding, place))).toEqual(['navy', 'soya']);
  });

  it('of few values that agree by chance are none', async () => {
    const rows = numbered(
      300,
      (_, random) => `${Math.floor(4 * random())},${Math.floor(3 * random())},${random() < 0.5 ? 'a' : 'b'}`,
    );
    expect(await said('conflicting-labels', table('x,y,kind', rows), 'kind')).toEqual([]);
  });
});

describe('outliers', () => {
  it('are found on their cell', async () => {
    const rows = cleanRows(200);
    rows[50] = rows[50]!.replace(/^[^,]+/u, '1520');
    const text = table(cleanHeader, rows);
    const [finding, ...others] = await said('outliers', text, 'kind');
    expect(others).toEqual([]);
    expect(textAt(text, finding)).toBe('1520');
    expect(finding?.message).toMatch(
      /^1 number of "length" is far from all others, which lie between 10 and 17\S* \("1520", in line 52\)\.$/u,
    );
  });

  it.each([
    ['normal', normal],
    ['exponential', (random: () => number) => -Math.log(1 - random())],
    ['log-normal', (random: () => number) => Math.exp(1.5 * normal(random))],
    ['Pareto, as of incomes', (random: () => number) => (1 - random()) ** (-1 / 1.5)],
    ['Laplace', (random: () => number) => (random() < 0.5 ? -1 : 1) * -Math.log(1 - random())],
    [
      'Student with three degrees',
      (random: () => number) =>
        normal(random) / Math.sqrt((normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2) / 3),
    ],
    [
      'counts with many zeros',
      (random: () => number) => (random() < 0.7 ? 0 : Math.floor(40 * random() ** 4)),
    ],
    ['two heaps', (random: () => number) => (random() < 0.1 ? 900 : 10) + normal(random)],
  ])('are none among numbers that are %s', async (_, draw) => {
    for (const count of [60, 500, 5_000]) {
      const rows = numbered(count, (row, random) => `${draw(random).toPrecision(6)},${row % 2 ? 'a' : 'b'}`);
      expect(await said('outliers', table('x,kind', rows), 'kind')).toEqual([]);
    }
  });

  it('are not told where a number may stand for a missing one, which is asked', async () => {
    const rows = numbered(
      100,
      (row, random) => `${row % 20 === 3 ? -999 : Math.floor(100 * random())},${row % 2 ? 'a' : 'b'}`,
    );
    expect(await said('outliers', table('x,kind', rows), 'kind')).toEqual([]);
  });
});

describe('leakage', () => {
  it('is a column that alone tells the class, and is left out when that is asked', async () => {
    const rows = numbered(300, (row, random) => {
      const kind = random() < 0.5 ? 'ill' : 'well';
      return `${random().toFixed(3)},${normal(random).toFixed(3)},${kind === 'ill' ? 'pills' : 'none'},${row % 7},${kind}`;
    });
    const [finding, ...others] = await said('leakage', table('age,mass,treatment,ward,state', rows), 'state');
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      '"treatment" alone gives an accuracy of 100 % for "state", and the other columns do not.',
    );
    expect(finding?.mends).toEqual([
      { kind: 'exclude', label: 'Leave "treatment" out', columns: ['treatment'] },
    ]);
  });

  it('is columns whose sum is the number', async () => {
    const rows = numbered(300, (_, random) => {
      const [a, b, c] = [100 * random(), 100 * random(), random()];
      return `${a.toFixed(2)},${b.toFixed(2)},${c.toFixed(3)},${(a + b).toFixed(2)}`;
    });
    const [finding] = await said('leakage', table('casual,member,wind,count', rows), 'count');
    expect(finding?.message).toMatch(
      /^"(?:casual" and "member|member" and "casual)" together give R² (?:1\.000|0\.999)/u,
    );
  });
});

describe('a random split', () => {
  const patients = (isAlike: boolean) =>
    numbered(400, (row, random) => {
      const patient = Math.floor(row / 8);
      const level = isAlike ? ((patient * 37) % 50) + random() : 50 * random();
      return `p${patient},${random().toFixed(3)},${level.toFixed(2)}`;
    });

  it('is said to tear groups apart whose rows are alike', async () => {
    const [finding, ...others] = await said(
      'split-leakage',
      table('patient,x,level', patients(true)),
      'level',
    );
    expect(others).toEqual([]);
    expect(finding?.columns).toEqual(['patient']);
    expect(finding?.message).toMatch(
      /^Rows of the same "patient" are alike in "level" \(.* between the 50 of them\)/u,
    );
  });

  it('is nothing to groups whose rows are not', async () => {
    expect(await said('split-leakage', table('patient,x,level', patients(false)), 'level')).toEqual([]);
  });

  const days = (isAlike: boolean) => {
    let level = 0;
    return numbered(300, (row, random) => {
      level = isAlike ? level + normal(random) : normal(random);
      const day = new Date(Date.UTC(2023, 0, 1 + row)).toISOString().slice(0, 10);
      return `${day},${random().toFixed(3)},${level.toFixed(3)}`;
    });
  };

  it('is said to tear neighbouring days apart where they are alike', async () => {
    const [finding] = await said('split-leakage', table('day,x,price', days(true)), 'price');
    expect(finding?.message).toMatch(/^Rows that follow each other in "day" are alike in "price"/u);
    expect(await said('split-leakage', table('day,x,price', days(false)), 'price')).toEqual([]);
  });
});

describe('columns', () => {
  it('that never vary are told together, those that hardly do one by one', async () => {
    const rows = numbered(
      400,
      (row, random) => `1,${random().toFixed(3)},m,${row === 7 ? 'on' : 'off'},${row % 2 ? 'a' : 'b'}`,
    );
    const found = await said('constant-columns', table('one,x,unit,lamp,kind', rows), 'kind');
    expect(found.map(({ message, columns }) => [message, columns.length])).toEqual([
      ['2 columns have no two different values: "one" and "unit".', 2],
      ['"lamp" is "off" in 99.8 % of its rows, and something else in 1 row.', 1],
    ]);
    expect(textAt('one,x,unit,lamp,kind', found[1])).toBe('lamp');
  });

  it('that are mostly empty are told, and left out when that is asked', async () => {
    const rows = numbered(
      100,
      (row, random) => `${random().toFixed(3)},${row % 4 === 0 ? row : ''},${row % 2 ? 'a' : 'b'}`,
    );
    const [finding, ...others] = await said('mostly-missing', table('x,extra,kind', rows), 'kind');
    expect(others).toEqual([]);
    expect(finding?.message).toBe('"extra" has no value in 75 of 100 rows (75 %).');
    expect(finding?.mends[0]).toMatchObject({ kind: 'exclude', columns: ['extra'] });
  });

  it.each([
    ['a class', (gone: boolean) => (gone ? 'died' : 'lives')],
    ['a number', (gone: boolean, random: () => number) => (gone ? 90 : 10) + random()],
  ])('whose gaps tell %s are told', async (_, answer) => {
    const rows = (planted: boolean) =>
      numbered(200, (_, random) => {
        const gone = random() < 0.4;
        const missing = planted ? gone : random() < 0.4;
        return `${random().toFixed(3)},${missing ? '' : Math.floor(90 * random())},${answer(gone, random)}`;
      });
    const [finding] = await said('missing-tells-target', table('x,visit,state', rows(true)), 'state');
    expect(finding).toMatchObject({ columns: ['visit'], severity: 'warning' });
    expect(await said('missing-tells-target', table('x,visit,state', rows(false)), 'state')).toEqual([]);
  });
});

describe('classes', () => {
  it('of very few rows are told, and where they stand', async () => {
    const text = table(cleanHeader, [...cleanRows(100), '12,250,1,north,soya', '13,240,2,south,soya']);
    const [finding] = await said('rare-classes', text, 'kind');
    expect(finding?.message).toBe('1 class of "kind" has fewer than 5 rows: "soya" 2 (first in line 102).');
    expect(textAt(text, finding)).toBe('soya');
  });

  it('that nearly every row has are told', async () => {
    const rows = numbered(
      200,
      (row, random) => `${random().toFixed(3)},${row % 20 === 0 ? 'fraud' : 'fine'}`,
    );
    const [finding] = await said('imbalance', table('x,kind', rows), 'kind');
    expect(finding?.message).toBe('95 % of the rows of "kind" are "fine", 10 are something else.');
  });
});
