/** What a training tells while it runs: whole snapshots, throttled by the sender. */
import * as z from 'zod';
import type { Task } from './task-names';

/** The loss, and what the task measures beside it (`TaskDescription.metrics`), by name. */
export const Metrics: z.ZodType<Metrics> = z.object({ loss: z.number() }).catchall(z.number());
export interface Metrics {
  readonly loss: number;
  readonly [metric: string]: number | undefined;
}

/** One line of metrics.jsonl. */
export const MetricRecord = z.object({
  step: z.int(),
  epoch: z.number(),
  /** ms of training so far, pauses not counted. */
  time: z.number(),
  training: Metrics.optional(),
  validation: Metrics.optional(),
  lr: z.number().optional(),
  rowsPerSecond: z.number().optional(),
});
export type MetricRecord = z.infer<typeof MetricRecord>;

export const RunState = z.enum([
  'preparing',
  'running',
  'paused',
  'finished',
  'stopped',
  'interrupted',
  'failed',
]);
export type RunState = z.infer<typeof RunState>;

/** The number that a run is known by, beside what a model without any learning would reach. */
export const Headline = z.object({
  /** Its name in `Metrics`. */
  metric: z.string(),
  value: z.number(),
  /** What the baseline reaches; R² of the mean is 0, perplexity of a uniform guess is the vocabulary size. */
  baseline: z.number(),
  /** e.g. `always "Adelie"`, `always the mean`, `letters by their frequency`. */
  baselineLabel: z.string(),
  /** Why this metric and not the usual one, in a sentence. */
  reason: z.string().optional(),
});
export type Headline = z.infer<typeof Headline>;

/** What can be done about an alert: data for whoever draws it. */
export const AlertAction = z.discriminatedUnion('kind', [
  /** Train again with the run's settings, without these columns. */
  z.object({ kind: z.literal('train-without'), label: z.string(), columns: z.array(z.string()).min(1) }),
  /** Leave it as it is and say no more of it. */
  z.object({ kind: z.literal('keep'), label: z.string() }),
]);
export type AlertAction = z.infer<typeof AlertAction>;

/** Something worth knowing while it trains (overfitting, a class never predicted, file changed), with advice. */
export const Alert = z.object({
  severity: z.enum(['information', 'warning']),
  code: z.string(),
  message: z.string(),
  advice: z.string(),
  actions: z.array(AlertAction).optional(),
});
export type Alert = z.infer<typeof Alert>;

export interface TrainingSnapshot {
  /** Absolute path of the run's folder; its name is the run's id. */
  readonly runFolder: string;
  readonly name: string;
  readonly datasetPath: string;
  readonly task: Task;
  readonly target?: string | undefined;
  /** Its name. */
  readonly family: string;
  readonly state: RunState;
  /** e.g. `reading penguins.csv`, `fold 2 of 5`; empty while plainly training. */
  readonly phase: string;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  /** Training rows (or tokens, for language models) per second. */
  readonly rowsPerSecond: number;
  /** Median of the latest steps, ms. */
  readonly stepMs: number;
  /** Seconds to go, undefined while unknown. */
  readonly secondsLeft?: number | undefined;
  readonly seconds: number;
  /** At most 400 records, thinned evenly, newest included. */
  readonly history: readonly MetricRecord[];
  readonly headline?: Headline | undefined;
  readonly alerts: readonly Alert[];
  /** Language models: what it writes by now. */
  readonly sample?: { readonly step: number; readonly text: string } | undefined;
}
