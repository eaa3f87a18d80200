import { describe, expect, it } from 'vitest';
import { openRows, prepareTable, readTable, rowKeys, type Table } from '../../../../src/engine/datasets';
import { LabError } from '../../../../src/protocol/errors';
import type { PreparationStep } from '../../../../src/protocol/preparation';

const csv = `name,price,area,city,sold,class
a,100,50,Bonn,2024-01-31,x
b,,20,Köln,2024-02-01,y
c,300,0,bonn,2024-03-01,x
d,40,10,Ulm,,y
d,40,10,Ulm,,y
`;

function prepared(steps: PreparationStep[], options: { judging?: boolean; text?: string } = {}): Table {
  const { text = csv, judging } = options;
  return prepareTable(readTable(text, { path: 'flats.csv' }), { steps, judging });
}

function column(table: Table, name: string): (string | number)[] {
  const at = table.find(name);
  return Array.from({ length: table.rows }, (_, row) => table.cell(row, at));
}

function refusal(steps: PreparationStep[]): LabError {
  try {
    prepared(steps);
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error('The step was not refused.');
}

describe('steps that prepare a table', () => {
  it('keeps the rows for which a filter is true, each at its own line, and tells those without a value', () => {
    const table = prepared([{ do: 'filter', where: 'price > 50' }]);
    expect(column(table, 'name')).toEqual(['a', 'c']);
    expect([...table.startLine]).toEqual([2, 4]);
    expect(table.outcomes).toEqual([
      { words: 'keep rows where price > 50', rowsBefore: 5, rowsAfter: 2, missing: 1 },
    ]);
    expect([...table.numbers(table.find('area'))]).toEqual([50, 0]);
  });

  it('computes numbers, texts, dates and answers of yes or no; what has no value is missing', () => {
    const table = prepared([
      { do: 'compute', column: 'rate', as: 'price / area' },
      { do: 'compute', column: 'town', as: 'upper(city)' },
      { do: 'compute', column: 'next', as: 'sold + 1' },
      { do: 'compute', column: 'large', as: 'area >= 20' },
      { do: 'compute', column: 'month', as: 'month(sold)' },
    ]);
    const rate = table.find('rate');
    expect(column(table, 'rate')).toEqual(['2', '', '', '4', '4']);
    expect([0, 1, 2].map((row) => table.isMissing(row, rate))).toEqual([false, true, true]);
    expect(column(table, 'town')).toEqual(['BONN', 'KÖLN', 'BONN', 'ULM', 'ULM']);
    expect(column(table, 'next')).toEqual(['2024-02-01', '2024-02-02', '2024-03-02', '', '']);
    expect(column(table, 'large')).toEqual(['true', 'true', 'false', 'false', 'false']);
    expect([...table.numbers(table.find('month'))]).toEqual([1, 2, 3, NaN, NaN]);
    expect(table.outcomes?.[0]).toMatchObject({ cells: 3, missing: 2 });
  });

  it('lets a step use what the ones before have made, and a computed column stand in the place of another', () => {
    const table = prepared([
      { do: 'compute', column: 'price', as: 'coalesce(price, 0)' },
      { do: 'compute', column: 'double', as: 'price * 2' },
      { do: 'filter', where: 'double > 0' },
    ]);
    expect(table.columns).toEqual(['name', 'price', 'area', 'city', 'sold', 'class', 'double']);
    expect(column(table, 'double')).toEqual(['200', '600', '80', '80']);
  });

  it('fills missing numbers, dates and words with one value', () => {
    const table = prepared([
      { do: 'fill', column: 'price', with: '7' },
      { do: 'fill', column: 'sold', with: '2020-05-05' },
    ]);
    expect([...table.numbers(1)]).toEqual([100, 7, 300, 40, 40]);
    expect(column(table, 'sold').slice(3)).toEqual(['2020-05-05', '2020-05-05']);
    expect(table.outcomes?.map(({ cells }) => cells)).toEqual([1, 2]);
    expect(refusal([{ do: 'fill', column: 'price', with: 'many' }]).message).toBe(
      'Step 1 (fill price with "many"): "many" is no number, and the column "price" holds such.',
    );
  });

  it('replaces values, also by none, and reads the column anew', () => {
    const table = prepared([
      { do: 'replace', column: 'city', values: { bonn: 'Bonn' } },
      { do: 'replace', column: 'area', values: { '0': '' } },
    ]);
    expect(column(table, 'city')).toEqual(['Bonn', 'Köln', 'Bonn', 'Ulm', 'Ulm']);
    expect([...table.numbers(2)]).toEqual([50, 20, NaN, 10, 10]);
  });

  it('keeps the first of rows that are equal, in all columns or in some', () => {
    expect(column(prepared([{ do: 'drop-duplicates' }]), 'name')).toEqual(['a', 'b', 'c', 'd']);
    const some = prepared([{ do: 'drop-duplicates', columns: ['class'] }]);
    expect(column(some, 'name')).toEqual(['a', 'b']);
  });

  it('gives what the same file would give that had been prepared by hand', () => {
    const table = prepared([
      { do: 'filter', where: 'not isMissing(price)' },
      { do: 'replace', column: 'city', values: { bonn: 'Bonn' } },
    ]);
    const byHand = readTable(
      'name,price,area,city,sold,class\na,100,50,Bonn,2024-01-31,x\nc,300,0,Bonn,2024-03-01,x\nd,40,10,Ulm,,y\nd,40,10,Ulm,,y\n',
    );
    for (const [at] of byHand.columns.entries()) {
      expect(table.reader.found(at).reading).toEqual(byHand.reader.found(at).reading);
      expect([...table.numbers(at)]).toEqual([...byHand.numbers(at)]);
    }
  });

  it('knows its rows again by what the file has, whatever was made of them', () => {
    const file = readTable(csv);
    const table = prepared([
      { do: 'filter', where: 'price > 50' },
      { do: 'compute', column: 'rate', as: 'price / area' },
    ]);
    expect([...rowKeys(table)]).toEqual([rowKeys(file)[0], rowKeys(file)[2]]);
  });

  it('picks rows of itself with their computed values', () => {
    const table = prepared([
      { do: 'filter', where: 'area > 0' },
      { do: 'compute', column: 'rate', as: 'price / area' },
    ]);
    const picked = table.pick([2, 0], table.columns);
    expect(column(picked, 'name')).toEqual(['d', 'a']);
    expect(column(picked, 'rate')).toEqual(['4', '2']);
    expect([...picked.startLine]).toEqual([5, 2]);
  });

  it('names the step that does not fit, and what was meant', () => {
    const error = refusal([
      { do: 'filter', where: 'price > 0' },
      { do: 'compute', column: 'rate', as: 'price / aera' },
    ]);
    expect(error).toMatchObject({
      code: 'invalid',
      message: 'Step 2 (rate = price / aera): There is no column "aera".',
      place: { path: 'flats.csv' },
    });
    expect(error.advice).toContain('Did you mean "area"?');
    expect(refusal([{ do: 'filter', where: 'price' }]).message).toContain('neither true nor false');
    expect(refusal([{ do: 'filter', where: 'price > 1e9' }]).message).toContain('It leaves no row.');
    expect(refusal([{ do: 'fill', column: 'pric', with: '0' }]).advice).toBe('Did you mean "price"?');
  });

  it('leaves every row to a model that judges them, and says which it did not learn from', () => {
    const steps: PreparationStep[] = [
      { do: 'filter', where: 'price > 50' },
      { do: 'drop-duplicates' },
      { do: 'compute', column: 'rate', as: 'price / area' },
    ];
    const table = prepared(steps, { judging: true });
    expect(table.rows).toBe(5);
    expect(table.find('rate')).toBe(6);
    expect(table.issues.map(({ message }) => message)).toContainEqual(
      '2 rows are of a kind that the model did not learn from: its data kept rows where price > 50.',
    );
    const unlabelled = prepared([{ do: 'compute', column: 'log', as: 'log(price)' }], {
      judging: true,
      text: 'name,area\na,3\nb,4\n',
    });
    expect(unlabelled.find('log')).toBe(-1);
    expect(unlabelled.issues.map(({ code }) => code)).toContain('not-computed');
  });

  it('is done by every kind of dataset that holds rows', async () => {
    const steps: PreparationStep[] = [{ do: 'compute', column: 'sum', as: 'a + b' }];
    const table = await openRows(Buffer.from('{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n'), {
      path: 'sums.jsonl',
      steps,
    });
    expect(column(table, 'sum')).toEqual(['3', '7']);
  });
});
