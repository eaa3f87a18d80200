/** Ridge regression in closed form: a quick look at what a linear model of some columns would reach. */

/** `[rows, width]` flat, in double precision. */
export interface Design {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Penalty per row on weights of standardised features: next to nothing where there are rows enough. */
const PENALTY = 1e-4;

/**
 * Weights `[width + 1]`, the intercept last, that make `sum (x w + b - y)² + penalty * rows * |w|²` smallest (the normal
 * equations by Cholesky decomposition). `y` `[rows]`.
 */
export function fitRidge(x: Design, y: ArrayLike<number>): Float64Array {
  const size = x.width + 1;
  const gram = new Float64Array(size * size);
  const moment = new Float64Array(size);
  const row = new Float64Array(size).fill(1);
  for (let r = 0; r < x.rows; r++) {
    row.set(x.values.subarray(r * x.width, (r + 1) * x.width));
    const wanted = y[r] as number;
    for (let i = 0; i < size; i++) {
      const value = row[i] as number;
      if (value === 0) continue;
      moment[i] = (moment[i] as number) + value * wanted;
      for (let j = 0; j <= i; j++)
        gram[i * size + j] = (gram[i * size + j] as number) + value * (row[j] as number);
    }
  }
  for (let i = 0; i < x.width; i++) gram[i * size + i] = (gram[i * size + i] as number) + PENALTY * x.rows;
  return solve(gram, moment, size);
}

/** `[rows]` */
export function predictRidge(x: Design, weights: Float64Array): Float64Array {
  const { width } = x;
  return Float64Array.from({ length: x.rows }, (_, r) => {
    let sum = weights[width] as number;
    for (let i = 0; i < width; i++) sum += (x.values[r * width + i] as number) * (weights[i] as number);
    return sum;
  });
}

/** R² of predictions, both `[rows]`; 0 where all rows are equal. */
export function rSquared(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  let mean = 0;
  for (let r = 0; r < actual.length; r++) mean += (actual[r] as number) / actual.length;
  let squares = 0;
  let spread = 0;
  for (let r = 0; r < actual.length; r++) {
    squares += ((predicted[r] as number) - (actual[r] as number)) ** 2;
    spread += ((actual[r] as number) - mean) ** 2;
  }
  return spread > 0 ? 1 - squares / spread : 0;
}

function solve(gram: Float64Array, moment: Float64Array, size: number): Float64Array {
  decompose(gram, size);
  return substitute(gram, moment, size);
}

/** Cholesky decomposition in place of a symmetric positive definite matrix `[size, size]`; only the lower half is used. */
export function decompose(gram: Float64Array, size: number): void {
  const at = (i: number, j: number): number => gram[i * size + j] as number;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      // A column that the others make up has nothing left: it is given no weight.
      gram[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(j, j);
    }
  }
}

/** Solves `gram w = moment` for a decomposed matrix. */
export function substitute(decomposed: Float64Array, moment: Float64Array, size: number): Float64Array {
  const at = (i: number, j: number): number => decomposed[i * size + j] as number;
  const solution = moment.slice();
  for (let i = 0; i < size; i++) {
    let sum = solution[i] as number;
    for (let k = 0; k < i; k++) sum -= at(i, k) * (solution[k] as number);
    solution[i] = sum / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i] as number;
    for (let k = i + 1; k < size; k++) sum -= at(k, i) * (solution[k] as number);
    solution[i] = sum / at(i, i);
  }
  return solution;
}
