/** How the cells of one column are read: found over the whole column, kept with the model, applied to other files. */
import * as z from 'zod';
import type { ColumnWish } from '../../protocol/reading';
import { type ColumnCells, eachValue, isListed, sampleOf, someRow, strideOf } from './column-cells';
import { countOf, DateOrder, dateOrderOf, FEW_TEXTS, mayBeDates } from './dates';
import { labelKey } from './label-key';
import { fitOf, FREQUENT_SHARE, frequentRest } from './number-fit';
import { type FileSigns, NumberFormat, SignCounts } from './number-format';
import { CLOCK_UNIT, isTimeOfDay } from './number-parts';
import { dissect } from './number-text';
import { UnitCounts } from './number-units';
import { isInfinity, placeholderOf } from './placeholders';

/**
 * Plain data, stored with a model. Without `numbers` they are written plainly (`1250.5`, and with a decimal comma where
 * the file has one).
 */
export const ColumnReading = z.strictObject({
  /** `before`: as before there were readings, a short list of placeholders and plain numbers. */
  holds: z.enum(['numbers', 'dates', 'words', 'before']),
  numbers: NumberFormat.optional(),
  dates: DateOrder.optional(),
  /** Further texts that stand for no value, in small letters. */
  missing: z.array(z.string()),
  /** Placeholders that are values here: a class named NA. */
  values: z.array(z.string()),
  /** What a value stands for, by its label's key; in columns of words. */
  same: z.record(z.string(), z.string()).optional(),
});
export type ColumnReading = z.infer<typeof ColumnReading>;

/** As every column was read before there were readings. */
export const READ_BEFORE: ColumnReading = { holds: 'before', missing: [], values: [] };

export interface FoundReading {
  readonly reading: ColumnReading;
  /** The other meaning of the sign in its numbers, or the other order of its dates, where both fit. */
  readonly openSign?: '.' | ',' | undefined;
  readonly openDates?: 'day-first' | 'month-first' | undefined;
  /** A number with such a sign, or a date. */
  readonly example?: string | undefined;
  /** A number with another unit than the column's, or of several parts. */
  readonly converted?: string | undefined;
  /** Words that could be placeholders and are taken for values. */
  readonly doubtful: readonly { readonly word: string; readonly rows: number }[];
  /** Why a column that looks like numbers is none. */
  readonly note?: string | undefined;
}

/** A column is one of numbers when so many of its values are; the few others count as missing. */
const NUMERIC_SHARE = 0.95;
/** Dates that are counted below a million (`201410`, a spreadsheet's days) have so many different values at least. */
const FEWEST_DATES = 8;
/** Share of a sample below which numbers cannot be what a column is about. */
const FEW_NUMBERS = 0.2;
/** Among so many durations one has fewer than ten seconds; scores of a game (`28:25`) have not. */
const SURE_CLOCKS = 30;
/** Where a sample has fewer numbers, the whole column hardly has the share that it needs beside frequent words. */
const SAMPLED_SHARE = 0.8 * FREQUENT_SHARE;
/** Share of numbers with other units from which on the column is said to mix them. */
const MIXED_SHARE = 0.3;
/** Cells that are looked at before a whole column is. */
const SAMPLE = 400;
const DATE_SAMPLE = 2000;
/** Share of the first of them below which the others are not asked. */
const HALF = 0.5;
/** Share of the rows from which on a word that could be a placeholder is a value. */
const VALUE_SHARE = 0.08;

/** `signs` is asked only where the column does not tell. */
export function findReading(cells: ColumnCells, signs: () => FileSigns, wish: ColumnWish = {}): FoundReading {
  const missing = (wish.missing ?? []).map((word) => word.trim().toLowerCase());
  if (wish.kind === 'text' || wish.kind === 'category' || wish.kind === 'boolean') {
    return words(cells, missing, wish);
  }
  if (wish.kind !== 'date' && wish.dates === undefined) {
    const numbers = findNumbers(cells, signs, wish, missing);
    if (numbers !== undefined) return numbers;
  }
  const few = sampleOf(cells, DATE_SAMPLE, missing, FEW_TEXTS);
  if (wish.dates === undefined && !mayBeDates(few) && !isClock(few, HALF)) return words(cells, missing, wish);
  const texts = sampleOf(cells, DATE_SAMPLE, missing);
  const dates = dateOrderOf(texts, wish.dates);
  if (dates === undefined || wish.kind === 'number') {
    const clocks = dates === undefined && wish.kind === undefined && isClock(texts, NUMERIC_SHARE);
    return (
      (clocks ? findNumbers(cells, signs, { ...wish, kind: 'number' }, missing) : undefined) ??
      words(cells, missing, wish)
    );
  }
  return {
    reading: { holds: 'dates', dates: dates.order, missing, values: [] },
    openDates: dates.open,
    example: texts[0],
    doubtful: [],
  };
}

