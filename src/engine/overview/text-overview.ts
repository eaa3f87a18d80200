/** A text in pictures: its characters, its words, its lines. */
import { setImmediate } from 'node:timers/promises';
import type { TextSummary } from '../../protocol/dataset';
import type { TextOverview } from '../../protocol/overview';
import type { Bars } from '../../protocol/plots';
import { MOST_BARS } from '../plots';
import { charactersOf } from '../relations';
import { lengthsOf } from './texts';

/** Different words that are counted. */
const MOST_WORDS = 1_000_000;
/** Characters that are counted before anybody else is heard. */
const SLICE = 1_000_000;
const SAMPLE_LINES = 12;
const SAMPLE_LENGTH = 1000;

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Throws the signal's reason where the answer is no longer wanted. */
export async function textOverview(
  text: string,
  { path, sha256, characters, lines, vocabulary }: TextSummary,
  signal: AbortSignal,
): Promise<TextOverview> {
  const byCharacter = new Map<string, number>();
  const byWord = new Map<string, number>();
  const lengths: number[] = [];
  let words = 0;
  let unknownWords = 0;
  for (let from = 0; from < text.length;) {
    const to = endOfSlice(text, from);
    const slice = text.slice(from, to);
    for (const character of slice) byCharacter.set(character, (byCharacter.get(character) ?? 0) + 1);
    for (const [found] of slice.matchAll(WORD)) {
      words++;
      const word = found.toLowerCase();
      const count = byWord.get(word);
      if (count !== undefined) byWord.set(word, count + 1);
      else if (byWord.size < MOST_WORDS) byWord.set(word, 1);
      else unknownWords++;
    }
    const found = slice.split(/\r\n|\n|\r/u);
    // Behind the last line break there is no further line.
    if (/[\n\r]$/u.test(slice)) found.pop();
    for (const line of found) lengths.push(charactersOf(line));
    from = to;
    await setImmediate();
    signal.throwIfAborted();
  }
  return {
    shape: 'text',
    path,
    sha256,
    characters,
    lines,
    vocabulary,
    words,
    differentWords: byWord.size,
    wordsCapped: unknownWords > 0,
    frequentCharacters: frequent(byCharacter, 0, nameOf),
    frequentWords: frequent(byWord, unknownWords),
    lineLengths: lengthsOf(Float64Array.from(lengths)) ?? NO_LINES,
    sample: sampleOf(text),
  };
}

const NO_LINES: TextOverview['lineLengths'] = {
  median: 0,
  longest: 0,
  plot: { shape: 'bars', bars: [], others: { rows: 0, values: 0, capped: false } },
};

/** Behind a line break, so that no word and no line is cut; a line longer than a slice is taken whole. */
function endOfSlice(text: string, from: number): number {
  if (from + SLICE >= text.length) return text.length;
  const after = text.indexOf('\n', from + SLICE);
  return after < 0 ? text.length : after + 1;
}

/** The most frequent ones, equally frequent ones by their code units. `uncounted`: what was not told apart. */
function frequent(
  counts: ReadonlyMap<string, number>,
  uncounted: number,
  write = (value: string) => value,
): Bars {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rest = sorted.slice(MOST_BARS);
  return {
    shape: 'bars',
    bars: sorted.slice(0, MOST_BARS).map(([value, count]) => ({ value: write(value), count })),
    others: {
      rows: rest.reduce((sum, [, count]) => sum + count, uncounted),
      values: rest.length,
      capped: uncounted > 0,
    },
  };
}

/** What cannot be seen has a name. */
function nameOf(character: string): string {
  const known = NAMES[character];
  if (known !== undefined) return known;
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const NAMES: Readonly<Record<string, string | undefined>> = {
  ' ': 'space',
  '\n': 'line break',
  '\r': 'carriage return',
  '\t': 'tab',
  '\u00a0': 'no-break space',
};

function sampleOf(text: string): string {
  const beginning = text.slice(0, SAMPLE_LENGTH).replace(/[\ud800-\udbff]$/u, '');
  const lines = beginning
    .split(/\r\n|\n|\r/u)
    .slice(0, SAMPLE_LINES)
    .join('\n');
  return lines.length < text.length ? `${lines.trimEnd()}…` : lines;
}
