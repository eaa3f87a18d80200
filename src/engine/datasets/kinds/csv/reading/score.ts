/**
 * How well a dialect explains a sample: do the records have the same number of cells, and do the cells look like
 * something? After the idea of van den Burg, Nazabal and Sutton, "Wrangling messy CSV files by detecting row and type
 * patterns" (Data Mining and Knowledge Discovery, 2019): the product of both, so that neither a list inside cells
 * (which cuts as evenly) nor a comma in prose (which leaves words) wins alone.
 */
import type { Separator } from '../../../../../protocol/reading';
import type { Scan } from '../scanner';
import { CellKind, cellKind } from './cell-kind';
import { cellCount, signOf } from './dialect';
import type { Layout } from './layout';
import { haveNames } from './row-names';

const SEMICOLON = 0x3b;
const TAB = 0x09;
const ZERO = 0x30;
const NINE = 0x39;
const LOOKED_AT_RECORDS = 120;
const LOOKED_AT_CELLS = 64;
/** A table of one column explains everything, and nothing. */
const ONE_COLUMN = 0.13;
/** How often each is meant where it is found, beside a comma. */
const FAMILIAR: Readonly<Record<Separator, number>> = {
  ',': 1,
  ';': 1,
  '\t': 1,
  '|': 0.97,
  '^': 0.9,
  '~': 0.9,
  '\u0001': 1,
  '::': 0.9,
  '||': 0.97,
  ':': 0.6,
  blanks: 0.7,
  fixed: 0.65,
};
const TITLE_COST = 0.85;
/** A name alone in the first line, above rows of more cells and no plain header: the rows are seldom cut as they should be. */
const LONE_NAME = 0.25;
const CLEARLY_A_HEADER = 3;
/** What rows of fewer cells are worth below a header with a name for each of them. */
const RAGGED = 0.7;
/** More rows than these do not lack their last cell by accident. */
const SHORTER_ROWS = 0.35;
const TORN_BY_BLANKS = 0.1;
/** Words of prose make many columns of blanks: more of them do not say more. */
const WORDS_OF_BLANKS = 0.5;
const FORM: Readonly<Record<CellKind, number>> = {
  [CellKind.empty]: 0.9,
  [CellKind.number]: 1,
  [CellKind.date]: 1,
  [CellKind.word]: 0.95,
  [CellKind.text]: 0.85,
  [CellKind.torn]: 0.25,
};

function isAligned(separator: Separator): boolean {
  return signOf(separator) === undefined;
}

/** What no reading with the separator scores above; `one`: no line holds it, so that every record is one cell. */
export function highestScore(separator: Separator, one: boolean): number {
  return one ? ONE_COLUMN : (isAligned(separator) ? WORDS_OF_BLANKS : 1) * FAMILIAR[separator];
}

/** 0 (explains nothing) to 1. `stretches`: scans of further parts of the file, in the same dialect. */
export function scoreOf(
  separator: Separator,
  head: { readonly bytes: Uint8Array; readonly found: Scan; readonly layout: Layout },
  stretches: readonly { readonly bytes: Uint8Array; readonly found: Scan }[],
): number {
  const { bytes, found, layout } = head;
  const { first, common } = layout;
  const rows = [
    consistency(found, first, common),
    ...stretches.map((part) => consistency(part.found, 0, common)),
  ];
  const total = rows.reduce((sum, { records }) => sum + records, 0);
  const agreeing = rows.reduce((sum, { agreeing: own }) => sum + own, 0);
  const share = total === 0 ? 0 : agreeing / total;
  // Blanks do not stand beside other separators but in the middle of their cells.
  const torn = isAligned(separator) ? TORN_BY_BLANKS : FORM[CellKind.torn];
  const form = formOf(bytes, found, first, torn);
  if (common === 1) return ONE_COLUMN * form * share ** 2;
  const quotes = 1 - Math.min(0.5, found.literalQuoteCount / Math.max(1, found.records));
  const size = isAligned(separator) ? WORDS_OF_BLANKS : (common - 1) / common;
  const titles = TITLE_COST ** Math.min(first, 3);
  const names = isLoneName(bytes, found, layout) ? LONE_NAME : 1;
  return share ** 2 * size * form * quotes * titles * names * FAMILIAR[separator];
}

/** The first line of the file is one cell of one word, or holds other separators, and no plain header stands below. */
function isLoneName(bytes: Uint8Array, found: Scan, { first, common, evidence }: Layout): boolean {
  if (found.records < 2 || cellCount(found.firstCell, 0) !== 1) return false;
  if (first === 1 ? evidence > CLEARLY_A_HEADER : first > 0 || haveNames(bytes, found, common)) return false;
  const start = found.startByte[0] as number;
  const line = Buffer.from(bytes.subarray(start, Math.min(found.endByte[0] as number, start + 200))).toString(
    'utf8',
  );
  return /^\S{1,60}$/u.test(line.trim()) || /[,;\t]/u.test(line);
}

/** The header counts as a tenth of the records: where it does not fit, the rows do not help much. */
function consistency(found: Scan, first: number, common: number): { records: number; agreeing: number } {
  const names = first < found.records ? cellCount(found.firstCell, first) : 0;
  let agreeing = 0;
  let records = 0;
  let shorter = 0;
  for (let record = first; record < found.records; record++) {
    const difference = cellCount(found.firstCell, record) - common;
    const weight =
      record === first && first + 1 < found.records ? Math.max(1, (found.records - first) / 10) : 1;
    records += weight;
    // One less at the end, or without a name for the names of the rows, is seldom an accident.
    if (difference === 0) agreeing += weight;
    else if (names > common + 1 && difference <= names - common) agreeing += RAGGED * weight;
    else if (difference === -1 && common > 2) shorter += weight;
  }
  if (shorter <= SHORTER_ROWS * records) agreeing += 0.8 * shorter;
  return { records, agreeing };
}

function formOf(bytes: Uint8Array, found: Scan, first: number, torn: number): number {
  let sum = 0;
  let weights = 0;
  const step = Math.max(1, Math.floor((found.records - first) / LOOKED_AT_RECORDS));
  for (let record = first; record < found.records; record += step) {
    const from = found.firstCell[record] as number;
    const to = found.firstCell[record + 1] as number;
    const stride = Math.max(1, Math.floor((to - from) / LOOKED_AT_CELLS));
    let form = 0;
    let cells = 0;
    for (let cell = from; cell < to; cell += stride) {
      const start = found.cellStart[cell] as number;
      const end = found.cellEnd[cell] as number;
      const quoted = start > 0 && isQuote(bytes[start - 1] as number) && bytes[end] === bytes[start - 1];
      const kind = cellKind(bytes, start, end, quoted);
      form += kind !== CellKind.torn ? FORM[kind] : isTornNumber(bytes, start, end) ? 0 : torn;
      cells++;
    }
    // A header says as much about the separator as several rows.
    const weight = record === first ? 3 : 1;
    sum += (weight * form) / Math.max(1, cells);
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}

/** `50;3` between two commas: the ends of two numbers with decimal commas. */
function isTornNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let separators = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === SEMICOLON || byte === TAB) separators++;
    else if (byte < ZERO || byte > NINE) return false;
  }
  return separators === 1 && end - start <= 20;
}

function isQuote(byte: number): boolean {
  return byte === 0x22 || byte === 0x27;
}
