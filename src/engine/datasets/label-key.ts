/** What labels and categories are compared by. */

export const PLAIN_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;
/** `01` and `1` are two codes. */
const LEADING_ZERO = /^[+-]?0\d/u;

/** Anything between words but one blank. */
const WIDE_GAP = /\s\s|[^\S ]/u;
/** At the end of a word or a number. */
const FULL_STOP = /(?<=[\p{L}\d])\.$/u;
const NOT_ASCII = /[^\x20-\x7e]/u;
/** Marks that take no room: of byte order, of writing direction, between letters. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * What makes two labels one class: spaces, case and marks that nobody sees do not, nor do how a number or an accent is
 * written, a full stop at the end, or whether letters are as wide as Chinese ones.
 */
export function labelKey(label: string): string {
  const seen = NOT_ASCII.test(label) ? label.replace(INVISIBLE, '').normalize('NFKC') : label;
  const trimmed = seen.trim();
  const spaced = WIDE_GAP.test(trimmed) ? trimmed.replace(/\s+/gu, ' ') : trimmed;
  const text = spaced.endsWith('.') ? spaced.replace(FULL_STOP, '') : spaced;
  if (PLAIN_NUMBER.test(text) && !LEADING_ZERO.test(text)) return String(Number(text) + 0);
  return text.toLowerCase();
}
