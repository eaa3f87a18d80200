/** Where the table begins: titles and empty lines above it are no rows. */
import type { Scan } from '../scanner';
import { isMissingBytes } from '../../../values';
import { isEmptyAt, kindAt } from './cell-at';
import { CellKind } from './cell-kind';
import { cellCount, commonCellCount } from './dialect';
import { headerEvidence, holdsKnownNames, KNOWN } from './header';
import { areDistinct, namesAmong } from './header-lines';

/** Titles above a table are not more. */
const MOST_TITLES = 50;
const HASH = 0x23;
const PERCENT = 0x25;
/** A table is so much longer than what stands above an empty line and a header. */
const LONGER = 2;
const PLAIN_EVIDENCE = 2;
/** Rows of which fewer have the commonest number of cells are ragged. */
const RAGGED_AGREEMENT = 0.8;

export interface Layout {
  /** The record that is the header, or the first row. */
  readonly first: number;
  /** Cells of most records. */
  readonly common: number;
  /** Above 0: the first record is a header. */
  readonly evidence: number;
}

/** `given`: the first record is the table's, since somebody says so. */
export function layoutOf(
  bytes: Uint8Array,
  found: Scan,
  knownNames: readonly string[],
  given: boolean,
): Layout {
  const { records, firstCell } = found;
  const common = commonCellCount(firstCell, records);
  const evidenceAt = (record: number, shift = 0): number =>
    headerEvidence({ bytes, found, record, shift, knownNames });
  if (given) {
    return { first: 0, common, evidence: raggedEvidence(found, 0, common, evidenceAt) };
  }
  let first = 0;
  while (first < Math.min(MOST_TITLES, records - 1) && isWithoutCells(bytes, found, first)) first++;
  for (let record = first; knownNames.length > 0 && record < Math.min(MOST_TITLES, records); record++) {
    if (holdsKnownNames({ bytes, found, record, shift: 0, knownNames })) {
      return { first: record, common, evidence: KNOWN };
    }
  }
  if (isHeaderOfRaggedRows(bytes, found, first, common)) {
    return { first, common, evidence: evidenceAt(first) };
  }
  let whole = first;
  while (whole < Math.min(MOST_TITLES, records) && cellCount(firstCell, whole) !== common) whole++;
  if (whole === Math.min(MOST_TITLES, records)) return { first, common, evidence: evidenceAt(first) };
  if (whole > first) {
    const ragged = raggedHeader(bytes, found, whole, common, evidenceAt);
    first = ragged ?? whole;
    if (ragged !== undefined)
      return { first, common, evidence: raggedEvidence(found, ragged, common, evidenceAt) };
  }
  const below = common > 1 ? belowPaddedTitles(bytes, found, first) : undefined;
  if (below !== undefined && evidenceAt(below) > 1) first = below;
  const apart = common > 1 ? belowGap(found, first, common, evidenceAt) : undefined;
  first = apart ?? first;
  if (common > 1) first = namesAmong(bytes, found, first, common);
  return { first, common, evidence: evidenceAt(first) };
}

/**
 * The record above the first one of the common width is a header with a wrong number of names, rather than a title,
 * where the one below it is no header itself and its cells are names of columns.
 */
function raggedHeader(
  bytes: Uint8Array,
  found: Scan,
  whole: number,
  common: number,
  evidenceAt: (record: number) => number,
): number | undefined {
  let candidate = whole - 1;
  while (candidate > 0 && areMarkedAlike(bytes, found, candidate - 1, candidate)) candidate--;
  const cells = cellCount(found.firstCell, candidate);
  if (found.records - whole > 1 && evidenceAt(whole) > 1.5) return undefined;
  const few = cells === common - 1 ? cells >= 2 || common === 2 : cells >= 2 && cells > common / 2;
  return (cells > common || few) && areNames(bytes, found, candidate) ? candidate : undefined;
}

/** Rows of many lengths below names for the longest of them: no title above a table has as many words. */
function isHeaderOfRaggedRows(bytes: Uint8Array, found: Scan, first: number, common: number): boolean {
  const names = cellCount(found.firstCell, first);
  if (names <= common || names < 3 || found.records - first < 4) return false;
  let agreeing = 0;
  for (let record = first + 1; record < found.records; record++) {
    const cells = cellCount(found.firstCell, record);
    if (cells > names) return false;
    if (cells === common) agreeing++;
  }
  const ragged = agreeing < RAGGED_AGREEMENT * (found.records - first - 1);
  return ragged && areNames(bytes, found, first) && areDistinct(bytes, found, first);
}

