import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitTarget, readTable, readTarget, targetFromJSON } from '../../../src/engine/datasets';
import { encoderFromJSON, fitEncoder } from '../../../src/engine/features';
import type { Table } from '../../../src/engine/datasets';
import { realData } from '../datasets/real-data';

const all = (table: Table) => Uint32Array.from({ length: table.rows }, (_, row) => row);
const first = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);

const header = 'age,city,member,note,label\n';
const lines = Array.from({ length: 60 }, (_, i) => {
  const city = ['Bern', 'Oslo', 'Rome'][i % 3]!;
  const age = i % 10 === 4 ? '' : String(20 + ((i * 7) % 40) + 0.5);
  return `${age},${city},${i % 4 === 0 ? 'yes' : 'no'},"ticket ${i} about the ${i % 2 ? 'late parcel' : 'broken lamp'} again",${i % 2 ? 'a' : 'b'}`;
});
const table = readTable(header + lines.join('\n') + '\n');

describe('an encoder', () => {
  it('depends on the training rows only', () => {
    const changed = lines.map((line, i) => (i < 40 ? line : `9999,Atlantis,maybe,"xyzzy plugh ${i}",a`));
    const other = readTable(header + changed.join('\n') + '\n');
    const options = { target: 'label', answer: 'name' } as const;
    expect(fitEncoder(other, first(40), options).toJSON()).toEqual(
      fitEncoder(table, first(40), options).toJSON(),
    );
    const price = { target: 'age', answer: 'number' } as const;
    expect(fitTarget(other, first(40), readTarget(other, price.target, price.answer)).toJSON()).toEqual(
      fitTarget(table, first(40), readTarget(table, price.target, price.answer)).toJSON(),
    );
  });

  it('comes back from JSON with identical encodings', () => {
    const encoder = fitEncoder(table, first(40), { target: 'label', answer: 'name' });
    const back = encoderFromJSON(JSON.parse(JSON.stringify(encoder)));
    expect(back.featureNames).toEqual(encoder.featureNames);
    expect(back.encode(table, all(table)).dense()).toEqual(encoder.encode(table, all(table)).dense());
    expect(() => encoderFromJSON({ format: 'other' })).toThrow(/damaged/u);
  });

  it('of enormous numbers has finite statistics, which come back from JSON', () => {
    const enormous = readTable('x,label\n1e200,a\n2e200,b\n3e200,a\n-4e200,b\n1e308,a\n1e308,b\n');
    const encoder = fitEncoder(enormous, all(enormous), { target: 'label', answer: 'name' });
    const back = encoderFromJSON(JSON.parse(JSON.stringify(encoder)));
    const encoded = back.encode(enormous, all(enormous)).dense();
    expect(encoded.every(Number.isFinite)).toBe(true);
    expect(encoded[0]).not.toBe(encoded[4]);
  });

  it('refuses to make more numbers than memory holds, and names the widest columns', () => {
    const blocks = Array.from({ length: 1000 }, (_, at) => ({
      kind: 'category',
      column: `c${at}`,
      values: [],
      other: [],
      buckets: 256,
      indicator: false,
    }));
    const encoder = encoderFromJSON({ format: 'local-model-lab/encoder', version: 1, blocks, notes: [] });
    const tall = readTable('c0,label\n' + 'x,y\n'.repeat(2000));
    expect(() => encoder.encode(tall, all(tall))).toThrow(/2,000 rows of 256,000 features.*"c0"/u);
  });

  it('standardises numbers by training rows and puts the median where a value is missing', () => {
    const numbers = readTable('x,label\n1,a\n2,b\n6,a\n,b\n1000,a\n');
    const encoder = fitEncoder(numbers, first(4), { target: 'label', answer: 'name' });
    expect(encoder.featureNames).toEqual(['x', 'x is missing']);
    const deviation = Math.sqrt(14 / 3);
    const values = encoder.encode(numbers, all(numbers)).dense();
    // 1000 is far beyond what was seen: it is taken for 6 and the whole range again.
    const cut = (6 + (6 - 1) - 3) / deviation;
    const expected = [-2 / deviation, 0, -1 / deviation, 0, 3 / deviation, 0, -1 / deviation, 1, cut, 0];
    expected.forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 6);
    });
  });

  it('does not let one slip of the decimal point in a thousand rows stretch a column', () => {
    const lines = Array.from({ length: 4000 }, (_, row) => `${1 + (row % 100) / 100},${row % 2 ? 'a' : 'b'}`);
    const plain = readTable(['x,label', ...lines].join('\n'));
    lines[17] = '158,b';
    lines[18] = '0,a';
    const slipped = readTable(['x,label', ...lines].join('\n'));
    const options = { target: 'label', answer: 'name' } as const;
    const encode = (table: typeof plain) =>
      fitEncoder(table, all(table), options).encode(table, all(table)).dense();
    const [expected, values] = [encode(plain), encode(slipped)];
    // Two features a row: the value and its rank.
    expect(Math.abs(values[34] as number)).toBeLessThan(2.5);
    expect(Math.abs(values[36] as number)).toBeLessThan(2.5);
    expect(values[2000]).toBeCloseTo(expected[2000] as number, 2);
  });

  it('lets a number go on beyond the training values for their whole range, and no further', () => {
    const line = (cells: readonly number[]) =>
      readTable(['x,y', ...cells.map((x) => `${x},${x % 2 ? 'a' : 'b'}`)].join('\n'));
    const training = line(Array.from({ length: 24 }, (_, row) => row + 1));
    const encoder = fitEncoder(training, all(training), { target: 'y', answer: 'name' });
    const others = line([1, 24, 30, 47, 48, 1000, -22, -23]);
    const [low, high, beyond, end, past, far, begin, before] = encoder.encode(others, all(others)).dense();
    const step = ((high as number) - (low as number)) / 23;
    expect(beyond).toBeCloseTo((high as number) + 6 * step, 5);
    expect(end).toBeCloseTo((high as number) + 23 * step, 5);
    expect([past, far]).toEqual([end, end]);
    expect(begin).toBeCloseTo((low as number) - 23 * step, 5);
    expect(before).toBe(begin);
  });

  it('adds the rank of a number where there are many rows, spread evenly however the values lie', () => {
    const lines = Array.from({ length: 3000 }, (_, row) => `${Math.exp(row / 400)},${row % 2 ? 'a' : 'b'}`);
    const skewed = readTable(['x,label', ...lines].join('\n'));
    const encoder = fitEncoder(skewed, all(skewed), { target: 'label', answer: 'name' });
    expect(encoder.featureNames).toEqual(['x', 'x without logarithm', 'x by rank']);
    const ranks = encoder
      .encode(skewed, all(skewed))
      .dense()
      .filter((_, at) => at % 3 === 2);
    const furthest = Math.max(
      ...Array.from(ranks, (rank, row) => Math.abs(rank - (row / 2999 - 0.5) * Math.sqrt(12))),
    );
    expect(furthest).toBeLessThan(0.1);
    const beyond = readTable('x\n-5\n1e9\n', { header: true });
    const [, , low, , , high] = encoder.encode(beyond, all(beyond)).dense();
    expect([low, high]).toEqual([Math.fround(-Math.sqrt(3)), Math.fround(Math.sqrt(3))]);
    const few = readTable(['x,label', ...lines.slice(0, 300)].join('\n'));
    const small = fitEncoder(few, all(few), { target: 'label', answer: 'name' });
    expect(small.featureNames).toEqual(['x']);
  });

  it('gives a skewed column as it is beside its logarithm, and encodes by the logarithm alone what was stored before', () => {
    const lines = Array.from({ length: 300 }, (_, row) => `${Math.exp(row / 30)},${row % 2 ? 'a' : 'b'}`);
    const skewed = readTable(['x,label', ...lines].join('\n'));
    const encoder = fitEncoder(skewed, all(skewed), { target: 'label', answer: 'name' });
    expect(encoder.featureNames).toEqual(['x', 'x without logarithm']);
    const wide = encoder.encode(skewed, all(skewed)).dense();
    const plain = (row: number) => wide[2 * row + 1] as number;
    const x = (row: number) => Math.exp(row / 30);
    expect((plain(250) - plain(200)) / (plain(200) - plain(100))).toBeCloseTo(
      (x(250) - x(200)) / (x(200) - x(100)),
      3,
    );
    const stored = JSON.parse(JSON.stringify(encoder)) as { blocks: Record<string, unknown>[] };
    for (const block of stored.blocks) delete block['plain'];
    const before = encoderFromJSON(stored);
    expect(before.featureNames).toEqual(['x']);
    expect(before.encode(skewed, all(skewed)).dense()).toEqual(wide.filter((_, at) => at % 2 === 0));
  });

  it('keeps the exceptions of a column that is nearly always the same', () => {
    const lines = Array.from({ length: 4000 }, (_, row) => `${row === 5 ? 3 : 0},${row % 2 ? 'a' : 'b'}`);
    const rare = readTable(['x,label', ...lines].join('\n'));
    const encoder = fitEncoder(rare, all(rare), { target: 'label', answer: 'name' });
    const values = encoder.encode(rare, all(rare)).dense();
    expect(encoder.featureNames).toEqual(['x']);
    expect(values[5]).toBeGreaterThan(values[6] as number);
  });

  it('reads encoders that were stored before columns had limits', () => {
    const numbers = readTable('x,label\n1,a\n2,b\n6,a\n');
    const stored = JSON.parse(
      JSON.stringify(fitEncoder(numbers, all(numbers), { target: 'label', answer: 'name' })),
    ) as { blocks: Record<string, unknown>[] };
    for (const block of stored.blocks) delete block['limits'];
    const far = readTable('x,label\n1000,a\n');
    expect([...encoderFromJSON(stored).encode(far, all(far)).dense()]).toEqual([8]);
  });

  it('gives categories a feature each, and zeros to a value never seen', () => {
    const encoder = fitEncoder(table, first(40), {
      target: 'label',
      answer: 'name',
      exclude: ['note', 'age', 'member'],
    });
    expect(encoder.featureNames).toEqual(['city = Bern', 'city = Oslo', 'city = Rome']);
    const other = readTable('city\nRome\nAtlantis\n', { header: true });
    expect([...encoder.encode(other, all(other)).dense()]).toEqual([0, 0, 1, 0, 0, 0]);
  });

  it('scales the words of a text to length one, and its batches equal its dense form', () => {
    const encoder = fitEncoder(table, first(40), {
      target: 'label',
      answer: 'name',
      exclude: ['age', 'city', 'member'],
    });
    const rows = encoder.encode(table, all(table));
    expect(rows.storage).toBe('sparse');
    const words = encoder.featureNames.findIndex((name) => name.includes('letters'));
    const batch = new Float32Array(2 * rows.width).fill(7);
    rows.gather([59, 3], batch);
    const dense = rows.dense();
    expect(batch.subarray(0, rows.width)).toEqual(dense.subarray(59 * rows.width, 60 * rows.width));
    expect(batch.subarray(rows.width)).toEqual(dense.subarray(3 * rows.width, 4 * rows.width));
    expect(Math.hypot(...batch.subarray(0, words))).toBeCloseTo(1, 5);
    expect(Math.hypot(...batch.subarray(words, rows.width))).toBeCloseTo(1, 5);
    const place = encoder.featureNames.indexOf('note contains "parcel"');
    expect(batch[place]).toBeGreaterThan(0);
    expect(encoder.featureNames).toContain('note contains "broken lamp"');
  });

  it('hashes a category of many values', () => {
    const many = readTable(
      'code,label\n' + Array.from({ length: 900 }, (_, i) => `k${i % 150},${i % 2 ? 'a' : 'b'}\n`).join(''),
    );
    const encoder = fitEncoder(many, all(many), { target: 'label', answer: 'name' });
    expect(encoder.width).toBe(256);
    expect(encoder.notes).toMatchObject([{ code: 'many-categories' }]);
    const values = encoder.encode(many, all(many)).dense();
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(900);
  });

  it('names every feature of the penguins and fits their width', () => {
    const path = realData('penguins.csv');
    if (path === undefined) return;
    const penguins = readTable(readFileSync(path));
    const encoder = fitEncoder(penguins, all(penguins), { target: 'species', answer: 'name' });
    expect(encoder.featureNames).toHaveLength(encoder.width);
    expect(encoder.features.map(({ column }) => column)).toEqual(penguins.columns.slice(1));
    expect(encoder.encode(penguins, all(penguins)).dense().every(Number.isFinite)).toBe(true);
  });
});

