/** A quick look at the strings of a column: do their words come again, and do their letters tell the target? */
import { uniformAt } from './random';

/** Writing without spaces between words. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
/** Either. Without `g`: a search that is global goes on where the last one, in another word, has ended. */
const NOT_PARTED = new RegExp(`${IDEOGRAPHS.source}|${UNSPACED.source}`, 'u');
const NOT_ASCII = /[^\p{ASCII}]/u;
const IDEOGRAPHS_PER_WORD = 2;
const LETTERS_PER_WORD = 4;

/** Words of a text; estimated by its length where the script does not part them. */
export function wordCount(text: string): number {
  const trimmed = text.trim();
  const own = trimmed === '' ? 0 : /\s/u.test(trimmed) ? trimmed.split(/\s+/u).length : 1;
  if (!NOT_ASCII.test(text)) return own;
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
    const words = wordsOf(lower);
    const own = words.length > 1 ? [...new Set(words)] : words;
    for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
    return own;
  });
  const most = IN_ALL * values.length;
  const shared = tokens.filter((own) =>
    own.some((word) => {
      const count = counts.get(word) ?? 0;
      return count > 1 && count <= most;
    }),
  ).length;
  return { shared: shared / Math.max(1, values.length), stems: stems.size / Math.max(1, values.length) };
}

/** Words of letters; pairs of characters where words are not parted. */
function wordsOf(lower: string): string[] {
  if (!NOT_ASCII.test(lower)) return lower.match(/[a-z]{2,}/gu) ?? [];
  return (lower.match(/\p{L}{2,}/gu) ?? []).flatMap((word) =>
    NOT_PARTED.test(word)
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
/** Stands before a whole word. */
const EQUALS = 0x3d;

/**
 * Whether the letters of the texts tell the groups of their rows: naive Bayes over n-grams learns one half and is judged
 * on the other by the mean share of each group that it gets right, held against the same with shuffled groups. Digits
 * are all alike, so that a number that was counted up through a sorted file tells nothing. `groups` from 0 to `kinds` - 1.
 */
export function informs(texts: readonly string[], groups: Int32Array, kinds: number): boolean {
  if (texts.length < FEWEST || kinds < 2) return false;
  const tokens = texts.map(bucketsOf);
  const certain = (chance: number): number =>
    chance + CERTAINTY * Math.sqrt((chance * (1 - chance)) / (texts.length / 2));
  const real = balancedAccuracy(tokens, groups, kinds);
  // Whatever chance the controls found, the bound would be no lower (it is concave in the chance, and 1 at 1).
  if (real <= certain(1 / kinds)) return false;
  let chance = 1 / kinds;
  for (let control = 0; control < CONTROLS; control++) {
    chance = Math.max(chance, balancedAccuracy(tokens, shuffled(groups, control), kinds));
  }
  return real > certain(chance);
}

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** FNV-1a of the n-gram that begins at each place, as far as it has been taken; small letters may be longer. */
const hashes = new Int32Array(3 * LONGEST_LOOK + 2);
const taken = new Uint8Array(BUCKETS);
const found = new Uint16Array(BUCKETS);

/** The different buckets of a text's n-grams and words. */
function bucketsOf(text: string): Uint16Array {
  const lower = text.slice(0, LONGEST_LOOK).toLowerCase().replace(/\d/gu, '#');
  const padded = ` ${lower} `;
  let size = 0;
  const take = (hash: number): void => {
    const bucket = ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
    if (taken[bucket] === 1) return;
    taken[bucket] = 1;
    found[size++] = bucket;
  };
  hashes.fill(FNV_START, 0, padded.length);
  for (let length = 1; length <= LONGEST_GRAM; length++) {
    for (let at = 0; at + length <= padded.length; at++) {
      const hash = Math.imul((hashes[at] as number) ^ padded.charCodeAt(at + length - 1), FNV_PRIME);
      hashes[at] = hash;
      take(hash);
    }
  }
  for (const word of lower.match(/\p{L}+/gu) ?? []) {
    let hash = Math.imul(FNV_START ^ EQUALS, FNV_PRIME);
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), FNV_PRIME);
    take(hash);
  }
  for (let at = 0; at < size; at++) taken[found[at] as number] = 0;
  return found.slice(0, size);
}

/** Half of the places, in no order that a file could have: classes may take turns from row to row. */
function isLearnt(at: number): boolean {
  return uniformAt(8, CONTROLS, at) < 0.5;
}

/** Of naive Bayes that learns one half of the rows and judges the other; `tokens`: the buckets of each row. */
function balancedAccuracy(tokens: readonly Uint16Array[], groups: Int32Array, kinds: number): number {
  const counts = new Uint32Array(kinds * BUCKETS);
  const rows = new Uint32Array(kinds);
  for (let at = 0; at < tokens.length; at++) {
    if (!isLearnt(at)) continue;
    const group = groups[at] as number;
    rows[group] = (rows[group] as number) + 1;
    for (const token of tokens[at] as Uint16Array)
      counts[group * BUCKETS + token] = (counts[group * BUCKETS + token] as number) + 1;
  }
  // Few counts occur, so each is taken the logarithm of once.
  const logarithms = Array.from(rows, (of) =>
    Float64Array.from({ length: of + 1 }, (_, count) => Math.log((count + 0.5) / (of + 1))),
  );
  const right = new Float64Array(kinds);
  const judged = new Float64Array(kinds);
  for (let at = 0; at < tokens.length; at++) {
    if (isLearnt(at)) continue;
    const group = groups[at] as number;
    let best = -1;
    let most = -Infinity;
    for (let guess = 0; guess < kinds; guess++) {
      if (rows[guess] === 0) continue;
      const logarithm = logarithms[guess] as Float64Array;
      let score = 0;
      for (const token of tokens[at] as Uint16Array)
        score += logarithm[counts[guess * BUCKETS + token] as number] as number;
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
