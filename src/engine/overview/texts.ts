/** The texts of a column: how long they are, and some of them. */
import type { ColumnOverview, Lengths } from '../../protocol/overview';
import type { Table } from '../datasets';
import { countsOf } from '../plots';
import { charactersOf, type Numbers } from '../relations';

const SAMPLES = 5;
/** Characters of a sample that are shown. */
const SAMPLE_LENGTH = 300;

export interface Texts {
  readonly overview: NonNullable<ColumnOverview['texts']>;
  /** How long each of them is, in characters. */
  readonly values: Numbers;
}

export function textsOf(table: Table, column: number): Texts | undefined {
  const characters = new Float64Array(table.rows).fill(NaN);
  const words = new Float64Array(table.rows).fill(NaN);
  const samples: string[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.isMissing(row, column)) continue;
    const text = table.value(row, column);
    characters[row] = charactersOf(text);
    words[row] = wordsIn(text);
    if (samples.length * table.rows <= row * SAMPLES) samples.push(shortened(text));
  }
  const charactersLong = lengthsOf(characters);
  const wordsLong = lengthsOf(words);
  if (charactersLong === undefined || wordsLong === undefined) return undefined;
  return {
    overview: { characters: charactersLong, words: wordsLong, samples },
    values: { holds: 'numbers', values: characters },
  };
}

/** Undefined of none. */
export function lengthsOf(values: Float64Array): Lengths | undefined {
  const { range, plot } = countsOf({ holds: 'numbers', values }).whole();
  return range && plot && { median: range.median, longest: range.max, plot };
}

/** What stands between blanks. */
function wordsIn(text: string): number {
  let words = 0;
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const isBlank = BLANKS.has(text.charCodeAt(at));
    if (!isBlank && !inside) words++;
    inside = !isBlank;
  }
  return words;
}

const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0xa0, 0x2028, 0x2029, 0x3000]);

function shortened(text: string): string {
  return text.length <= SAMPLE_LENGTH
    ? text
    : `${text.slice(0, SAMPLE_LENGTH).replace(/[\ud800-\udbff]$/u, '')}…`;
}
