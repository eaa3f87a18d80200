/** The most frequent values of a column, and what is left. */
import { cutText } from '../../protocol/plain-text';
import { type Bars, longestBarValue } from '../../protocol/plots';
import { HashIndex } from './hash-index';
import { UNCODED, type WordValues } from './column-values';

/** Values that are drawn; all others are one bar. */
export const MOST_BARS = 12;

/** `[words]`, rows of each word; `uncoded`: rows of words that were not told apart. */
export interface WordCounts {
  readonly counts: Uint32Array;
  readonly uncoded: number;
  readonly missing: number;
  /** Words with a row. */
  readonly distinct: number;
}

/** Of all rows, or only of the given ones. */
export function countWords({ codes, words, counts, uncoded }: WordValues, rows?: Uint32Array): WordCounts {
  const found = rows === undefined ? counts : new Uint32Array(words.length);
  let others = rows === undefined ? uncoded : 0;
  for (const row of rows ?? []) {
    const code = codes[row] as number;
    if (code >= 0) found[code] = (found[code] as number) + 1;
    else if (code === UNCODED) others++;
  }
  let distinct = 0;
  let present = others;
  for (const count of found) {
    if (count > 0) distinct++;
    present += count;
  }
  return { counts: found, uncoded: others, missing: (rows?.length ?? codes.length) - present, distinct };
}

/** The codes of the most frequent words, equally frequent ones by their code units. */
export function topWords({ words }: WordValues, { counts }: WordCounts): number[] {
  const top: number[] = [];
  const isBefore = (a: number, b: number): boolean => {
    const more = (counts[a] as number) - (counts[b] as number);
    return more > 0 || (more === 0 && (words[a] as string) < (words[b] as string));
  };
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    if (top.length === MOST_BARS) {
      if (!isBefore(code, top[MOST_BARS - 1] as number)) continue;
      top.pop();
    }
    let place = top.length;
    while (place > 0 && isBefore(code, top[place - 1] as number)) place--;
    top.splice(place, 0, code);
  }
  return top;
}

/** The bars of these words, and one of all others. */
export function barsOf({ words }: WordValues, counted: WordCounts, top: readonly number[]): Bars {
  const { counts, uncoded, distinct } = counted;
  const bars = top.map((code) => ({ value: barValue(words[code] as string), count: counts[code] as number }));
  const drawn = bars.reduce((rows, { count }) => rows + count, 0);
  const all = counts.reduce((rows, count) => rows + count, uncoded);
  return {
    shape: 'bars',
    bars,
    others: {
      rows: all - drawn,
      values: distinct - bars.filter(({ count }) => count > 0).length,
      capped: uncoded > 0,
    },
  };
}

/** A value as plots write it and filters know it. */
export function barValue(word: string): string {
  return cutText(word, longestBarValue);
}

/** The different numbers in order. */
export function differentNumbers(values: Float64Array): readonly number[] {
  const seen = new HashIndex();
  for (const value of values) if (!Number.isNaN(value)) seen.add(value);
  return seen.keys().sort((a, b) => a - b);
}

/** One bar for each of these numbers; no others. */
export function numberBars(values: Float64Array, numbers: readonly number[], rows?: Uint32Array): Bars {
  const counts = new Array<number>(numbers.length).fill(0);
  const places = new Map(numbers.map((number, place) => [number, place]));
  const total = rows?.length ?? values.length;
  for (let at = 0; at < total; at++) {
    const place = places.get(values[rows === undefined ? at : (rows[at] as number)] as number);
    if (place !== undefined) counts[place] = (counts[place] as number) + 1;
  }
  return {
    shape: 'bars',
    bars: numbers.map((number, place) => ({ value: String(number), count: counts[place] as number })),
    others: { rows: 0, values: 0, capped: false },
  };
}
