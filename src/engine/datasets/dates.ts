/** Dates and times of day as people write them, read by one order of their parts per column. */
import * as z from 'zod';
import { fullYear, isEnglishMonth, monthNumber, periodStart } from './date-words';

/** `seconds`, `milliseconds`: since 1970; `sheet-days`: since the end of 1899, as spreadsheets keep dates. */
export const DateOrder = z.enum([
  'year-first',
  'day-first',
  'month-first',
  'time',
  'seconds',
  'milliseconds',
  'sheet-days',
]);
export type DateOrder = z.infer<typeof DateOrder>;

/** Whether the order is one of year, month and day, which a date with its year in front fits whichever it is. */
export function isCalendar(order: DateOrder): boolean {
  return order === 'year-first' || order === 'day-first' || order === 'month-first';
}

const LONGEST = 48;
const EARLIEST_YEAR = 1500;
const LATEST_YEAR = 2150;
const MONTH = '(\\p{L}{3,12})\\.?';
const WEEKDAY = '(?:\\p{L}{2,12}\\.?,? )?';
const CLOCK =
  '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?:\\s?([ap])\\.?m\\.?)?(?:\\s?(?:Z|UTC|GMT|Uhr|[+-]\\d{2}:?\\d{2}))?';
const TIME = `(?:(?:T|,? | - |:)${CLOCK})?`;

const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`, 'iu');
const YEAR_MONTH = /^(\d{4})([-/.])(\d{1,2})$/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/u;
const DAY_MONTH = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`, 'iu');
const MONTH_YEAR = /^(\d{1,2})[/.-](\d{4})$/u;
const DAY_NAME = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th|\\.|er)?(?:[- /]|\\. | de )${MONTH}(?:[- /,]{1,2}| de )(\\d{4}|\\d{2})(?: ?г\\.?)?${TIME}$`,
  'iu',
);
const DAY_NAME_CLOSE = new RegExp(`^(\\d{1,2})(\\p{L}{3})(\\d{4}|\\d{2})${TIME}$`, 'iu');
/** `Mon Aug 12 12:30:00 +0000 2019` */
const YEAR_LAST = new RegExp(`^\\p{L}{3},? ${MONTH} +(\\d{1,2}) ${CLOCK} (?:\\p{L}{3,4} )?(\\d{4})$`, 'iu');
const NAMED_PARTS = new RegExp(
  `^(\\d{4})\\s?[年년]\\s?(\\d{1,2})\\s?[月월](?:\\s?(\\d{1,2})\\s?[日일])?(?: ?${CLOCK})?$`,
  'iu',
);
const NAME_DAY = new RegExp(`^${WEEKDAY}${MONTH}[- ](\\d{1,2})(?:st|nd|rd|th)?,?[- ](\\d{4})${TIME}$`, 'iu');
const NAME_YEAR = new RegExp(`^${MONTH}(?:[- /,']{1,2}| de )(\\d{4}|\\d{2})$`, 'iu');
const COMPACT_MONTH = /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/u;
const ONLY_TIME = new RegExp(`^${CLOCK}$`, 'iu');

/**
 * What `cell` names when its parts are in `order` (a month's name tells itself), as days since 1 January 1970 with the time
 * of day as a fraction, without a zone; the fraction alone for a time of day. Undefined for what is no date.
 */
export function daysOf(cell: string, order: DateOrder): number | undefined {
  const text = cell.trim();
  if (text.length > LONGEST || text.length < 4 || !hasDigit(text)) return undefined;
  if (order in COUNTED) return countedDays(text, COUNTED[order as keyof typeof COUNTED]);
  if (order === 'time') {
    const clock = ONLY_TIME.exec(text);
    return clock === null ? undefined : timeOf(clock, 1);
  }
  let found = YEAR_FIRST.exec(text);
  if (found !== null) return daysAt(found, found[1], found[3], found[4], 5);
  found = order === 'year-first' ? null : DAY_MONTH.exec(text);
  if (found !== null) {
    const [day, month] = order === 'day-first' ? [found[1], found[3]] : [found[3], found[1]];
    return daysAt(found, yearOf(found), month, day, 5);
  }
  if (order === 'year-first') {
    found = YEAR_MONTH.exec(text);
    if (found !== null) return daysAt(found, found[1], found[3]);
    found = COMPACT.exec(text);
    if (found !== null) return daysAt(found, found[1], found[2], found[3], 4);
    found = COMPACT_MONTH.exec(text);
    if (found !== null) return daysAt(found, found[1], found[2]);
  }
  return daysOfNames(text);
}

/** Dates whose order a word or a sign tells. */
function daysOfNames(text: string): number | undefined {
  let found = MONTH_YEAR.exec(text);
  if (found !== null) return daysAt(found, found[2], found[1]);
  found = DAY_NAME.exec(text) ?? DAY_NAME_CLOSE.exec(text);
  const month = monthNumber(found?.[2] ?? '');
  // `3. Quartal 2024` has the form, too.
  if (found !== null && month > 0) return daysAt(found, fullYear(found[3] ?? ''), month, found[1], 4);
  found = NAME_DAY.exec(text);
  if (found !== null) return daysAt(found, found[3], monthNumber(found[1] ?? ''), found[2], 4);
  found = YEAR_LAST.exec(text);
  if (found !== null) return daysAt(found, found[7], monthNumber(found[1] ?? ''), found[2], 3);
  found = NAME_YEAR.exec(text);
  if (found !== null) return daysAt(found, fullYear(found[2] ?? ''), monthNumber(found[1] ?? ''));
  found = NAMED_PARTS.exec(text);
  if (found !== null) return daysAt(found, found[1], found[2], found[3], 4);
  return periodStart(text);
}

/** How many of the unit a day has, and how many days before 1970 the count begins. */
const COUNTED = {
  seconds: { day: 86_400, before: 0 },
  milliseconds: { day: 86_400_000, before: 0 },
  'sheet-days': { day: 1, before: 25_569 },
} as const;
const COUNT = /^\d{4,14}(?:\.\d{1,12})?$/u;

function countedDays(
  text: string,
  { day, before }: { readonly day: number; readonly before: number },
): number | undefined {
  if (!COUNT.test(text)) return undefined;
  const days = Number(text) / day - before;
  const year = new Date(days * 86_400_000).getUTCFullYear();
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR ? days : undefined;
}

function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) return true;
  }
  return false;
}

