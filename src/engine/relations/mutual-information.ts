/** How much one column tells of another, in nats (Shannon 1948), held against what chance alone would seem to tell. */
import type { Contingency } from './contingency';

/** The entropy of counts; 0 of none. */
export function entropy(counts: Uint32Array, total: number): number {
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= count * Math.log(count / total);
  return total === 0 ? 0 : sum / total;
}

/** As scikit-learn's `mutual_info_score`. */
export function mutualInformation({ counts, columns, rowSums, columnSums, total }: Contingency): number {
  let sum = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (count === 0) continue;
    const row = rowSums[Math.floor(cell / columns)] as number;
    const column = columnSums[cell % columns] as number;
    sum += count * Math.log((count * total) / (row * column));
  }
  return total === 0 ? 0 : Math.max(0, sum / total);
}

/**
 * What the mutual information would be on average if the values of one column were shuffled, both columns keeping how often
 * each of their values stands (Vinh, Epps and Bailey, "Information Theoretic Measures for Clusterings Comparison", JMLR 11,
 * 2010, equation 24a); as scikit-learn's `expected_mutual_information`. A column with another value in each row tells
 * everything of the rows at hand and nothing of others: this is what is taken off for it.
 */
export function expectedMutualInformation({ rowSums, columnSums, total }: Contingency): number {
  // Values that stand equally often add the same: a column of identifiers is one size.
  const rows = sizesOf(rowSums);
  const columns = sizesOf(columnSums);
  let sum = 0;
  for (const [row, rowTimes] of rows) {
    for (const [column, columnTimes] of columns)
      sum += rowTimes * columnTimes * expectedCell(row, column, total);
  }
  return sum;
}

/**
 * The share of what is unknown of the second column that the first tells, chance taken off: (I - E[I]) / (H - E[I]), 0 where
 * it is no more than chance. It is the adjusted mutual information of the paper above, held against the entropy of one side
 * instead of both, so that 1 means: the target is known from the column.
 */
export function informationShare(table: Contingency): number {
  const expected = expectedMutualInformation(table);
  const whole = entropy(table.columnSums, table.total);
  const open = whole - expected;
  // Nothing is open where chance alone would tell all; rounding must not make a share of that.
  if (open <= whole * ROUNDING) return 0;
  return Math.min(1, Math.max(0, (mutualInformation(table) - expected) / open));
}

/** The logarithms of large factorials leave so much uncertain, relative to the result, for up to some ten million rows. */
const ROUNDING = 1e-6;

function sizesOf(sums: Uint32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const size of sums) if (size > 0) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  return sizes;
}

/** Terms smaller than this share of the largest are left out: they fall faster than geometrically. */
const NEGLIGIBLE = 1e-14;

/** The sum over all counts that a cell can have, each with its probability in the hypergeometric distribution. */
function expectedCell(row: number, column: number, total: number): number {
  const least = Math.max(0, row + column - total);
  const most = Math.min(row, column);
  const mode = Math.min(most, Math.max(least, Math.floor(((row + 1) * (column + 1)) / (total + 2))));
  const peak = Math.exp(
    logChoose(column, mode) + logChoose(total - column, row - mode) - logChoose(total, row),
  );
  const term = (count: number, probability: number): number =>
    count === 0 ? 0 : (count / total) * Math.log((count * total) / (row * column)) * probability;
  let sum = term(mode, peak);
  let probability = peak;
  for (let count = mode; count < most && probability > peak * NEGLIGIBLE; count++) {
    probability *= ((row - count) * (column - count)) / ((count + 1) * (total - row - column + count + 1));
    sum += term(count + 1, probability);
  }
  probability = peak;
  for (let count = mode; count > least && probability > peak * NEGLIGIBLE; count--) {
    probability *= (count * (total - row - column + count)) / ((row - count + 1) * (column - count + 1));
    sum += term(count - 1, probability);
  }
  return sum;
}

function logChoose(all: number, some: number): number {
  return logFactorial(all) - logFactorial(some) - logFactorial(all - some);
}

const SMALL_FACTORIALS = (() => {
  const logs = new Float64Array(64);
  for (let number = 2; number < logs.length; number++)
    logs[number] = (logs[number - 1] as number) + Math.log(number);
  return logs;
})();

/** Stirling's series beyond the table, exact to the last digits there. */
function logFactorial(number: number): number {
  const known = SMALL_FACTORIALS[number];
  if (known !== undefined) return known;
  const inverse = 1 / number;
  const series = inverse * (1 / 12 - inverse * inverse * (1 / 360 - (inverse * inverse) / 1260));
  return number * Math.log(number) - number + 0.5 * Math.log(2 * Math.PI * number) + series;
}
