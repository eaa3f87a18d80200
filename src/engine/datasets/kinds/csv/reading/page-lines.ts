/** Lines between the pages of a report, and tables below the first: neither are rows. */
import type { Scan } from '../scanner';
import { isAlone, kindAt, textAt } from './cell-at';
import { CellKind } from './cell-kind';
import { cellCount } from './dialect';

const PAGE =
  /^\W*(?:page|seite|blatt|p[áa]gina|pagina|strona|страница|стр\.?)\s*\d+(?:\s*(?:of|von|de|sur|di|z|из|\/)\s*\d+)?\W*$/iu;
/** A title above the names of each page has so many lines at most. */
const MOST_TITLE_LINES = 5;
/** Rows that the first table has at least. */
const FEWEST_ROWS = 3;

/** Whether the record is `Page 2 of 3`, alone in its line. */
export function isPageNumber(bytes: Uint8Array, found: Scan, record: number): boolean {
  return isAlone(bytes, found, record) && PAGE.test(textAt(bytes, found, found.firstCell[record] as number));
}

/**
 * Lines of one cell around each repeated header, in a table of several columns. `kinds`: 0 for rows, `repeated` for the
 * headers.
 */
export function titlesOfPages(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  common: number,
  repeated: number,
): readonly number[] {
  if (common < 2) return [];
  const titles: number[] = [];
  for (let record = kinds.indexOf(repeated); record >= 0; record = kinds.indexOf(repeated, record + 1)) {
    for (let above = record - 1; above > 0 && record - above <= MOST_TITLE_LINES; above--) {
      const isTitle =
        kinds[above] === 0 &&
        isAlone(bytes, found, above) &&
        cellCount(found.firstCell, above) === 1 &&
        kindAt(bytes, found, found.firstCell[above] as number) !== CellKind.number;
      if (!isTitle) break;
      titles.push(above);
    }
  }
  return titles;
}

/**
 * The first record of a further table: below an empty line, and no record from there on has the cells of a row, but all
 * of them as many as each other. -1 without any.
 */
export function furtherTable(found: Scan, kinds: Uint8Array, common: number): number {
  let last = found.records - 1;
  while (last > 0 && kinds[last] !== 0) last--;
  const cells = cellCount(found.firstCell, last);
  if (cells === common || cells < 2) return -1;
  let begin = -1;
  let below = 0;
  let rows = 0;
  for (let record = last; record > 0; record--) {
    if (kinds[record] === 0 && cellCount(found.firstCell, record) !== cells) break;
    below++;
    const gap = (found.startLine[record] as number) > (found.endLine[record - 1] as number) + 1;
    if (gap || kinds[record - 1] !== 0) {
      begin = record;
      rows = below;
    }
  }
  if (begin < 0 || rows < 2) return -1;
  let above = 0;
  for (let record = 0; record < begin && above < FEWEST_ROWS; record++) {
    if (kinds[record] === 0 && cellCount(found.firstCell, record) === common) above++;
  }
  return above < FEWEST_ROWS ? -1 : begin;
}
