/**
 * Hyperparameters that suit a dataset, by its size and kind; which family comes first, where that does not tell, by a
 * look at its rows.
 *
 * The thinking: some dozens of batches an epoch give a gradient that is neither noisy nor rare; two or three thousand
 * steps suffice for small models; the learning rate grows with the square root of the batch; text columns are wide,
 * sparse and nearly linear.
 *
 * The perceptron's figures were chosen on the diamonds (43,000 training rows; splits by the seeds 101 to 108, which no
 * benchmark reports; RMSE on the held-out fifth): 256 rows a step at a rate of 0.003 gave 567, at 0.006 556, at 0.01
 * 547; 512 rows at 0.012 548 in two thirds of the time. More epochs (45) and more width (128) gained 1 or 2, averaged
 * weights, GELU, a third layer and a Huber loss nothing; a weight decay of 0.1 takes the worst splits from 565 to 559.
 */
import {
  type ColumnSummary,
  type DatasetSummary,
  LinearHyperparameters,
  MlpHyperparameters,
  type ModelChoice,
  type TableSummary,
  type TextSummary,
  TransformerHyperparameters,
} from '../../protocol';

/**
 * All families that fit, the recommended one first. `target` defaults to the first suggestion of the summary; `exclude`
 * names the columns that the model will not see; `straight` is what a look at the rows said (`needsLook`): whether a
 * linear model finds all that there is to be found.
 */
export function suggestModels(
  summary: DatasetSummary,
  target?: string,
  exclude: readonly string[] = [],
  straight?: boolean,
): ModelChoice[] {
  return summary.kind === 'text'
    ? [suggestTransformer(summary)]
    : suggestForTable(summary, target, exclude, straight);
}

const TRAINING_SHARE = 0.8;
/** With fewer features, or more rows for each, a perceptron does not learn by heart what a linear model would not. */
const MANY_FEATURES = 20;
const ROWS_OF_EACH = 30;
/** Larger files have rows enough, or would take too long to look at. */
const MOST_BYTES = 20e6;

/** Whether the kinds alone do not tell which family suits: many columns without text, and few rows for them. */
export function needsLook(
  summary: DatasetSummary,
  target?: string,
  exclude: readonly string[] = [],
): boolean {
  if (summary.kind === 'text' || summary.bytes > MOST_BYTES) return false;
  const features = featuresOf(summary, target, exclude);
  const width = features.reduce((sum, column) => sum + encodedWidth(column), 0);
  return (
    !features.some(({ kind }) => kind === 'text') &&
    width >= MANY_FEATURES &&
    summary.rows < ROWS_OF_EACH * width
  );
}

function featuresOf(
  summary: TableSummary,
  target = summary.targets[0]?.column,
  exclude: readonly string[],
): readonly ColumnSummary[] {
  const leftOut = new Set([target, ...exclude]);
  return summary.columns.filter(({ name }) => !leftOut.has(name));
}

function suggestForTable(
  summary: TableSummary,
  target: string | undefined,
  exclude: readonly string[],
  straight: boolean | undefined,
): ModelChoice[] {
  const features = featuresOf(summary, target, exclude);
  const rows = Math.max(1, Math.round(summary.rows * TRAINING_SHARE));
  const hasText = features.some(({ kind }) => kind === 'text');
  const mlp: ModelChoice = { family: 'mlp', hyperparameters: suggestMlp(rows, features, hasText) };
  const linear: ModelChoice = { family: 'linear', hyperparameters: suggestLinear(rows, hasText) };
  // Text alone is nearly linear; what numbers and categories beside it have to say need not be.
  return straight === true || (hasText && !features.some(isDense)) ? [linear, mlp] : [mlp, linear];
}

function isDense({ kind }: ColumnSummary): boolean {
  return kind === 'number' || kind === 'boolean' || kind === 'category' || kind === 'date';
}

function suggestMlp(rows: number, features: readonly ColumnSummary[], hasText: boolean): MlpHyperparameters {
  const batch = hasText ? textBatch(rows) : tableBatch(rows);
  const width = features.reduce((sum, column) => sum + encodedWidth(column), 0);
  return MlpHyperparameters.parse({
    layers: hasText ? 1 : 2,
    width: rows > 2_000 && width > 200 && !hasText ? 128 : 64,
    batch,
    epochs: hasText ? 12 : epochsFor(rows, batch, 2_500, 10, 60),
    lr: hasText ? 0.002 : scaledRate(0.003, batch),
    weightDecay: 0.1,
  });
}

function suggestLinear(rows: number, hasText: boolean): LinearHyperparameters {
  const batch = hasText ? textBatch(rows) : tableBatch(rows);
  return LinearHyperparameters.parse({
    batch,
    // Thousands of sparse columns fit the training rows within a few hundred steps; more is learning by heart.
    epochs: hasText ? epochsFor(rows, batch, 700, 8, 30) : epochsFor(rows, batch, 3_000, 10, 60),
    lr: hasText ? 0.02 : scaledRate(0.01, batch),
  });
}

/** Power of two near a 64th of the rows. */
function tableBatch(rows: number): number {
  return powerOfTwo(rows / 64, 16, 512);
}

/** Rows of text are wide: smaller batches keep a step short. */
function textBatch(rows: number): number {
  return powerOfTwo(rows / 64, 16, 64);
}

/** Epochs that make about `steps` steps. */
function epochsFor(rows: number, batch: number, steps: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round((steps * batch) / Math.max(rows, batch))));
}

/** The rate that suits batches of 32, scaled by the square root of the batch within a factor of four. */
function scaledRate(rate: number, batch: number): number {
  const factor = Math.min(4, Math.max(0.5, Math.sqrt(batch / 32)));
  return Number((rate * factor).toPrecision(2));
}

function powerOfTwo(wanted: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, 2 ** Math.round(Math.log2(Math.max(1, wanted)))));
}

function encodedWidth({ kind, distinct }: ColumnSummary): number {
  if (kind === 'category') return distinct;
  return kind === 'number' || kind === 'boolean' ? 1 : 0;
}

/** The configuration of nanoGPT for a CPU; smaller and shorter for texts that would be learnt by heart. */
function suggestTransformer({ characters }: TextSummary): ModelChoice {
  const small = characters < 50_000;
  // The validation part, a tenth of the text, must be longer than the context.
  const context = Math.min(64, Math.max(4, 2 ** Math.floor(Math.log2(Math.max(4, characters / 10 - 1)))));
  return {
    family: 'transformer',
    hyperparameters: TransformerHyperparameters.parse({
      context,
      ...(small ? { layers: 3, width: 96, steps: 1000, sampleEvery: 100, evaluateEvery: 50 } : {}),
    }),
  };
}
