/**
 * Texts that share most of their words in the same order: Broder 1997, "On the resemblance and containment of documents".
 * A text is the set of its words and pairs of words. The pairs with the least hashes are a fair sample of all of them
 * (Broder's sketch of the s least): texts of which three of the four least are the same are worth a comparison, and of those
 * that resemble each other by 0.8 four in five have them.
 */

/** Jaccard: what two texts have in common, as a share of what either has. */
export const RESEMBLANCE = 0.8;
/** Shorter texts resemble each other by chance. */
const FEWEST_WORDS = 6;
/** Of a long text its beginning is compared. */
const MOST_WORDS = 200;
const SKETCH = 4;
/** Comparisons of whole texts: where all texts are made of the same few words, more would take too long. */
const MOST_COMPARED = 5_000;
/** Places for each text, of which it takes one for each three of its sketch. */
const PLACES = 8;

/** Finds for each text, one after the other, an earlier one that it resembles. */
export class Resemblances {
  readonly #textOf: (name: number) => string;
  readonly #mask: number;
  readonly #keys: Uint32Array;
  readonly #names: Int32Array;
  readonly #words = new Uint32Array(MOST_WORDS);
  #compared = 0;

  /** `textOf` is asked for earlier texts again, by their names; `texts`: how many there will be, about. */
  constructor(textOf: (name: number) => string, texts: number) {
    this.#textOf = textOf;
    const places = 2 ** Math.ceil(Math.log2(PLACES * Math.max(16, texts)));
    this.#mask = places - 1;
    this.#keys = new Uint32Array(places);
    this.#names = new Int32Array(places).fill(-1);
  }

  /** The name of an earlier text, or -1; the text is remembered under its own unless there is one. */
  add(text: string, name: number): number {
    const words = wordsOf(text, this.#words);
    if (words < FEWEST_WORDS) return -1;
    const keys = keysOf(leastPairs(this.#words, words));
    const known = this.#candidate(keys);
    if (known >= 0 && this.#compared < MOST_COMPARED) {
      this.#compared++;
      if (resemblance(shinglesOf(text), shinglesOf(this.#textOf(known))) >= RESEMBLANCE) return known;
    }
    for (const key of keys) {
      const place = (key ^ (key >>> 16)) & this.#mask;
      this.#keys[place] = key;
      this.#names[place] = name;
    }
    return -1;
  }

  /** An earlier text with three pairs of the sketch in common; -1 for none. */
  #candidate(keys: readonly number[]): number {
    for (const key of keys) {
      const place = (key ^ (key >>> 16)) & this.#mask;
      if (this.#keys[place] === key) return this.#names[place] as number;
    }
    return -1;
  }
}

/** Writes the hashes of the text's words into `hashes`; answers how many there are. FNV-1a, case apart. */
function wordsOf(text: string, hashes: Uint32Array): number {
  let words = 0;
  let hash = 0x811c9dc5;
  let inWord = false;
  for (let at = 0; at <= text.length && words < hashes.length; at++) {
    let code = at < text.length ? text.charCodeAt(at) : 0;
    if (code >= 65 && code <= 90) code += 32;
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code >= 0xaa) {
      hash = Math.imul(hash ^ code, 0x01000193);
      inWord = true;
    } else if (inWord) {
      hashes[words++] = hash;
      hash = 0x811c9dc5;
      inWord = false;
    }
  }
  return words;
}

function pairOf(before: number, word: number): number {
  const mixed = Math.imul(before ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(word ^ (word >>> 15), 0xc2b2ae35);
  return Math.imul(mixed ^ (mixed >>> 13), 0x27d4eb2f) >>> 0;
}

/** The least different hashes of pairs, ascending. */
function leastPairs(words: Uint32Array, count: number): readonly number[] {
  const least: number[] = [];
  for (let at = 1; at < count; at++) {
    const pair = pairOf(words[at - 1] as number, words[at] as number);
    if (least.length === SKETCH && pair >= (least[SKETCH - 1] as number)) continue;
    let place = least.length;
    while (place > 0 && (least[place - 1] as number) > pair) place--;
    if (least[place - 1] === pair) continue;
    least.splice(place, 0, pair);
    if (least.length > SKETCH) least.pop();
  }
  return least;
}

/** One for each three of the sketch. */
function keysOf(least: readonly number[]): readonly number[] {
  const keys: number[] = [];
  for (let left = 0; left < SKETCH; left++) {
    let key = 17;
    for (let at = 0; at < least.length; at++) {
      if (at !== left) key = Math.imul(key ^ (least[at] as number), 0x9e3779b1);
    }
    keys.push(key >>> 0);
  }
  return keys;
}

/** Ascending hashes of the words and pairs of words of a text, each once. */
export function shinglesOf(text: string): Uint32Array {
  const words = new Uint32Array(MOST_WORDS);
  const count = wordsOf(text, words);
  const all = new Uint32Array(Math.max(0, 2 * count - 1));
  for (let at = 0; at < count; at++) {
    all[at] = words[at] as number;
    if (at > 0) all[count + at - 1] = pairOf(words[at - 1] as number, words[at] as number);
  }
  all.sort();
  return all.filter((value, at) => at === 0 || value !== all[at - 1]);
}

/** Jaccard of two sets of ascending numbers. */
export function resemblance(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right) both++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return both === 0 ? 0 : both / (a.length + b.length - both);
}
