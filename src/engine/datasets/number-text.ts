/** How people write numbers: a cell taken apart into sign, digits, magnitude and unit, before its signs are given a meaning. */
import { partsOf } from './number-parts';
import { BRACKETS, currencyOf, isCurrency, quantityOf } from './number-units';

/** A cell that could be a number. */
export interface NumberText {
  readonly negative: boolean;
  /** Digits with the signs between them as written, apostrophes and blanks made alike: `1.234,50`, `1 250`, `1'000`. */
  readonly digits: string;
  /** Power of ten, e.g. -3 of `2e-3`. */
  readonly exponent: number;
  /** 1000 for `k`, 1 for none. */
  readonly factor: number;
  /** `€`, `%`, `km`; empty for none. */
  readonly unit: string;
  /** What it comes to where it has several parts (`1h 20m`); `digits` are empty then. */
  readonly value?: number;
}

const LONGEST = 60;
const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const CURRENCY_SIGNS: readonly number[] = ['$', '€', '£', '¥'].map((sign) => sign.charCodeAt(0));
const NOT_ASCII = /[^\x20-\x7e]/u;
const BLANKS = /[\u00a0\u2007\u2009\u202f\u3000]/gu;
/** Marks that take no room: of byte order, of writing direction, between letters. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const MINUS_SIGNS = /[\u2010-\u2015\u2212\ufe63\uff0d]/gu;
const APOSTROPHES = /[\u2019\u02bc\u00b4`]/gu;
/** ASCII written as wide as a Chinese character; digits of Arabic and of Persian, with their signs. */
const WIDE = /[\uff01-\uff5e]/gu;
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const ANY_DIGIT = /[\d\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/u;
/** Digits, each sign between two of them; a point or comma may begin or end them. */
const DIGITS = /[.,]?\d(?:[.,' ]?\d)*/u;
const EXPONENT = /^(?:e|d(?=[+-]))([+-]?\d{1,4})(?![\d.])/iu;
const TIMES_TEN = /^\s?[×x*·]\s?10(?:\^|\*\*)\(?([+-]?\d{1,4})\)?(?![\d.])/iu;
const YEAR_IN_BRACKETS = /^\((?:1\d|20)\d{2}\)$/u;
/** `~27`; also the sign of a number in a list, `#27`. */
const ABOUT = /^(?:[~≈≃约約#№]|(?:ca|c|approx)\.|(?:ca|circa|about|approx)\s)\s?/iu;
/** Not `5'110`, which are thousands. */
const FEET_AND_INCHES = /^\d{1,3}'\s?\d{1,2}(?!\d)/u;
const FOOTNOTE = /(?:\[\w{1,3}\]|[*†‡]{1,2})$/u;

/** Takes a cell apart; undefined for what is no number with at most a sign, a magnitude and a unit. Linear in its length. */
export function dissect(cell: string): NumberText | undefined {
  if (cell.length > LONGEST) return undefined;
  const plainly = bareDigits(cell);
  if (plainly !== undefined) return plainly;
  if (!ANY_DIGIT.test(cell)) return undefined;
  const text = bare(plainSigns(cell));
  return FEET_AND_INCHES.test(text) ? (partedOf(text) ?? wholeOf(text)) : (wholeOf(text) ?? partedOf(text));
}

/** The unit that is written beside a number; undefined for what is no number. */
export function writtenUnit(cell: string): string | undefined {
  return dissect(cell)?.unit;
}

/** Nothing but digits, points and commas behind a minus or the sign of a currency: by far the commonest. */
function bareDigits(cell: string): NumberText | undefined {
  const first = cell.charCodeAt(0);
  const signed = first === MINUS || CURRENCY_SIGNS.includes(first);
  let afterDigit = false;
  for (let at = signed ? 1 : 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if (code >= ZERO && code <= NINE) afterDigit = true;
    else if (afterDigit && (code === POINT || code === COMMA)) afterDigit = false;
    else return undefined;
  }
  if (!afterDigit) return undefined;
  return {
    negative: first === MINUS,
    digits: signed ? cell.slice(1) : cell,
    exponent: 0,
    factor: 1,
    unit: signed && first !== MINUS ? cell.charAt(0) : '',
  };
}

/** Blanks, signs, digits and apostrophes of every kind as those of ASCII. */
function plainSigns(cell: string): string {
  if (!NOT_ASCII.test(cell)) return cell.replaceAll('`', "'").trim();
  return cell
    .replace(INVISIBLE, '')
    .replace(BLANKS, ' ')
    .replace(MINUS_SIGNS, '-')
    .replace(APOSTROPHES, "'")
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
    .replaceAll('\uffe5', '¥')
    .trim();
}

/** Without what does not change the number: quotes around it, the apostrophe that keeps a spreadsheet from reading it, `~`, a footnote. */
function bare(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first >= ZERO && first <= NINE && last >= ZERO && last <= NINE) return text;
  if (/^(["']).*\d\1$/u.test(text)) return text.slice(1, -1).trim();
  return text
    .replace(/^'(?=[\d+-])/u, '')
    .replace(ABOUT, '')
    .replace(FOOTNOTE, '');
}

/** Digits with what may stand before and behind them. */
function wholeOf(whole: string): NumberText | undefined {
  let text = whole;
  let negative = false;
  if (text.startsWith('(') && text.endsWith(')')) {
    if (YEAR_IN_BRACKETS.test(text))
      return { negative: false, digits: text.slice(1, -1), exponent: 0, factor: 1, unit: BRACKETS };
    negative = true;
    text = text.slice(1, -1).trim();
  }
  const found = DIGITS.exec(text);
  if (found === null) return undefined;
  const front = frontOf(text.slice(0, found.index));
  if (front === undefined || (front.negative && negative)) return undefined;
  let rest = text.slice(found.index + found[0].length);
  const power = EXPONENT.exec(rest) ?? TIMES_TEN.exec(rest);
  if (power !== null) rest = rest.slice(power[0].length);
  const back = backOf(rest, front.unit !== '');
  if (back === undefined || (back.negative && (negative || front.negative))) return undefined;
  const unit = unitOf(front.unit, back.unit);
  if (unit === undefined) return undefined;
  return {
    negative: negative || front.negative || back.negative,
    digits: found[0],
    exponent: power === null ? 0 : Number(power[1]),
    factor: back.factor,
    unit,
  };
}

/** Two currencies are none; `£1,200 pcm` is money by the month. */
function unitOf(front: string, back: string): string | undefined {
  if (front === '' || back === '' || front === back) return front || back;
  return isCurrency(back) ? undefined : `${front} ${back}`;
}

function partedOf(text: string): NumberText | undefined {
  const negative = text.startsWith('-');
  const parted = partsOf(negative ? text.slice(1).trim() : text);
  return parted === undefined
    ? undefined
    : { negative, digits: '', exponent: 0, factor: 1, unit: parted.unit, value: parted.value };
}

/** What stands before the digits: a sign, a currency, both in either order. */
function frontOf(front: string): { negative: boolean; unit: string } | undefined {
  let text = front.trim();
  if (text === '') return { negative: false, unit: '' };
  let sign = '';
  if (/^[+-]/u.test(text)) {
    sign = text.charAt(0);
    text = text.slice(1).trim();
  } else if (/[+-]$/u.test(text)) {
    sign = text.slice(-1);
    text = text.slice(0, -1).trim();
  }
  if (text !== '' && !isCurrency(text)) return undefined;
  return { negative: sign === '-', unit: currencyOf(text) };
}

/** What stands behind the digits: a magnitude, a unit, a minus, a plus (`1,000+`), or a mark for no cents (`5.-`). */
function backOf(
  back: string,
  money: boolean,
): { negative: boolean; factor: number; unit: string } | undefined {
  const spaced = back.startsWith(' ');
  let text = back.trim();
  if (text === '' || text === '+' || text === '.' || /^[.,]-{1,2}$/u.test(text))
    return { negative: false, factor: 1, unit: '' };
  if (text === '-') return { negative: true, factor: 1, unit: '' };
  if (text.endsWith('+')) text = text.slice(0, -1).trim();
  const quantity = quantityOf(text, money, spaced);
  return quantity === undefined ? undefined : { negative: false, ...quantity };
}
