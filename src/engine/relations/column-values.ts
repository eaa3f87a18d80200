/** A column as it is held against another: its numbers, or its names. */
import { type ColumnValues as ReadColumn, MISSING } from '../plots';
import type { Codes } from './contingency';

export interface Numbers {
  readonly holds: 'numbers';
  /** `[rows]`; NaN: none. Of dates the days since 1970, of texts their characters. */
  readonly values: Float64Array;
}

export interface Names extends Codes {
  readonly holds: 'names';
  /** `[kinds]`; of values beyond the limit, which share the last code, undefined. */
  readonly names: readonly (string | undefined)[];
}

export type ColumnValues = Numbers | Names;

/** Different values that are told apart; a column of more tells nothing of rows to come anyway. */
const MOST_NAMES = 10_000;

/** Numbers that stand for names, codes say, are names. `kind`: as the column is summarised. */
export function valuesOf(kind: string, read: ReadColumn): ColumnValues {
  if (read.holds === 'words') return wordsAsNames(read.codes, read.words);
  const isNames = kind === 'category' || kind === 'boolean';
  return isNames ? numbersAsNames(read.values) : { holds: 'numbers', values: read.values };
}

/** Unicode code points. */
export function charactersOf(text: string): number {
  let characters = text.length;
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xdc00 && unit <= 0xdfff && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) characters--;
  }
  return characters;
}

function wordsAsNames(codes: Int32Array, words: readonly string[]): Names {
  const told = Math.min(words.length, MOST_NAMES);
  const known = codes.map((code) => (code === MISSING || (code >= 0 && code < told) ? code : told));
  const names: (string | undefined)[] = words.slice(0, told);
  if (known.includes(told)) names.push(undefined);
  return { holds: 'names', codes: known, kinds: names.length, names };
}

function numbersAsNames(values: Float64Array): Names {
  const places = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    const known = places.get(value);
    codes[row] = known ?? places.size;
    if (known === undefined && places.size < MOST_NAMES) places.set(value, places.size);
  }
  const names: (string | undefined)[] = [...places.keys()].map(String);
  if (codes.includes(MOST_NAMES)) names.push(undefined);
  return { holds: 'names', codes, kinds: names.length, names };
}
