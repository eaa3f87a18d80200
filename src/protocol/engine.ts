/**
 * What the engine process answers. One bundle, two roles: `learning` (one process per training) and `serving`
 * (predictions, generation, lists; kept warm). `Details` is answered by both.
 */
import * as z from 'zod';
import { type DatasetIssue, type DatasetSummary, type TargetSuggestion } from './dataset';
import { DatasetQuestion, DatasetWish } from './dataset-question';
import { endpoint } from './endpoint';
import { EngineWish, Experiment } from './experiment';
import type { ModelChoice } from './families';
import { type GenerationProgress, type GenerationResult, SamplingOptions } from './generation';
import type { InferenceMeasure, Marks, RowPrediction, Unpredicted } from './marks';
import { type ReadingDifference, type ReadingPart, ReadingWishes } from './reading';
import { TargetTask } from './task-names';
import type { RunDetails, RunSummary } from './runs';
import type { Metrics, RunState, TrainingSnapshot } from './training';

export const EngineRole = z.enum(['learning', 'serving']);
export type EngineRole = z.infer<typeof EngineRole>;

/** One compiled program: a whole training step, a prediction, a token. */
export interface EngineProgram {
  readonly name: string;
  /** Nodes of its graph; 0 where the engine computes op by op. */
  readonly nodes: number;
  readonly traceMs: number;
  readonly sessionMs: number;
  /** Whether its graph was kept from an earlier training, so that nothing was traced. */
  readonly kept: boolean;
}

export interface EnginePhase {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
  readonly totalMs: number;
  readonly maxMs: number;
}

export interface EngineDetails {
  readonly role: EngineRole;
  readonly pid: number;
  /** Empty until a model was first used: the backend is opened at first need. */
  readonly engine: string;
  readonly runtime: string;
  readonly provider: string;
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
  /** From the process's start to its readiness, ms. */
  readonly readyMs: number;
  /** The graphs that this process has made, oldest first. */
  readonly programs: readonly EngineProgram[];
  /** Where the time went, by kind (`phase`, `trace`, `session`, `run`) and name, in the order of their beginning. */
  readonly phases: readonly EnginePhase[];
  /** Notices, e.g. that WebAssembly serves because the native runtime could not be loaded. */
  readonly notices: readonly string[];
}

export const Details = endpoint<EngineDetails>()('engine/details', z.object({}));

/** Writes what the process did when as a file for a trace viewer; the folder must exist. */
export const WriteProfile = endpoint<{ readonly spans: number }>()(
  'engine/profile',
  z.object({ path: z.string() }),
);

export const InspectDataset = endpoint<DatasetSummary>()('dataset/inspect', DatasetQuestion);

/** Hyperparameters that suit a dataset, for every family that fits the task; the first is the recommended one. */
export const SuggestModels = endpoint<readonly ModelChoice[]>()(
  'models/suggest',
  z.object({
    path: z.string(),
    target: z.string().optional(),
    task: TargetTask.optional(),
    /** Columns that the model will not see. */
    exclude: z.array(z.string()).optional(),
    /** These as of `InspectDataset`. */
    text: z.string().optional(),
    settled: z.boolean().optional(),
    kind: DatasetWish.optional(),
    ...ReadingWishes.shape,
  }),
);

/** What a training of a dataset would start from. */
export interface DatasetLook {
  readonly dataset: DatasetSummary;
  /** The target asked for, or the likeliest; absent where there is none. */
  readonly target?: TargetSuggestion | undefined;
  /** Those of the columns asked for that are there and are not the target. */
  readonly exclude: readonly string[];
  readonly models: readonly ModelChoice[];
}

/** `InspectDataset` and `SuggestModels` in one: a text of the editor, which may be large, is sent once. */
export const LookAtDataset = endpoint<DatasetLook>()(
  'dataset/look',
  DatasetQuestion.extend({ exclude: z.array(z.string()).optional() }),
);

/** Writes the table as its steps leave it to a new CSV, whole or not at all. LabError('invalid') for the file itself. */
export const WritePrepared = endpoint<
  { readonly rows: number },
  { readonly rows: number; readonly total: number }
>()('dataset/write', DatasetQuestion.extend({ output: z.string() }));