/** Two digits for the year only where day and month have two, too, or stand between slashes: `4.0.10` is a version. */
function yearOf(found: RegExpExecArray): string | undefined {
  const year = found[4] as string;
  if (year.length === 4) return year;
  const padded = (found[1] as string).length === 2 && (found[3] as string).length === 2;
  return padded || found[2] === '/' ? fullYear(year) : undefined;
}

/** `clock`: the first group of `found` that holds a part of the time of day, where there is one. */
function daysAt(
  found: RegExpExecArray,
  year: string | undefined,
  month: string | number | undefined,
  day?: string,
  clock?: number,
): number | undefined {
  const [y, m, d] = [Number(year), Number(month), day === undefined ? 1 : Number(day)];
  if (!(y >= EARLIEST_YEAR && y <= LATEST_YEAR && m >= 1 && m <= 12 && d >= 1)) return undefined;
  if (d > daysIn(y, m)) return undefined;
  const time = clock === undefined || found[clock] === undefined ? 0 : timeOf(found, clock);
  return time === undefined ? undefined : Date.UTC(y, m - 1, d) / 86_400_000 + time;
}

/** Days of the month (1 to 12) in the Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Fraction of the day; groups `first` to `first + 3` are hour, minute, second and a or p. */
function timeOf(found: RegExpExecArray, first: number): number | undefined {
  const half = found[first + 3]?.toLowerCase();
  let hour = Number(found[first]);
  const minute = Number(found[first + 1]);
  const second = Number(found[first + 2] ?? 0);
  if (half === 'a' || half === 'p') {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (!(hour <= 24 && minute < 60 && second <= 60)) return undefined;
  return (hour * 3600 + minute * 60 + second) / 86_400;
}

const DATED_NAME =
  /(?:date|datum|fecha|zeit|stamp|epoch|unix|created|updated|modified|_at|[\s_.]ts)$|(?:^|[\s_.-]|date|start|end|event)(?:time|when|start|end)$|^(?:date|time|ts$|data$)/iu;
/** `startTime`; not `lifetime` or `spend`. */
const DATED_CAMEL = /[a-z](?:Time|Start|End)$/u;

/** What a whole number in a column of that name counts from a day on; undefined where it is no such number. */
export function countOf(value: number, name: string): DateOrder | undefined {
  if (!DATED_NAME.test(name.trim()) && !DATED_CAMEL.test(name.trim())) return undefined;
  if (value >= 6e8 && value <= 2.2e9) return 'seconds';
  if (value >= 6e11 && value <= 2.2e12) return 'milliseconds';
  return value >= 20_000 &&
    value <= 60_000 &&
    /^(?:date|datum|fecha)|(?:date|datum|fecha)$/iu.test(name.trim())
    ? 'sheet-days'
    : undefined;
}

/** What databases write for a date that is not known. */
const NO_DATE = /^(?:0{4}[-/.]?00[-/.]?00|00[-/.]00[-/.]0{4}|9999[-/.]?12[-/.]?31)(?:[T ][\d:.]+)?$/u;
/** Share of the texts that must be dates. */
const SHARE = 0.95;
/** By so many texts most columns of words are told to hold no dates. */
export const FEW_TEXTS = 50;
const FREQUENT_WORDS = 4;
const ORDERS: readonly DateOrder[] = ['year-first', 'time', 'day-first', 'month-first'];

/**
 * The order in which most of the texts are dates; undefined where they are none: seasons (`2018-19`) and versions are
 * not. `open`: the other order, where both fit equally well.
 */
export function dateOrderOf(
  all: readonly string[],
  wish?: DateOrder,
): { readonly order: DateOrder; readonly open?: 'day-first' | 'month-first' | undefined } | undefined {
  const texts = withoutPlaceholders(all);
  if (texts.length === 0) return undefined;
  const share = (order: DateOrder): number =>
    texts.filter((text) => daysOf(text, order) !== undefined).length / texts.length;
  if (wish !== undefined && share(wish) >= 0.5) return { order: wish };
  if (!mayBeDates(texts.slice(0, FEW_TEXTS))) return undefined;
  if (texts.filter(isSeason).length >= SHARE * texts.length || areNumbered(texts)) return undefined;
  if (share('year-first') >= SHARE) return { order: 'year-first' };
  if (share('time') >= SHARE) return { order: 'time' };
  const day = share('day-first');
  const month = share('month-first');
  if (Math.max(day, month) < SHARE) return undefined;
  if (day !== month) return { order: day > month ? 'day-first' : 'month-first' };
  const open = texts.some((text) => DAY_MONTH.test(text.trim()) && isOpen(text.trim()));
  if (!open) return { order: 'day-first' };
  const [falling, rising] = [steps(texts, 'day-first'), steps(texts, 'month-first')];
  if (falling !== rising && Math.min(falling, rising) === 0)
    return { order: falling === 0 ? 'day-first' : 'month-first' };
  const slashes = texts.filter((text) => text.includes('/')).length > texts.length / 2;
  return slashes ? { order: 'month-first', open: 'day-first' } : { order: 'day-first', open: 'month-first' };
}

/** Whether half of the texts are dates in any order. */
export function mayBeDates(texts: readonly string[]): boolean {
  // Most columns of words have no digits, which is quickly told.
  const digits = texts.filter(hasDigit);
  if (digits.length < texts.length / 2) return false;
  return ORDERS.some(
    (order) => digits.filter((text) => daysOf(text, order) !== undefined).length >= texts.length / 2,
  );
}

/** Without what stands for no date: zeros, and a few words that come again and again (`pending`). */
function withoutPlaceholders(texts: readonly string[]): readonly string[] {
  const kept = texts.filter((text) => !NO_DATE.test(text.trim()));
  const rest = kept.filter((text) => /\d/u.test(text));
  const words = new Set(kept.filter((text) => !/\d/u.test(text)).map((text) => text.trim().toLowerCase()));
  return words.size <= FREQUENT_WORDS && rest.length >= kept.length / 2 ? rest : kept;
}

/** Whether day and month could change places and name another day. */
function isOpen(text: string): boolean {
  const found = DAY_MONTH.exec(text);
  return found !== null && found[1] !== found[3];
}

/** How often a date is before the one above it. */
function steps(texts: readonly string[], order: DateOrder): number {
  let back = 0;
  let before = -Infinity;
  for (const text of texts) {
    const days = daysOf(text, order) ?? before;
    if (days < before) back++;
    before = days;
  }
  return back;
}

/** `2018-19`, `2018/2019`: a year and the one after it. */
function isSeason(text: string): boolean {
  const found = /^(\d{4})[-/](\d{2}|\d{4})$/u.exec(text.trim());
  if (found === null) return false;
  return (Number(found[1]) + 1) % 100 === Number(found[2]) % 100;
}

/** `Set 01` to `Set 20`: each time the same word, which is no month in English, where files number things most. */
function areNumbered(texts: readonly string[]): boolean {
  const word = NAME_YEAR.exec(texts[0]?.trim() ?? '')?.[1]?.toLowerCase();
  if (word === undefined || isEnglishMonth(word)) return false;
  return texts.every((text) => NAME_YEAR.exec(text.trim())?.[1]?.toLowerCase() === word);
}
