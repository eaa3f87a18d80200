/** Runs on disk: `run.json`, and what lists and pages show of a run. */
import * as z from 'zod';
import type { Experiment } from './experiment';
import { families } from './families';
import { Task } from './task-names';
import { Alert, Headline, type MetricRecord, Metrics, RunState } from './training';

export const Environment = z.object({
  engine: z.enum(['onnx', 'tensorflow', 'cpu']),
  runtime: z.string(),
  provider: z.string(),
  threads: z.int(),
  platform: z.string(),
  node: z.string(),
  lab: z.string(),
});
export type Environment = z.infer<typeof Environment>;

/** `run.json`. */
export const RunFile = z.object({
  version: z.literal(1),
  name: z.string(),
  state: RunState,
  task: Task,
  target: z.string().optional(),
  datasetPath: z.string(),
  family: z.string().refine((name) => families.find(name) !== undefined, 'no known model family'),
  /** ISO 8601. */
  created: z.string(),
  updated: z.string(),
  /** The process that trains or trained it; with `updated` it tells an interrupted run from a running one. */
  pid: z.int(),
  host: z.string(),
  /** Written by who held the run's lock: without a lock nobody trains it any more. Absent in runs of earlier versions. */
  locked: z.boolean().optional(),
  seconds: z.number(),
  epoch: z.number(),
  epochs: z.number(),
  step: z.int(),
  steps: z.int(),
  /** Step of the kept (best) weights. */
  bestStep: z.int().optional(),
  /** How the engine that began it split and encoded rows: `PREPARATION` of `engine/runs`; absent: 1. */
  preparation: z.int().optional(),
  rows: z.object({ training: z.int(), validation: z.int() }).optional(),
  parameters: z.int().optional(),
  modelBytes: z.int().optional(),
  classes: z.array(z.string()).optional(),
  headline: Headline.optional(),
  metrics: z.object({ training: Metrics.optional(), validation: Metrics.optional() }),
  /** Cross-validation: one entry per fold; `metrics.validation` is then over all folds together. */
  folds: z.array(Metrics).optional(),
  alerts: z.array(Alert),
  notes: z.array(z.string()),
  environment: Environment.optional(),
  error: z.object({ code: z.string(), message: z.string(), advice: z.string().optional() }).optional(),
});
export type RunFile = z.infer<typeof RunFile>;

/** What a run was asked to do, as far as it may differ among runs of one file and target. */
export interface RunSetup {
  /** Columns that were kept from the model. */
  readonly exclude: readonly string[];
  readonly hyperparameters: Readonly<Record<string, number | string>>;
  readonly seed: number;
  /** Share of the rows, between 0 and 1. */
  readonly validation: number;
  /** Of a cross-validation; 0 for a single split. */
  readonly folds: number;
  /** How its rows were parted, where that was not by classes in equal shares: `by time (sold)`. */
  readonly split?: string | undefined;
}

/** A run in a list. */
export interface RunSummary extends RunFile {
  /** Absolute path of the run's folder. */
  readonly folder: string;
  /** The folder's name. */
  readonly id: string;
  /** Whether a usable model is on disk. */
  readonly hasModel: boolean;
  /** Whether it can go on from a checkpoint. */
  readonly canResume: boolean;
  /** Why it cannot, where it was cut short and would else go on: whole sentences. */
  readonly cannotResume?: string | undefined;
  /** From its experiment; absent where that cannot be read. */
  readonly setup?: RunSetup | undefined;
}

export interface RunDetails {
  readonly summary: RunSummary;
  readonly experiment: Experiment;
  /** At most 400 records, thinned evenly. */
  readonly history: readonly MetricRecord[];
  readonly sample?: { readonly step: number; readonly text: string } | undefined;
}
