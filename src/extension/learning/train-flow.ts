/**
 * From a file to a running training with one question: which column to predict. Everything else has a default that
 * the sidebar can change first.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CancelledError,
  type DatasetShape,
  type Draft,
  Experiment,
  LabError,
  type ModelChoice,
  ReadRun,
  shapeForTask,
  type TableSummary,
  type TargetSuggestion,
  wholeReading,
  writeCounted,
} from '../../protocol';
import type { ActiveDataset } from '../datasets/active-dataset';
import { draftOf, type DraftWish } from '../datasets/draft';
import { openDocument } from '../datasets/files';
import type { Problems } from '../datasets/problems';
import type { ReadingMemory } from '../datasets/reading-memory';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { choose, remark, tell, tellWarning, whileDoing } from '../messages';
import type { RunsFolders } from '../runs/runs-folders';
import type { RunsStore } from '../runs/runs-store';
import { engineWish, providerWish } from '../settings';
import type { TrainingController, TrainingJob } from './training-controller';
import type { TrainingQueue } from './training-queue';

export interface TrainFlowOptions {
  readonly model: LabModel;
  readonly queue: TrainingQueue;
  readonly engine: EngineCaller;
  readonly training: TrainingController;
  readonly active: ActiveDataset;
  readonly problems: Problems;
  readonly folders: RunsFolders;
  readonly readings: ReadingMemory;
  readonly runs: RunsStore;
  readonly showLab: () => Promise<void>;
  readonly onFailure: (action: string, thrown: unknown) => void;
}

const settingsChoice = 'Change settings first…';

export class TrainFlow {
  readonly #options: TrainFlowOptions;

  constructor(options: TrainFlowOptions) {
    this.#options = options;
  }

  /** Asks for the target (tables) and trains with the suggested model. */
  async train(file: vscode.Uri, kind?: DatasetShape): Promise<void> {
    const draft = await this.#prepare(file, { kind });
    if (!draft) return;
    try {
      if (draft.dataset.issues.some(({ severity }) => severity === 'error')) throw noModel(draft);
      const chosen =
        draft.dataset.kind === 'text' ? draft : await this.#chooseTarget(file, draft, draft.dataset);
      if (!chosen) return;
      const [model] = chosen.models;
      if (!model) throw noModel(chosen);
      await this.start(experimentOf(chosen, model), file);
    } catch (thrown) {
      const error = LabError.from(thrown);
      if (error.code === 'dataset' && draft.dataset.issues.length === 0) {
        this.#options.problems.setError(file, 'dataset', error);
      }
      throw thrown;
    }
  }

  /** Opens the form of the sidebar for a file instead of starting. */
  async changeSettings(file: vscode.Uri, wish: DraftWish = {}): Promise<void> {
    const draft = await this.#prepare(file, wish);
    if (!draft) return;
    this.#options.active.show(file, draft);
    await this.#options.showLab();
  }

  /**
   * Starts a training and shows it. Returns when it runs; how it ends is told by the Lab, the status bar and, when it
   * fails, by a message.
   */
  async start(experiment: Experiment, file: vscode.Uri): Promise<void> {
    await saveFirst(file);
    const folder = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath ?? path.dirname(file.fsPath);
    const runsFolder = this.#options.folders.for(file);
    const datasetPath = file.fsPath;
    this.#launch({ kind: 'new', experiment, runsFolder, baseFolder: folder, datasetPath });
    await this.#options.showLab();
  }

  /** Opens the form for a run's file with the target, columns and settings of the run. */
  async again(runFolder: string): Promise<void> {
    const { engine, active, model, readings } = this.#options;
    const { experiment, summary } = await engine.call(ReadRun, { runFolder });
    const file = vscode.Uri.file(summary.datasetPath);
    const kind = shapeForTask(experiment.task);
    active.show(
      file,
      await draftOf(engine, file, {
        reading: readings.get(file),
        kind,
        target: experiment.target,
        exclude: experiment.exclude,
      }),
    );
    model.update({ again: { count: (model.state.again?.count ?? 0) + 1, experiment } });
  }

  async resume(runFolder: string, datasetPath: string): Promise<void> {
    if (!requireTrust()) return;
    this.#launch({ kind: 'resume', runFolder, datasetPath });
    await this.#options.showLab();
  }

  /**
   * Asks about the trainings that waited when the last window was closed, by a message and, since VS Code takes that
   * away after some seconds, by a line in the Lab. Whoever does not answer is asked again by the next window.
   */
  async offerLeft(): Promise<void> {
    const left = await this.#options.queue.showLeft();
    if (left === undefined) return;
    const choice = await tell(left, 'Start', 'Discard');
    if (choice !== undefined) await this.decideLeft(choice === 'Start' ? 'start' : 'discard');
  }

  /** Begins or forgets what the last window left, unless that was decided already, here or in another window. */
  async decideLeft(decision: 'start' | 'discard'): Promise<void> {
    if (decision === 'start' && !requireTrust()) return;
    const left = await this.#options.queue.takeLeft();
    if (decision === 'discard') return;
    if (left.length === 0) {
      remark('watch', 'Nothing is left to start: it was decided before, here or in another window');
      return;
    }
    for (const job of left) this.#launch(job);
    await this.#options.showLab();
  }

  /** One training at a time: the next waits for the end of the one that runs. */
  #launch(job: TrainingJob): void {
    const { training, queue } = this.#options;
    const file = path.basename(job.datasetPath);
    const goesOn = job.kind === 'resume' && job.runFolder === training.runFolder;
    const turn = goesOn ? 'known' : queue.launch(job, () => this.#run(job));
    if (turn === 'waiting') remark('watch', `${file} is learnt next`);
    if (turn === 'known') remark('watch', `This training of ${file} is in line already`);
  }

  /** Settles when the Lab knows how the training has ended. */
  async #run(job: TrainingJob): Promise<void> {
    const { training, runs, problems, onFailure } = this.#options;
    try {
      await training.run(job);
      await runs.refresh();
    } catch (thrown) {
      const error = LabError.from(thrown);
      if (error.code === 'dataset') problems.setError(vscode.Uri.file(job.datasetPath), 'dataset', error);
      onFailure('Training', error);
      await runs.refresh();
      runs.runs.forEach((run) => training.settle(run));
    }
  }

  async #prepare(file: vscode.Uri, wish: DraftWish): Promise<Draft | undefined> {
    if (!requireTrust()) return undefined;
    await saveFirst(file);
    const { engine, problems, readings } = this.#options;
    try {
      const draft = await whileDoing(`Looking at ${path.basename(file.fsPath)}`, () =>
        draftOf(engine, file, { reading: readings.get(file), ...wish }),
      );
      problems.set(file, 'dataset', draft.dataset.issues);
      return draft;
    } catch (thrown) {
      if (!(thrown instanceof CancelledError)) problems.setError(file, 'dataset', LabError.from(thrown));
      throw thrown;
    }
  }

  async #chooseTarget(file: vscode.Uri, draft: Draft, table: TableSummary): Promise<Draft | undefined> {
    if (table.targets.length === 0) throw noModel(draft);
    const items: (vscode.QuickPickItem & { readonly target?: TargetSuggestion })[] = [
      ...table.targets.map((target) => ({
        label: target.column,
        description: [target.task, target.reason].filter((part) => part !== '').join(' · '),
        detail: target.preview,
        target,
      })),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: settingsChoice, iconPath: new vscode.ThemeIcon('settings-gear'), alwaysShow: true },
    ];
    const choice = await choose(items, {
      title: `Which column of ${draft.fileName} shall be predicted?`,
      placeHolder: `${writeCounted(table.rows, 'row')} · the model learns to predict this column from the others`,
      matchOnDescription: true,
    });
    if (!choice) return undefined;
    if (!choice.target) {
      this.#options.active.show(file, draft);
      await this.#options.showLab();
      return undefined;
    }
    if (choice.target.column === draft.target) return draft;
    return draftOf(this.#options.engine, file, {
      kind: 'table',
      target: choice.target.column,
      reading: draft.asked,
    });
  }
}

