/**
 * Whether a numeric target is learnt as it is or by its logarithm. How skewed it is does not say: a sum of skewed
 * columns is as skewed as the exponential of one. A quick ridge regression of both, held out within the training rows
 * and judged in original units, does.
 */
import { moments, type NumberTransform } from '../../datasets';
import type { EncodedRows } from '../../features';
import { fitRidge, predictRidge, quickDesign, rSquared, sampled } from '../../looks';

/** Skewness from which a logarithm is considered; below, it gains a linear model a little and costs a perceptron more. */
const SKEWED = 2;
const SAMPLED_ROWS = 2_000;
const FOLDS = 3;
/** Fewer rows than this judge nothing. */
const FEWEST_ROWS = 30;
/** Neither says anything when the better one explains less than this. */
const LEAST_EXPLAINED = 0.2;
/** What the other one may have as an error, as a share, to overrule what the skewness says. */
const CLEARLY_BETTER = 0.9;

/**
 * `x` encoded training rows, `original` `[rows]` their targets in original units (NaN where there is none). Undefined
 * where the rows do not say; the same for the same rows.
 */
export function chooseTransform(x: EncodedRows, original: Float64Array): NumberTransform | undefined {
  const known = Uint32Array.from(original.keys()).filter((row) => !Number.isNaN(original[row]));
  if (known.length < FEWEST_ROWS) return undefined;
  const all = moments(Float64Array.from(known, (row) => original[row] as number));
  if (all.min < 0 || all.skewness < SKEWED) return undefined;
  const rows = sampled(known.length, SAMPLED_ROWS).map((position) => known[position] as number);
  const values = Float64Array.from(rows, (row) => original[row] as number);
  const plain = heldOut(x, rows, values, 'none');
  const logarithm = heldOut(x, rows, values, 'log1p');
  if (Math.max(plain, logarithm) < LEAST_EXPLAINED) return undefined;
  if (1 - plain < CLEARLY_BETTER * (1 - logarithm)) return 'none';
  return 1 - logarithm < CLEARLY_BETTER * (1 - plain) ? 'log1p' : undefined;
}

/** R² in original units of what is predicted for rows that were not fitted. */
function heldOut(
  x: EncodedRows,
  rows: Uint32Array,
  values: Float64Array,
  transform: NumberTransform,
): number {
  const predicted = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const fitted = [...rows.keys()].filter((position) => position % FOLDS !== fold);
    const judged = [...rows.keys()].filter((position) => position % FOLDS === fold);
    const at = (positions: readonly number[]) => Uint32Array.from(positions, (p) => rows[p] as number);
    const seen = fitted.map((position) => values[position] as number);
    const learnt = moments(transform === 'log1p' ? seen.map(Math.log1p) : seen);
    const largest = 10 * moments(seen).max;
    const deviation = learnt.deviation || 1;
    const wanted = seen.map(
      (value) => ((transform === 'log1p' ? Math.log1p(value) : value) - learnt.mean) / deviation,
    );
    const scores = predictRidge(quickDesign(x, at(judged)), fitRidge(quickDesign(x, at(fitted)), wanted));
    judged.forEach((position, index) => {
      const used = (scores[index] as number) * deviation + learnt.mean;
      predicted[position] = transform === 'log1p' ? Math.min(Math.max(0, Math.expm1(used)), largest) : used;
    });
  }
  return rSquared(predicted, values);
}
