/** What a cell looks like, told from its bytes: how well the columns of a hypothesis hang together. */
export const CellKind = { empty: 0, number: 1, date: 2, word: 3, text: 4, torn: 5 } as const;
export type CellKind = (typeof CellKind)[keyof typeof CellKind];

/** A look at a cell is at most so long. */
const LOOK_BYTES = 400;
const LONGEST_NUMBER = 40;

const DIGIT = 1;
const LETTER = 2;
const BLANK = 3;
/** A character that separates cells in other files. */
const OTHER_SEPARATOR = 4;
const COMMA = 5;
const SIGN = 6;
const POINT = 7;
const CLASSES = new Uint8Array(256);
for (let byte = 0x80; byte < 256; byte++) CLASSES[byte] = LETTER;
for (let byte = 0x41; byte <= 0x5a; byte++) {
  CLASSES[byte] = LETTER;
  CLASSES[byte | 0x20] = LETTER;
}
for (let byte = 0x30; byte <= 0x39; byte++) CLASSES[byte] = DIGIT;
for (const [characters, kind] of [
  [' \t', BLANK],
  [';|^~', OTHER_SEPARATOR],
  [',', COMMA],
  ['-+/:', SIGN],
  ['.', POINT],
] as const) {
  for (const character of characters) CLASSES[character.charCodeAt(0)] = kind;
}
CLASSES[0x09] = OTHER_SEPARATOR;

const NUMBER =
  /^(?=[-+−($€£¥₹\s.,]*\d)[-+−(]?\s*(?:[$€£¥₹]|[a-z]{3}\s)?\s*[-+−]?(?:\d{1,3}(?:[,.'’\s]\d{3})+|\d+)?(?:[.,]\d+|[.,])?(?:e[-+]?\d+)?\s*(?:[%$€£¥₹)]|[a-zµ°²³/%]{1,4}\d?)?\)?$/iu;
const MONTHS = /\b(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*\b/iu;

/** `quoted` cells hold what they hold on purpose. */
export function cellKind(bytes: Uint8Array, from: number, to: number, quoted: boolean): CellKind {
  let start = from;
  let end = Math.min(to, from + LOOK_BYTES);
  while (start < end && (bytes[start] as number) <= 0x20) start++;
  while (end > start && (bytes[end - 1] as number) <= 0x20) end--;
  if (start === end) return CellKind.empty;
  if (isPlainNumber(bytes, start, end)) return CellKind.number;
  let digits = 0;
  let letters = 0;
  let blanks = 0;
  let others = 0;
  let commas = 0;
  let signs = 0;
  let points = 0;
  for (let at = start; at < end; at++) {
    switch (CLASSES[bytes[at] as number]) {
      case DIGIT:
        digits++;
        break;
      case LETTER:
        letters++;
        break;
      case BLANK:
        blanks++;
        break;
      case OTHER_SEPARATOR:
        others++;
        break;
      case COMMA:
        commas++;
        break;
      case SIGN:
        signs++;
        break;
      case POINT:
        points++;
        break;
      case undefined:
    }
  }
  if (others > 0) return quoted ? CellKind.text : CellKind.torn;
  const length = end - start;
  if (digits > 0 && letters <= 14 && length <= LONGEST_NUMBER) {
    const text = textAt(bytes, start, end);
    if (letters <= 6 && NUMBER.test(text)) return CellKind.number;
    if (digits >= 3 && signs + points + blanks >= 1 && (letters <= 5 || MONTHS.test(text)) && isDate(text)) {
      return CellKind.date;
    }
  }
  if (!quoted && (isTornByQuote(bytes, start, end) || hasBareComma(bytes, start, end, commas)))
    return CellKind.torn;
  if (!quoted && blanks > 0 && digits + blanks + points + commas + signs === length && digits > 1)
    return CellKind.torn;
  if (bytes[start] === 0x27 && bytes[end - 1] === 0x27) return CellKind.text;
  return blanks === 0 && length <= 40 ? CellKind.word : CellKind.text;
}

/** Digits with at most one point and a sign are by far the commonest: nothing else is counted of them. */
function isPlainNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let points = 0;
  let digits = 0;
  for (let at = isSign(bytes[start] as number) ? start + 1 : start; at < end; at++) {
    const kind = CLASSES[bytes[at] as number];
    if (kind === DIGIT) digits++;
    else if (kind !== POINT || points++ > 0) return false;
  }
  return digits > 0 && end - start <= LONGEST_NUMBER;
}

function isDate(text: string): boolean {
  if (MONTHS.test(text)) return /\d{1,2}/u.test(text) && !/[a-z]{10}/iu.test(text);
  return /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ,]+\d.*)?$|^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?[ap]m)?$/iu.test(
    text,
  );
}

/** A comma in prose has a space behind it, one in a list or between lost cells has none. */
function hasBareComma(bytes: Uint8Array, start: number, end: number, commas: number): boolean {
  if (commas === 0) return false;
  if (bytes[end - 1] === 0x2c || bytes[start] === 0x2c) return true;
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0x2c && bytes[at + 1] !== 0x20) return true;
  }
  return false;
}

/** A quote at one end only: half of a cell that was quoted. */
function isTornByQuote(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  const last = bytes[end - 1];
  if ((first === 0x27) !== (last === 0x27)) return true;
  return (first === 0x22) !== (last === 0x22) || (first === 0x22 && end - start > 1);
}

function isSign(byte: number): boolean {
  return byte === 0x2d || byte === 0x2b;
}

function textAt(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
