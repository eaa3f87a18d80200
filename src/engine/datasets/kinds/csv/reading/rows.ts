/**
 * Which records of the whole file are rows, and which cells of them are cells: what a pattern of the file shows to be
 * none is taken out, counted by its kind.
 */
import type { Scan } from '../scanner';
import { isEmptyAt, textAt } from './cell-at';
import { compact } from './compact';
import { cellCount, commonCellCount } from './dialect';
import { footersOf } from './footers';
import { sameRecord } from './header';
import { breaksColumns, fillsGaps } from './header-lines';
import { areMarkedAlike, isWithoutCells, loneSign } from './layout';
import type { Rows } from '../../../row-places';
import { furtherTable, isPageNumber, titlesOfPages } from './page-lines';
import { haveNames } from './row-names';
import { isUnitsRow } from './units';

export const LineKind = {
  row: 0,
  header: 1,
  units: 2,
  repeatedHeader: 3,
  separatorsOnly: 4,
  ruled: 5,
  footer: 6,
  headerLine: 7,
  page: 8,
  otherTable: 9,
} as const;
export type LineKind = (typeof LineKind)[keyof typeof LineKind];

/** How many lines of a kind were left out, and the first of them. */
export interface LeftOut {
  readonly kind: LineKind;
  readonly count: number;
  readonly line: number;
}

export interface SeparatedRows {
  readonly rows: Rows;
  /** Cells of a whole row. */
  readonly width: number;
  readonly header: HeaderPlaces | undefined;
  readonly leftOut: readonly LeftOut[];
  readonly units: boolean;
  readonly rowNames: boolean;
  /** Rows whose last cell was empty and stood for nothing; 0: none. */
  readonly trailing: number;
  /** Whether each line begins with a separator that stands for nothing. */
  readonly framed: boolean;
}

/** Where names begin and end, in the line `line` and in further lines of the header. */
export interface HeaderPlaces {
  readonly line: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly below: readonly { readonly starts: Uint32Array; readonly ends: Uint32Array }[];
}

export interface RowWishes {
  readonly header: boolean;
  readonly units?: boolean | undefined;
  readonly rowNames?: boolean | undefined;
}

/** Lines of a header below its first, at most. */
const MOST_LINES_BELOW = 3;
const NEARLY_ALL = 0.9;
/** What a drawn rule may begin with. */
const RULING = new Uint8Array(256);
for (const character of '-+|=: ') RULING[character.charCodeAt(0)] = 1;
/** What the number of a page may begin with; letters of other scripts have such bytes. */
const PAGING = new Uint8Array(256);
for (const character of '-(pPsSbB\u00d1') PAGING[character.charCodeAt(0)] = 1;

