/**
 * Extension <-> webview. The extension sends whole states, never differences, so that a view that was hidden or
 * reloaded recovers with the next message. The webview sends intents. The receiving side checks every message.
 */
import * as z from 'zod';
import { datasetShapes } from './kinds';
import type { DatasetSummary } from './dataset';
import { Experiment } from './experiment';
import type { ModelChoice } from './families';
import type { Thumbnail } from './images';
import { type GenerationProgress, SamplingOptions } from './generation';
import type { InferenceMeasure, Part, RowPrediction, Unpredicted } from './marks';
import { PreparationSteps } from './preparation';
import { ColumnWish, type ReadingDifference, ReadingField, type ReadingWishes } from './reading';
import type { QualityFinding } from './quality';
import type { RunSummary } from './runs';
import type { DatasetOverview } from './overview';
import type { TrainingSnapshot } from './training';

/** `data`: what the file holds; the others are the three works of a model. */
export const Stage = z.enum(['data', 'learn', 'infer', 'generate']);
export type Stage = z.infer<typeof Stage>;

export const MarkFilter = z.enum(['all', 'errors', 'unsure', 'off']);
export type MarkFilter = z.infer<typeof MarkFilter>;

/** One value that drives the status bar, the context keys and the webview. */
export type LabStatus = 'stopped' | 'starting' | 'ready' | 'training' | 'paused' | 'failed';

/** A message for people inside the panel: an error of the last action, or something missing. */
export interface Notice {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly advice?: string | undefined;
  /** The file that it is about. */
  readonly path?: string | undefined;
  /** What can be done about it by a button: open the file as a grid. */
  readonly action?: 'openAsGrid' | undefined;
}

/** A training that waits for the one that runs. */
export interface QueuedTraining {
  readonly id: number;
  readonly datasetPath: string;
  readonly target?: string | undefined;
}

/** What the form of the Learn stage starts from; the webview edits a copy and sends it back with `train`. */
export interface Draft {
  readonly dataset: DatasetSummary;
  readonly fileName: string;
  /** What a person asked of the reading of this file; the rest was found out. */
  readonly asked?: ReadingWishes | undefined;
  /** Chosen or suggested; undefined for texts. */
  readonly target?: string | undefined;
  readonly task: Experiment['task'];
  /** The columns that the models are suggested without; absent: none. */
  readonly exclude?: readonly string[] | undefined;
  /** Counts the answers: what was chosen in the form is shown until the next of them. Absent: 0. */
  readonly look?: number | undefined;
  /** One suggestion per family that fits, the recommended one first. */
  readonly models: readonly ModelChoice[];
  readonly seed: number;
  readonly validation: number;
}

/** What the quality checks found in the file of the form, as the settings have it. */
export interface QualityState {
  readonly path: string;
  readonly findings: readonly QualityFinding[];
}

/** What the file of the form holds, as far as it is counted. */
export interface DataState {
  /** Of the dataset. */
  readonly path: string;
  readonly counting: boolean;
  readonly overview?: DatasetOverview | undefined;
  readonly error?: { readonly message: string; readonly advice?: string | undefined } | undefined;
}

/** Some images of a column of the file of the form. */
export interface ThumbnailsState {
  readonly path: string;
  readonly column: string;
  readonly images: readonly Thumbnail[];
}

export interface MarksState {
  /** Absolute path of the marked file. */
  readonly path: string;
  readonly fileName: string;
  readonly run: RunSummary;
  readonly filter: MarkFilter;
  readonly rows: number;
  /** Rows that have a prediction; the others are in `unpredicted`. */
  readonly predicted: number;
  readonly unpredicted?: Unpredicted | undefined;
  /** How the file is read, as a line. */
  readonly reading?: string | undefined;
  /** What the file that the model learnt from had otherwise. */
  readonly readOtherwise?: readonly ReadingDifference[] | undefined;
  readonly wrong: number;
  readonly unsure: number;
  /** What the model reaches on the rows with a label, by the task's `figure`. */
  readonly figure?: { readonly metric: string; readonly value: number } | undefined;
  /** The row under the cursor; `line` counts from 1. */
  readonly current?:
    { readonly line: number; readonly part: Part; readonly prediction: RowPrediction } | undefined;
  readonly measure?: InferenceMeasure | undefined;
  /** True while the speed of the model is being measured. */
  readonly measuring: boolean;
}

