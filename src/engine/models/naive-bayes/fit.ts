/**
 * The fit of naive Bayes: sums over the rows, block by block, from which the model follows at any time.
 *
 * Numbers are normally distributed in each class, features that are 0 or 1 in all rows are Bernoulli variables, and the
 * weights of words are counts of a multinomial one. Formulas as in Manning, Raghavan and Schütze, "Introduction to
 * Information Retrieval" (2008), chapter 13 (multinomial, Bernoulli, Laplace smoothing), and of scikit-learn's
 * `GaussianNB` (the floor of the variances).
 */
import type { FeatureBlock } from '../../features';
import type { DirectFit, FitRequest } from '../family';
import { NaiveBayesHyperparameters } from './description';

/** Numbers in a slice: some dozen milliseconds. */
const SLICE_NUMBERS = 2 ** 22;
/** Numbers that are laid out at once: what stays in the processor's cache. */
const GATHERED_NUMBERS = 2 ** 16;
/** A class without any row yet has this share of one: its logarithm must be finite. */
const NO_ROW = 0.5;

export class NaiveBayesFit implements DirectFit {
  readonly slices: number;
  readonly #request: FitRequest;
  readonly #settings: NaiveBayesHyperparameters;
  readonly #classes: number;
  readonly #width: number;
  readonly #rowsPerSlice: number;
  /** `[classes]`: rows so far. */
  readonly #counts: Float64Array;
  /** `[classes, width]` each: sums of the features and of their squares. */
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  /** `[width]`: 1 where a value other than 0 and 1 was seen. */
  readonly #graded: Float64Array;
  /** `[width]`: 1 for features of a text. */
  readonly #isText: Uint8Array;

