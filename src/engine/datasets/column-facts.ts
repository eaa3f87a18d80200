/** What can be counted of a column in one or two passes. */
import { type CodedValues, countCoded } from './coded-values';
import { groupSpellings, hasSpellings, type LabelGroup } from './labels';
import type { Table } from './types';

/** Counting different values stops here; such a column is free text or an identifier anyway. */
export const DISTINCT_LIMIT = 10_000;
/** Values up to which spellings are looked at. */
const SPELLED = 1000;
/** Different numbers up to which they are counted one by one: more are no categories. */
const FEW_NUMBERS = 100;
/** Rows of which the shape of strings is judged. */
const SHAPE_SAMPLE = 2000;

/** A sample of the values that are no numbers, and their rows. */
export interface StringSample {
  readonly strings: readonly string[];
  readonly stringRows: readonly number[];
}

export interface Facts extends StringSample {
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
  /** Spellings of the same word are one value, under the commonest. */
  readonly counts: ReadonlyMap<string, number>;
  /** The values that are spelled in several ways. */
  readonly respelled: readonly LabelGroup[];
  /** Its cells name images. */
  readonly images: boolean;
  /** The commonest number at either end of the column, where the others are far from it: `-999`. */
  readonly outlier?: { readonly value: number; readonly rows: number } | undefined;
}

/** Of all rows, or only of the given ones. */
export function gather(table: Table, column: number, rows: Uint32Array | undefined): Facts {
  const coded = table.reader.coded(column);
  const images = table.images?.has(table.columns[column] as string) === true;
  if (coded !== undefined) return { ...gatherCoded(coded, rows), images };
  const numbers = table.numbers(column);
  const total = rows?.length ?? table.rows;
  const counts = new Map<string, number>();
  const strings: string[] = [];
  const stringRows: number[] = [];
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
        const text = table.value(row, column);
        if (counts.size < DISTINCT_LIMIT || counts.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
        if (position % stride === 0) {
          strings.push(text);
          stringRows.push(row);
        }
      }
    }
  }
  const respelled = putTogether(counts);
  const distinct = Math.min(DISTINCT_LIMIT, seen.size + counts.size);
  if (distinct <= FEW_NUMBERS || counts.size > 0) countNumbers(table, column, rows, numbers, counts);
  return {
    rows: total,
    present,
    numeric,
    integers,
    countsUp,
    min,
    max,
    sum,
    distinct,
    counts,
    respelled,
    images,
    strings,
    stringRows,
    outlier: outlierOf(numbers, rows, min, max),
  };
}

/** The same of a column whose different values are known. */
function gatherCoded(coded: CodedValues, rows: Uint32Array | undefined): Omit<Facts, 'images'> {
  const { values, codes } = coded;
  const total = rows?.length ?? codes.length;
  const { counts, missing } = countCoded(coded, rows);
  const strings: string[] = [];
  const stringRows: number[] = [];
  const stride = Math.max(1, Math.floor(total / SHAPE_SAMPLE));
  for (let position = 0; position < total; position += stride) {
    const row = rows === undefined ? position : (rows[position] as number);
    const code = codes[row] as number;
    if (code < 0) continue;
    strings.push(values[code] as string);
    stringRows.push(row);
  }
  const respelled = putTogether(counts);
  return {
    rows: total,
    present: total - missing,
    numeric: 0,
    integers: true,
    countsUp: missing === total,
    min: Infinity,
    max: -Infinity,
    sum: 0,
    distinct: counts.size,
    counts,
    respelled,
    strings,
    stringRows,
  };
}

/** Of all rows: the same sample as in their facts, or one of fewer rows, at most about `most`. */
export function sampleStrings(table: Table, column: number, most: number): StringSample {
  const numbers = table.numbers(column);
  const strings: string[] = [];
  const stringRows: number[] = [];
  const stride = Math.max(1, Math.floor(table.rows / SHAPE_SAMPLE), Math.ceil(table.rows / most));
  for (let row = 0; row < table.rows; row += stride) {
    if (!Number.isNaN(numbers[row]) || table.isMissing(row, column)) continue;
    strings.push(table.value(row, column));
    stringRows.push(row);
  }
  return { strings, stringRows };
}

/** Puts spellings of the same together. A column of more values than `SPELLED` is hardly one of categories. */
function putTogether(counts: Map<string, number>): readonly LabelGroup[] {
  if (counts.size < 2 || counts.size > SPELLED || !hasSpellings(counts)) return [];
  const groups = groupSpellings(counts);
  if (groups.length === counts.size) return [];
  counts.clear();
  for (const { name, rows } of groups) counts.set(name, rows);
  return groups.filter(({ spellings }) => spellings.length > 1);
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

/** Numbers by which people say that nothing was measured. */
const CODES = new Set([-9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999]);

/** A code for missing values at the end of the range, in two rows or more, the other values being far from it. */
function outlierOf(
  numbers: Float64Array,
  rows: Uint32Array | undefined,
  min: number,
  max: number,
): { value: number; rows: number } | undefined {
  const code = min < 0 && CODES.has(min) ? min : CODES.has(max) ? max : undefined;
  if (code === undefined) return undefined;
  let low = Infinity;
  let high = -Infinity;
  let count = 0;
  const total = rows?.length ?? numbers.length;
  for (let position = 0; position < total; position++) {
    const value = numbers[rows === undefined ? position : (rows[position] as number)] as number;
    if (Number.isNaN(value)) continue;
    if (value === code) {
      count++;
      continue;
    }
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (count < 2 || low > high) return undefined;
  const gap = code < low ? low - code : code - high;
  return gap > 2 * (high - low) || (code < 0 && low >= 0 && gap >= 9)
    ? { value: code, rows: count }
    : undefined;
}