/** `found` is changed in place: its arrays are those of the rows that come back. */
export function separateRows(bytes: Uint8Array, found: Scan, wishes: RowWishes): SeparatedRows {
  const kinds = new Uint8Array(found.records);
  const first = wishes.header ? 1 : 0;
  if (wishes.header) kinds[0] = LineKind.header;
  const written = wishes.header && found.records > 2 && isUnitsRow(bytes, found, 1);
  const units = wishes.header && found.records > 2 && (wishes.units ?? written);
  // The same wish stands for units and for further lines of names: what is not written as units may be such.
  const below = wishes.header && wishes.units !== false ? linesBelow(bytes, found, written ? 2 : 1) : [];
  if (units) kinds[1] = LineKind.units;
  for (const record of below) kinds[record] = LineKind.headerLine;
  markOthers(bytes, found, kinds, first, wishes.header);
  const common = commonCellCount(found.firstCell, found.records, Math.min(first, found.records - 1));
  for (const record of titlesOfPages(bytes, found, kinds, common, LineKind.repeatedHeader))
    kinds[record] = LineKind.page;
  for (const record of footersOf(bytes, found, kinds, common)) kinds[record] = LineKind.footer;
  markFurtherTable(found, kinds, common);

  const cellsOfHeader = wishes.header ? cellCount(found.firstCell, 0) : common;
  // `# x y z` above three columns.
  const marked = wishes.header && cellsOfHeader === common + 1 ? loneSign(bytes, found, 0) : 0;
  const names = cellsOfHeader - marked;
  const edges = edgesOf(bytes, found, kinds, wishes.header, names, common);
  const trailing = edges.last;
  // A last name that is empty and has no cells below it is the header's own trailing separator.
  const spare =
    wishes.header && names === common + 1 && isEmptyAt(bytes, found, (found.firstCell[1] as number) - 1);
  const rowNames =
    wishes.header &&
    !edges.first &&
    (wishes.rowNames ??
      (names === common - 1 && trailing === undefined && haveNames(bytes, found, common, kinds)));
  const drop = { first: edges.first || rowNames ? 1 : 0, last: trailing };
  const headerDrop = {
    first: (edges.first ? 1 : 0) + marked,
    last: (trailing !== undefined && names > trailing ? 1 : 0) + (spare ? 1 : 0),
  };
  const cells = (trailing ?? common) - drop.first;
  const header = wishes.header ? headerPlaces(found, headerDrop, below) : undefined;
  // Cells without a name are columns all the same, where nearly every row has them.
  const nameless = header !== undefined && names < common && agree(found, kinds, common);
  const width = header === undefined || nameless ? cells : header.starts.length;
  return {
    leftOut: countKinds(found, kinds),
    ...compact(bytes, found, kinds, drop),
    width,
    header,
    units: units || below.length > 0,
    rowNames,
    framed: edges.first,
  };
}

/** Repeated headers, lines of separators only, and drawn rules, from the record `first` on. */
function markOthers(bytes: Uint8Array, found: Scan, kinds: Uint8Array, first: number, header: boolean): void {
  const { records, firstCell, cellStart, cellEnd, startByte, endByte } = found;
  const several = records > 1 && cellCount(firstCell, Math.min(first, records - 1)) > 1;
  const headerLength = header ? (endByte[0] as number) - (startByte[0] as number) : -1;
  for (let record = first; record < records; record++) {
    const at = startByte[record] as number;
    const cell = firstCell[record] as number;
    const start = cellStart[cell] as number;
    // Nearly every line is told to be a row by these three looks.
    const emptyFirst = start === cellEnd[cell] || bytes[start] === 0x20;
    const asLong = (endByte[record] as number) - at === headerLength;
    const ruling = RULING[bytes[at] as number] === 1;
    const page = (found.firstCell[record + 1] as number) - cell === 1 || PAGING[bytes[start] as number] === 1;
    if ((!emptyFirst && !asLong && !ruling && !page) || kinds[record] !== LineKind.row) continue;
    if (emptyFirst && isWithoutCells(bytes, found, record)) kinds[record] = LineKind.separatorsOnly;
    else if (asLong && sameRecord(bytes, found, 0, record)) kinds[record] = LineKind.repeatedHeader;
    else if (ruling && isRuled(bytes, found, record)) kinds[record] = LineKind.ruled;
    else if (page && several && isPageNumber(bytes, found, record)) kinds[record] = LineKind.page;
  }
}

function markFurtherTable(found: Scan, kinds: Uint8Array, common: number): void {
  const begin = furtherTable(found, kinds, common);
  if (begin < 0) return;
  for (let record = begin; record < found.records; record++)
    if (kinds[record] === LineKind.row) kinds[record] = LineKind.otherTable;
}

/** Dashes and corners, as below the header of a table in plain text; or at least three dashes in every cell. */
function isRuled(bytes: Uint8Array, found: Scan, record: number): boolean {
  const cells = found.cellStart.subarray(found.firstCell[record], found.firstCell[record + 1]);
  if (cells.length > 1) {
    const from = found.firstCell[record] as number;
    if (cells.every((_, column) => /^:?(?:-{3,}|={3,}):?$/u.test(textAt(bytes, found, from + column))))
      return true;
  }
  let dashes = 0;
  const end = found.endByte[record] as number;
  for (let at = found.startByte[record] as number; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2d || byte === 0x3d) dashes++;
    else if (byte !== 0x2b && byte !== 0x7c && byte !== 0x3a && byte !== 0x20 && byte !== 0x09) return false;
  }
  return dashes >= 3;
}