/** Runs in the given folders, newest first. A folder that is not there holds none; a damaged run is listed as failed. */
export const ListRuns = endpoint<readonly RunSummary[]>()(
  'runs/list',
  z.object({ runsFolders: z.array(z.string()) }),
);
export const ReadRun = endpoint<RunDetails>()('runs/read', z.object({ runFolder: z.string() }));
export const RenameRun = endpoint<RunSummary>()(
  'runs/rename',
  z.object({ runFolder: z.string(), name: z.string().trim().min(1).max(200) }),
);
/** Deletes the run's folder, which lies in one of `runsFolders` and holds nothing but the run's own files. */
export const DeleteRun = endpoint<null>()(
  'runs/delete',
  z.object({ runFolder: z.string(), runsFolders: z.array(z.string()).min(1) }),
);

/** Opens a document for marking (replacing what the id stood for) and answers with all marks. */
export const OpenMarks = endpoint<Marks>()(
  'marks/open',
  z.object({
    documentId: z.string(),
    version: z.int(),
    path: z.string(),
    runFolder: z.string(),
    text: z.string(),
    /** What a person asked of the reading of this file. */
    reading: ReadingWishes.optional(),
  }),
);

/** Applies edits to an opened document and answers with all marks of the new version. */
export const EditMarks = endpoint<Marks>()(
  'marks/edit',
  z.object({
    documentId: z.string(),
    version: z.int(),
    edits: z.array(z.object({ offset: z.int().min(0), length: z.int().min(0), text: z.string() })),
  }),
);
export const CloseMarks = endpoint<null>()('marks/close', z.object({ documentId: z.string() }));
export const ReadMark = endpoint<RowPrediction>()(
  'marks/row',
  z.object({ documentId: z.string(), row: z.int().min(0) }),
);
/** Measures the model that marks a document: single rows one after the other, then all at once. */
export const MeasureInference = endpoint<InferenceMeasure>()(
  'marks/measure',
  z.object({ documentId: z.string() }),
);

export interface PredictionProgress {
  readonly rows: number;
  readonly total: number;
}
export interface PredictionResult {
  /** Of the file. */
  readonly rows: number;
  /** Rows that have a prediction. */
  readonly predicted: number;
  /** The others; undefined: there are none. */
  readonly unpredicted?: Unpredicted | undefined;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Absolute path of the CSV that was written. */
  readonly output: string;
  readonly metrics?: Metrics | undefined;
  readonly issues: readonly DatasetIssue[];
  /** How the file was read. */
  readonly reading: readonly ReadingPart[];
  /** What the file that the model learnt from had otherwise. */
  readonly readOtherwise: readonly ReadingDifference[];
}
/** Cells that a spreadsheet would compute: written with an apostrophe in front, or as they are. */
export const FormulaPolicy = z.enum(['keep', 'escape']);
export type FormulaPolicy = z.infer<typeof FormulaPolicy>;

/** Predicts a whole file into a CSV: the columns of the input, then prediction, confidence and one column per class. */
export const PredictFile = endpoint<PredictionResult, PredictionProgress>()(
  'predict/file',
  z.object({
    runFolder: z.string(),
    path: z.string(),
    output: z.string(),
    /** `escape` where nothing is said. */
    formulas: FormulaPolicy.optional(),
    engine: EngineWish.optional(),
    ...ReadingWishes.shape,
  }),
);

/** Writes text. Cancelling the request stops the writing; what was written by then is still the result. */
export const Generate = endpoint<GenerationResult, GenerationProgress>()(
  'generate',
  z.object({
    runFolder: z.string(),
    prompt: z.string().max(1_000_000),
    sampling: SamplingOptions,
    engine: EngineWish.optional(),
  }),
);
export interface TrainingResult {
  readonly summary: RunSummary;
  readonly snapshot: TrainingSnapshot;
}

/** Learning role. Creates a run in `runsFolder` and trains; answers when it is finished or stopped. */
export const Train = endpoint<TrainingResult, TrainingSnapshot>()(
  'train/start',
  z.object({
    experiment: Experiment,
    /** Folder of the runs, e.g. `<workspace>/.model-lab/runs`. */
    runsFolder: z.string(),
    /** Folder that relative dataset paths start from. */
    baseFolder: z.string(),
  }),
);
/** Learning role. Goes on from the run's last checkpoint. */
export const ResumeTraining = endpoint<TrainingResult, TrainingSnapshot>()(
  'train/resume',
  z.object({ runFolder: z.string() }),
);
/** Learning role: pause, go on, or stop with the best weights kept. */
export const ControlTraining = endpoint<{ readonly state: RunState }>()(
  'train/control',
  z.object({ action: z.enum(['pause', 'continue', 'stop']) }),
);
