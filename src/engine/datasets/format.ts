/** Which separator a file uses and whether its first record is a header, told from its beginning. */
import type { TableFormat } from '../../protocol/dataset';
import { QUOTE, scan } from './scanner';
import type { Scan } from './scanner';
import { isMissingBytes, parseNumber } from './values';

export type Separator = TableFormat['separator'];

/** In order of preference among those that cut the file equally well: the rarer in prose or numbers first. */
const SEPARATORS: readonly Separator[] = ['\t', ';', ',', '|'];
const PROBE_BYTES = 16_384;
const PROBE_LINES = 4;
const PROBE_LIMIT = 8 * 1024 * 1024;
/** A separator is convincing when so many of the records have the same number of cells. */
const CONVINCING = 0.95;

export interface SeparatorGuess {
  readonly separator: Separator;
  /** Cells of most records; 1: no separator was found. */
  readonly columns: number;
  /** Share of the records with that many cells. */
  readonly agreement: number;
}

export function detectSeparator(bytes: Uint8Array): SeparatorGuess {
  const probe = beginning(bytes);
  const guesses = SEPARATORS.map((separator) => judge(probe, separator)).filter(({ columns }) => columns > 1);
  const convincing = guesses.find(({ agreement }) => agreement >= CONVINCING);
  if (convincing !== undefined) return convincing;
  const best = guesses.reduce<SeparatorGuess | undefined>(
    (winner, guess) => (winner === undefined || guess.agreement > winner.agreement ? guess : winner),
    undefined,
  );
  return best !== undefined && best.agreement > 0.5 ? best : { separator: ',', columns: 1, agreement: 1 };
}

/** The first 16 KB or the first lines, whichever is longer, cut at a line's end. */
function beginning(bytes: Uint8Array): Uint8Array {
  let end = Math.min(bytes.length, PROBE_BYTES);
  let lines = 0;
  for (let at = 0; at < Math.min(bytes.length, PROBE_LIMIT) && (lines < PROBE_LINES || at < end); at++) {
    if (bytes[at] === 0x0a || bytes[at] === 0x0d) {
      lines++;
      end = Math.max(end, Math.min(at + 1, bytes.length));
    }
  }
  if (lines < PROBE_LINES) end = Math.min(bytes.length, PROBE_LIMIT);
  if (end < bytes.length) {
    const cut = Math.max(bytes.lastIndexOf(0x0a, end - 1), bytes.lastIndexOf(0x0d, end - 1));
    if (cut > 0) end = cut + 1;
  }
  return bytes.subarray(0, end);
}

function judge(probe: Uint8Array, separator: Separator): SeparatorGuess {
  const { records, firstCell } = scan(probe, separator.charCodeAt(0));
  const columns = commonCellCount(firstCell, records);
  let agreeing = 0;
  for (let record = 0; record < records; record++) if (cellCount(firstCell, record) === columns) agreeing++;
  return { separator, columns, agreement: records === 0 ? 0 : agreeing / records };
}

export function cellCount(firstCell: Uint32Array, record: number): number {
  return (firstCell[record + 1] as number) - (firstCell[record] as number);
}

/** The number of cells that most of the first records have. */
export function commonCellCount(firstCell: Uint32Array, records: number): number {
  const counts = new Map<number, number>();
  for (let record = 0; record < Math.min(records, 1000); record++) {
    const cells = cellCount(firstCell, record);
    counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  let common = 0;
  let most = 0;
  for (const [cells, count] of counts) {
    if (count > most) {
      most = count;
      common = cells;
    }
  }
  return common;
}

const HEADER_PROBE = 200;
const LONGEST_NAME = 60;
const MOST_WORDS = 6;

/**
 * A first record is a header unless it holds a number or a gap, reads like prose, or holds a value that
 * comes again further down in its column.
 */
export function detectHeader(bytes: Uint8Array, found: Scan, comma: boolean): boolean {
  if (found.records === 0) return false;
  const cells = cellCount(found.firstCell, 0);
  for (let column = 0; column < cells; column++) {
    const start = found.cellStart[column] as number;
    const end = found.cellEnd[column] as number;
    if (isMissingBytes(bytes, start, end)) {
      if (column > 0) return false;
      continue;
    }
    if (end - start > LONGEST_NAME * 4 || !Number.isNaN(parseNumber(bytes, start, end, comma))) return false;
    const name = asText(bytes, start, end);
    if (name.length > LONGEST_NAME || name.split(/\s+/u).length > MOST_WORDS) return false;
  }
  return !comesAgain(bytes, found, cells);
}

/** Whether any of the first cells of record 0 stands again in its column, byte for byte. */
function comesAgain(bytes: Uint8Array, found: Scan, cells: number): boolean {
  const records = Math.min(found.records, HEADER_PROBE);
  for (let column = 0; column < Math.min(cells, HEADER_PROBE); column++) {
    const start = found.cellStart[column] as number;
    const length = (found.cellEnd[column] as number) - start;
    if (length === 0) continue;
    for (let record = 1; record < records; record++) {
      if (column >= cellCount(found.firstCell, record)) continue;
      const cell = (found.firstCell[record] as number) + column;
      const other = found.cellStart[cell] as number;
      if ((found.cellEnd[cell] as number) - other !== length) continue;
      let same = 0;
      while (same < length && bytes[start + same] === bytes[other + same]) same++;
      if (same === length) return true;
    }
  }
  return false;
}

function asText(bytes: Uint8Array, start: number, end: number): string {
  return textOf(bytes, start, end).trim();
}

/** The text of a cell, doubled quotes made single where the cell was quoted. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  // A view for each cell would cost more than its text.
  const text = Buffer.isBuffer(bytes)
    ? bytes.toString('utf8', start, end)
    : Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  return start > 0 && bytes[start - 1] === QUOTE && bytes[end] === QUOTE && text.includes('"')
    ? text.replaceAll('""', '"')
    : text;
}
