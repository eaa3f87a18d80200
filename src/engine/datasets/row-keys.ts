/** Keys by which the rows of an edited file are recognised as those a model was trained on. */
import type { Table } from './types';

/**
 * `[rows]`, a 53-bit hash of the bytes of each whole row, label included: equal lines have equal keys in any
 * file, and a row that was edited in any cell is no longer the row that was trained on. Two rows of a million
 * collide with a probability of about 6e-5 (birthday bound).
 */
export function rowKeys(table: Table): Float64Array {
  const { bytes, startByte, endByte, rows } = table;
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const end = endByte[row] as number;
    let high = 0xdeadbeef;
    let low = 0x41c6ce57;
    for (let at = startByte[row] as number; at < end; at++) {
      const byte = bytes[at] as number;
      high = Math.imul(high ^ byte, 2654435761);
      low = Math.imul(low ^ byte, 1597334677);
    }
    keys[row] = hash53(high, low);
  }
  return keys;
}

/** The last mix of two running hashes of 32 bits into one of 53. */
export function hash53(high: number, low: number): number {
  const mixed = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const other = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(mixed ^ (mixed >>> 13), 3266489909);
  return 4294967296 * (2097151 & other) + (mixed >>> 0);
}
