/**
 * Whether a straight line is enough for a table with many columns for its rows. There a perceptron learns by heart what a
 * linear model passes over (200 rows, 5 of 100 columns tell the target: R² 0.28 against 0.66), unless the target needs
 * its bends (the sonar echoes: 87 % against 76 %). How many columns there are does not say; a look at rows that were held
 * out does: ridge regressions with a linear and with a bent kernel, both in their dual form (Saunders, Gammerman and Vovk
 * 1998, "Ridge regression learning algorithm in dual variables").
 */
import type { Table, TargetColumn } from '../datasets';
import { type Encoder, fitEncoder } from '../features';
import { sampled } from './quick-design';
import { decompose, rSquared, substitute } from './ridge';

const SAMPLED_ROWS = 400;
const FEWEST_ROWS = 40;
const FOLDS = 3;
/** Classes beyond the most frequent say no more than these. */
const MOST_CLASSES = 6;
/** Penalties on the diagonal of kernels whose own diagonal is about 1. */
const PENALTIES = [0.003, 0.03, 0.3, 3];
/** R² below which a linear model has found nothing. */
const LEAST_EXPLAINED = 0.05;
/** A straight line suffices where it leaves no more than this, as a share of what the bent one leaves unexplained. */
const AS_GOOD = 1.05;
/** Features beyond would take too long to look at. */
const MOST_FEATURES = 4_000;

/** Undefined where the rows do not say. `exclude`: columns that no model will see. */
export function linearSuffices(
  table: Table,
  target: TargetColumn,
  exclude: readonly string[],
): boolean | undefined {
  const known = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    isKnown(target, row),
  );
  const rows = sampled(known.length, SAMPLED_ROWS).map((position) => known[position] as number);
  if (rows.length < FEWEST_ROWS) return undefined;
  const encoder = fitEncoder(table, rows, { target: target.column, answer: target.answer, exclude });
  if (encoder.storage !== 'dense' || encoder.width > MOST_FEATURES) return undefined;
  const products = innerProducts(encoder, table, rows);
  const wanted = targetsOf(target, rows);
  const straight = best(products, wanted);
  if (straight < LEAST_EXPLAINED) return undefined;
  return 1 - straight <= AS_GOOD * (1 - best(bent(products, rows.length), wanted));
}

function isKnown(target: TargetColumn, row: number): boolean {
  return target.answer === 'name' ? (target.labels[row] as number) >= 0 : !Number.isNaN(target.values[row]);
}

/** One per class, 1 for its rows and 0 for others; the values themselves for a regression. Each `[rows]`. */
function targetsOf(target: TargetColumn, rows: Uint32Array): Float64Array[] {
  if (target.answer === 'number') return [Float64Array.from(rows, (row) => target.values[row] as number)];
  const counts = new Map<number, number>();
  for (const row of rows) {
    const label = target.labels[row] as number;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const classes = [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label);
  const told = classes.slice(0, classes.length === 2 ? 1 : MOST_CLASSES);
  return told.map((label) => Float64Array.from(rows, (row) => (target.labels[row] === label ? 1 : 0)));
}

/** `[rows, rows]`, scaled to a mean diagonal of 1, features centred. */
function innerProducts(encoder: Encoder, table: Table, rows: Uint32Array): Float64Array {
  const { width } = encoder;
  const x = Float64Array.from(encoder.encode(table, rows).dense());
  for (let feature = 0; feature < width; feature++) {
    let mean = 0;
    for (let r = 0; r < rows.length; r++) mean += (x[r * width + feature] as number) / rows.length;
    for (let r = 0; r < rows.length; r++) x[r * width + feature] = (x[r * width + feature] as number) - mean;
  }
  const products = new Float64Array(rows.length * rows.length);
  let diagonal = 0;
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (x[a * width + k] as number) * (x[b * width + k] as number);
      products[a * rows.length + b] = sum;
      products[b * rows.length + a] = sum;
    }
    diagonal += (products[a * rows.length + a] as number) / rows.length;
  }
  return products.map((value) => value / (diagonal || 1));
}

/** Gaussian kernel of rows whose mean squared length is 1, as wide as the rows lie apart. */
function bent(products: Float64Array, size: number): Float64Array {
  const at = (a: number, b: number): number => products[a * size + b] as number;
  return Float64Array.from(products, (product, index) => {
    const a = Math.floor(index / size);
    const b = index % size;
    return Math.exp(-Math.max(0, at(a, a) + at(b, b) - 2 * product));
  });
}

/** The best mean R² of rows that were held out, among the penalties. */
function best(kernel: Float64Array, wanted: readonly Float64Array[]): number {
  return Math.max(
    ...PENALTIES.map((penalty) => {
      const predicted = heldOut(kernel, wanted, penalty);
      const scores = wanted.map((values, index) => rSquared(predicted[index] as Float64Array, values));
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    }),
  );
}

/** What is predicted for each row by the rows of the other folds. */
function heldOut(kernel: Float64Array, wanted: readonly Float64Array[], penalty: number): Float64Array[] {
  const size = wanted[0]?.length ?? 0;
  const predicted = wanted.map(() => new Float64Array(size));
  for (let fold = 0; fold < FOLDS; fold++) {
    const all = Array.from({ length: size }, (_, row) => row);
    const fitted = all.filter((row) => row % FOLDS !== fold);
    const judged = all.filter((row) => row % FOLDS === fold);
    const gram = Float64Array.from({ length: fitted.length ** 2 }, (_, index) => {
      const a = Math.floor(index / fitted.length);
      const b = index % fitted.length;
      const product = kernel[(fitted[a] as number) * size + (fitted[b] as number)] as number;
      return a === b ? product + penalty : product;
    });
    decompose(gram, fitted.length);
    wanted.forEach((values, index) => {
      const mean = fitted.reduce((sum, row) => sum + (values[row] as number), 0) / fitted.length;
      const off = Float64Array.from(fitted, (row) => (values[row] as number) - mean);
      const weights = substitute(gram, off, fitted.length);
      for (const row of judged) {
        let sum = mean;
        fitted.forEach(
          (other, at) => (sum += (kernel[row * size + other] as number) * (weights[at] as number)),
        );
        (predicted[index] as Float64Array)[row] = sum;
      }
    });
  }
  return predicted;
}
