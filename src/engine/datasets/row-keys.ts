/** Keys by which the rows of an edited file are recognised as those a model was trained on. */
import type { Table } from './types';

/**
 * `[rows]`, a 53-bit hash of each whole row, label included: rows that are the same in any two files of one kind have equal
 * keys, and a row that was edited in any cell is no longer the row that was trained on. Two rows of a million collide with
 * a probability of about 6e-5 (birthday bound).
 */
export function rowKeys(table: Table): Float64Array {
  return table.keys();
}

/** `[rows]`, hashes of the bytes from each start to each end. */
export function keysOfBytes(bytes: Uint8Array, startByte: Uint32Array, endByte: Uint32Array): Float64Array {
  const keys = new Float64Array(startByte.length);
  for (let row = 0; row < keys.length; row++) {
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