  /** `sliceRows`: rows in a slice; as many as a few dozen milliseconds allow unless given. */
  constructor(request: FitRequest, from?: Readonly<Record<string, Float64Array>>, sliceRows?: number) {
    const { x, outputs, hyperparameters, blocks } = request;
    this.#request = request;
    this.#settings = NaiveBayesHyperparameters.parse(hyperparameters);
    this.#classes = outputs;
    this.#width = x.width;
    this.#rowsPerSlice = sliceRows ?? Math.max(1, Math.floor(SLICE_NUMBERS / x.width));
    this.slices = Math.ceil(x.rows / this.#rowsPerSlice);
    this.#counts = from?.['counts']?.slice() ?? new Float64Array(outputs);
    this.#sums = from?.['sums']?.slice() ?? new Float64Array(outputs * x.width);
    this.#squares = from?.['squares']?.slice() ?? new Float64Array(outputs * x.width);
    this.#graded = from?.['graded']?.slice() ?? new Float64Array(x.width);
    this.#isText = textFeatures(blocks, x.width);
  }

  slice(number: number): void {
    const { x } = this.#request;
    const end = Math.min(x.rows, (number + 1) * this.#rowsPerSlice);
    const most = Math.max(1, Math.floor(GATHERED_NUMBERS / this.#width));
    const values = new Float32Array(most * this.#width);
    for (let start = number * this.#rowsPerSlice; start < end; start += most) {
      const rows = Uint32Array.from({ length: Math.min(most, end - start) }, (_, at) => start + at);
      x.gather(rows, values);
      for (let at = 0; at < rows.length; at++) this.#add(start + at, values, at * this.#width);
    }
  }

  state(): Readonly<Record<string, Float64Array>> {
    return { counts: this.#counts, sums: this.#sums, squares: this.#squares, graded: this.#graded };
  }

  /** `square` and `weight` `[width, classes]`, then `bias` `[classes]`. */
  weights(): Float32Array {
    const classes = this.#classes;
    const size = this.#width * classes;
    const flat = new Float32Array(2 * size + classes);
    const bias = this.#priors();
    const floor = this.#settings.varianceFloor * this.#largestVariance() || this.#settings.varianceFloor;
    const wordTotals = this.#wordTotals();
    for (let feature = 0; feature < this.#width; feature++) {
      for (let k = 0; k < classes; k++) {
        const term = this.#term(feature, k, floor, wordTotals);
        flat[feature * classes + k] = term.square;
        flat[size + feature * classes + k] = term.weight;
        bias[k] = (bias[k] as number) + term.constant;
      }
    }
    // All classes may be moved alike: the numbers stay small, and so do their errors as float32.
    const highest = Math.max(...bias);
    flat.set(
      bias.map((value) => value - highest),
      2 * size,
    );
    return flat;
  }

  #add(row: number, values: Float32Array, offset: number): void {
    const k = this.#request.wanted[row] as number;
    this.#counts[k] = (this.#counts[k] as number) + 1;
    const [sums, squares, graded, first] = [this.#sums, this.#squares, this.#graded, k * this.#width];
    for (let feature = 0; feature < this.#width; feature++) {
      const value = values[offset + feature] as number;
      if (value === 0) continue;
      const at = first + feature;
      sums[at] = (sums[at] as number) + value;
      squares[at] = (squares[at] as number) + value * value;
      if (value !== 1) graded[feature] = 1;
    }
  }

  /** What a feature adds to the log-odds of a class: `square * x² + weight * x + constant`. */
  #term(feature: number, k: number, floor: number, wordTotals: Float64Array): Term {
    const { smoothing } = this.#settings;
    const rows = this.#counts[k] as number;
    const sum = this.#sums[k * this.#width + feature] as number;
    if (this.#isText[feature] === 1) {
      return { square: 0, weight: Math.log((sum + smoothing) / (wordTotals[k] as number)), constant: 0 };
    }
    if (this.#graded[feature] === 0) {
      const yes = (sum + smoothing) / (rows + 2 * smoothing);
      const constant = Math.log(1 - yes);
      return { square: 0, weight: Math.log(yes) - constant, constant };
    }
    const mean = rows === 0 ? 0 : sum / rows;
    const square = this.#squares[k * this.#width + feature] as number;
    const variance = floor + (rows === 0 ? 1 : Math.max(0, square / rows - mean * mean));
    return {
      square: -1 / (2 * variance),
      weight: mean / variance,
      constant: -(mean * mean) / (2 * variance) - Math.log(2 * Math.PI * variance) / 2,
    };
  }

  #priors(): Float64Array {
    const rows = this.#counts.reduce((sum, count) => sum + count, 0);
    return this.#counts.map((count) => Math.log(Math.max(NO_ROW, count) / Math.max(1, rows)));
  }

  /** `[classes]`: the weights of all words of a class, each smoothed. */
  #wordTotals(): Float64Array {
    const words = this.#isText.reduce((count, isText) => count + isText, 0);
    return new Float64Array(this.#classes).map((_, k) => {
      let total = words * this.#settings.smoothing;
      for (let feature = 0; feature < this.#width; feature++) {
        if (this.#isText[feature] === 1) total += this.#sums[k * this.#width + feature] as number;
      }
      return total;
    });
  }

  /** Of the numbers, over the rows of all classes. */
  #largestVariance(): number {
    const rows = this.#counts.reduce((sum, count) => sum + count, 0);
    let largest = 0;
    for (let feature = 0; feature < this.#width; feature++) {
      if (this.#isText[feature] === 1 || this.#graded[feature] === 0) continue;
      let [sum, square] = [0, 0];
      for (let k = 0; k < this.#classes; k++) {
        sum += this.#sums[k * this.#width + feature] as number;
        square += this.#squares[k * this.#width + feature] as number;
      }
      largest = Math.max(largest, square / rows - (sum / rows) ** 2);
    }
    return largest;
  }
}

interface Term {
  readonly square: number;
  readonly weight: number;
  readonly constant: number;
}

function textFeatures(blocks: readonly FeatureBlock[], width: number): Uint8Array {
  const isText = new Uint8Array(width);
  for (const block of blocks) {
    if (block.kind === 'text') isText.fill(1, block.offset, block.offset + block.width);
  }
  return isText;
}
