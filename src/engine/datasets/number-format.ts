/** What the points, commas and blanks inside the numbers of a column mean. */
import * as z from 'zod';
import { BRACKETS, conversion, isCurrency } from './number-units';
import type { NumberText } from './number-text';

export const Thousands = z.enum(['none', ',', '.', ' ', "'"]);
export type Thousands = z.infer<typeof Thousands>;

/** How the numbers of a column are written. */
export const NumberFormat = z.strictObject({
  decimal: z.enum(['.', ',']),
  thousands: Thousands,
  /** What may stand before or behind them, as `NumberText.unit`; empty for none. */
  unit: z.string(),
  /** Numbers with another unit of the same kind are converted; absent in older models, to which they are missing. */
  converts: z.literal(true).optional(),
  /** The other of the two signs is a decimal sign, too, each in numbers of its own; `thousands` are `none`. */
  either: z.literal(true).optional(),
});
export type NumberFormat = z.infer<typeof NumberFormat>;

/** The number that `text` is in `format`, converted to its unit, or NaN where it is none. Infinities are none either. */
export function numberOf(
  text: NumberText,
  { decimal, thousands, unit, converts, either }: NumberFormat,
): number {
  const same = text.unit === '' || text.unit === unit;
  if (converts !== true && (text.value !== undefined || (!same && text.unit !== BRACKETS))) return NaN;
  const size = same ? 1 : text.unit === BRACKETS ? -1 : conversion(text.unit, unit);
  if (size === undefined) return NaN;
  const sign = either === true && !text.digits.includes(decimal) ? otherThan(decimal) : decimal;
  const value = text.value ?? writtenValue(text, sign, thousands);
  if (!Number.isFinite(value)) return NaN;
  return (text.negative ? -value : value) * size;
}

function writtenValue(text: NumberText, decimal: '.' | ',', thousands: Thousands): number {
  const { digits } = text;
  if (decimal === '.' && text.exponent === 0) {
    const plainly = Number(digits);
    if (!Number.isNaN(plainly)) return plainly * text.factor;
  }
  const at = digits.indexOf(decimal);
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  if (!/^\d*$/u.test(fraction)) return NaN;
  const plain = ungrouped(whole, thousands);
  if (plain === undefined) return NaN;
  return Number(`${plain || '0'}.${fraction || '0'}e${text.exponent}`) * text.factor;
}

export function otherThan(sign: '.' | ','): '.' | ',' {
  return sign === '.' ? ',' : '.';
}

/** The digits without their grouping; groups of three, or the last of three and the others of two (India). */
function ungrouped(whole: string, thousands: Thousands): string | undefined {
  if (/^\d*$/u.test(whole)) return whole;
  if (thousands === 'none') return undefined;
  const groups = whole.split(thousands);
  const [first = '', ...others] = groups;
  const last = others.at(-1) ?? '';
  if (!/^[1-9]\d{0,2}$/u.test(first) || !/^\d{3}$/u.test(last)) return undefined;
  const inner = others.slice(0, -1);
  const european = inner.every((group) => /^\d{3}$/u.test(group));
  const indian = thousands === ',' && first.length <= 2 && inner.every((group) => /^\d\d$/u.test(group));
  return european || indian ? groups.join('') : undefined;
}

/** What is known of the file beside the column. */
export interface FileSigns {
  /** Signs that other columns use in a way that leaves no doubt. */
  readonly decimal: ReadonlySet<string>;
  readonly thousands: ReadonlySet<string>;
  /** The decimal sign of the file where nothing else tells. */
  readonly usual: '.' | ',';
}

/** Cells by what a sign can be in them. */
interface SignUses {
  /** All that have the sign. */
  all: number;
  /** `1.250` */
  single: number;
  /** `1.250.000` */
  repeated: number;
  /** The sign can be nothing but a decimal sign. */
  other: number;
  /** Whole numbers without it, of up to three digits and of more. */
  small: number;
  large: number;
}

/** How many numbers are written in a way that says what a sign means, over a whole column. */
export class SignCounts {
  /** Different ways of writing with how many cells have them: each run of digits told by its length. */
  readonly #shapes = new Map<string, number>();
  /** Numbers whose last three digits are two or three zeros, of those that end in a group of three. */
  #round = 0;
  /** Whether all numbers with a sign have a currency. */
  #money = true;

  add({ digits, value, unit }: NumberText): void {
    if (value !== undefined) return;
    if (/[.,]/u.test(digits) && !isCurrency(unit)) this.#money = false;
    const shape = shapeOf(digits);
    this.#shapes.set(shape, (this.#shapes.get(shape) ?? 0) + 1);
    if (/[.,]\d00$/u.test(digits)) this.#round++;
  }

  /** The signs that have but one meaning here. */
  sure(): { decimal: string[]; thousands: string[] } {
    const decimal: string[] = [];
    const thousands: string[] = [];
    for (const sign of ['.', ','] as const) {
      const { single, other, repeated, small, large } = this.#counts(sign);
      if (repeated > 0 || (single > 2 && other === 0 && small > 0 && large === 0)) thousands.push(sign);
      else if (other > 0) decimal.push(sign);
    }
    return { decimal, thousands };
  }

