/** Cells that are no numbers in a column of numbers, and no dates in a column of dates. */
import { writeCounted } from '../../../protocol/words';
import type { Mend } from '../../../protocol/quality';
import { type Change, type Check, type Found, MOST_PLACES, type Place, SLICE } from '../check';
import type { Subject } from '../subject';
import { quote, where } from '../wording';

export const check: Check = { find, mend };

function* find(subject: Subject): Generator<Found | undefined> {
  const { table, columns } = subject;
  for (const { index, kind } of columns) {
    if (kind === 'empty') continue;
    const { holds } = table.reader.found(index).reading;
    if (holds === 'words') continue;
    const places: Place[] = [];
    let count = 0;
    for (const row of oddRows(subject, index)) {
      if (row === undefined) {
        yield;
        continue;
      }
      if (count++ >= MOST_PLACES) continue;
      const says = `${quote(table.cell(row, index).trim())} is ${holds === 'dates' ? 'no date' : 'no number'}, as the others of "${table.columns[index] as string}" are: it counts as missing.`;
      places.push({ row, column: index, says });
    }
    yield count === 0 ? undefined : foundIn(subject, index, count, places);
  }
}

function foundIn(subject: Subject, column: number, count: number, places: readonly Place[]): Found {
  const { table } = subject;
  const name = table.columns[column] as string;
  const first = places[0]?.row ?? 0;
  const isDate = table.reader.found(column).reading.holds === 'dates';
  const example = quote(table.cell(first, column).trim());
  return {
    message: `${writeCounted(count, 'value')} of "${name}" ${count === 1 ? 'is' : 'are'} no ${isDate ? 'date' : 'number'} (${example}, ${where(table, first, count)}) and ${count === 1 ? 'counts' : 'count'} as missing.`,
    advice: 'Correct what is a slip; leave the cell empty where the value is not known.',
    rows: count,
    columns: [column],
    places,
    mends: mendsOf(subject, column, count),
  };
}

/** What is to be predicted is not made up. */
function mendsOf(subject: Subject, column: number, count: number): Mend[] {
  const cells = count === 1 ? 'the cell' : `the ${writeCounted(count, 'cell')}`;
  const empty = { kind: 'edit' as const, name: 'empty', label: `Empty ${cells}` };
  const median = column === subject.targetColumn ? undefined : medianCell(subject, column);
  if (median === undefined) return [empty];
  return [
    empty,
    { kind: 'edit', name: 'median', label: `Fill ${cells} with the median, ${median.slice(0, 40)}` },
  ];
}

function* mend(subject: Subject, { name, column }: { name: string; column: number }): Generator<Change> {
  const value = name === 'median' ? medianCell(subject, column) : '';
  if (value === undefined) return;
  for (const row of oddRows(subject, column)) if (row !== undefined) yield { row, column, value };
}

/** The rows whose cell is odd; undefined every so many rows. */
function* oddRows({ table, rows }: Subject, column: number): Generator<number | undefined> {
  const numbers = table.numbers(column);
  const { holds } = table.reader.found(column).reading;
  let looked = 0;
  for (const row of rows) {
    if (++looked % SLICE === 0) yield;
    if (holds !== 'dates' && !Number.isNaN(numbers[row])) continue;
    if (table.reader.isOdd(row, column)) yield row;
  }
}

/** A value of the column that half of the others do not exceed, written as the file writes it; of numbers only. */
function medianCell({ table, rows }: Subject, column: number): string | undefined {
  if (table.reader.found(column).reading.holds === 'dates') return undefined;
  const numbers = table.numbers(column);
  const known = rows.filter((row) => !Number.isNaN(numbers[row]));
  if (known.length === 0) return undefined;
  const sorted = Float64Array.from(known, (row) => numbers[row] as number).sort();
  const median = sorted[(sorted.length - 1) >> 1];
  const row = known.find((each) => numbers[each] === median);
  return row === undefined ? undefined : table.cell(row, column).trim();
}
