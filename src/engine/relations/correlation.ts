/** How closely two columns go together, whatever they hold. */
import type { Codes, Contingency } from './contingency';

/**
 * Pearson's r over the pairs in which neither is NaN (as `scipy.stats.pearsonr`); 0 where one of them does not vary.
 * In two passes, so that large numbers with small differences keep their digits.
 */
export function pearson(own: ArrayLike<number>, other: ArrayLike<number>): number {
  const first = withinDoubles(own);
  const second = withinDoubles(other);
  let rows = 0;
  let meanFirst = 0;
  let meanSecond = 0;
  for (let at = 0; at < first.length; at++) {
    const a = first[at] as number;
    const b = second[at] as number;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    rows++;
    meanFirst += (a - meanFirst) / rows;
    meanSecond += (b - meanSecond) / rows;
  }
  let product = 0;
  let squaresFirst = 0;
  let squaresSecond = 0;
  for (let at = 0; at < first.length; at++) {
    const a = (first[at] as number) - meanFirst;
    const b = (second[at] as number) - meanSecond;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    product += a * b;
    squaresFirst += a * a;
    squaresSecond += b * b;
  }
  const scale = Math.sqrt(squaresFirst) * Math.sqrt(squaresSecond);
  return scale > 0 ? Math.min(1, Math.max(-1, product / scale)) : 0;
}

/** Beyond this the squares of numbers are no doubles; below its inverse they are nothing. */
const SQUARED = 1e140;

/** The numbers themselves, or all of them by one factor smaller or larger where their squares would not be doubles. */
function withinDoubles(values: ArrayLike<number>): ArrayLike<number> {
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at] as number);
    if (size > largest) largest = size;
  }
  if (largest === 0 || (largest < SQUARED && largest > 1 / SQUARED)) return values;
  return Float64Array.from(values, (value) => value / largest);
}

/**
 * Cramér's V of two columns of names with the bias that many values and few rows bring taken off (Bergsma, "A bias-correction
 * for Cramér's V and Tschuprow's T", Journal of the Korean Statistical Society 42, 2013); 0 where one does not vary.
 */
export function cramersV({ counts, columns: width, rowSums, columnSums, total }: Contingency): number {
  const rows = rowSums.filter((sum) => sum > 0).length;
  const columns = columnSums.filter((sum) => sum > 0).length;
  if (total < 2 || rows < 2 || columns < 2) return 0;
  // χ² / n is the sum of the squared counts over the products of their sums, less one.
  let squares = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (count > 0)
      squares +=
        (count / (rowSums[Math.floor(cell / width)] as number)) *
        (count / (columnSums[cell % width] as number));
  }
  const corrected = Math.max(0, squares - 1 - ((rows - 1) * (columns - 1)) / (total - 1));
  const rowsLeft = rows - (rows - 1) ** 2 / (total - 1);
  const columnsLeft = columns - (columns - 1) ** 2 / (total - 1);
  const scale = Math.min(rowsLeft, columnsLeft) - 1;
  return scale > 0 ? Math.min(1, Math.sqrt(corrected / scale)) : 0;
}

/**
 * The correlation ratio η between names and numbers (Fisher 1925): the root of the share of the numbers' variation that lies
 * between the means of the names. The share is Kelley's unbiased ε² ("An unbiased correlation ratio measure", PNAS 21, 1935),
 * which many names with few rows each do not raise: as adjusted R² of the numbers over indicators of the names.
 */
export function correlationRatio({ codes, kinds }: Codes, values: ArrayLike<number>): number {
  const numbers = withinDoubles(values);
  const rows = new Float64Array(kinds);
  const means = new Float64Array(kinds);
  let within = 0;
  let all = 0;
  let mean = 0;
  let total = 0;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number;
    const value = numbers[at] as number;
    if (code < 0 || Number.isNaN(value)) continue;
    // Welford's updates, of the name and of all.
    const count = (rows[code] as number) + 1;
    const off = value - (means[code] as number);
    rows[code] = count;
    means[code] = (means[code] as number) + off / count;
    within += off * (value - means[code]);
    total++;
    const offAll = value - mean;
    mean += offAll / total;
    all += offAll * (value - mean);
  }
  const names = rows.filter((count) => count > 0).length;
  if (names < 2 || total <= names || all <= 0) return 0;
  const share = 1 - within / (total - names) / (all / (total - 1));
  return Math.sqrt(Math.min(1, Math.max(0, share)));
}