/** The experiment that a draft stands for, with the model given. */
export function experimentOf(draft: Draft, model: ModelChoice): Experiment {
  const { dataset, asked = {} } = draft;
  return Experiment.parse({
    version: 1,
    dataset: { path: dataset.path, sha256: dataset.sha256, ...wholeReading(dataset, asked) },
    task: draft.task,
    ...(draft.target === undefined ? {} : { target: draft.target }),
    split: { validation: draft.validation, folds: 0 },
    model,
    seed: draft.seed,
    engine: engineWish(),
    provider: providerWish(),
  });
}

/** Nothing is trained in a workspace that is not trusted; says so. */
export function requireTrust(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const button = 'Manage Workspace Trust';
  void tellWarning(
    'This workspace is not trusted: its datasets may be looked at, but nothing is trained.',
    button,
  ).then((choice) =>
    choice === button ? vscode.commands.executeCommand('workbench.trust.manage') : undefined,
  );
  return false;
}

/** The engine reads files from disk: unsaved changes are saved first, and the person is told. */
async function saveFirst(file: vscode.Uri): Promise<void> {
  const document = openDocument(file);
  if (document?.isDirty !== true) return;
  const name = path.basename(file.fsPath);
  if (!(await document.save())) {
    throw new LabError('file', `${name} could not be saved.`, {
      advice: 'Training reads the file from disk: save it, then try again.',
      place: { path: file.fsPath },
    });
  }
  remark('save', `${name} was saved before training`);
}

function noModel({ dataset, fileName }: Draft): LabError {
  const issue =
    dataset.issues.find(({ severity }) => severity === 'error') ??
    dataset.issues.find(({ code }) => code === 'nothing-to-predict') ??
    dataset.issues[0];
  const line = issue?.line;
  return new LabError('dataset', issue?.message ?? `${fileName} holds nothing that could be predicted.`, {
    advice: issue?.advice ?? 'A table needs at least one column with values that differ, and some others.',
    place: { path: dataset.path, line },
  });
}
