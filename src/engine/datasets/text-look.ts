/** A quick look at the strings of a column: do their words come again, and do their letters tell the target? */
import { uniformAt } from './random';

/** Writing without spaces between words. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const IDEOGRAPHS_PER_WORD = 2;
const LETTERS_PER_WORD = 4;

/** Words of a text; estimated by its length where the script does not part them. */
export function wordCount(text: string): number {
  const own = text.trim() === '' ? 0 : text.trim().split(/\s+/u).length;
  if (!/[^\p{ASCII}]/u.test(text)) return own;
  const ideographs = (text.match(IDEOGRAPHS) ?? []).length / IDEOGRAPHS_PER_WORD;
  const letters = (text.match(UNSPACED) ?? []).length / LETTERS_PER_WORD;
  return Math.max(own, Math.round(ideographs + letters));
}

/** A word is informative about nothing when nearly all values have it. */
const IN_ALL = 0.8;

/** How far different values are made of the same words. */
export interface Repetition {
  /** Share of the different values with a word that others have, too, but not all. */
  readonly shared: number;
  /** Values with their digits taken out, per different value: near 0 for `A-001`, `A-002`. */
  readonly stems: number;
}

/** `values`: different ones. */
export function repetitionOf(values: readonly string[]): Repetition {
  const counts = new Map<string, number>();
  const stems = new Set<string>();
  const tokens = values.map((value) => {
    const lower = value.toLowerCase();
    stems.add(lower.replace(/\d+/gu, '#'));
    const own = new Set(wordsOf(lower));
    for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
    return own;
  });
  const most = IN_ALL * values.length;
  const shared = tokens.filter((own) =>
    [...own].some((word) => {
      const count = counts.get(word) ?? 0;
      return count > 1 && count <= most;
    }),
  ).length;
  return { shared: shared / Math.max(1, values.length), stems: stems.size / Math.max(1, values.length) };
}

/** Words of letters; pairs of characters where words are not parted. */
function wordsOf(lower: string): string[] {
  return (lower.match(/\p{L}{2,}/gu) ?? []).flatMap((word) =>
    IDEOGRAPHS.test(word) || UNSPACED.test(word)
      ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
      : [word],
  );
}

const BUCKETS = 2048;
const LONGEST_LOOK = 200;
const LONGEST_GRAM = 3;
const CONTROLS = 3;
const FEWEST = 40;
/** How many standard deviations of a share the look must be better than chance. */
const CERTAINTY = 2.5;

/**
 * Whether the letters of the texts tell the groups of their rows: naive Bayes over n-grams learns one half and is judged
 * on the other by the mean share of each group that it gets right, held against the same with shuffled groups. Digits
 * are all alike, so that a number that was counted up through a sorted file tells nothing. `groups` from 0 to `kinds` - 1.
 */
export function informs(texts: readonly string[], groups: Int32Array, kinds: number): boolean {
  if (texts.length < FEWEST || kinds < 2) return false;
  const tokens = texts.map(bucketsOf);
  const real = balancedAccuracy(tokens, groups, kinds);
  let chance = 1 / kinds;
  for (let control = 0; control < CONTROLS; control++) {
    chance = Math.max(chance, balancedAccuracy(tokens, shuffled(groups, control), kinds));
  }
  const deviation = Math.sqrt((chance * (1 - chance)) / (texts.length / 2));
  return real > chance + CERTAINTY * deviation;
}

function bucketsOf(text: string): Uint16Array {
  const lower = text.slice(0, LONGEST_LOOK).toLowerCase().replace(/\d/gu, '#');
  const padded = ` ${lower} `;
  const found = new Set<number>();
  for (let length = 1; length <= LONGEST_GRAM; length++) {
    for (let at = 0; at + length <= padded.length; at++) found.add(bucketOf(padded, at, length));
  }
  for (const word of lower.match(/\p{L}+/gu) ?? []) found.add(bucketOf(`=${word}`, 0, word.length + 1));
  return Uint16Array.from(found);
}

/** FNV-1a. */
function bucketOf(text: string, start: number, length: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < start + length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return ((value ^ (value >>> 15)) >>> 0) % BUCKETS;
}

function balancedAccuracy(tokens: readonly Uint16Array[], groups: Int32Array, kinds: number): number {
  const counts = new Float64Array(kinds * BUCKETS);
  const rows = new Float64Array(kinds);
  for (let at = 0; at < tokens.length; at += 2) {
    const group = groups[at] as number;
    rows[group] = (rows[group] as number) + 1;
    for (const token of tokens[at] as Uint16Array)
      counts[group * BUCKETS + token] = (counts[group * BUCKETS + token] as number) + 1;
  }
  for (let group = 0; group < kinds; group++) {
    for (let token = 0; token < BUCKETS; token++) {
      const at = group * BUCKETS + token;
      counts[at] = Math.log(((counts[at] as number) + 0.5) / ((rows[group] as number) + 1));
    }
  }
  const right = new Float64Array(kinds);
  const judged = new Float64Array(kinds);
  for (let at = 1; at < tokens.length; at += 2) {
    const group = groups[at] as number;
    let best = -1;
    let most = -Infinity;
    for (let guess = 0; guess < kinds; guess++) {
      if (rows[guess] === 0) continue;
      let score = 0;
      for (const token of tokens[at] as Uint16Array) score += counts[guess * BUCKETS + token] as number;
      if (score > most) {
        most = score;
        best = guess;
      }
    }
    judged[group] = (judged[group] as number) + 1;
    if (best === group) right[group] = (right[group] as number) + 1;
  }
  let sum = 0;
  let seen = 0;
  for (let group = 0; group < kinds; group++) {
    if (judged[group] === 0) continue;
    seen++;
    sum += (right[group] as number) / (judged[group] as number);
  }
  return seen === 0 ? 0 : sum / seen;
}

function shuffled(groups: Int32Array, stream: number): Int32Array {
  const result = groups.slice();
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(uniformAt(8, stream, last) * (last + 1));
    const kept = result[last] as number;
    result[last] = result[other] as number;
    result[other] = kept;
  }
  return result;
}
