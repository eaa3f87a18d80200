/** Values that count as different and may be meant to be one: other punctuation or accents, or a slip of the keys. */

/** A slip is rare beside what was meant. */
const RARER_BY = 10;
/** In shorter words one letter makes another word. */
const SHORTEST = 5;
/** With more values than this a slip is not told from a value. */
const MOST_VALUES = 300;
const NOT_LETTERS = /[^\p{L}\p{N}]/gu;
const ACCENTS = /\p{M}/gu;

/** Value -> the commoner value that it may be. `rowsOf`: rows of each value, spellings of the same joined. */
export function lookalikes(rowsOf: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (rowsOf.size < 2) return found;
  const byFold = new Map<string, string>();
  const commonestFirst = [...rowsOf].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [value] of commonestFirst) {
    const folded = folding(value);
    // Signs alone (`+`, `-`), or numbers that a point parts, are not the same without them.
    if (!/\p{L}/u.test(folded)) continue;
    const usual = byFold.get(folded);
    if (usual === undefined) byFold.set(folded, value);
    else found.set(value, usual);
  }
  if (rowsOf.size > MOST_VALUES) return found;
  const left = commonestFirst.filter(([value]) => !found.has(value));
  for (const [value, rows] of left) {
    const folded = folding(value);
    if (folded.length < SHORTEST || /\p{N}/u.test(folded)) continue;
    const meant = left.filter(
      ([other, more]) => more >= RARER_BY * rows && other !== value && isSlip(folded, folding(other)),
    );
    const [only] = meant;
    // Between two that are as near nobody can choose.
    if (only !== undefined && meant.length === 1) found.set(value, only[0]);
  }
  return found;
}

/** Without case, accents and all that is no letter or digit. */
export function folding(value: string): string {
  return value.normalize('NFKD').replace(ACCENTS, '').replace(NOT_LETTERS, '').toLowerCase();
}

/** One letter more, less or another, or two that stand the wrong way round; never the first letter (`male`, `female`). */
function isSlip(a: string, b: string): boolean {
  if (a === b || a[0] !== b[0] || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return !isEnding(restA, restB, end);
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** A last letter makes the plural or another form of a word, or a series of names (`type a`, `type b`). */
function isEnding(restA: string, restB: string, end: number): boolean {
  return end === 0 && (restA.length !== restB.length || restA !== restB);
}
