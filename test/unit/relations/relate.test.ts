import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable, readTarget } from '../../../src/engine/datasets';
import { describeColumn } from '../../../src/engine/datasets/columns';
import { relate, relatedTarget } from '../../../src/engine/relations';
import { columnValues } from './column-values';
import { OrderedNumbers } from '../../../src/engine/relations/ordered';
import { crossTabulate } from '../../../src/engine/relations/contingency';
import {
  expectedMutualInformation,
  informationShare,
  mutualInformation,
} from '../../../src/engine/relations/mutual-information';

type Figures = Readonly<Record<string, number>>;

const folder = join(import.meta.dirname, '../../fixtures/relations');
/** By target and column, as scikit-learn and SciPy have them (scripts/fixtures/relations.py). */
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<'species' | 'age', Readonly<Record<string, Figures>>>
>;
const table = readTable(readFileSync(join(folder, 'trees.csv')));
const targets = {
  species: relatedTarget(readTarget(table, 'species', 'name')),
  age: relatedTarget(readTarget(table, 'age', 'number')),
};

describe.each(['species', 'age'] as const)('the relation to %s', (target) => {
  it.each(Object.entries(expected[target]))('of %s is that of scikit-learn and SciPy', (name, figures) => {
    const column = table.find(name);
    const values = columnValues(table, column, describeColumn(table, column).kind);
    const found = relate(values, targets[target]);
    expect(found?.information).toBeCloseTo(figures['share'] as number, 10);
    expect(found?.associations.length).toBeGreaterThan(0);
    for (const { measure, value } of found?.associations ?? [])
      expect(value, measure).toBeCloseTo(figures[measure] as number, 10);
  });

  it.each(Object.entries(expected[target]))(
    'of %s holds as much by chance as scikit-learn says',
    (name, figures) => {
      const column = table.find(name);
      const values = columnValues(table, column, describeColumn(table, column).kind);
      const codes = values.holds === 'names' ? values : new OrderedNumbers(values.values).bins();
      const counts = crossTabulate(codes, targets[target].codes);
      expect(mutualInformation(counts)).toBeCloseTo(figures['mutual'] as number, 10);
      expect(expectedMutualInformation(counts)).toBeCloseTo(figures['expected'] as number, 10);
    },
  );
});

describe('the share of information', () => {
  const codes = (values: readonly number[]) => ({
    codes: Int32Array.from(values),
    kinds: Math.max(...values) + 1,
  });
  const share = (first: readonly number[], second: readonly number[]) =>
    informationShare(crossTabulate(codes(first), codes(second)));

  it('is 1 for a column that is the target under other names', () => {
    const labels = Array.from({ length: 90 }, (_, row) => row % 3);
    expect(
      share(
        labels.map((label) => 2 - label),
        labels,
      ),
    ).toBeCloseTo(1, 12);
  });

  it('is 0 for a column with another value in each row', () => {
    const labels = Array.from({ length: 5000 }, (_, row) => row % 3);
    expect(
      share(
        labels.map((_, row) => row),
        labels,
      ),
    ).toBe(0);
  });

  it('counts only rows that have both', () => {
    const labels = [0, 1, 0, 1, 0, 1, -1, -1];
    const values = [0, 1, 0, 1, -1, 1, 1, 0];
    const { total } = crossTabulate(codes(values), codes(labels));
    expect(total).toBe(5);
    expect(share(values, labels)).toBeCloseTo(1, 12);
  });

  it('of chance alone stays exact for a million rows', () => {
    const half = { codes: Int32Array.from({ length: 1e6 }, (_, row) => row & 1), kinds: 2 };
    const other = { codes: Int32Array.from({ length: 1e6 }, (_, row) => (row >> 1) & 1), kinds: 2 };
    // With many rows 2N times the information by chance is χ² with one degree of freedom, whose mean is 1.
    expect(expectedMutualInformation(crossTabulate(half, other)) * 2e6).toBeCloseTo(1, 5);
  });
});

describe('a column', () => {
  const small = (text: string) => readTable(Buffer.from(text));

  it('of one value relates to nothing', () => {
    const rows = small(`a,label\n${'1,x\n1,y\n'.repeat(6)}`);
    const target = relatedTarget(readTarget(rows, 'label', 'name'));
    expect(relate(columnValues(rows, 0, 'constant'), target)).toBeUndefined();
  });

  it.each(['e300', 'e-300'])(
    'of numbers near the ends of what doubles hold (%s) has the same figures',
    (power) => {
      const column = (suffix: string) =>
        small(
          `a,size,label\n${Array.from({ length: 40 }, (_, row) => `${(row * 7) % 11}.5${suffix},${row % 10},${row % 3 ? 'x' : 'y'}\n`).join('')}`,
        );
      const figures = (rows: ReturnType<typeof small>, target: 'size' | 'label') =>
        relate(
          columnValues(rows, 0, 'number'),
          relatedTarget(
            target === 'size' ? readTarget(rows, 'size', 'number') : readTarget(rows, 'label', 'name'),
          ),
        );
      for (const target of ['size', 'label'] as const) {
        const [large, plain] = [figures(column(power), target), figures(column(''), target)];
        expect(large?.information).toBe(plain?.information);
        const values = large?.associations.map(({ value }) => value) ?? [];
        expect(values).toEqual(plain?.associations.map(({ value }) => expect.closeTo(value, 10) as number));
      }
    },
  );

  it('of dates is held against the target by its days', () => {
    const rows = small(
      `day,size\n${Array.from({ length: 28 }, (_, day) => `2024-02-${String(day + 1).padStart(2, '0')},${day * 2}\n`).join('')}`,
    );
    const found = relate(columnValues(rows, 0, 'date'), relatedTarget(readTarget(rows, 'size', 'number')));
    expect(found?.associations.map(({ value }) => value)).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(1, 12),
    ]);
  });

  it('of numbers that are codes is held against the target by each of them', () => {
    const rows = small(`code,label\n${'3,x\n1,y\n3,x\n,y\n'.repeat(5)}`);
    const values = columnValues(rows, 0, 'category');
    expect(values.holds === 'names' ? values.names : []).toEqual(['3', '1']);
  });

  it('of more names than are told apart has one for all others', () => {
    const rows = small(
      `tag,label\n${Array.from({ length: 10_050 }, (_, row) => `t${row},${row & 1}\n`).join('')}`,
    );
    const values = columnValues(rows, 0, 'category');
    expect(values.holds === 'names' ? [values.kinds, values.names.at(-1), values.codes.at(-1)] : []).toEqual([
      10_001,
      undefined,
      10_000,
    ]);
  });
});