/** 1 where the first cell is nothing but the sign of a comment: programs that write numbers mark the names of columns so. */
export function loneSign(bytes: Uint8Array, found: Scan, record: number): 0 | 1 {
  const cell = found.firstCell[record] as number;
  const start = found.cellStart[cell] as number;
  const sign = bytes[start];
  return (found.cellEnd[cell] as number) === start + 1 && (sign === HASH || sign === PERCENT) ? 1 : 0;
}

/** Two lines of a header that are both marked, as names and their units. */
export function areMarkedAlike(bytes: Uint8Array, found: Scan, a: number, b: number): boolean {
  return (
    loneSign(bytes, found, a) === 1 &&
    loneSign(bytes, found, b) === 1 &&
    cellCount(found.firstCell, a) === cellCount(found.firstCell, b)
  );
}

function raggedEvidence(
  found: Scan,
  record: number,
  common: number,
  evidenceAt: (record: number, shift?: number) => number,
): number {
  const shift = cellCount(found.firstCell, record) === common - 1 ? 1 : 0;
  return Math.max(evidenceAt(record, shift), evidenceAt(record, 0));
}

/** Words, each of them different. */
function areNames(bytes: Uint8Array, found: Scan, record: number): boolean {
  const from = found.firstCell[record] as number;
  const to = found.firstCell[record + 1] as number;
  let words = 0;
  let others = 0;
  for (let cell = from; cell < Math.min(to, from + 200); cell++) {
    const kind = kindAt(bytes, found, cell);
    if (kind === CellKind.word || kind === CellKind.text) words++;
    else if (kind !== CellKind.empty) others++;
  }
  return words > others;
}

/**
 * The first record below titles in a file whose lines were filled up with separators: far fewer of their cells are filled
 * than of the records below. Undefined where there are no such titles.
 */
function belowPaddedTitles(bytes: Uint8Array, found: Scan, first: number): number | undefined {
  const end = Math.min(found.records, first + MOST_TITLES);
  let widest = 0;
  for (let record = first; record < end; record++)
    widest = Math.max(widest, cellCount(found.firstCell, record));
  // In most files the first record is no such title, whatever the others are.
  if (filledCells(bytes, found, first) > Math.max(1, widest / 3)) return undefined;
  const filled: number[] = [];
  for (let record = first; record < end; record++) {
    filled.push(filledCells(bytes, found, record));
  }
  const typical = [...filled].sort((a, b) => a - b)[filled.length >> 1] ?? 0;
  const few = Math.max(1, typical / 3);
  const titles = filled.findIndex((count) => count > few);
  if (typical < 2 || titles <= 0 || filled.length - titles < 2) return undefined;
  return (filled[titles] as number) >= typical * 0.6 ? first + titles : undefined;
}

function filledCells(bytes: Uint8Array, found: Scan, record: number): number {
  let filled = 0;
  const to = found.firstCell[record + 1] as number;
  for (let cell = found.firstCell[record] as number; cell < to; cell++) {
    if (!isMissingBytes(bytes, found.cellStart[cell] as number, found.cellEnd[cell] as number)) filled++;
  }
  return filled;
}

/** A plain header below the last empty line, where what stands above it is much shorter than the table. */
function belowGap(
  found: Scan,
  first: number,
  common: number,
  evidenceAt: (record: number) => number,
): number | undefined {
  let gap: number | undefined;
  for (let record = first + 1; record < found.records; record++) {
    if ((found.startLine[record] as number) <= (found.endLine[record - 1] as number) + 1) continue;
    if (gap !== undefined || (record - first) * (LONGER + 1) > found.records) return undefined;
    gap = record;
  }
  if (gap === undefined || gap > MOST_TITLES || cellCount(found.firstCell, gap) !== common) return undefined;
  return evidenceAt(gap) > PLAIN_EVIDENCE ? gap : undefined;
}

/** Separators only. */
export function isWithoutCells(bytes: Uint8Array, found: Scan, record: number): boolean {
  const from = found.firstCell[record] as number;
  const to = found.firstCell[record + 1] as number;
  if (to - from < 2) return false;
  for (let cell = from; cell < to; cell++) if (!isEmptyAt(bytes, found, cell)) return false;
  return true;
}
