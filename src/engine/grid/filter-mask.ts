/** Which rows one filter lets through. */
import { LabError } from '../../protocol/errors';
import type { GridFilter } from '../../protocol/grid';
import { barValue, type ColumnValues, MISSING, UNCODED, type WordValues } from '../plots';
import type { GridColumns } from './grid-columns';
import type { Slices } from './slices';

/** A filter of what stands in a column; what a model says of rows is known elsewhere. */
export type CellFilter = Exclude<GridFilter, { readonly by: 'marks' }>;

const STRETCH = 4096;

/** `[rows]`: 1 where the filter lets the row through. LabError('invalid') for a range of what has no order. */
export async function filterMask(
  columns: GridColumns,
  filter: CellFilter,
  slices: Slices,
): Promise<Uint8Array> {
  const { table } = columns;
  const test = testOf(columns, filter);
  const mask = new Uint8Array(table.rows);
  await slices.stretches(table.rows, STRETCH, (from, to) => {
    for (let row = from; row < to; row++) if (test(row)) mask[row] = 1;
  });
  return mask;
}

type RowTest = (row: number) => boolean;

function testOf(columns: GridColumns, filter: CellFilter): RowTest {
  const values = columns.values(filter.column);
  switch (filter.by) {
    case 'range':
      return inRange(values, filter, columns.table.columns[filter.column] ?? '');
    case 'values':
      return oneOf(columns, filter.column, filter.values);
    case 'others': {
      const named = oneOf(columns, filter.column, filter.values);
      const missing = isMissing(values);
      return (row) => !missing(row) && !named(row);
    }
    case 'missing': {
      const missing = isMissing(values);
      return (row) => missing(row) === filter.missing;
    }
    case 'text':
      return holdsText(columns, filter.column, filter.text);
  }
}

function isMissing(values: ColumnValues): RowTest {
  if (values.holds === 'words') return (row) => values.codes[row] === MISSING;
  return (row) => Number.isNaN(values.values[row]);
}

function inRange(
  values: ColumnValues,
  { from, to, closed }: { readonly from: number; readonly to: number; readonly closed: boolean },
  name: string,
): RowTest {
  if (values.holds === 'words') {
    throw new LabError('invalid', `"${name}" holds words, of which there is no range.`, {
      advice: 'Filter it by its values.',
    });
  }
  const numbers = values.values;
  if (!closed) return (row) => (numbers[row] as number) >= from && (numbers[row] as number) < to;
  return (row) => (numbers[row] as number) >= from && (numbers[row] as number) <= to;
}

/** Numbers by their value, words as bars write them. */
function oneOf(columns: GridColumns, column: number, wanted: readonly string[]): RowTest {
  const values = columns.values(column);
  if (values.holds !== 'words') {
    const numbers = new Set(wanted.map(Number));
    return (row) => !Number.isNaN(values.values[row]) && numbers.has(values.values[row] as number);
  }
  const names = new Set(wanted);
  return byWord(columns, column, values, (word) => names.has(barValue(word)));
}

function holdsText(columns: GridColumns, column: number, text: string): RowTest {
  const { table } = columns;
  const values = columns.values(column);
  const wanted = text.toLowerCase();
  const holds = (cell: string): boolean => cell.toLowerCase().includes(wanted);
  // Where values stand for others, cells show what they were.
  const isAsWritten = table.reader.found(column).reading.same === undefined;
  if (values.holds === 'words' && isAsWritten) return byWord(columns, column, values, holds);
  return (row) => holds(table.cell(row, column));
}

/** Each different word is asked about once. */
function byWord(
  { table }: GridColumns,
  column: number,
  { codes, words }: WordValues,
  test: (word: string) => boolean,
): RowTest {
  const passes = Uint8Array.from(words, (word) => (test(word) ? 1 : 0));
  return (row) => {
    const code = codes[row] as number;
    return code >= 0 ? passes[code] === 1 : code === UNCODED && test(table.value(row, column));
  };
}
