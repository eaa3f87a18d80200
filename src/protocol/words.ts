/** How numbers, times and metrics are written for people: the same in the editor, the webview and the terminal. */
import type { ImagesSummary } from './dataset';
import { Part, type Unpredicted } from './marks';
import { examplesOf, type MetricDescription, tasks } from './tasks';
import type { Headline, Metrics, TrainingSnapshot } from './training';

/**
 * Three significant digits with thousands separated: `0.0123`, `97.1`, `23,412`, `1.12 M`, `5.06e12`. Whole thousands
 * are exact below a million; what is a billion or more, or under 0.001, has an exponent.
 */
export function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '-∞';
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size === 0) return '0';
  if (size < 0.001 || size >= 1e9) return rounded.toExponential().replace('e+', 'e');
  if (Math.abs(value) >= 999_999.5) return `${String(Number((rounded / 1e6).toPrecision(3)))} M`;
  return Math.abs(value) >= 999.5 ? Math.round(value).toLocaleString('en-US') : String(rounded);
}

/** Whether numbers between these may be years: both whole, and of centuries that data are about. */
export function areYears(low: number, high: number): boolean {
  return Number.isInteger(low) && Number.isInteger(high) && low >= 1500 && high <= 2150 && low < high;
}

/** As `writeNumber`; a year is whole and has no thousands to separate: `2020`. */
export function writeValue(value: number, isYear: boolean): string {
  return isYear && Number.isFinite(value) ? String(Math.round(value)) : writeNumber(value);
}

/** With its sign: `+1,340`, `-0.2`, `0`. */
export function writeResidual(residual: number): string {
  const written = writeNumber(residual);
  return residual > 0 && written !== '0' ? `+${written}` : written;
}

/** What training saw of a column, from the smallest to the largest: `-3.2 to 1,200`, `1990 to 2020`. */
export function writeSeen({ low, high }: { readonly low: number; readonly high: number }): string {
  const years = areYears(low, high);
  return `${writeValue(low, years)} to ${writeValue(high, years)}`;
}

/** A count, whole and exact, thousands separated. */
export function writeCount(count: number): string {
  return Math.floor(count).toLocaleString('en-US');
}

/** `1 row`, `1,210 rows`; `many` where the plural is another word. */
export function writeCounted(count: number, one: string, many = `${one}s`): string {
  return `${writeCount(count)} ${count === 1 ? one : many}`;
}

/** `4 wrong`; of numbers, whose prediction is never the very label, `4 outside the interval`. */
export function writeMissed(rows: number, task: string): string {
  return `${writeCount(rows)} ${tasks.find(task)?.marks?.missed ?? 'wrong'}`;
}

/** `97.1 %`, from a share between 0 and 1. Only what is whole is written as 100 %. */
export function writeShare(share: number): string {
  const percent = share * 100;
  if (percent < 100 && Number(percent.toPrecision(3)) >= 100) return '> 99.9 %';
  return `${writeNumber(percent)} %`;
}