interface Edges {
  /** Every line begins with a separator. */
  readonly first: boolean;
  /** The cells of a row without the empty one at its end; undefined: there is none. */
  readonly last: number | undefined;
}

/** Separators at the lines' edges that stand for nothing: the cells outside them are empty in every row. */
function edgesOf(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  header: boolean,
  names: number,
  common: number,
): Edges {
  const none: Edges = { first: false, last: undefined };
  if (common < 3) return none;
  if (header && names !== common && names !== common - 1) return none;
  if (header && names === common && !isEmptyAt(bytes, found, (found.firstCell[1] as number) - 1)) return none;
  let beforeLastFilled = false;
  let first = !header || isEmptyAt(bytes, found, 0);
  let rows = 0;
  for (let record = header ? 1 : 0; record < found.records; record++) {
    if (kinds[record] !== LineKind.row) continue;
    const from = found.firstCell[record] as number;
    const to = found.firstCell[record + 1] as number;
    if (to - from !== common) continue;
    rows++;
    if (!isEmptyAt(bytes, found, to - 1)) return none;
    beforeLastFilled ||= !isEmptyAt(bytes, found, to - 2);
    first &&= isEmptyAt(bytes, found, from);
  }
  // Two empty columns are columns without values.
  if (rows < 2 || !beforeLastFilled) return none;
  if (header && names === common && isEmptyAt(bytes, found, (found.firstCell[1] as number) - 2)) return none;
  return { first: first && common >= 4, last: common - 1 };
}

/** Whether nearly all rows have that many cells. */
function agree(found: Scan, kinds: Uint8Array, common: number): boolean {
  let rows = 0;
  let agreeing = 0;
  for (let record = 1; record < found.records; record++) {
    if (kinds[record] !== LineKind.row) continue;
    rows++;
    if (cellCount(found.firstCell, record) === common) agreeing++;
  }
  return agreeing >= NEARLY_ALL * rows;
}

/** Records from `first` on that are further lines of the header. */
function linesBelow(bytes: Uint8Array, found: Scan, first: number): readonly number[] {
  const lines: number[] = [];
  const width = cellCount(found.firstCell, 0);
  for (let record = first; record < Math.min(found.records - 1, first + MOST_LINES_BELOW); record++) {
    if (isRuled(bytes, found, record)) break;
    const marked = areMarkedAlike(bytes, found, 0, record);
    if (record > 1 && fillsGaps(bytes, found, record)) {
      lines.push(record);
      break;
    }
    if (!marked && (cellCount(found.firstCell, record) !== width || !breaksColumns(bytes, found, record)))
      break;
    lines.push(record);
  }
  return lines;
}

function headerPlaces(
  found: Scan,
  drop: { first: number; last: number },
  below: readonly number[],
): HeaderPlaces {
  const placesOf = (record: number): { starts: Uint32Array; ends: Uint32Array } => {
    const from = (found.firstCell[record] as number) + drop.first;
    const to = (found.firstCell[record + 1] as number) - drop.last;
    return { starts: found.cellStart.slice(from, to), ends: found.cellEnd.slice(from, to) };
  };
  return { line: found.startLine[0] as number, ...placesOf(0), below: below.map(placesOf) };
}

function countKinds(found: Scan, kinds: Uint8Array): LeftOut[] {
  const leftOut = new Map<LineKind, { kind: LineKind; count: number; line: number }>();
  for (let record = 0; record < found.records; record++) {
    const kind = kinds[record] as LineKind;
    if (kind === LineKind.row || kind === LineKind.header) continue;
    const seen = leftOut.get(kind);
    if (seen) seen.count++;
    else leftOut.set(kind, { kind, count: 1, line: found.startLine[record] as number });
  }
  return [...leftOut.values()];
}