function findNumbers(
  cells: ColumnCells,
  signs: () => FileSigns,
  wish: ColumnWish,
  missing: readonly string[],
): FoundReading | undefined {
  const forced = wish.kind === 'number' || wish.decimal !== undefined || wish.thousands !== undefined;
  if (!forced && !promising(cells, missing, FEW_NUMBERS)) return undefined;
  const { plain, others, grouped, codes } = survey(cells, missing);
  const plainly = { reading: { holds: 'numbers' as const, missing: [...missing], values: [] }, doubtful: [] };
  if (codes && !forced) return undefined;
  if (!forced && !others && !grouped)
    return plain === 0 ? undefined : (countedDates(cells, missing) ?? plainly);
  if (!forced && plain === 0 && !promising(cells, missing, SAMPLED_SHARE)) return undefined;
  const counts = new SignCounts();
  const units = new UnitCounts();
  let example: string | undefined;
  eachValue(cells, missing, (text) => {
    const number = dissect(text);
    if (number === undefined || (isTimeOfDay(number) && !forced)) return;
    counts.add(number);
    if (/[.,]/u.test(number.digits)) example ??= text;
    units.add(number, text);
  });
  if (units.none) return undefined;
  const named = units.commonestFirst();
  const unit = named[0] ?? '';
  const { decimal, thousands, open, either } = counts.decide(signs(), wish);
  const format: NumberFormat = {
    decimal,
    thousands,
    unit,
    ...(unit === '' ? {} : { converts: true }),
    ...(either === undefined ? {} : { either }),
  };
  const fit = fitOf(cells, missing, format);
  const numeric = fit.numbers >= NUMERIC_SHARE * (fit.numbers + fit.others) || frequentRest(fit);
  if (!numeric && !forced) {
    const mixed = named.length > 1 && fit.units > MIXED_SHARE * (fit.numbers + fit.others);
    return mixed ? { ...words(cells, missing, wish), note: mixedUnits(named) } : undefined;
  }
  const needed = thousands !== 'none' || unit !== '' || decimal !== signs().usual || fit.unplain > 0;
  return {
    reading: { ...plainly.reading, ...(needed ? { numbers: format } : {}) },
    openSign: open,
    example,
    converted: units.converted(unit),
    doubtful: [],
  };
}

function mixedUnits(units: readonly string[]): string {
  return `Its numbers have different units (${units.slice(0, 4).join(', ')}), which are not mixed: it is read as words.`;
}

/** Are there other values than plain numbers, could a sign be for thousands, do zeros lead? */
function survey(
  cells: ColumnCells,
  missing: readonly string[],
): { plain: number; others: boolean; grouped: boolean; codes: boolean } {
  const { values, count, fraction, leadingZero, grouped, ungrouped, only = false } = cells.plain;
  let others = false;
  for (let row = 0; !only && count < values.length && row < values.length && !others; row++) {
    if (!Number.isNaN(values[row])) continue;
    others = cells.placeholder(row) === undefined && !isListed(missing, cells.text(row));
  }
  return { plain: count, others, grouped: grouped && !ungrouped, codes: leadingZero && !fraction };
}

const COLON = /[:\uff1a]/u;

function isClock(texts: readonly string[], share: number): boolean {
  const clocks = texts.filter((text) => COLON.test(text) && dissect(text)?.unit === CLOCK_UNIT);
  if (clocks.length === 0 || clocks.length < share * texts.length) return false;
  return clocks.length < SURE_CLOCKS || clocks.some((text) => /:0\d$/u.test(text));
}

