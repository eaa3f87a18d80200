/** The rows by what is to be predicted, as coarsely as a quick look needs it. */
import { type CodedValues, countCoded } from './coded-values';
import { arrange } from './order-statistics';
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
  const known = withoutGaps(numbers);
  const places = Array.from({ length: QUANTILES - 1 }, (_, at) =>
    Math.floor(((at + 1) * known.length) / QUANTILES),
  );
  const sorted = arrange(known, [...new Set(places)]);
  const bounds = places.map((place) => sorted[place] ?? 0);
  const groups = new Int32Array(numbers.length).fill(-1);
  for (let row = 0; row < groups.length; row++) {
    const value = numbers[row] as number;
    if (Number.isNaN(value)) continue;
    let group = 0;
    for (const bound of bounds) if (value >= bound) group++;
    groups[row] = group;
  }
  return { column, groups, kinds: QUANTILES };
}

function withoutGaps(numbers: Float64Array): Float64Array {
  const known = new Float64Array(numbers.length);
  let count = 0;
  for (const value of numbers) if (!Number.isNaN(value)) known[count++] = value;
  return known.subarray(0, count);
}

function byClass(table: Table, column: string, index: number): TargetGroups {
  const coded = table.reader.coded(index);
  if (coded !== undefined) return byCode(coded, column);
  const counts = new Map<string, number>();
  const labels: (string | undefined)[] = [];
  for (let row = 0; row < table.rows; row++) {
    const label = table.isMissing(row, index) ? undefined : table.value(row, index).toLowerCase();
    labels.push(label);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const places = commonest(counts);
  const groups = Int32Array.from(labels, (label) => (label === undefined ? -1 : (places.get(label) ?? -1)));
  return { column, groups, kinds: places.size };
}

function byCode(coded: CodedValues, column: string): TargetGroups {
  const counts = new Map<string, number>();
  for (const [label, rows] of countCoded(coded, undefined).counts) {
    const small = label.toLowerCase();
    counts.set(small, (counts.get(small) ?? 0) + rows);
  }
  const places = commonest(counts);
  const placeOf = Int32Array.from(coded.values, (label) => places.get(label.toLowerCase()) ?? -1);
  const groups = new Int32Array(coded.codes.length);
  for (let row = 0; row < groups.length; row++) {
    const code = coded.codes[row] as number;
    groups[row] = code < 0 ? -1 : (placeOf[code] as number);
  }
  return { column, groups, kinds: places.size };
}

/** The most frequent labels, each with its place among them. */
function commonest(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_GROUPS);
  return new Map(top.map(([label], place) => [label, place]));
}
