/** Cells that are no numbers in a column of numbers, and no dates in a column of dates. */
import { PLAIN_NUMBER } from '../../datasets';
import { writeCounted } from '../../../protocol/words';
import type { Mend } from '../../../protocol/quality';
import { type Change, type Check, type Found, MOST_PLACES, type Place, SLICE } from '../check';
import type { Subject } from '../subject';
import { quote, where } from '../wording';

export const check: Check = { find, mend };

/** Cells of a column of words by which it is told whether others are meant, and the fewest that say something. */
const SAMPLED = 1_000;
const FEWEST_LOOKED_AT = 10;
const MOSTLY = 0.8;
const WHOLE_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d.*)?$/u;

function* find(subject: Subject): Generator<Found | undefined> {
  for (const { index, kind } of subject.columns) {
    if (kind === 'empty' || kind === 'constant') continue;
    const holds = heldBy(subject, index);
    if (holds === undefined) continue;
    const places: Place[] = [];
    let count = 0;
    for (const row of oddRows(subject, index, holds)) {
      if (row === undefined) {
        yield;
        continue;
      }
      if (count++ < MOST_PLACES)
        places.push({ row, column: index, says: saysOf(subject, index, row, holds) });
    }
    yield count === 0 ? undefined : foundIn(subject, index, holds, count, places);
  }
}

/** What the values of a column are meant to be; `mostly`: it is read as words because of those that are not. */
interface Holds {
  readonly what: 'number' | 'date';
  readonly mostly: boolean;
}

/** Undefined for a column of words. */
function heldBy({ table, rows }: Subject, column: number): Holds | undefined {
  const { holds } = table.reader.found(column).reading;
  if (holds !== 'words') return { what: holds === 'dates' ? 'date' : 'number', mostly: false };
  if (table.reader.wish(column)?.kind !== undefined) return undefined;
  const stride = Math.max(1, Math.floor(rows.length / SAMPLED));
  let looked = 0;
  let numbers = 0;
  let dates = 0;
  for (let at = 0; at < rows.length; at += stride) {
    const row = rows[at] as number;
    if (table.isMissing(row, column)) continue;
    const value = table.cell(row, column).trim();
    looked++;
    if (PLAIN_NUMBER.test(value)) numbers++;
    else if (WHOLE_DATE.test(value)) dates++;
  }
  const most = Math.max(numbers, dates);
  // Where all are, or a good part is not, words are meant: codes, or numbers with words for some of them.
  if (looked < FEWEST_LOOKED_AT || most === looked || most < MOSTLY * looked) return undefined;
  return { what: numbers > dates ? 'number' : 'date', mostly: true };
}

function saysOf({ table }: Subject, column: number, row: number, { what, mostly }: Holds): string {
  const value = quote(table.cell(row, column).trim());
  const others = `${value} is no ${what}, as the others of "${table.columns[column] as string}" are`;
  return mostly
    ? `${others}: because of such values all are read as words.`
    : `${others}: it counts as missing.`;
}

function foundIn(
  subject: Subject,
  column: number,
  { what, mostly }: Holds,
  count: number,
  places: readonly Place[],
): Found {
  const { table } = subject;
  const name = table.columns[column] as string;
  const first = places[0]?.row ?? 0;
  const example = quote(table.cell(first, column).trim());
  return {
    message: mostly
      ? `"${name}" is read as words because of ${writeCounted(count, 'value')} that ${count === 1 ? 'is' : 'are'} no ${what} (${example}, ${where(table, first, count)}).`
      : `${writeCounted(count, 'value')} of "${name}" ${count === 1 ? 'is' : 'are'} no ${what} (${example}, ${where(table, first, count)}) and ${count === 1 ? 'counts' : 'count'} as missing.`,
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
  const holds = heldBy(subject, column);
  if (holds === undefined) return;
  for (const row of oddRows(subject, column, holds)) if (row !== undefined) yield { row, column, value };
}

/** The rows whose cell is odd; undefined every so many rows. */
function* oddRows(
  { table, rows }: Subject,
  column: number,
  { what, mostly }: Holds,
): Generator<number | undefined> {
  const numbers = table.numbers(column);
  const fits = what === 'number' ? PLAIN_NUMBER : WHOLE_DATE;
  let looked = 0;
  for (const row of rows) {
    if (++looked % SLICE === 0) yield;
    if (mostly) {
      if (!table.isMissing(row, column) && !fits.test(table.cell(row, column).trim())) yield row;
      continue;
    }
    if (what === 'number' && !Number.isNaN(numbers[row])) continue;
    if (table.reader.isOdd(row, column)) yield row;
  }
}

/** A value of the column that half of the others do not exceed, written as the file writes it; of numbers only. */
function medianCell({ table, rows }: Subject, column: number): string | undefined {
  if (table.reader.found(column).reading.holds !== 'numbers') return undefined;
  const numbers = table.numbers(column);
  const known = rows.filter((row) => !Number.isNaN(numbers[row]));
  if (known.length === 0) return undefined;
  const sorted = Float64Array.from(known, (row) => numbers[row] as number).sort();
  const median = sorted[(sorted.length - 1) >> 1];
  const row = known.find((each) => numbers[each] === median);
  return row === undefined ? undefined : table.cell(row, column).trim();
}
