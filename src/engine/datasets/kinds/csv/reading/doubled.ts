/** Separators of two equal signs: `1::Toy Story::5`. A single sign between them belongs to its cell. */
import type { Scan } from '../scanner';

const LF = 0x0a;
const CR = 0x0d;
/** Share of the lines that have the same number of pairs. */
const AGREEMENT = 0.9;
/** A single line says nothing about a pattern. */
const FEWEST_LINES = 2;

/**
 * Whether the sign separates only where it stands twice: each line that has it has a pair, nearly all of them as many, and
 * the signs that stand alone come as they like. Empty cells between single signs are not of the kind.
 */
export function isDoubled(head: Uint8Array, sign: number): boolean {
  const pairsOfLines = new Map<number, number>();
  const singlesOfLines = new Map<number, number>();
  let lines = 0;
  let pairs = 0;
  let singles = 0;
  let run = 0;
  for (let at = 0; at <= head.length; at++) {
    const byte = at < head.length ? (head[at] as number) : LF;
    if (byte === sign) {
      run++;
      continue;
    }
    pairs += run >> 1;
    singles += run & 1;
    run = 0;
    if (byte !== LF && byte !== CR) continue;
    // What is cut off at the end of a sample is no line.
    if (pairs + singles > 0 && (at < head.length || lines === 0)) {
      if (pairs === 0) return false;
      lines++;
      pairsOfLines.set(pairs, (pairsOfLines.get(pairs) ?? 0) + 1);
      singlesOfLines.set(singles, (singlesOfLines.get(singles) ?? 0) + 1);
    }
    pairs = singles = 0;
  }
  if (lines < FEWEST_LINES || Math.max(...pairsOfLines.values()) < AGREEMENT * lines) return false;
  const alone = [...singlesOfLines].find(([, count]) => count >= AGREEMENT * lines);
  return alone === undefined || alone[0] === 0;
}

/** The scan by single signs with the cells joined that only a single one parts. Its arrays are changed in place. */
export function joinDoubled(bytes: Uint8Array, found: Scan, sign: number): Scan {
  const { records, firstCell, cellStart, cellEnd } = found;
  let cell = 0;
  let next = firstCell[0] as number;
  for (let record = 0; record < records; record++) {
    let from = next;
    const to = firstCell[record + 1] as number;
    next = to;
    firstCell[record] = cell;
    while (from < to) {
      let last = from;
      while (last + 1 < to && !isBetween(bytes, found, last + 1, to, sign)) last++;
      cellStart[cell] = cellStart[from] as number;
      cellEnd[cell++] = cellEnd[last] as number;
      from = last + 2;
    }
  }
  firstCell[records] = cell;
  return found;
}

/** Whether the cell is only the gap between the two signs of a pair. */
function isBetween(
  bytes: Uint8Array,
  { cellStart, cellEnd }: Scan,
  cell: number,
  to: number,
  sign: number,
): boolean {
  const at = cellStart[cell] as number;
  return cell + 1 < to && at === cellEnd[cell] && bytes[at - 1] === sign && bytes[at] === sign;
}
