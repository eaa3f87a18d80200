import { describe, expect, it } from 'vitest';
import { describeColumns, readTable } from '../../../src/engine/datasets';
import { informs, repetitionOf } from '../../../src/engine/datasets/text-look';

const kindOf = (values: readonly string[], name = 'what'): string => {
  const lines = values.map((value, i) => `"${value}",${(i * 37) % 101}`);
  return describeColumns(readTable(`${name},other\n${lines.join('\n')}\n`))[0]?.kind ?? '';
};
const cycle = <T>(of: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => of[(i * 7 + (i >> 3)) % of.length] as T);

const sentences = [
  'i would like some soup',
  'can i get a large salad',
  'i want to order a pizza',
  'please bring me a small salad',
  'good morning to you all',
  'hello there my good friend',
  'good evening to my friend',
  'hello to you all there',
  'i have to go now',
  'see you all there again',
  'take care and see you',
  'i want to go now',
];

describe('words in a column', () => {
  it('that come again as whole sentences are text: they could be worded anew', () => {
    expect(kindOf(cycle(sentences, 400))).toBe('text');
  });

  it('that name things in a few words, many rows each, are categories', () => {
    const birds = Array.from(
      { length: 37 },
      (_, i) => `Unknown bird ${['large', 'small', 'red'][i % 3] ?? ''} kind${i}`,
    );
    expect(kindOf(cycle(birds, 8000))).toBe('category');
  });

  it('before a number of their own are text: the word comes again', () => {
    const shops = ['SHELL', 'TESCO', 'LIDL', 'NETFLIX', 'SPOTIFY', 'LANDLORD'];
    expect(
      kindOf(
        Array.from({ length: 300 }, (_, i) => `${shops[(i * 5) % 6] ?? ''} ${1000 + ((i * 7919) % 8999)}`),
      ),
    ).toBe('text');
  });

  it('of one or two rows each are text, not categories: their letters may tell something', () => {
    const atoms = ['C', 'O', 'N', 'Cl', 'F'];
    const molecules = Array.from(
      { length: 200 },
      (_, i) => 'C'.repeat(1 + ((i * 7) % 24)) + (atoms[i % 5] ?? '') + 'O'.repeat((i * 3) % 4),
    );
    expect(kindOf(molecules)).toBe('text');
  });

  it('tell their groups also where these take turns from row to row', () => {
    const endings = ['anov', 'etti'];
    const texts = Array.from(
      { length: 200 },
      (_, i) => `${'bdglmnprst'.charAt((i * 7) % 10)}o${'kvz'.charAt(i % 3)}${endings[i % 2] ?? ''}`,
    );
    const groups = Int32Array.from(texts, (_, i) => i % 2);
    expect(informs(texts, groups, 2)).toBe(true);
    expect(
      informs(
        texts,
        groups.map((_, i) => (i >> 1) % 2),
        2,
      ),
    ).toBe(false);
  });

  it('of three or two colours are categories, yes and no a boolean', () => {
    expect(kindOf(cycle(['red', 'green', 'blue'], 100))).toBe('category');
    expect(kindOf(cycle(['yes', 'no'], 100))).toBe('boolean');
  });

  it('in writing without spaces come again in pairs of characters, whatever word was looked at before', () => {
    expect(repetitionOf(['東京大阪', '京都大阪', '大阪京都', '札幌東京', '京都札幌'])).toEqual({
      shared: 1,
      stems: 1,
    });
  });

  it('in writing without spaces are text where they differ', () => {
    const parts = [
      '质量很好',
      '物流太慢了',
      '颜色不对',
      '下次还会买',
      '包装破损',
      '客服回复很快',
      '电池耐用',
      '价格合理',
    ];
    const reviews = Array.from(
      { length: 200 },
      (_, i) =>
        `${parts[i % 8] ?? ''}，${parts[(i * 3 + 1) % 8] ?? ''}，${parts[(i * 5 + (i >> 3)) % 8] ?? ''}`,
    );
    expect(kindOf(reviews)).toBe('text');
  });
});

