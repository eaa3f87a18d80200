/**
 * The 90 % interval of a regression as a function of the row: split-conformal prediction with normalised residuals
 * (Lei et al., "Distribution-Free Predictive Inference for Regression", 2018, section 5.2). How hard a row is follows
 * from the size of what is predicted: the mean error of the validation rows with predictions like it.
 */
import { quantile } from '../quantile';

/** As it is kept with a model: half-widths at ascending predictions, in the target's units, linear in between. */
export interface IntervalCurve {
  readonly at: readonly number[];
  readonly halfWidth: readonly number[];
}

/** Share of the rows that the interval shall hold. */
export const INTERVAL_SHARE = 0.9;
/** Fewer validation rows in a bin do not tell how hard its rows are. */
const BIN_ROWS = 15;
const MOST_BINS = 12;
/** So many rows of the overall mean error are added to each bin, so that a lucky bin does not promise too much. */
const PRIOR_ROWS = 5;

/**
 * `predicted` and `errors` (absolute) of the validation rows, `[rows]`, in the target's units. Undefined where there are
 * too few rows to tell hard ones from easy ones, or where every prediction is the same.
 */
export function fitInterval(predicted: Float64Array, errors: Float64Array): IntervalCurve | undefined {
  const rows = predicted.length;
  const bins = Math.min(MOST_BINS, Math.floor(rows / BIN_ROWS));
  const overall = mean(errors);
  if (bins < 2 || !(overall > 0) || !Number.isFinite(overall)) return undefined;
  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => (predicted[a] as number) - (predicted[b] as number),
  );
  const at: number[] = [];
  const difficulty: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const part = order.subarray(Math.floor((bin * rows) / bins), Math.floor(((bin + 1) * rows) / bins));
    const middle = predicted[part[part.length >> 1] as number] as number;
    const sum = part.reduce((total, row) => total + (errors[row] as number), 0);
    // Bins of equal predictions have one place on the curve: the first of them speaks.
    if (at.length > 0 && middle <= (at.at(-1) as number)) continue;
    at.push(middle);
    difficulty.push((sum + PRIOR_ROWS * overall) / (part.length + PRIOR_ROWS));
  }
  if (at.length < 2) return undefined;
  const curve = { at, halfWidth: difficulty };
  const scores = errors.map((error, row) => error / halfWidthAt(curve, predicted[row] as number));
  // The correction for a finite number of rows, (rows + 1) / rows, makes the promise hold for new ones.
  const factor = quantile(scores, Math.min(1, (INTERVAL_SHARE * (rows + 1)) / rows));
  return { at, halfWidth: difficulty.map((each) => each * factor) };
}

/** Half of the interval's width for a row of which `value` is predicted. Beyond the ends it stays as it is there. */
export function halfWidthAt({ at, halfWidth }: IntervalCurve, value: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  const last = at.length - 1;
  if (value <= (at[0] as number)) return halfWidth[0] as number;
  if (value >= (at[last] as number)) return halfWidth[last] as number;
  let right = 1;
  while ((at[right] as number) < value) right++;
  const [from, to] = [at[right - 1] as number, at[right] as number];
  const [low, high] = [halfWidth[right - 1] as number, halfWidth[right] as number];
  return low + ((value - from) / (to - from)) * (high - low);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
