/** Further lines of a header: words above columns of numbers that are neither names of their own nor rows. */
import { placeholderOf } from '../../../placeholders';
import type { Scan } from '../scanner';
import { kindAt, textAt } from './cell-at';
import { CellKind } from './cell-kind';
import { cellCount } from './dialect';

const PROBED_ROWS = 60;
const PROBED_COLUMNS = 200;
/** A column of numbers or dates has so many of them, at least, and seldom something else. */
const FEWEST_VALUES = 3;
const SHARE = 0.9;
/** A number that is only known to be below or above. */
const LIMIT = /^[<>≤≥~≈]\s*[\d.,]+/u;
/** More lines than this are no header. */
const MOST_HEADER_LINES = 12;

/**
 * Whether the record holds words wherever the records below it hold numbers or dates: it is no row of theirs. Two such
 * columns are needed, since a single word is a placeholder more often; or one, where nothing else in the record
 * comes again in its column, either.
 */
export function breaksColumns(bytes: Uint8Array, found: Scan, record: number): boolean {
  const from = found.firstCell[record] as number;
  const width = cellCount(found.firstCell, record);
  for (let cell = from; cell < from + Math.min(width, PROBED_COLUMNS); cell++) {
    const kind = kindAt(bytes, found, cell);
    const text = textAt(bytes, found, cell);
    if ((kind === CellKind.number && !isLettered(text)) || LIMIT.test(text)) return false;
  }
  const rows = rowsBelow(found, record, width);
  if (rows.length < FEWEST_VALUES) return false;
  let broken = 0;
  let strangers = 0;
  let others = 0;
  for (let column = 0; column < Math.min(width, PROBED_COLUMNS); column++) {
    const text = textAt(bytes, found, from + column);
    const kind = kindAt(bytes, found, from + column);
    const below = columnBelow(bytes, found, rows, column);
    if (below.present < FEWEST_VALUES) continue;
    const numbers = below.numbers >= SHARE * below.present;
    if (numbers || below.dates >= SHARE * below.present) {
      if (numbers ? kind === CellKind.number && below.lettered > 0 : kind === CellKind.date) return false;
      else if (text === '' || placeholderOf(text) !== undefined) continue;
      if (below.texts.has(text)) return false;
      broken++;
    } else if (text === '') continue;
    else if (below.texts.has(text)) return false;
    else {
      others++;
      if (below.texts.size <= below.present / 2) strangers++;
    }
  }
  return broken >= 2 || (broken === 1 && others > 0 && strangers === others);
}

/**
 * Whether the record names exactly the columns on the left that no line above it does, and nothing else stands in it: the
 * names of the index, as pandas writes them below a header of several lines.
 */
export function fillsGaps(bytes: Uint8Array, found: Scan, record: number): boolean {
  const width = cellCount(found.firstCell, record);
  const from = found.firstCell[record] as number;
  let gaps = 0;
  for (let column = 0; column < width; column++) {
    let named = false;
    for (let above = 0; above < record && !named; above++) {
      if (cellCount(found.firstCell, above) !== width) return false;
      named = textAt(bytes, found, (found.firstCell[above] as number) + column) !== '';
    }
    const text = textAt(bytes, found, from + column);
    if (named === (text !== '')) return false;
    if (named) continue;
    const kind = kindAt(bytes, found, from + column);
    if (column !== gaps++ || kind === CellKind.number || kind === CellKind.date) return false;
  }
  return gaps > 0 && gaps < width;
}

/**
 * The record whose words are the names, from `first` on: the last of the lines that are no rows where the first has gaps or
 * equal names, or where several stand above it, as titles of two cells do. Qualtrics writes names, questions and codes.
 */
export function namesAmong(bytes: Uint8Array, found: Scan, first: number, common: number): number {
  let last = first;
  while (
    last + 1 < Math.min(found.records - 1, first + MOST_HEADER_LINES) &&
    cellCount(found.firstCell, last + 1) === common &&
    breaksColumns(bytes, found, last + 1)
  ) {
    last++;
  }
  const own =
    last === first + 1 || /^\{"+ImportId"/u.test(textAt(bytes, found, found.firstCell[last] as number));
  if (last === first || (own && areDistinct(bytes, found, first))) return first;
  return areDistinct(bytes, found, last) && filled(bytes, found, last) ? last : first;
}

/** Filled and different from each other; the first may be missing, as above the names of rows. */
export function areDistinct(bytes: Uint8Array, found: Scan, record: number): boolean {
  const from = found.firstCell[record] as number;
  const to = found.firstCell[record + 1] as number;
  const texts = new Set<string>();
  for (let cell = from; cell < to; cell++) {
    const text = textAt(bytes, found, cell);
    if ((text === '' && cell > from) || texts.has(text)) return false;
    texts.add(text);
  }
  return true;
}

function filled(bytes: Uint8Array, found: Scan, record: number): boolean {
  return textAt(bytes, found, found.firstCell[record] as number) !== '';
}

interface Below {
  present: number;
  numbers: number;
  dates: number;
  /** Numbers with a letter, as with a unit. */
  lettered: number;
  readonly texts: Set<string>;
}

function columnBelow(bytes: Uint8Array, found: Scan, rows: readonly number[], column: number): Below {
  const below: Below = { present: 0, numbers: 0, dates: 0, lettered: 0, texts: new Set() };
  for (const row of rows) {
    const cell = (found.firstCell[row] as number) + column;
    const text = textAt(bytes, found, cell);
    below.texts.add(text);
    const kind = kindAt(bytes, found, cell);
    if (kind === CellKind.empty || placeholderOf(text) !== undefined) continue;
    below.present++;
    if (kind === CellKind.number) below.numbers++;
    if (kind === CellKind.date) below.dates++;
    if (kind === CellKind.number && isLettered(text)) below.lettered++;
  }
  return below;
}

/** `01SYN`, `5 kg`; not `1e5`. */
export function isLettered(text: string): boolean {
  return /\p{L}/u.test(text) && !/^[-+]?[\d.,]+e[-+]?\d+$/iu.test(text);
}

function rowsBelow(found: Scan, record: number, width: number): number[] {
  const rows: number[] = [];
  for (let row = record + 1; row < found.records && rows.length < PROBED_ROWS; row++) {
    if (cellCount(found.firstCell, row) === width) rows.push(row);
  }
  return rows;
}