describe('whole numbers of their own in every row', () => {
  const shuffled = Array.from({ length: 200 }, (_, i) => String((i * 77) % 200));

  it('without a name are left out', () => {
    expect(kindOf(shuffled, '')).toBe('identifier');
    expect(kindOf(shuffled, 'Unnamed: 0')).toBe('identifier');
  });

  it('that count the rows of a small table are left out where no name or one for row numbers stands above', () => {
    const counted = Array.from({ length: 8 }, (_, i) => String(i + 1));
    for (const name of ['', 'rownames', 'Unnamed: 0', 'index'])
      expect(kindOf(counted, name)).toBe('identifier');
    expect(kindOf(counted, 'dose')).toBe('number');
    expect(
      kindOf(
        counted.map((value) => String(Number(value) * 2)),
        'index',
      ),
    ).toBe('number');
  });

  it('that number the rows in another order are left out with a question', () => {
    const lines = shuffled.map((value, i) => `${value},${(i * 37) % 101}`);
    const [column] = describeColumns(readTable(`rank of all,other\n${lines.join('\n')}\n`));
    expect(column?.kind).toBe('identifier');
    expect(column?.question?.answers[0]?.wish).toEqual({ kind: 'number' });
  });

  it('that number the rows from anywhere on, in another order, are so, too', () => {
    const lines = Array.from({ length: 150 }, (_, i) => `${1000 + ((i * 37) % 150)},${(i * 37) % 101}`);
    const [column] = describeColumns(readTable(`num,other\n${lines.join('\n')}\n`));
    expect(column?.note).toBe('Left out: it numbers the rows, in another order.');
    expect(column?.question?.answers[0]?.wish).toEqual({ kind: 'number' });
    const years = Array.from({ length: 150 }, (_, i) => `${1850 + ((i * 37) % 150)},${(i * 37) % 101}`);
    expect(describeColumns(readTable(`year,other\n${years.join('\n')}\n`))[0]?.kind).toBe('number');
  });

  it('are numbers where their spread says that they measure something', () => {
    expect(
      kindOf(
        Array.from({ length: 200 }, (_, i) => String(1000 + ((i * 7919) % 90_001))),
        'income',
      ),
    ).toBe('number');
  });
});

describe('ranges of numbers', () => {
  const noteOf = (values: readonly string[]) => {
    const lines = cycle(values, 120).map((value, i) => `"${value}",${(i * 37) % 101}`);
    return describeColumns(readTable(`what,other\n${lines.join('\n')}\n`))[0]?.note;
  };

  it('are words, and it is said that their order is lost', () => {
    for (const values of [
      ['10-20', '21-30', '31-40', '41+'],
      ['0 – 9 km', '10 – 19 km', '20 – 29 km'],
      ['$10k-$20k', '$20k-$30k', 'more'],
      ['1 to 5', '6 to 10', 'over 10'],
    ])
      expect(noteOf(values)).toMatch(/^Ranges such as ".*" are read as words, without their order\./u);
  });

  it('are none where the second number is smaller, or few values have two', () => {
    expect(noteOf(['2010-11', '2011-12', '2012-13'])).toBeUndefined();
    expect(noteOf(['A 1-2', 'north', 'south', 'east', 'west'])).toBeUndefined();
    expect(noteOf(['A1-B2', 'A3-B4', 'C1-D5'])).toBeUndefined();
  });
});

describe('codes that only tell rows apart', () => {
  const rows = Array.from({ length: 80 }, (_, at) => at);
  const hex = (at: number, length: number) =>
    Array.from({ length }, (_, digit) =>
      ((at * 7919 + digit * 104_729 + at * digit * 31) % 16).toString(16),
    ).join('');

  it('are identifiers: keys of databases, hashes, whole numbers beyond those of amounts', () => {
    expect(kindOf(rows.map((at) => hex(at, 24)))).toBe('identifier');
    expect(kindOf(rows.map((at) => hex(at, 16)))).toBe('identifier');
    expect(kindOf(rows.map((at) => `01ARZ3NDEKTSV4RRFFQ69G${String(1000 + at)}`))).toBe('identifier');
    expect(kindOf(rows.map((at) => `90071992547${String(50_000_000 + at * 7919)}`))).toBe('identifier');
  });

  it('are categories where a few hashes stand in many rows each', () => {
    const shops = rows.slice(0, 12);
    expect(
      kindOf(
        cycle(
          shops.map((at) => hex(at, 32)),
          400,
        ),
      ),
    ).toBe('category');
    expect(
      kindOf(
        cycle(
          shops.map((at) => hex(at, 64)),
          400,
        ),
      ),
    ).toBe('category');
  });

  it('are identifiers by the name of what they number, and amounts of the same size are numbers', () => {
    const long = rows.map((at) => String(4_012_345_000_000 + ((at * 7919) % 80) * 12_347));
    for (const name of ['EAN', 'isbn13', 'Phone', 'imei']) expect(kindOf(long, name)).toBe('identifier');
    for (const name of ['gdp', 'phones sold', 'means']) expect(kindOf(long, name)).toBe('number');
  });
});
