/** The dialects that a file could be written in: what occurs in its lines often enough to be tried. */
import type { QuoteCharacter, QuoteEscape, ReadingWishes, Separator } from '../../../../../protocol/reading';
import { type Dialect, signOf } from './dialect';
import { isDoubled } from './doubled';

const CHARACTERS: readonly Separator[] = [',', ';', '\t', '|', ':', '^', '~', '\u0001'];
/** Signs of which two may separate. */
const DOUBLED: Readonly<Partial<Record<Separator, Separator>>> = { '|': '||', ':': '::' };
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const BACKSLASH = 0x5c;
/** What a census counts of a byte, in bits. */
const CHARACTER = 1;
const BLANK = 2;
const LINE_END = 4;
const COUNTED = new Uint8Array(256);
for (const character of CHARACTERS) COUNTED[character.charCodeAt(0)] = CHARACTER;
COUNTED[SPACE] = BLANK;
COUNTED[TAB] = CHARACTER | BLANK;
COUNTED[LF] = COUNTED[CR] = LINE_END;
/** A separator stands in so many of the lines, at least. */
const SHARE_OF_LINES = 0.3;

interface Census {
  readonly lines: number;
  /** Lines with each of the characters that separate. */
  readonly linesWith: Uint32Array;
  /** Lines that have a blank between other characters, and two in a row. */
  readonly blankLines: number;
  readonly gapLines: number;
  /** 1 for each byte that a space stands behind. */
  readonly spaceBehind: Uint8Array;
}

/** The candidates, each of which agrees with what is asked for. */
export function dialectsOf(head: Uint8Array, wishes: ReadingWishes): readonly Dialect[] {
  const census = censusOf(head);
  const separators = wishes.separator === undefined ? separatorsOf(head, census) : [wishes.separator];
  return separators.flatMap((separator) => {
    const sign = signOf(separator);
    const byte = sign ?? SPACE;
    const quotes: readonly QuoteCharacter[] =
      wishes.quote === undefined ? quotesOf(head, separator, byte) : [wishes.quote];
    return quotes.flatMap((quote) => {
      if (quote === 'none' || separator === 'fixed') return [plain(separator, quote)];
      const escapes: readonly QuoteEscape[] =
        wishes.escape === undefined ? escapesOf(head, quote.charCodeAt(0)) : [wishes.escape];
      const spaced =
        sign !== undefined &&
        census.spaceBehind[byte] === 1 &&
        hasSpacedQuotes(head, byte, quote.charCodeAt(0));
      return escapes.flatMap((escape) =>
        (spaced ? [false, true] : [false]).map((spacedQuotes) => ({
          separator,
          quote,
          escape,
          spacedQuotes,
        })),
      );
    });
  });
}

function plain(separator: Separator, quote: QuoteCharacter): Dialect {
  return { separator, quote, escape: 'doubled', spacedQuotes: false };
}

function separatorsOf(
  head: Uint8Array,
  { lines, linesWith, blankLines, gapLines }: Census,
): readonly Separator[] {
  const enough = Math.max(1, lines * SHARE_OF_LINES);
  const separators: Separator[] = CHARACTERS.filter(
    (character) => (linesWith[character.charCodeAt(0)] as number) >= enough,
  ).map((character) => {
    const twice = DOUBLED[character];
    return twice !== undefined && isDoubled(head, character.charCodeAt(0)) ? twice : character;
  });
  if (blankLines >= lines * 0.9) separators.push('blanks');
  if (gapLines >= lines * 0.5 && lines >= 4) separators.push('fixed');
  // One column, whatever occurs in its cells: cut by a character that does not.
  const absent = CHARACTERS.find((character) => linesWith[character.charCodeAt(0)] === 0);
  if (absent !== undefined) separators.push(absent);
  return separators.length === 0 ? [','] : separators;
}

function censusOf(head: Uint8Array): Census {
  const linesWith = new Uint32Array(256);
  const spaceBehind = new Uint8Array(256);
  const lastLine = new Int32Array(256).fill(-1);
  let lines = 0;
  let blankLines = 0;
  let gapLines = 0;
  let filled = false;
  let run = 0;
  let blank = false;
  let gap = false;
  for (let at = 0; at <= head.length; at++) {
    const byte = at < head.length ? (head[at] as number) : LF;
    const counted = COUNTED[byte] as number;
    // Nearly every byte is another character behind one.
    if (counted === 0 && run === 0) {
      filled = true;
      while (at + 1 < head.length && COUNTED[head[at + 1] as number] === 0) at++;
      continue;
    }
    if (counted === LINE_END) {
      if (filled) {
        lines++;
        if (blank) blankLines++;
        if (gap) gapLines++;
      }
      filled = blank = gap = false;
      run = 0;
      continue;
    }
    if ((counted & CHARACTER) !== 0 && lastLine[byte] !== lines) {
      lastLine[byte] = lines;
      linesWith[byte] = (linesWith[byte] as number) + 1;
    }
    if (byte === SPACE && at > 0) spaceBehind[head[at - 1] as number] = 1;
    if ((counted & BLANK) !== 0) run++;
    else {
      if (run > 0 && filled) {
        blank = true;
        gap ||= run > 1;
      }
      run = 0;
      filled = true;
    }
  }
  return { lines, linesWith, blankLines, gapLines, spaceBehind };
}

/** Single quotes count where they open cells in several lines. */
function quotesOf(head: Uint8Array, separator: Separator, byte: number): readonly QuoteCharacter[] {
  if (separator === 'fixed') return ['none'];
  let opening = 0;
  let closing = 0;
  for (let at = head.indexOf(0x27); at >= 0 && opening < 10; at = head.indexOf(0x27, at + 1)) {
    const before = at === 0 ? LF : (head[at - 1] as number);
    const after = head[at + 1] ?? LF;
    if (before === byte || before === LF || before === CR || before === SPACE) opening++;
    if (after === byte || after === LF || after === CR) closing++;
  }
  return opening >= 2 && closing >= 1 ? ['"', "'"] : ['"'];
}

function escapesOf(head: Uint8Array, quote: number): readonly QuoteEscape[] {
  for (let at = head.indexOf(BACKSLASH); at >= 0; at = head.indexOf(BACKSLASH, at + 1)) {
    if (head[at + 1] === quote) return ['doubled', 'backslash'];
  }
  return ['doubled'];
}

/** Whether most separators have a space behind them, and some of these a quote. */
function hasSpacedQuotes(head: Uint8Array, separator: number, quote: number): boolean {
  let separators = 0;
  let spaces = 0;
  let quotes = 0;
  for (let at = head.indexOf(separator); at >= 0; at = head.indexOf(separator, at + 1)) {
    separators++;
    if (head[at + 1] !== SPACE) continue;
    spaces++;
    let next = at + 2;
    while (head[next] === SPACE) next++;
    if (head[next] === quote) quotes++;
  }
  return quotes > 0 && spaces >= separators * 0.4;
}
