/** Remarks and totals at the end of a file, which are no rows. */
import type { Scan } from '../scanner';
import { isAlone, kindAt, textAt } from './cell-at';
import { CellKind } from './cell-kind';
import { cellCount } from './dialect';
import { isWithoutCells } from './layout';

const MOST_FOOTERS = 10;
const FOOTER =
  /^[^\p{L}\d]*(?:grand |sub)?(?:total|sum|summe|gesamt|insgesamt|average|mean|count|source|quelle|notes?|generated|exported|created|last updated|data from|data source|copyright|end of|eof)\b|^\(?\d[\d,. ]* (?:rows?|records?|lines?|zeilen)\b/iu;
const TOTAL =
  /^(?:the )?(?:grand |overall |sub-?)?(?:total|totals|sum|summe|gesamt|gesamtsumme|insgesamt|somme|totale|suma)(?: (?:général|general|generale|overall))?:?$/iu;
const AVERAGE = /^(?:average|avg\.?|mean|mittelwert|durchschnitt|moyenne|promedio|media):?$/iu;
/** Beside a total or an average; alone, a name. */
const STATISTIC =
  /^(?:count|min|max|minimum|maximum|median|mode|std\.?|std\.? ?dev\.?|stdev|standard deviation|variance|range):?$/iu;
/** Rows that are looked at to tell whether a word stands in them, too. */
const MOST_ROWS = 20_000;

/**
 * Records from the end on that break the shape and say what rows do not, that stand alone in their first cell below a gap, or
 * that are a total of the rows above. `kinds`: 0 for rows.
 */
export function footersOf(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  common: number,
): readonly number[] {
  if (common < 2) return [];
  const footers: number[] = [];
  const totals: number[] = [];
  let statistics: number[] = [];
  const lowest = Math.max(1, lastRow(kinds) + 1 - MOST_FOOTERS);
  for (let record = found.records - 1; record >= lowest; record--) {
    if (kinds[record] !== 0) continue;
    const remark = isRemark(bytes, found, record, common);
    if (remark || isTotal(bytes, found, kinds, record, common, [TOTAL, AVERAGE])) {
      footers.push(...statistics, record);
      totals.push(...statistics, ...(remark ? [] : [record]));
      statistics = [];
    } else if (isTotal(bytes, found, kinds, record, common, [STATISTIC])) {
      if (footers.length > 0) {
        footers.push(record);
        totals.push(record);
      } else statistics.push(record);
    } else break;
  }
  // A table of statistics has rows of such names, too: many, or such as do not lie where those of the other rows would.
  const end = Math.min(...footers, found.records);
  const rows = kinds.subarray(0, end).filter((kind) => kind === 0).length;
  const areRows =
    totals.length > rows || totals.some((record) => contradictsRows(bytes, found, kinds, end, record));
  return areRows ? footers.filter((record) => !totals.includes(record)) : footers;
}

const EXTREME = /^(?:(min|minimum)|(max|maximum)):?$/iu;

/** Whether a minimum is above the smallest, a maximum below the largest, an average outside of the rows' own numbers in each column. */
function contradictsRows(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  end: number,
  record: number,
): boolean {
  const from = found.firstCell[record] as number;
  const texts = Array.from({ length: cellCount(found.firstCell, record) }, (_, column) =>
    textAt(bytes, found, from + column),
  );
  const word = texts.find((text) => text !== '') ?? '';
  const [, least, most] = EXTREME.exec(word) ?? [];
  if (least === undefined && most === undefined && !AVERAGE.test(word)) return false;
  let compared = 0;
  for (const [column, text] of texts.entries()) {
    const value = text === '' ? NaN : Number(text);
    if (Number.isNaN(value)) continue;
    const [low, high] = rangeAbove(bytes, found, kinds, end, column);
    if (low > high) continue;
    compared++;
    const room = 0.01 * Math.max(high - low, Math.abs(value));
    // Rows may be missing here: an extreme may well lie beyond these.
    const isTooHigh = most === undefined && value > (least === undefined ? high : low) + room;
    const isTooLow = least === undefined && value < (most === undefined ? low : high) - room;
    if (!isTooHigh && !isTooLow) return false;
  }
  return compared > 0;
}

function rangeAbove(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  end: number,
  column: number,
): readonly [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (let row = Math.max(0, end - MOST_ROWS); row < end; row++) {
    if (kinds[row] !== 0 || cellCount(found.firstCell, row) <= column) continue;
    const text = textAt(bytes, found, (found.firstCell[row] as number) + column);
    const value = text === '' ? NaN : Number(text);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function lastRow(kinds: Uint8Array): number {
  let record = kinds.length - 1;
  while (record > 0 && kinds[record] !== 0) record--;
  return record;
}

function isRemark(bytes: Uint8Array, found: Scan, record: number, common: number): boolean {
  const cells = cellCount(found.firstCell, record);
  const start = found.startByte[record] as number;
  const end = Math.min(found.endByte[record] as number, start + 200);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    .toString('utf8')
    .replace(/^"/u, '');
  const apart = isApart(bytes, found, record);
  const alone = cells === 1 || (cells > 2 && isAlone(bytes, found, record));
  const first = found.firstCell[record] as number;
  const kind = kindAt(bytes, found, first);
  if (cells === 1 && kind === CellKind.text && (apart || common >= 3)) return true;
  if (cells > 2 && alone && kind === CellKind.text && apart) return true;
  // A total below an empty line is one, though it has the cells of a row.
  return FOOTER.test(text) && (cells !== common || apart || (alone && common >= 3));
}

/** Below an empty line, or one of separators only. */
function isApart(bytes: Uint8Array, found: Scan, record: number): boolean {
  const gap = (found.startLine[record] as number) > (found.endLine[record - 1] as number) + 1;
  return gap || isWithoutCells(bytes, found, record - 1) || isAloneBelowGap(bytes, found, record - 1);
}

/** A remark of several lines stands apart as its first does. */
function isAloneBelowGap(bytes: Uint8Array, found: Scan, record: number): boolean {
  for (let above = record; above > 0 && record - above < MOST_FOOTERS; above--) {
    if (!isAlone(bytes, found, above)) return false;
    const gap = (found.startLine[above] as number) > (found.endLine[above - 1] as number) + 1;
    if (gap || isWithoutCells(bytes, found, above - 1)) return true;
  }
  return false;
}

/** The last row begins with a word for a total that no row above it has, and holds numbers. */
function isTotal(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  record: number,
  common: number,
  words: readonly RegExp[],
): boolean {
  const first = found.firstCell[record] as number;
  if (cellCount(found.firstCell, record) !== common) return false;
  let column = 0;
  while (column < common - 1 && textAt(bytes, found, first + column) === '') column++;
  const word = textAt(bytes, found, first + column);
  if (!words.some((each) => each.test(word))) return false;
  let numbers = 0;
  for (let cell = first + column + 1; cell < first + common; cell++) {
    const kind = kindAt(bytes, found, cell);
    if (kind === CellKind.number) numbers++;
    else if (kind !== CellKind.empty) return false;
  }
  if (numbers === 0) return false;
  for (let row = Math.max(1, record - MOST_ROWS); row < record; row++) {
    if (kinds[row] !== 0 || cellCount(found.firstCell, row) <= column) continue;
    if (textAt(bytes, found, (found.firstCell[row] as number) + column) === word) return false;
  }
  return true;
}