export interface GenerationState {
  readonly runFolder: string;
  readonly state: 'idle' | 'starting' | 'writing' | 'finished' | 'stopped' | 'failed';
  readonly prompt: string;
  readonly progress?: GenerationProgress | undefined;
  readonly perplexity?: number | undefined;
  readonly notes: readonly string[];
}

/** Everything that the Lab shows. */
export interface LabState {
  readonly status: LabStatus;
  readonly trusted: boolean;
  readonly stage: Stage;
  readonly notice?: Notice | undefined;
  /** What the form is about: the file in the active editor, or that of a run which is to be trained again. */
  readonly draft?: Draft | undefined;
  /** Present once a page has asked for it. */
  readonly data?: DataState | undefined;
  /** The file in the active editor, when it could be learnt from. */
  readonly front?: { readonly path: string; readonly fileName: string } | undefined;
  /** The experiment that the form is to start from anew, each time with another count. */
  readonly again?: { readonly count: number; readonly experiment: Experiment } | undefined;
  /** True while the active file is being looked at. */
  readonly inspecting: boolean;
  /** The training that runs, or the run that was opened last. */
  readonly training?: TrainingSnapshot | undefined;
  /** True from the wish to stop a training until it has stopped. */
  readonly stopping?: boolean | undefined;
  /** Trainings that wait for the one that runs, the next first. */
  readonly queue?: readonly QueuedTraining[] | undefined;
  /** What waited when the last window was closed and nobody has decided about, in words. */
  readonly left?: string | undefined;
  /** How often a run was opened: whoever left the run that is shown for the form comes back to it at the next. */
  readonly openings: number;
  /** More about the run in `training`: all metrics, parameters, notes. */
  readonly opened?: RunSummary | undefined;
  readonly runs: readonly RunSummary[];
  readonly marks?: MarksState | undefined;
  /** The run that the file in the active editor is marked with, or was when it last carried marks. */
  readonly fileRun?: { readonly path: string; readonly runFolder: string } | undefined;
  readonly generation?: GenerationState | undefined;
  /** Some of the images of the form's dataset; absent where it has none, or until they are read. */
  readonly thumbnails?: ThumbnailsState | undefined;
  /** Absent until the checks have answered. */
  readonly quality?: QualityState | undefined;
  /** Columns of a file that are to be left out in the form; `count` tells one wish from the next. */
  readonly leaveOut?:
    { readonly count: number; readonly path: string; readonly columns: readonly string[] } | undefined;
  readonly where: 'sidebar' | 'editor';
}

export type ToWebview = { readonly type: 'state'; readonly state: LabState };

