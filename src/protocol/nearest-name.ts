/** Which of the names there are somebody may have meant. */

/** Names that are compared, and characters of each: comparing costs the product of three lengths. */
const NAMES_COMPARED = 2000;
const LENGTH_COMPARED = 100;

/** The name nearest to `wanted` (edit distance, case ignored), unless all are far off. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const lower = wanted.slice(0, LENGTH_COMPARED).toLowerCase();
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(lower.length / 2)) + 1;
  for (const name of names.slice(0, NAMES_COMPARED)) {
    const other = name.slice(0, LENGTH_COMPARED).toLowerCase();
    if (Math.abs(other.length - lower.length) >= least) continue;
    const distance = editDistance(lower, other);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein distance, by the row-by-row table of Wagner and Fischer (1974). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
