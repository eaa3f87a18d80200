/** Numbers that stand alone, far from all others of their column. */
import { writeCounted, writeNumber } from '../../../protocol/words';
import { type Check, type Found, MOST_PLACES, type Place } from '../check';
import { fencesOf, quantile } from '../fences';
import type { Subject } from '../subject';
import { quote, where } from '../wording';

export const check: Check = { find };

/** More of them are a part of the data, not slips. */
const MOST_SHARE = 0.005;
const FEWEST_ALLOWED = 2;
/** Columns of fewer different numbers are names for something. */
const FEWEST_VALUES = 10;
/** How many times as far from the median as the farthest ordinary value, on either side, an outlier stands. */
const GAP = 2;

function* find(subject: Subject): Generator<Found | undefined> {
  for (const { index, kind, distinct, question } of subject.columns) {
    if (kind !== 'number' || distinct < FEWEST_VALUES) continue;
    yield;
    const found = farRows(subject, index);
    // A number that may stand for a missing one is asked about where the column is.
    const asked = question?.answers.flatMap(({ wish }) => wish.missing ?? []) ?? [];
    const rows = found?.rows.filter((row) => !asked.includes(String(subject.table.numbers(index)[row])));
    if (found === undefined || rows === undefined || rows.length === 0) continue;
    yield foundIn(subject, index, rows, found.range);
  }
}

function foundIn({ table }: Subject, column: number, rows: readonly number[], range: string): Found {
  const name = table.columns[column] as string;
  const [first = 0] = rows;
  const count = rows.length;
  const example = quote(table.cell(first, column).trim());
  return {
    message: `${writeCounted(count, 'number')} of "${name}" ${count === 1 ? 'is' : 'are'} far from all others, which lie between ${range} (${example}, ${where(table, first, count)}).`,
    advice: 'Look whether it is a slip of the point, another unit or a code; a true value can stay.',
    rows: count,
    columns: [column],
    places: rows.slice(0, MOST_PLACES).map((row): Place => ({
      row,
      column,
      says: `${quote(table.cell(row, column).trim())} is far from all other numbers of "${name}", which lie between ${range}.`,
    })),
  };
}

function farRows(
  { table, rows }: Subject,
  column: number,
): { readonly rows: readonly number[]; readonly range: string } | undefined {
  const numbers = table.numbers(column);
  const present = rows.filter((row) => Number.isFinite(numbers[row]));
  const sorted = Float64Array.from(present, (row) => numbers[row] as number).sort();
  const fences = fencesOf(sorted);
  if (fences === undefined) return undefined;
  const [least = NaN, most = NaN] = [sorted[0], sorted.at(-1)];
  if (least >= fences.low && most <= fences.high) return undefined;
  const ordinary = sorted.filter((value) => value >= fences.low && value <= fences.high);
  const [low = NaN, high = NaN] = [ordinary[0], ordinary.at(-1)];
  const median = quantile(sorted, 0.5);
  const reach = Math.max(high - median, median - low);
  const isFar = (value: number): boolean =>
    value > fences.high
      ? value - median > GAP * reach
      : value < fences.low && (median - value > GAP * reach || isTiny(value, low));
  const far = present.filter((row) => isFar(numbers[row] as number));
  if (far.length > Math.max(FEWEST_ALLOWED, MOST_SHARE * present.length)) return undefined;
  return { rows: Array.from(far), range: `${writeNumber(low)} and ${writeNumber(high)}` };
}

/** Of positive numbers: a hundredth of the least other one. */
function isTiny(value: number, low: number): boolean {
  return value > 0 && value * 100 < low;
}