export const FromWebview = z.discriminatedUnion('type', [
  /** Loaded and listening: answer with the present state. */
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('stage'), stage: Stage }),
  /** The page shows what the file of the form holds: have it counted. */
  z.strictObject({ type: z.literal('overview') }),
  /** Another target for the active file: answer with a new draft. */
  z.strictObject({ type: z.literal('target'), target: z.string() }),
  /** The columns that the model shall not see: answer with a draft whose models are suggested without them. */
  z.strictObject({ type: z.literal('exclude'), columns: z.array(z.string()).max(100_000) }),
  /** Look at the active file as a table or as a text. */
  z.strictObject({ type: z.literal('kind'), kind: z.enum(datasetShapes) }),
  /** Another reading of a part of the active file, one of the part's choices; empty to find it out again. */
  z.strictObject({ type: z.literal('reading'), field: ReadingField, value: z.string().max(200) }),
  /** All that is asked of one column, in place of what was asked before. */
  z.strictObject({ type: z.literal('column'), column: z.string().max(10_000), wish: ColumnWish }),
  /** All steps that prepare the active file, in place of those before. */
  z.strictObject({ type: z.literal('steps'), steps: PreparationSteps }),
  /** The active file as its steps leave it, as a new file: VS Code's own dialog asks where. */
  z.strictObject({ type: z.literal('savePrepared') }),
  /** The reading of the active file is to be found out again, columns included. */
  z.strictObject({ type: z.literal('findOutReading') }),
  z.strictObject({ type: z.literal('train'), experiment: Experiment }),
  /** The form for a run's file with the target, columns and settings of the run. */
  z.strictObject({ type: z.literal('trainAgain'), folder: z.string() }),
  /** The form for the file in the active editor. */
  z.strictObject({ type: z.literal('useFront') }),
  /** Takes a training back that waits. */
  z.strictObject({ type: z.literal('unqueue'), id: z.int() }),
  /** Begins, or forgets, what waited when the last window was closed. */
  z.strictObject({ type: z.literal('left'), decision: z.enum(['start', 'discard']) }),
  z.strictObject({ type: z.literal('control'), action: z.enum(['pause', 'continue', 'stop']) }),
  z.strictObject({
    type: z.literal('run'),
    action: z.enum(['open', 'use', 'resume', 'rename', 'delete', 'reveal']),
    folder: z.string(),
  }),
  /** Trains again with the settings of a run, without some of its columns. */
  z.strictObject({
    type: z.literal('trainWithout'),
    folder: z.string(),
    columns: z.array(z.string()).min(1),
  }),
  /** Shows a place of a file in the editor. Lines and characters count from 1. */
  z.strictObject({
    type: z.literal('goTo'),
    path: z.string(),
    line: z.int().min(1),
    endLine: z.int().min(1),
    character: z.int().min(1).optional(),
    endCharacter: z.int().min(1).optional(),
  }),
  /** Mends what a quality check has found in the file of the form. */
  z.strictObject({
    type: z.literal('mend'),
    path: z.string(),
    check: z.string().max(100),
    mend: z.string().max(100),
    column: z.string().max(10_000).optional(),
  }),
  z.strictObject({ type: z.literal('filter'), filter: MarkFilter }),
  z.strictObject({ type: z.literal('nextWrong') }),
  z.strictObject({ type: z.literal('measure') }),
  z.strictObject({
    type: z.literal('generate'),
    runFolder: z.string(),
    prompt: z.string().max(1_000_000),
    sampling: SamplingOptions,
  }),
  z.strictObject({ type: z.literal('stopGeneration') }),
  z.strictObject({ type: z.literal('insertText'), text: z.string().max(10_000_000) }),
  z.strictObject({ type: z.literal('copyText'), text: z.string().max(10_000_000) }),
  z.strictObject({ type: z.literal('openInEditor') }),
  /** A button of an empty state: open a sample of the kind. */
  z.strictObject({ type: z.literal('openSample'), sample: z.enum(datasetShapes) }),
  /** A button of an empty state: VS Code's own dialog to choose a table or a text. */
  z.strictObject({ type: z.literal('openFile') }),
  /** A button of an untrusted workspace: VS Code's page about its trust. */
  z.strictObject({ type: z.literal('manageTrust') }),
  z.strictObject({ type: z.literal('dismissNotice') }),
  /** A button of a notice: show the file that it is about as a grid. */
  z.strictObject({ type: z.literal('openAsGrid'), path: z.string() }),
  /** A failure inside the webview, for the log. */
  z.strictObject({ type: z.literal('failure'), message: z.string().max(10_000) }),
]);
export type FromWebview = z.infer<typeof FromWebview>;
/** As the webview writes it, defaults left out. */
export type FromWebviewInput = z.input<typeof FromWebview>;