describe('a target', () => {
  it('of classes is sorted, counts training rows, and comes back from JSON', () => {
    const target = fitTarget(table, first(41), readTarget(table, 'city', 'name'));
    if (target.answer !== 'name') throw new Error(target.answer);
    expect(target.classes).toEqual(['Bern', 'Oslo', 'Rome']);
    expect(target.counts).toEqual([14, 14, 13]);
    const back = targetFromJSON(JSON.parse(JSON.stringify(target)));
    expect(back.encode(table, all(table))).toEqual(target.encode(table, all(table)));
    const unlabelled = readTable('city,age\n,1\nAtlantis,2\nOslo,3\n');
    expect([...target.encode(unlabelled, all(unlabelled))]).toEqual([-1, -1, 1]);
    expect([...target.encode(readTable('a,b\n1,2\n3,4\n'), first(2))]).toEqual([-1, -1]);
  });

  it('of numbers returns to original units, by a logarithm where its tail is heavy', () => {
    const prices = readTable(
      'p,q\n' +
        Array.from({ length: 200 }, (_, i) => `${Math.round(Math.exp(i / 5) * 100) / 100},1\n`).join(''),
    );
    const target = fitTarget(prices, all(prices), readTarget(prices, 'p', 'number'));
    if (target.answer !== 'number') throw new Error(target.answer);
    expect(target.transform).toBe('log1p');
    const original = target.original(prices, all(prices));
    target.encode(prices, all(prices)).forEach((value, row) => {
      expect(target.decode(value) / original[row]!).toBeCloseTo(1, 4);
    });
    expect(target.decode(1000)).toBeLessThanOrEqual(Math.max(...original) * 10);
    expect(targetFromJSON(JSON.parse(JSON.stringify(target))).toJSON()).toEqual(target.toJSON());
  });

  it('sorts numeric classes by value', () => {
    expect(readTarget(readTable('a,b\n10,x\n9,y\n2,x\n10,y\n'), 'a', 'name').classes).toEqual([
      '2',
      '9',
      '10',
    ]);
  });
});
