/** Files that pyarrow wrote (`scripts/fixtures/columns.py`), and what it reads back from them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openRows, type Table } from '../../../../src/engine/datasets';

const FOLDER = join(__dirname, '../../../fixtures/columns');

export type Expected = number | string | null | readonly Expected[] | { readonly [name: string]: Expected };

type Columns = Readonly<Record<string, readonly Expected[] | string>>;

const files = JSON.parse(readFileSync(join(FOLDER, 'values.json'), 'utf8')) as Readonly<
  Record<string, Columns>
>;

export function fileOf(name: string): Buffer {
  return readFileSync(join(FOLDER, name));
}

export function open(name: string): Promise<Table> {
  return openRows(fileOf(name), { path: `/nowhere/${name}` });
}

/** Columns that are the same in another file are named by that file. */
export function valuesIn(name: string): ReadonlyMap<string, readonly Expected[]> {
  const columns = files[name] ?? {};
  return new Map(
    Object.entries(columns).map(([column, values]) => [
      column,
      typeof values === 'string' ? (valuesIn(values).get(column) ?? []) : values,
    ]),
  );
}

/** Holds every column with one value a row against what pyarrow reads. */
export function expectValues(table: Table, columns: ReadonlyMap<string, readonly Expected[]>): void {
  for (const [name, values] of columns) {
    const column = table.find(name);
    expect(column, name).toBeGreaterThanOrEqual(0);
    expect(table.rows).toBe(values.length);
    const numbers = table.numbers(column);
    values.forEach((value, row) => {
      const cell = table.cell(row, column);
      const at = `${name} in row ${row}`;
      if (value === null) {
        expect(cell, at).toBe('');
        expect(table.isMissing(row, column), at).toBe(true);
      } else if (typeof value === 'number') {
        if (!Number.isNaN(numbers[row])) expect(numbers[row], at).toBe(value);
        expect(Math.fround(Number(cell)), at).toBe(Math.fround(value));
      } else expect(cell, at).toBe(value === 'inf' ? 'Infinity' : value);
    });
  }
}
