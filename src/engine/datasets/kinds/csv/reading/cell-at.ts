/** Single cells of a scan: their text and what they look like. */
import type { Scan } from '../scanner';
import { type CellKind, cellKind } from './cell-kind';

/** Bytes of a text that is held against others. */
const LONGEST = 80;

/** The trimmed text of a cell by its index, cut after 80 bytes; quotes inside it as they are written. */
export function textAt(bytes: Uint8Array, found: Scan, cell: number): string {
  const start = found.cellStart[cell] as number;
  const end = Math.min(found.cellEnd[cell] as number, start + LONGEST);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    .toString('utf8')
    .trim();
}

/** Whether the cell with this index holds nothing but blanks. */
export function isEmptyAt(
  bytes: Uint8Array,
  found: Pick<Scan, 'cellStart' | 'cellEnd'>,
  cell: number,
): boolean {
  let at = found.cellStart[cell] as number;
  const end = found.cellEnd[cell] as number;
  while (at < end && (bytes[at] as number) <= 0x20) at++;
  return at >= end;
}

/** Whether nothing stands behind the first cell of a record. */
export function isAlone(bytes: Uint8Array, found: Scan, record: number): boolean {
  const from = (found.firstCell[record] as number) + 1;
  for (let cell = from; cell < (found.firstCell[record + 1] as number); cell++) {
    if (!isEmptyAt(bytes, found, cell)) return false;
  }
  return true;
}

/** What a cell looks like by its index. */
export function kindAt(bytes: Uint8Array, found: Scan, cell: number): CellKind {
  return cellKind(bytes, found.cellStart[cell] as number, found.cellEnd[cell] as number, true);
}