/** Whether a look at some cells finds numbers, in whatever dress, in so large a share of them. */
function promising(cells: ColumnCells, missing: readonly string[], share: number): boolean {
  let looked = 0;
  let numbers = 0;
  const known = new Map<string, boolean>();
  const stride = strideOf(cells, SAMPLE);
  for (let first = 0; first < cells.rows; first += stride) {
    const row = someRow(cells, first, stride);
    const look = cells.look(row);
    if (look === 'number') numbers++;
    else if (look === 'placeholder') continue;
    else if (missing.length > 0 || look === 'perhaps') {
      const text = cells.text(row).trim();
      if (isListed(missing, text) || isInfinity(text)) continue;
      let number = known.get(text);
      if (number === undefined) {
        const dissected = dissect(text);
        number = dissected !== undefined && !isTimeOfDay(dissected);
        known.set(text, number);
      }
      if (number) numbers++;
    }
    looked++;
    // Enough, whatever the others are.
    if (numbers >= share * SAMPLE * 2) return true;
  }
  return numbers >= share * looked;
}

/** Whole numbers that are days of the calendar (`20141013`), months (`201410`), or count from a day on. */
function countedDates(cells: ColumnCells, missing: readonly string[]): FoundReading | undefined {
  const first = cells.plain.values.find((value) => !Number.isNaN(value)) ?? 0;
  const count = Number.isInteger(first) ? countOf(first, cells.name) : undefined;
  const calendar = (first >= 1.5e7 && first <= 2.2e7) || (first >= 190_001 && first <= 209_912);
  if (!Number.isInteger(first) || (count === undefined && !calendar)) return undefined;
  const texts = sampleOf(cells, DATE_SAMPLE, missing);
  const different = new Set(texts).size;
  if (different < 3 || (first < 1e6 && different < FEWEST_DATES)) return undefined;
  const order = count ?? dateOrderOf(texts)?.order;
  if (order === undefined || (count === undefined && order !== 'year-first')) return undefined;
  if (count !== undefined && !texts.every((text) => countOf(Number(text), cells.name) === count))
    return undefined;
  return { reading: { holds: 'dates', dates: order, missing: [...missing], values: [] }, doubtful: [] };
}

/** Which placeholders are values in a column of words. */
function words(cells: ColumnCells, missing: readonly string[], wish: ColumnWish): FoundReading {
  const asked = (wish.values ?? []).map((word) => word.trim().toLowerCase());
  const found = new Map<string, number>();
  for (const row of cells.maybePlaceholders()) {
    if (cells.placeholder(row) === undefined) continue;
    const word = cells.text(row).trim();
    if (word !== '') found.set(word, (found.get(word) ?? 0) + 1);
  }
  const total = new Map<string, number>();
  for (const [word, count] of found)
    total.set(word.toLowerCase(), (total.get(word.toLowerCase()) ?? 0) + count);
  const values = [...asked];
  const doubtful: { word: string; rows: number }[] = [];
  const others = found.size === 0 ? [] : sampleOf(cells, SAMPLE, missing);
  for (const [word, rows] of others.length === 0 ? [] : total) {
    if (missing.includes(word) || asked.includes(word)) continue;
    const spelling = [...found.keys()].find((each) => each.toLowerCase() === word) as string;
    const kind = placeholderOf(word);
    const alike = isLike(spelling, others);
    const frequent = rows >= VALUE_SHARE * cells.rows;
    const value = kind === 'word' ? alike || frequent : alike && (word !== 'null' || frequent);
    if (!value) continue;
    values.push(word);
    doubtful.push({ word: spelling, rows });
  }
  return { reading: { holds: 'words', missing: [...missing], values, ...joined(undefined, wish) }, doubtful };
}

/** What values stand for: as a reading has it, and as is asked over it. */
export function joined(given: ColumnReading | undefined, wish: ColumnWish): Pick<ColumnReading, 'same'> {
  const asked = Object.entries(wish.same ?? {}).map(([short, long]) => [labelKey(short), long] as const);
  const same = { ...given?.same, ...Object.fromEntries(asked) };
  return Object.keys(same).length === 0 ? {} : { same };
}

/** Whether a placeholder is written like the values around it: `NA` among `EU` and `AS`, `-` beside `+`. */
function isLike(word: string, others: readonly string[]): boolean {
  if (word === '-') return others.includes('+');
  // The null class of recordings; databases write NULL.
  if (word === 'null')
    return others.length > 0 && others.every((other) => /^\p{Ll}[\p{Ll} _-]*$/u.test(other));
  return /^[A-Z]{2}$/u.test(word) && others.length > 0 && others.every((other) => /^[A-Z]{2}$/u.test(other));
}
