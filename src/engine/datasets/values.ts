/** What a cell's bytes mean: a number, nothing, or something else. */

const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
/** Mantissas of so many digits and powers of ten up to 22 are exact in a double (Clinger 1990). */
const EXACT_DIGITS = 15;
const EXACT_POWER = 22;
/** Powers of ten. */
export const POWERS = Float64Array.from({ length: EXACT_POWER + 1 }, (_, power) => Number(`1e${power}`));

/**
 * The number in `bytes[start, end)`, spaces around it allowed, or NaN. Accepts what JSON accepts, and a leading
 * plus or point; not hexadecimal, `Infinity` or thousands separators. `comma`: a comma is a decimal point too.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, comma: boolean): number {
  while (start < end && (bytes[start] as number) <= SPACE) start++;
  while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
  const first = start;
  let at = start;
  const sign = bytes[at];
  if (sign === 0x2d || sign === 0x2b) at++;
  let mantissa = 0;
  let digits = 0;
  let seen = 0;
  let power = 0;
  let point = false;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= ZERO && byte <= NINE) {
      seen++;
      if (digits > 0 || byte !== ZERO) digits++;
      mantissa = mantissa * 10 + (byte - ZERO);
      if (point) power--;
    } else if (!point && (byte === 0x2e || (comma && byte === 0x2c))) point = true;
    else break;
  }
  if (seen === 0) return NaN;
  if (at < end) {
    if (((bytes[at] as number) | 0x20) !== 0x65) return NaN;
    at++;
    const exponentSign = bytes[at];
    if (at < end && (exponentSign === 0x2d || exponentSign === 0x2b)) at++;
    if (at === end) return NaN;
    let exponent = 0;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) return NaN;
      exponent = Math.min(exponent * 10 + (byte - ZERO), 9999);
    }
    power += exponentSign === 0x2d ? -exponent : exponent;
  }
  if (digits > EXACT_DIGITS || power > EXACT_POWER || power < -EXACT_POWER) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + first, end - first).toString('latin1');
    const value = Number(comma ? text.replace(',', '.') : text);
    return Number.isFinite(value) ? value : NaN;
  }
  const value = power < 0 ? mantissa / (POWERS[-power] as number) : mantissa * (POWERS[power] as number);
  return sign === 0x2d ? -value : value;
}

/** Whether a cell could hold a number in any dress, or an infinity, told without making a string of it. */
export function mayBeNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    // Digits of other scripts are no ASCII.
    if ((byte >= ZERO && byte <= NINE) || byte >= 0x80) return true;
  }
  while (start < end && (bytes[start] as number) <= SPACE) start++;
  const first = bytes[start] as number;
  // `inf`, `-inf`.
  return start < end && (first === 0x2b || first === 0x2d || (first | 0x20) === 0x69);
}

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);
const LONGEST_MISSING = 4;

/** Whether a cell's text stands for no value. */
export function isMissingText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= LONGEST_MISSING && MISSING.has(trimmed.toLowerCase());
}

/** The same on bytes. */
export function isMissingBytes(bytes: Uint8Array, start: number, end: number): boolean {
  while (start < end && (bytes[start] as number) <= SPACE) start++;
  while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
  const length = end - start;
  if (length === 0) return true;
  if (length > LONGEST_MISSING) return false;
  const first = (bytes[start] as number) | 0x20;
  if (first !== 0x6e && bytes[start] !== 0x3f) return false;
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return MISSING.has(text.toLowerCase());
}

/** How a plainly written number looks, as far as its value does not tell. */
export const Written = { plain: 0, leadingZero: 1, grouped: 2, ungrouped: 3 } as const;
export type Written = (typeof Written)[keyof typeof Written];

/**
 * `leadingZero`: `007`. `grouped`: one point or comma before exactly three digits, `1.250`; `ungrouped`: any other point
 * or comma. The bytes hold a number, spaces around it allowed.
 */
export function writtenAs(bytes: Uint8Array, start: number, end: number): Written {
  while (start < end && (bytes[start] as number) <= SPACE) start++;
  while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
  let sign = -1;
  let others = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e || byte === 0x2c) {
      if (sign >= 0) return Written.ungrouped;
      sign = at;
    } else if (byte < ZERO || byte > NINE) others++;
  }
  const first = bytes[start] as number;
  if (sign < 0)
    return others === 0 && first === ZERO && end - start >= 3 ? Written.leadingZero : Written.plain;
  const signed = first === 0x2b || first === 0x2d ? 1 : 0;
  const digits = sign - start - signed;
  const begins = bytes[start + signed] as number;
  const grouped = others === signed && digits >= 1 && digits <= 3 && begins !== ZERO && end - sign === 4;
  return grouped ? Written.grouped : Written.ungrouped;
}
