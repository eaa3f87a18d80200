/** The cells of a column as figures and pictures are made of them: numbers, days, or the numbers of different words. */
import type { Table } from '../datasets';
import { HashIndex } from './hash-index';

export interface NumberValues {
  readonly holds: 'numbers' | 'days' | 'clock';
  /** `[rows]`; NaN for a missing value. `days`: since 1970; `clock`: shares of a day. */
  readonly values: Float64Array;
}

export interface WordValues {
  readonly holds: 'words';
  /** `[rows]`: index into `words`, `MISSING`, or `UNCODED` for a value that came after counting had stopped. */
  readonly codes: Int32Array;
  /** Different values, spaces around them taken off, by their first row. */
  readonly words: readonly string[];
  /** `[words]`, rows. */
  readonly counts: Uint32Array;
  /** Rows that are `UNCODED`. */
  readonly uncoded: number;
}

export type ColumnValues = NumberValues | WordValues;

export const MISSING = -1;
export const UNCODED = -2;
/** Different values of a column that are counted. */
export const MOST_DISTINCT = 100_000;

/** The column's cells as its reading has them. Words are coded by a hash of 53 bits of their cells (`Table.hashes`). */
export function readColumn(table: Table, column: number, most = MOST_DISTINCT): ColumnValues {
  const { reading } = table.reader.found(column);
  if (reading.holds === 'numbers') return { holds: 'numbers', values: finite(table.numbers(column)) };
  if (reading.holds !== 'dates') return codeWords(table, column, most);
  const values = table.reader.days(column, reading.dates ?? 'year-first');
  return { holds: reading.dates === 'time' ? 'clock' : 'days', values };
}

/** An infinity is no number that a bin could hold. */
function finite(values: Float64Array): Float64Array {
  const isOdd = (value: number) => value === Infinity || value === -Infinity;
  return values.some(isOdd) ? values.map((value) => (isOdd(value) ? NaN : value)) : values;
}

function codeWords(table: Table, column: number, most: number): WordValues {
  const { rows } = table;
  const codes = new Int32Array(rows);
  const hashes = table.hashes(Uint32Array.of(column));
  const spellings = new HashIndex();
  /** The code of each spelling: `a` and ` a` are one value. */
  const codeOf: number[] = [];
  const known = new Map<string, number>();
  const words: string[] = [];
  let uncoded = 0;
  for (let row = 0; row < rows; row++) {
    const hash = hashes[row] as number;
    const full = words.length >= most;
    const spelling = full ? spellings.find(hash) : spellings.add(hash);
    if (spelling === codeOf.length) {
      const word = table.isMissing(row, column) ? undefined : table.value(row, column);
      codeOf.push(word === undefined ? MISSING : codeIn(words, known, word));
    }
    if (spelling >= 0) codes[row] = codeOf[spelling] as number;
    else if (table.isMissing(row, column)) codes[row] = MISSING;
    else {
      codes[row] = UNCODED;
      uncoded++;
    }
  }
  const counts = new Uint32Array(words.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return { holds: 'words', codes, words, counts, uncoded };
}

function codeIn(words: string[], known: Map<string, number>, word: string): number {
  const code = known.get(word);
  if (code !== undefined) return code;
  known.set(word, words.length);
  return words.push(word) - 1;
}
