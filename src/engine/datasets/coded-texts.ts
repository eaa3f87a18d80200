/** The different texts of a column, each once, and which of them every row has: what is asked of all rows is asked of few texts. */
import type { TableFormat } from '../../protocol/dataset';
import { cellText } from './cell-text';
import type { CellPlaces } from './row-places';

export interface CodedTexts {
  /** By their first row. */
  readonly texts: readonly string[];
  /** `[rows]`, indices into them. */
  readonly codes: Uint16Array;
}

/** A column of so many different texts is not coded: it is free text or an identifier. */
export const CODED_LIMIT = 10_000;

/** Codes keys as they come; undefined as soon as there are too many different ones. */
export function codeKeys(
  rows: number,
  keyAt: (row: number) => number,
  textAt: (row: number) => string,
): CodedTexts | undefined {
  const codes = new Uint16Array(rows);
  const known = new Map<number, number>();
  const texts: string[] = [];
  for (let row = 0; row < rows; row++) {
    const key = keyAt(row);
    let code = known.get(key);
    if (code === undefined) {
      code = texts.length;
      if (code + 1 >= CODED_LIMIT) return undefined;
      known.set(key, code);
      texts.push(textAt(row));
    }
    codes[row] = code;
  }
  return { texts, codes };
}

/** Codes in the order of their first rows, of codes in any other. `all`: the text of each code. */
export function inOrder(all: readonly string[], codes: ArrayLike<number>): CodedTexts | undefined {
  if (all.length >= 2 ** 16) return undefined;
  const places = new Int32Array(all.length).fill(-1);
  const ordered = new Uint16Array(codes.length);
  const texts: string[] = [];
  for (let row = 0; row < ordered.length; row++) {
    const code = codes[row] as number;
    if ((places[code] as number) < 0) {
      if (texts.length + 1 >= CODED_LIMIT) return undefined;
      places[code] = texts.length;
      texts.push(all[code] as string);
    }
    ordered[row] = places[code] as number;
  }
  return { texts, codes: ordered };
}

/** Open addressing over at most half of the slots. */
const SLOTS = 2 ** 15;

/** Codes cells by their bytes, without a string for any but the first of each. A row without the cell has the empty text. */
export function codeCells(
  bytes: Uint8Array,
  { records, firstCell, cellStart, cellEnd }: CellPlaces,
  column: number,
  format: Pick<TableFormat, 'quote' | 'escape'>,
): CodedTexts | undefined {
  const quote = format.quote === 'none' ? -1 : format.quote.charCodeAt(0);
  const slots = new Int32Array(SLOTS).fill(-1);
  const codes = new Uint16Array(records);
  const starts: number[] = [];
  const ends: number[] = [];
  for (let row = 0; row < records; row++) {
    const cell = (firstCell[row] as number) + column;
    const isThere = cell < (firstCell[row + 1] as number);
    const start = isThere ? (cellStart[cell] as number) : 0;
    const end = isThere ? (cellEnd[cell] as number) : 0;
    // FNV-1a, 32 bits. What is written in quotes may mean something else than the same without.
    let hash = start > 0 && bytes[start - 1] === quote ? 0x9747b28c : 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    let code = slots[slot] as number;
    while (code >= 0 && !isSame(bytes, starts[code] as number, ends[code] as number, start, end, quote)) {
      slot = (slot + 1) & (SLOTS - 1);
      code = slots[slot] as number;
    }
    if (code < 0) {
      code = starts.length;
      if (code + 1 >= CODED_LIMIT) return undefined;
      slots[slot] = code;
      starts.push(start);
      ends.push(end);
    }
    codes[row] = code;
  }
  const texts = starts.map((start, code) => cellText(bytes, start, ends[code] as number, format));
  return { texts, codes };
}

function isSame(
  bytes: Uint8Array,
  one: number,
  oneEnd: number,
  other: number,
  otherEnd: number,
  quote: number,
): boolean {
  if (oneEnd - one !== otherEnd - other) return false;
  if ((bytes[one - 1] === quote) !== (bytes[other - 1] === quote)) return false;
  while (one < oneEnd && bytes[one] === bytes[other]) {
    one++;
    other++;
  }
  return one === oneEnd;
}