/** A confidence as a whole percentage that never claims certainty: between `< 1 %` and `> 99 %`. */
export function writeConfidence(probability: number): string {
  if (probability > 0.995) return '> 99 %';
  if (probability < 0.005) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** `340 of 1,400`; only the first number while the second is unknown. */
export function writeOf(done: number, all: number): string {
  return all > 0 ? `${writeCount(Math.min(done, all))} of ${writeCount(all)}` : writeCount(done);
}

/** `epoch 123 of 20,000`; of a text, which is rarely read once, `step 1,240 of 2,000`. */
export function writePlace({
  task,
  epoch,
  epochs,
  step,
  steps,
}: Pick<TrainingSnapshot, 'task' | 'epoch' | 'epochs' | 'step' | 'steps'>): string {
  return tasks.find(task)?.place === 'step'
    ? `step ${writeOf(step, steps)}`
    : `epoch ${writeOf(epoch, epochs)}`;
}

/** `5,210 rows/s`; of a text `1.2 M characters/s`. */
export function writeThroughput({
  task,
  rowsPerSecond,
}: Pick<TrainingSnapshot, 'task' | 'rowsPerSecond'>): string {
  return `${writeNumber(rowsPerSecond)} ${examplesOf(task).many}/s`;
}

/** `about 12 s`, `3 min 20 s`, `1 h 5 min`. */
export function writeDuration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  const whole = Math.round(seconds);
  if (whole < 60) return `about ${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago something was: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function writeAge(secondsAgo: number): string {
  if (secondsAgo < 60) return 'just now';
  const minutes = Math.floor(secondsAgo / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

export function writeMilliseconds(ms: number): string {
  return ms >= 1000 ? `${writeNumber(ms / 1000)} s` : `${writeNumber(ms)} ms`;
}

export function writeBytes(bytes: number): string {
  if (bytes < 1000) return writeCounted(bytes, 'byte');
  if (bytes < 1e6) return `${writeNumber(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${writeNumber(bytes / 1e6)} MB`;
  return `${writeNumber(bytes / 1e9)} GB`;
}

/** Where a row stood when the model was trained: a word for the end of its line, and what it means. */
export const partWords: Readonly<Record<Part, { readonly word: string; readonly sentence: string }>> = {
  [Part.fresh]: { word: 'new', sentence: 'New row: it was not there when the model was trained.' },
  [Part.training]: {
    word: 'training',
    sentence: 'Training row: the model has learnt from it, so being right is no proof.',
  },
  [Part.validation]: {
    word: 'validation',
    sentence: 'Validation row: kept aside to judge the model, which never saw its label.',
  },
};

/** `7 rows could not be predicted, the first in line 42.` */
export function writeUnpredicted({ rows, line }: Unpredicted): string {
  const where = writeCount(line);
  return rows === 1
    ? `1 row could not be predicted, in line ${where}.`
    : `${writeCount(rows)} rows could not be predicted, the first in line ${where}.`;
}

/** Metrics that have a value, with the loss, in the order in which they are shown. */
export function metricNames(...parts: readonly (Metrics | undefined)[]): string[] {
  const order = [...tasks.all.flatMap(({ metrics }) => metrics.map(({ name }) => name)), 'loss'];
  return order.filter((name) => parts.some((part) => part?.[name] !== undefined));
}

/** `Average precision` */
export function metricTitle(name: string): string {
  return name === 'loss' ? 'Loss' : (describedMetric(name)?.title ?? name);
}

function describedMetric(name: string): MetricDescription | undefined {
  return tasks.all.flatMap(({ metrics }) => metrics).find((metric) => metric.name === name);
}

/** Whether a metric is a share of rows. */
export function isShare(metric: string): boolean {
  return describedMetric(metric)?.share === true;
}

/** The metric that people judge by, of those that were measured. */
export function leadingMetric(metrics: Metrics): string | undefined {
  return tasks.all.flatMap(({ leading }) => leading).find((name) => metrics[name] !== undefined);
}

/**
 * The value of a metric as it is written everywhere: shares of rows in per cent; average precision, F1 and R², which are no
 * shares of anything that could be counted, as numbers.
 */
export function writeMetric(metric: string, value: number): string {
  return isShare(metric) ? writeShare(value) : writeNumber(value);
}

/** What a run's headline was measured on: it stands beside every score. */
export function judgedOn(metric: string): string {
  const task = tasks.all.find(({ metrics }) => metrics.some(({ name }) => name === metric));
  return task?.learnsFrom === 'text' ? 'validation text' : 'validation rows';
}

/** `accuracy 97.1 %`, for the middle of a sentence. */
export function writeFigure(metric: string, value: number): string {
  const title = metricTitle(metric);
  // Names that are formulas keep their capital.
  const name = /^[A-Z][a-z]/u.test(title) ? title.toLowerCase() : title;
  return `${name} ${writeMetric(metric, value)}`;
}

/** `accuracy 97.1 % on validation rows`, for the middle of a sentence. */
export function writeScore({ metric, value }: Pick<Headline, 'metric' | 'value'>): string {
  return `${writeFigure(metric, value)} on ${judgedOn(metric)}`;
}

/** `Accuracy 97.1 % on validation rows · always "Adelie" 44.1 %`. */
export function writeHeadline(headline: Headline): string {
  const { metric, value, baseline, baselineLabel } = headline;
  const score = `${metricTitle(metric)} ${writeMetric(metric, value)} on ${judgedOn(metric)}`;
  return baselineLabel === '' ? score : `${score} · ${baselineLabel} ${writeMetric(metric, baseline)}`;
}

/** `9,912 PNG, 60 JPEG; 64 × 48 to 640 × 480 pixels; the model sees 32 × 24, in colour` */
export function writeImages({ formats, smallest, largest, shape }: ImagesSummary): string {
  const counts = formats.map(({ format, count }) => `${writeCount(count)} ${format}`).join(', ');
  const size = (of: { readonly width: number; readonly height: number }): string =>
    `${of.width} × ${of.height}`;
  const sizes = size(smallest) === size(largest) ? size(smallest) : `${size(smallest)} to ${size(largest)}`;
  const colours = shape.channels === 1 ? 'grey' : 'in colour';
  return `${counts}; ${sizes} pixels; the model sees ${size(shape)}, ${colours}`;
}
