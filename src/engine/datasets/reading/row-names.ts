/** Names of rows in a first cell that no name of the header stands for, as R writes them. */
import type { Scan } from '../scanner';
import { cellCount } from './dialect';

/** First cells that are compared. */
const MOST_ROW_NAMES = 5000;

/**
 * Whether the first cells could be names of rows: each of another row, and no prose that was cut at its comma. `kinds`: 0
 * for rows; `common`: cells of most of them.
 */
export function haveNames(bytes: Uint8Array, found: Scan, kinds: Uint8Array, common: number): boolean {
  const seen = new Set<string>();
  for (let record = 1; record < found.records && seen.size < MOST_ROW_NAMES; record++) {
    if (kinds[record] !== 0 || cellCount(found.firstCell, record) !== common) continue;
    const cell = found.firstCell[record] as number;
    const from = found.cellStart[cell] as number;
    const name = Buffer.from(bytes.subarray(from, found.cellEnd[cell])).toString('utf8').trim();
    if (name === '' || seen.has(name)) return false;
    seen.add(name);
    const quoted = from > 0 && (bytes[from - 1] === 0x22 || bytes[from - 1] === 0x27);
    if (common === 2 && !quoted && (/\s/u.test(name) || bytes[found.cellStart[cell + 1] as number] === 0x20))
      return false;
  }
  return true;
}
