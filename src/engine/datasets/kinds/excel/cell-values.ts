/** From what a cell of a workbook holds to what a table has of it: numbers as they are, all else as text. */
import type { NumberMeaning } from './styles';
import { unescaped } from './workbook';

/** Undefined for a cell without a value. */
export type CellValue = string | number | undefined;

/** A cell as it stands in the XML of its sheet. */
export interface RawCell {
  /** `s` shared string, `str` text of a formula, `inlineStr`, `b`, `d` date in ISO 8601, `e` error, `n` or nothing. */
  readonly type: string;
  readonly text: string;
  readonly meaning: NumberMeaning;
}

const DAY_MS = 86_400_000;
/** Days from the beginning of a workbook's count to 1970. */
const BEFORE_1970 = { from1900: 25_569, from1904: 24_107 } as const;
/** Excel takes 1900 for a leap year: days before this one are one further back. */
const FIRST_OF_MARCH_1900 = 60;

/** Errors are no values; whoever counts them asks for the type. */
export function valueOf(cell: RawCell, strings: readonly string[], from1904: boolean): CellValue {
  const { type, text, meaning } = cell;
  if (type === 's') return orNothing(strings[Number(text)] ?? '');
  if (type === 'str' || type === 'inlineStr') return orNothing(unescaped(text));
  if (type === 'e' || text === '') return undefined;
  if (type === 'b') return text === '1' || text === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return text.replace('T', ' ').replace(/(?: 00:00:00(?:\.0+)?)?Z?$/u, '');
  const number = Number(text);
  if (Number.isNaN(number)) return orNothing(text);
  return meaning === 'number' ? number : (dateText(number, meaning, from1904) ?? number);
}

function orNothing(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * `2024-01-31`, `2024-01-31 12:30:00`, `12:30:00` or, for a span of time, `49:30:00`; undefined for a number that lies
 * outside the days of a workbook. Equal to openpyxl's values.
 */
export function dateText(serial: number, meaning: NumberMeaning, from1904: boolean): string | undefined {
  if (meaning === 'span') return spanText(serial);
  if (serial >= 0 && serial < 1) return clockText(Math.round(serial * DAY_MS));
  const isBeforeMarch = !from1904 && serial < FIRST_OF_MARCH_1900;
  const days = serial + (isBeforeMarch ? 1 : 0) - BEFORE_1970[from1904 ? 'from1904' : 'from1900'];
  const moment = new Date(Math.round(days * DAY_MS));
  // Beyond 31 December 9999 there are no days, and none before the first.
  if (serial < 0 || Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999) return undefined;
  const day = moment.toISOString().slice(0, 10);
  const time = moment.getTime() - Date.parse(`${day}T00:00:00Z`);
  return time === 0 ? day : `${day} ${clockText(time)}`;
}

function spanText(days: number): string {
  const text = clockText(Math.round(Math.abs(days) * DAY_MS));
  return days < 0 ? `-${text}` : text;
}

/** `12:30:00`, with thousandths of a second where there are any. */
function clockText(milliseconds: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const seconds = Math.floor(milliseconds / 1000);
  const rest = milliseconds % 1000;
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}
