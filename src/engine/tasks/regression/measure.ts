/** From predicted numbers to the figures that people compare. Sums are in double precision. */
import type { Metrics } from '../../../protocol';

export interface RegressionMeasure {
  readonly metrics: Metrics;
  /** `[rows]`, absolute, in the target's units. */
  readonly errors: Float64Array;
  /** `[rows]`, what was predicted, in the target's units. */
  readonly values: Float64Array;
}

/** `predicted` and `wanted` standardised, `original` in the target's units; all `[rows]`. */
export function measureRegression(
  predicted: Float32Array,
  wanted: Float32Array,
  original: Float64Array,
  decode: (value: number) => number,
): RegressionMeasure {
  const rows = original.length;
  const errors = new Float64Array(rows);
  const values = new Float64Array(rows);
  // In this unit no square leaves the range of a double.
  let unit = 0;
  for (const value of original) unit = Math.max(unit, Math.abs(value));
  unit ||= 1;
  let mean = 0;
  for (const value of original) mean += value / unit / rows;
  let loss = 0;
  let squares = 0;
  let absolute = 0;
  let spread = 0;
  for (let row = 0; row < rows; row++) {
    const value = original[row] as number;
    const decoded = decode(predicted[row] as number);
    const error = decoded / unit - value / unit;
    values[row] = decoded;
    loss += ((predicted[row] as number) - (wanted[row] as number)) ** 2;
    squares += error * error;
    absolute += Math.abs(error);
    errors[row] = Math.abs(error) * unit;
    spread += (value / unit - mean) ** 2;
  }
  const metrics = {
    loss: loss / rows,
    rmse: Math.sqrt(squares / rows) * unit,
    mae: (absolute / rows) * unit,
    // Where all rows are equal there is nothing to explain.
    ...(spread > 0 ? { r2: 1 - squares / spread } : {}),
  };
  return { metrics, errors, values };
}
