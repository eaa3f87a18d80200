/** What each column of a table holds: numbers, categories, free text, dates, identifiers, one value or none. */
import type { ColumnKind, ColumnSummary } from '../../protocol/dataset';
import { questionOf, readAs } from './column-questions';
import type { Table } from './types';

/** Counting different values stops here; such a column is free text or an identifier anyway. */
const DISTINCT_LIMIT = 10_000;
const VALUES_SHOWN = 12;
/** Longest value that is shown in a summary. */
const VALUE_LENGTH = 80;
const DATE_SHARE = 0.95;
/** Rows of which the shape of strings (words, dates) is judged. */
const SHAPE_SAMPLE = 2000;
/** Fewer values than this say nothing about "nearly every row has its own". */
const IDENTIFIER_ROWS = 20;
const IDENTIFIER_SHARE = 0.95;

const BOOLEANS: readonly (readonly [no: string, yes: string])[] = [
  ['false', 'true'],
  ['no', 'yes'],
  ['f', 't'],
  ['n', 'y'],
];
const IDENTIFIER_NAME =
  /(?:^|[\s_.-])(?:id|uuid|guid|index|rowid|row number|serial|key)$|^(?:unnamed: \d+|#|nr|no\.?)$/iu;
const IDENTIFIER_CAMEL = /[a-z](?:Id|ID|UUID)$/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const TIME = '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?:\\s?[ap]m)?\\s?(?:Z|[+-]\\d{2}:?\\d{2})?)';
const DATE = new RegExp(
  `^(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}${TIME}?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}${TIME}?|` +
    `\\d{1,2}\\.? ${MONTH} \\d{2,4}${TIME}?|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}${TIME}?|` +
    `\\d{4}-\\d{2}|\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s?[ap]m)?)$`,
  'iu',
);

/** Every column of the table, judged by all its rows or only by the given ones (the training part). */
export function describeColumns(table: Table, rows?: Uint32Array): ColumnSummary[] {
  return table.columns.map((_, column) => describeColumn(table, column, rows));
}

export function describeColumn(table: Table, column: number, rows?: Uint32Array): ColumnSummary {
  const facts = gather(table, column, rows);
  const name = table.columns[column] as string;
  const judged = judge(facts, name);
  const { kind } = judged;
  const note = judged.note ?? noteOnReading(table, column, rows);
  const top = [...facts.counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, VALUES_SHOWN);
  const summary = {
    name,
    index: column,
    kind,
    distinct: facts.distinct,
    missing: facts.rows - facts.present,
  };
  return {
    ...summary,
    values: kind === 'number' ? [] : top.map(([value, count]) => ({ value: shortened(value), count })),
    ...(facts.numeric > 0 && isNumeric(facts)
      ? { range: { min: facts.min, max: facts.max, mean: facts.sum / facts.numeric } }
      : {}),
    ...(note === undefined ? {} : { note }),
    ...defined('readAs', readAs(table.reader.found(column))),
    ...defined('question', questionOf(table.reader.found(column))),
  };
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

/** What was made of cells that are no numbers or dates, or why numbers are none. */
function noteOnReading(table: Table, column: number, rows: Uint32Array | undefined): string | undefined {
  const { reading, note } = table.reader.found(column);
  if (reading.holds === 'words' || reading.holds === 'before') return note;
  const { count, infinite, first } = table.reader.odd(column, rows);
  if (count === 0) return undefined;
  const text = shortened(table.cell(first, column).trim());
  const what = infinite === count ? 'infinite' : reading.holds === 'dates' ? 'no date' : 'no number';
  return (
    `${count} ${count === 1 ? 'value is' : 'values are'} ${what} ("${text}"${count === 1 ? '' : ', first'} in line ` +
    `${table.startLine[first] as number}) and ${count === 1 ? 'counts' : 'count'} as missing.`
  );
}

function shortened(value: string): string {
  return value.length <= VALUE_LENGTH ? value : `${value.slice(0, VALUE_LENGTH - 1)}…`;
}

interface Facts {
  readonly rows: number;
  readonly present: number;
  readonly numeric: number;
  readonly integers: boolean;
  /** Whole numbers that rise by one from row to row. */
  readonly countsUp: boolean;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly distinct: number;
  readonly counts: ReadonlyMap<string, number>;
  /** A sample of the values that are no numbers. */
  readonly strings: readonly string[];
}

function gather(table: Table, column: number, rows: Uint32Array | undefined): Facts {
  const numbers = table.numbers(column);
  const total = rows?.length ?? table.rows;
  const counts = new Map<string, number>();
  const strings: string[] = [];
  const stride = Math.max(1, Math.floor(total / SHAPE_SAMPLE));
  let present = 0;
  let numeric = 0;
  let integers = true;
  let countsUp = true;
  let previous = NaN;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  const seen = new Set<number>();
  for (let position = 0; position < total; position++) {
    const row = rows === undefined ? position : (rows[position] as number);
    const number = numbers[row] as number;
    if (!Number.isNaN(number)) {
      present++;
      numeric++;
      sum += number;
      if (number < min) min = number;
      if (number > max) max = number;
      if (!Number.isInteger(number)) integers = false;
      if (!Number.isNaN(previous) && number !== previous + 1) countsUp = false;
      previous = number;
      if (seen.size < DISTINCT_LIMIT) seen.add(number);
    } else if (!table.isMissing(row, column)) {
      present++;
      countsUp = false;
      if (counts.size < DISTINCT_LIMIT || position % stride === 0) {
        const text = table.cell(row, column).trim();
        if (counts.size < DISTINCT_LIMIT || counts.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
        if (position % stride === 0) strings.push(text);
      }
    }
  }
  if (strings.length === 0) strings.push(...[...counts.keys()].slice(0, 100));
  const distinct = Math.min(DISTINCT_LIMIT, seen.size + counts.size);
  if (distinct <= 100 || counts.size > 0) countNumbers(table, column, rows, numbers, counts);
  return { rows: total, present, numeric, integers, countsUp, min, max, sum, distinct, counts, strings };
}

/** Adds the numbers of a column with few different values to the counts, as they are written. */
function countNumbers(
  table: Table,
  column: number,
  rows: Uint32Array | undefined,
  numbers: Float64Array,
  counts: Map<string, number>,
): void {
  const total = rows?.length ?? table.rows;
  for (let position = 0; position < total && counts.size < DISTINCT_LIMIT; position++) {
    const row = rows === undefined ? position : (rows[position] as number);
    if (Number.isNaN(numbers[row])) continue;
    const text = table.cell(row, column).trim();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
}

function isNumeric(facts: Facts): boolean {
  return facts.numeric > 0 && facts.numeric === facts.present;
}

interface Judgement {
  readonly kind: ColumnKind;
  readonly note?: string;
}

function judge(facts: Facts, name: string): Judgement {
  const { present, distinct, rows } = facts;
  if (present === 0) return { kind: 'empty', note: 'Left out: it has no values.' };
  if (distinct === 1 && present === rows)
    return { kind: 'constant', note: 'Left out: it has the same value in every row.' };
  return isNumeric(facts) ? judgeNumbers(facts, name) : judgeStrings(facts, name);
}

function judgeNumbers(facts: Facts, name: string): Judgement {
  const { present, distinct, integers, countsUp } = facts;
  const nearlyDistinct =
    present >= IDENTIFIER_ROWS && distinct >= Math.min(DISTINCT_LIMIT, IDENTIFIER_SHARE * present);
  if (integers && nearlyDistinct && countsUp) {
    return { kind: 'identifier', note: 'Left out: it only counts the rows.' };
  }
  if (integers && nearlyDistinct && looksLikeIdentifier(name)) {
    return {
      kind: 'identifier',
      note: 'Left out: a number of its own for nearly every row, named like an identifier.',
    };
  }
  return { kind: 'number' };
}

function judgeStrings(facts: Facts, name: string): Judgement {
  const { present, distinct, counts, strings } = facts;
  const share = distinct / present;
  const values = [...counts.keys()].map((value) => value.toLowerCase());
  if (values.length === 2 && BOOLEANS.some((pair) => pair.every((word) => values.includes(word)))) {
    return { kind: 'boolean' };
  }
  if (matching(strings, DATE) >= DATE_SHARE) {
    return { kind: 'date', note: 'Left out: dates are not used as features.' };
  }
  if (matching(strings, UUID) >= DATE_SHARE && distinct > 2) {
    return { kind: 'identifier', note: 'Left out: it holds identifiers.' };
  }
  const words = mean(strings.map((text) => text.split(/\s+/u).length));
  const length = mean(strings.map((text) => text.length));
  const many = distinct >= DISTINCT_LIMIT || (share >= 0.5 && distinct > 8);
  if (many && (words >= 3 || length >= 40)) return { kind: 'text' };
  if (present >= IDENTIFIER_ROWS && (share >= 0.9 || (share >= 0.5 && looksLikeIdentifier(name)))) {
    return { kind: 'identifier', note: 'Left out: nearly every row has a value of its own.' };
  }
  return { kind: 'category' };
}

function looksLikeIdentifier(name: string): boolean {
  return IDENTIFIER_NAME.test(name) || IDENTIFIER_CAMEL.test(name);
}

function matching(strings: readonly string[], pattern: RegExp): number {
  return strings.length === 0 ? 0 : strings.filter((text) => pattern.test(text)).length / strings.length;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
