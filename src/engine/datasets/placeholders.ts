/** Words and signs by which people say that there is no value. */
import type { CellPlaces } from './row-places';

const SPACE = 0x20;

/** Nobody means a value by them. */
const SIGNS = new Set(
  (
    '- -- --- ---- – — —— . .. ... … ? ?? ??? * #n/a #na #n/a!  #div/0! #ref! #value! #null! #num! #name? n/a n.a. n.a n/a. nan -nan +nan null ' +
    '(null) \\n nat <na> <n/a> <null> <none> <nan> 1.#qnan 1.#ind -1.#ind -1.#qnan #nv #wert!'
  ).split(/\s+/u),
);
SIGNS.add('#n/a n/a');
/** Words that are also names of classes: they decide by how often they come. */
const WORDS = new Set([
  'na',
  'none',
  'nil',
  'missing',
  'unknown',
  'unk',
  'n.d.',
  'n.d',
  'nd',
  'n.k.',
  'tbd',
  'tba',
  't.b.d.',
  'not available',
  'not applicable',
  'no data',
  'not known',
  'undefined',
  '(blank)',
  'blank',
  '(empty)',
  '(none)',
  '(missing)',
  'k.a.',
  'k. a.',
  'keine angabe',
  'unbekannt',
  'inconnu',
  'desconocido',
  'n/d',
  's/d',
  'no value',
  'not reported',
  'not recorded',
  'not specified',
  'unspecified',
  'no answer',
]);
const LONGEST = 14;
/** No number that anybody measured: counts as missing among numbers. */
const INFINITY = /^[+-]?\s?(?:inf|infinity|∞|1\.?#inf|\d+(?:\.\d+)?e\+?\d{3,})$/iu;

/** `sign`: stands for no value wherever it is; `word`: does so unless it is a frequent value of a column of words. */
export type Placeholder = 'sign' | 'word';

/** What kind of placeholder the text is; undefined for a value. Spaces around and case do not matter. */
export function placeholderOf(text: string): Placeholder | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 'sign';
  if (trimmed.length > LONGEST) return undefined;
  const lower = trimmed.toLowerCase();
  return SIGNS.has(lower) ? 'sign' : WORDS.has(lower) ? 'word' : undefined;
}

export function isInfinity(text: string): boolean {
  return INFINITY.test(text.trim());
}

/** Hashes of all of them, in small letters. */
const HASHES = new Set(
  [...SIGNS, ...WORDS].map((word) => {
    const bytes = Buffer.from(word);
    return hashOf(bytes, 0, bytes.length);
  }),
);
const LONGEST_BYTES = Math.max(...[...SIGNS, ...WORDS].map((word) => Buffer.byteLength(word)));
/** By the first and the last byte of a placeholder: a bit for each length that there is. */
const FIRST = new Int32Array(256);
const LAST = new Int32Array(256);
for (const word of [...SIGNS, ...WORDS]) {
  const bytes = Buffer.from(word);
  for (const [table, byte] of [
    [FIRST, bytes[0] as number],
    [LAST, bytes.at(-1) as number],
  ] as const) {
    for (const each of [byte, capital(byte)]) table[each] = (table[each] as number) | (1 << bytes.length);
  }
}

/** Whether the cell's bytes could be a placeholder at all, without making a string of them: mostly no. */
export function mayBePlaceholder(bytes: Uint8Array, start: number, end: number): boolean {
  while (start < end && (bytes[start] as number) <= SPACE) start++;
  if (start === end) return true;
  while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
  if (end - start > LONGEST_BYTES) return false;
  return hasEnds(bytes, start, end) && HASHES.has(hashOf(bytes, start, end));
}

/** Whether a placeholder of that length begins and ends with these bytes; of one up to `LONGEST_BYTES`. */
function hasEnds(bytes: Uint8Array, start: number, end: number): boolean {
  const lengths = (FIRST[bytes[start] as number] as number) & (LAST[bytes[end - 1] as number] as number);
  return ((lengths >>> (end - start)) & 1) === 1;
}

/**
 * Of every so many rows those whose cell of the column is missing or could be a placeholder, each as its row divided by
 * the stride.
 */
export function maybePlaceholders(
  bytes: Uint8Array,
  { records, firstCell, cellStart, cellEnd }: CellPlaces,
  column: number,
  stride: number,
): readonly number[] {
  const found: number[] = [];
  for (let index = 0, row = 0; row < records; index++, row += stride) {
    const cell = (firstCell[row] as number) + column;
    if (cell >= (firstCell[row + 1] as number)) {
      found.push(index);
      continue;
    }
    const start = cellStart[cell] as number;
    const end = cellEnd[cell] as number;
    // Most cells: no blanks around, and other letters at their ends.
    if (start < end && (bytes[start] as number) > SPACE && (bytes[end - 1] as number) > SPACE) {
      if (end - start > LONGEST_BYTES || !hasEnds(bytes, start, end)) continue;
    }
    if (mayBePlaceholder(bytes, start, end)) found.push(index);
  }
  return found;
}

function capital(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
}

/** FNV-1a, 32 bits, over bytes with ASCII letters made small. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    const small = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    hash = Math.imul(hash ^ small, 0x01000193);
  }
  return hash;
}
