/** Columns in which it depends on the answer whether there is a value at all. */
import { writeCount, writeShare } from '../../../protocol/words';
import { type Check, type Found, namePlaces, SLICE } from '../check';
import { featureColumns, type Subject } from '../subject';
import { quote } from '../wording';

export const check: Check = { find };

/** Share of what is not known of the answer that the gaps tell: Goodman and Kruskal's tau, or R². */
const TELLS = 0.3;
const FEWEST_GAPS = 10;

function* find(subject: Subject): Generator<Found | undefined> {
  const { table, rows, target } = subject;
  if (target === undefined) return;
  let looked = 0;
  for (const { name, index, missing, kind } of featureColumns(subject)) {
    if (kind === 'empty' || missing < FEWEST_GAPS || table.rows - missing < FEWEST_GAPS) continue;
    looked += rows.length;
    if (looked >= SLICE) {
      looked = 0;
      yield;
    }
    const told = target.answer === 'name' ? ofClasses(subject, index) : ofNumbers(subject, index);
    if (told < TELLS) continue;
    yield {
      message: `Whether "${name}" has a value tells ${writeShare(told)} of what varies in "${target.column}" (it is missing in ${writeCount(missing)} rows).`,
      advice: 'Where the gap comes from the answer, leave the column out.',
      rows: missing,
      columns: [index],
      places: namePlaces([index]),
      mends: [{ kind: 'exclude', label: `Leave ${quote(name)} out`, columns: [name] }],
    };
  }
}

/** Goodman and Kruskal's tau of the gap for the class (1954): how many fewer wrong guesses in proportion to the shares. */
function ofClasses({ table, rows, target }: Subject, column: number): number {
  if (target?.answer !== 'name') return 0;
  const counts = [target.classes.map(() => 0), target.classes.map(() => 0)] as const;
  for (const row of rows) {
    const label = target.labels[row] as number;
    const tally = counts[table.isMissing(row, column) ? 1 : 0];
    if (label >= 0) tally[label] = (tally[label] as number) + 1;
  }
  const sizes = counts.map((tally) => tally.reduce((sum, count) => sum + count, 0));
  const all = (sizes[0] as number) + (sizes[1] as number);
  const spread = (tally: readonly number[], size: number): number =>
    size === 0 ? 0 : size - tally.reduce((sum, count) => sum + count * count, 0) / size;
  const before = spread(
    counts[0].map((count, label) => count + (counts[1][label] as number)),
    all,
  );
  const after = counts.reduce((sum, tally, at) => sum + spread(tally, sizes[at] as number), 0);
  return before === 0 ? 0 : 1 - after / before;
}

/** R² of the gap for a number. */
function ofNumbers({ table, rows, target }: Subject, column: number): number {
  if (target?.answer !== 'number') return 0;
  const sums = [0, 0];
  const sizes = [0, 0];
  let squares = 0;
  for (const row of rows) {
    const value = target.values[row] as number;
    if (Number.isNaN(value)) continue;
    const side = table.isMissing(row, column) ? 1 : 0;
    sums[side] = (sums[side] as number) + value;
    sizes[side] = (sizes[side] as number) + 1;
    squares += value * value;
  }
  const [a = 0, b = 0] = sizes;
  const [sumA = 0, sumB = 0] = sums;
  if (a === 0 || b === 0) return 0;
  const mean = (sumA + sumB) / (a + b);
  const spread = squares - (a + b) * mean * mean;
  const between = a * (sumA / a - mean) ** 2 + b * (sumB / b - mean) ** 2;
  return spread <= 0 ? 0 : between / spread;
}