  /** The reading that most numbers fit. `open`: the other reading of the sign, where both fit (`1.250`). */
  decide(
    file: FileSigns,
    wish: { decimal?: '.' | ',' | undefined; thousands?: Thousands | undefined } = {},
  ): {
    readonly decimal: '.' | ',';
    readonly thousands: Thousands;
    readonly open?: '.' | ',' | undefined;
    readonly either?: true;
  } {
    const spaced = this.#groupedBy(' ') ? ' ' : this.#groupedBy("'") ? "'" : undefined;
    const point = this.#counts('.');
    const comma = this.#counts(',');
    if (wish.decimal !== undefined || wish.thousands !== undefined) return this.#asked(wish, spaced, file);
    if (point.all > 0 && comma.all > 0) {
      const decimal = this.#lastSign(file.usual);
      // No number has both, and none has groups: people write decimals in two ways.
      if (spaced === undefined && point.all === point.other && comma.all === comma.other)
        return { decimal, thousands: 'none', either: true };
      return { decimal, thousands: otherThan(decimal) };
    }
    const sign = point.all > 0 ? '.' : ',';
    const counts = sign === '.' ? point : comma;
    if (counts.all === 0) return { decimal: file.usual, thousands: spaced ?? 'none' };
    const other = otherThan(sign);
    if (spaced !== undefined) return { decimal: sign, thousands: spaced };
    if (counts.repeated > counts.other) return { decimal: other, thousands: sign };
    if (counts.other > 0) return { decimal: sign, thousands: 'none' };
    const grouped = this.#isGrouped(sign, counts, file);
    return grouped
      ? { decimal: other, thousands: sign, open: sign }
      : { decimal: sign, thousands: 'none', open: sign };
  }

  #asked(
    wish: { decimal?: '.' | ',' | undefined; thousands?: Thousands | undefined },
    spaced: ' ' | "'" | undefined,
    file: FileSigns,
  ): { decimal: '.' | ','; thousands: Thousands } {
    const decimal =
      wish.decimal ??
      (wish.thousands === '.' ? ',' : wish.thousands === ',' ? '.' : this.#lastSign(file.usual));
    const other = otherThan(decimal);
    return { decimal, thousands: wish.thousands ?? spaced ?? (this.#counts(other).all > 0 ? other : 'none') };
  }

  /** All numbers with the sign end in one group of three digits behind it: thousands or thousandths? */
  #isGrouped(sign: '.' | ',', { single, small, large }: SignUses, file: FileSigns): boolean {
    const other = otherThan(sign);
    if (large > 0) return false;
    if (small > 0 && (single > 2 || sign !== file.usual)) return true;
    if (this.#isMoney(sign)) return true;
    if (file.decimal.has(sign) !== file.thousands.has(sign)) return file.thousands.has(sign);
    if (file.decimal.has(other)) return true;
    if (single > 4 && this.#round > 0.3 * single) return true;
    return sign !== file.usual;
  }

  /** Amounts have no thousandths; prices of fuel have, below ten. */
  #isMoney(sign: '.' | ','): boolean {
    return (
      this.#money && [...this.#shapes.keys()].some((shape) => /^[23]$/u.test(shape.split(sign)[0] ?? ''))
    );
  }

  #counts(sign: '.' | ','): SignUses {
    const result = { all: 0, single: 0, repeated: 0, other: 0, small: 0, large: 0 };
    for (const [shape, count] of this.#shapes) {
      const parts = shape.split(sign);
      if (parts.length === 1) {
        if (/^[0123]$/u.test(shape)) result.small += count;
        else if (/^[4z]$/u.test(shape)) result.large += count;
        continue;
      }
      result.all += count;
      // Before another sign, `1,250.5`, it can only group.
      if (parts.length > 2 || (parts[1] as string).includes(otherThan(sign))) result.repeated += count;
      else if (/^[123]$/u.test(parts[0] as string) && parts[1] === '3') result.single += count;
      else result.other += count;
    }
    return result;
  }

  /** Of two signs in the same numbers the last one is the decimal sign. */
  #lastSign(usual: '.' | ','): '.' | ',' {
    let point = 0;
    let comma = 0;
    for (const [shape, count] of this.#shapes) {
      const lastPoint = shape.lastIndexOf('.');
      const lastComma = shape.lastIndexOf(',');
      const both = lastPoint >= 0 && lastComma >= 0;
      // A sign that stands once and not before three digits is a decimal sign also on its own.
      if (both ? lastPoint > lastComma : lastPoint >= 0 && isDecimal(shape, '.')) point += count;
      else if (both || (lastComma >= 0 && isDecimal(shape, ','))) comma += count;
    }
    return point === comma ? usual : point > comma ? '.' : ',';
  }

  #groupedBy(sign: string): boolean {
    return [...this.#shapes.keys()].some((shape) => shape.includes(sign));
  }
}

function isDecimal(shape: string, sign: string): boolean {
  return shape.split(sign).length === 2 && !/^[123][.,]3$/u.test(shape);
}

/** `0` for a single zero, the length up to three, `4` for longer, `z` for longer ones that begin with zero. */
function shapeOfRun(length: number, first: string): string {
  if (length > 3) return first === '0' ? 'z' : '4';
  return length === 1 && first === '0' ? '0' : String(length);
}

/** Signs as they are, and each run of digits as `shapeOfRun` has it. */
function shapeOf(digits: string): string {
  let shape = '';
  let run = 0;
  for (let at = 0; at <= digits.length; at++) {
    const character = digits.charAt(at);
    if (character >= '0' && character <= '9') {
      run++;
      continue;
    }
    if (run > 0) shape += shapeOfRun(run, digits.charAt(at - run));
    run = 0;
    shape += character;
  }
  return shape;
}
