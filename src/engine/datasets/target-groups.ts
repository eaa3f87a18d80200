/** The rows by what is to be predicted, as coarsely as a quick look needs it. */
import type { Answer, Table } from './types';

export interface TargetGroups {
  readonly column: string;
  /** `[rows]` from 0 to `kinds` - 1; -1 without a target, and for classes beyond the most frequent. */
  readonly groups: Int32Array;
  readonly kinds: number;
}

const MOST_GROUPS = 12;
const QUANTILES = 4;

/** Classes, or quarters of a number. */
export function targetGroups(table: Table, column: string, answer: Answer): TargetGroups | undefined {
  const index = table.find(column);
  if (index < 0) return undefined;
  return answer === 'number' ? byNumber(table, column, index) : byClass(table, column, index);
}

function byNumber(table: Table, column: string, index: number): TargetGroups {
  const numbers = table.reader.forcedNumbers(index);
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  const bounds = Array.from(
    { length: QUANTILES - 1 },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / QUANTILES)] ?? 0,
  );
  const groups = Int32Array.from(numbers, (value) =>
    Number.isNaN(value) ? -1 : bounds.filter((bound) => value >= bound).length,
  );
  return { column, groups, kinds: QUANTILES };
}

function byClass(table: Table, column: string, index: number): TargetGroups {
  const counts = new Map<string, number>();
  const labels: (string | undefined)[] = [];
  for (let row = 0; row < table.rows; row++) {
    const label = table.isMissing(row, index) ? undefined : table.value(row, index).toLowerCase();
    labels.push(label);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_GROUPS);
  const places = new Map(top.map(([label], place) => [label, place]));
  const groups = Int32Array.from(labels, (label) => (label === undefined ? -1 : (places.get(label) ?? -1)));
  return { column, groups, kinds: top.length };
}
