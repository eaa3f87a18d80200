/** How a column's cells are read, in words, and what a person should look at because two readings fit. */
import type { ColumnQuestion } from '../../protocol/dataset';
import { writeCounted } from '../../protocol/words';
import type { DateOrder } from './dates';
import type { FoundReading } from './column-reading';
import { numberOf, otherThan } from './number-format';
import { dissect } from './number-text';
import { BRACKETS } from './number-units';

const ORDERS: Readonly<Record<DateOrder, string>> = {
  'year-first': 'year first',
  'day-first': 'day first',
  'month-first': 'month first',
  time: 'time of day',
  seconds: 'seconds since 1970',
  milliseconds: 'milliseconds since 1970',
  'sheet-days': 'days as a spreadsheet counts them',
};
/** A conversion may leave a trace in the last digits of a double. */
const SHOWN_DIGITS = 12;
/** Behind numbers of places (`2nd`), which have no unit. */
const PLACES = ['nd', 'rd', 'th'];

/** Values that are named as standing for others. */
const SAME_NAMED = 3;

/** E.g. `1.250 is 1250`, `lf is Low Fat`, `per cent`, `km`, `day first`; undefined for what is plain. */
export function readAs({ reading, example, converted }: FoundReading): string | undefined {
  if (reading.holds === 'dates' && reading.dates !== undefined) {
    const named = reading.dates === 'year-first' && /^[^\d]*\d{1,2}\D/u.test(example ?? '');
    return named ? 'month by its name' : ORDERS[reading.dates];
  }
  if (reading.same !== undefined) return joinedValues(Object.entries(reading.same));
  const { numbers } = reading;
  if (numbers === undefined) return undefined;
  const parts: string[] = [];
  for (const each of new Set([example, converted])) {
    const text = each === undefined ? undefined : dissect(each);
    const value = text === undefined ? NaN : numberOf(text, numbers);
    // One with a unit of another kind is missing.
    if (each === undefined || Number.isNaN(value)) continue;
    const shown = String(Number(value.toPrecision(SHOWN_DIGITS)));
    if (shown !== each.trim()) parts.push(`${each.trim()} is ${shown}`);
  }
  if (numbers.either === true) parts.push('points and commas are decimal signs');
  if (numbers.unit !== '' && numbers.unit !== BRACKETS && !PLACES.includes(numbers.unit))
    parts.push(numbers.unit === '%' ? 'per cent' : `in ${numbers.unit}`);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** `lf is Low Fat, reg is Regular`. */
function joinedValues(pairs: readonly (readonly [value: string, meant: string])[]): string {
  const named = pairs.slice(0, SAME_NAMED).map(([value, meant]) => `${value} is ${meant}`);
  const more = pairs.length > SAME_NAMED ? ` and ${pairs.length - SAME_NAMED} more` : '';
  return `${named.join(', ')}${more}`;
}

/** The first thing about the column's reading that is open; undefined where nothing is. */
export function questionOf(found: FoundReading): ColumnQuestion | undefined {
  return aboutSign(found) ?? aboutDates(found) ?? aboutPlaceholder(found);
}

function aboutSign({ reading, openSign, example }: FoundReading): ColumnQuestion | undefined {
  if (openSign === undefined || example === undefined) return undefined;
  const text = dissect(example);
  if (text === undefined) return undefined;
  const other = otherThan(openSign);
  const unit = text.unit;
  const grouped = reading.numbers?.thousands === openSign;
  const asThousands = numberOf(text, { decimal: other, thousands: openSign, unit });
  const asDecimals = numberOf(text, { decimal: openSign, thousands: 'none', unit });
  const [read, meant] = grouped ? [asThousands, asDecimals] : [asDecimals, asThousands];
  return {
    text: `"${example.trim()}" is read as ${String(read)}. Is it ${String(meant)}?`,
    answers: [
      {
        label: `It is ${String(meant)}`,
        wish: grouped ? { decimal: openSign } : { thousands: openSign },
      },
    ],
  };
}

function aboutDates({ reading, openDates, example }: FoundReading): ColumnQuestion | undefined {
  if (openDates === undefined || reading.dates === undefined) return undefined;
  return {
    text: `"${(example ?? '').trim()}" is read with the ${ORDERS[reading.dates]}. Is it the ${ORDERS[openDates]}?`,
    answers: [{ label: capitalised(ORDERS[openDates]), wish: { dates: openDates } }],
  };
}

function aboutPlaceholder({ doubtful }: FoundReading): ColumnQuestion | undefined {
  const [most] = [...doubtful].sort((a, b) => b.rows - a.rows);
  if (most === undefined) return undefined;
  return {
    text: `"${most.word}" is taken for a value (${writeCounted(most.rows, 'row')}). Does it stand for a missing one?`,
    answers: [{ label: 'It is missing', wish: { missing: [most.word] } }],
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
