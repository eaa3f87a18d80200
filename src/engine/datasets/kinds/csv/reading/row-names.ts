/** Names of rows in a first cell that no name of the header stands for, as R writes them. */
import type { Scan } from '../scanner';
import { cellCount } from './dialect';

/** First cells that are compared. */
const MOST_ROW_NAMES = 5000;

/**
 * Whether the first cells could be names of rows: each of another row; and beside a single column in quotes, a word or a
 * count, rather than a part of a text or number that was cut at its comma. `common`: cells of most rows; `kinds`: 0 for
 * rows.
 */
export function haveNames(bytes: Uint8Array, found: Scan, common: number, kinds?: Uint8Array): boolean {
  const seen = new Set<string>();
  let last: number | undefined;
  for (let record = 1; record < found.records && seen.size < MOST_ROW_NAMES; record++) {
    if ((kinds?.[record] ?? 0) !== 0 || cellCount(found.firstCell, record) !== common) continue;
    const cell = found.firstCell[record] as number;
    const from = found.cellStart[cell] as number;
    const name = Buffer.from(bytes.subarray(from, found.cellEnd[cell])).toString('utf8').trim();
    if (name === '' || seen.has(name)) return false;
    seen.add(name);
    const quoted = from > 0 && (bytes[from - 1] === 0x22 || bytes[from - 1] === 0x27);
    if (common > 2 || quoted) continue;
    if (/\s/u.test(name) || bytes[found.cellStart[cell + 1] as number] === 0x20) return false;
    const number = Number(name);
    if (Number.isNaN(number)) continue;
    if (last !== undefined && number !== last + 1) return false;
    last = number;
  }
  return true;
}
