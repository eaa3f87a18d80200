/** Takes out of a scan what is no row. */
import type { Scan } from '../scanner';
import { isEmptyAt } from './cell-at';
import type { Rows } from '../../../row-places';

/** The kind of a record that is a row. */
const ROW = 0;

/**
 * Moves rows and their cells together, in place. `kinds`: 0 for rows; `drop`: cells to be left out at a row's beginning,
 * and the cells of a row without an empty last one. Where nothing is taken out but what stands above, only views move.
 */
export function compact(
  bytes: Uint8Array,
  found: Scan,
  kinds: Uint8Array,
  drop: { first: number; last: number | undefined },
): { rows: Rows; trailing: number } {
  let above = 0;
  while (above < found.records && kinds[above] !== ROW) above++;
  if (drop.first === 0 && drop.last === undefined && above < found.records) {
    let taken = false;
    for (let record = above; record < found.records && !taken; record++) taken = kinds[record] !== ROW;
    if (!taken) return { rows: view(found, above, found.records), trailing: 0 };
  }
  const { firstCell, cellStart, cellEnd, startLine, endLine, startByte, endByte } = found;
  let row = 0;
  let cell = 0;
  let trailing = 0;
  let next = firstCell[0] as number;
  for (let record = 0; record < found.records; record++) {
    const from = next + drop.first;
    let to = firstCell[record + 1] as number;
    next = to;
    if (kinds[record] !== ROW) continue;
    if (drop.last !== undefined && to - from + drop.first > drop.last && isEmptyAt(bytes, found, to - 1)) {
      to--;
      trailing++;
    }
    firstCell[row] = cell;
    startLine[row] = startLine[record] as number;
    endLine[row] = endLine[record] as number;
    startByte[row] = startByte[record] as number;
    endByte[row++] = endByte[record] as number;
    for (let source = from; source < to; source++) {
      cellStart[cell] = cellStart[source] as number;
      cellEnd[cell++] = cellEnd[source] as number;
    }
  }
  firstCell[row] = cell;
  return { rows: view(found, 0, row), trailing };
}

function view(found: Scan, from: number, to: number): Rows {
  return {
    records: to - from,
    firstCell: found.firstCell.subarray(from, to + 1),
    cellStart: found.cellStart,
    cellEnd: found.cellEnd,
    startLine: found.startLine.subarray(from, to),
    endLine: found.endLine.subarray(from, to),
    startByte: found.startByte.subarray(from, to),
    endByte: found.endByte.subarray(from, to),
  };
}
