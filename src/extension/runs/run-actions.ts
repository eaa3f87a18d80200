/** What can be done with a run from the tree, the Lab and the palette. */
import * as vscode from 'vscode';
import {
  DeleteRun,
  LabError,
  ReadRun,
  RenameRun,
  type RunDetails,
  type RunSummary,
  type TrainingSnapshot,
} from '../../protocol';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { ask, confirm } from '../messages';
import type { RunsStore } from './runs-store';

export interface RunActionsOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly store: RunsStore;
  /** Folder of the run that is being trained now. */
  readonly trained: () => string | undefined;
}

export class RunActions {
  readonly #options: RunActionsOptions;
  /** Counts what was asked to be shown: the newest is shown, whichever was read last. */
  #asked = 0;

  constructor(options: RunActionsOptions) {
    this.#options = options;
  }

  /** Shows a run's curves in the Lab. The run that is being trained is shown there anyway. */
  async open(run: RunSummary): Promise<void> {
    const { model, trained } = this.#options;
    model.update({ stage: 'learn' });
    if (trained() !== undefined) {
      if (trained() === run.folder) return;
      throw new LabError('invalid', 'A training is running: its curves are shown until it ends.', {
        advice: 'Stop it, or wait, to look at another run.',
      });
    }
    const details = await this.#read(run);
    if (!details) return;
    const openings = model.state.openings + 1;
    model.update({ training: snapshotOf(details), opened: details.summary, openings });
  }

  /** Puts a run in the place of the one that is shown, without turning to another stage, if it is wanted once read. */
  async show(run: RunSummary, isWanted: () => boolean): Promise<void> {
    const details = await this.#read(run);
    if (!details || !isWanted()) return;
    this.#options.model.update({ training: snapshotOf(details), opened: details.summary });
  }

  async rename(run: RunSummary): Promise<void> {
    const name = await ask({
      title: 'Rename Run',
      value: run.name,
      prompt: 'How the run is called in lists.',
      validateInput: (value) => {
        const length = value.trim().length;
        if (length === 0) return 'A run needs a name.';
        return length > 200 ? 'At most 200 characters.' : undefined;
      },
    });
    if (name === undefined || name.trim() === run.name) return;
    await this.#options.engine.call(RenameRun, { runFolder: run.folder, name });
    await this.#options.store.refresh();
  }

  /** Asks, modally: a deleted run cannot be had back. Answers whether it was deleted. */
  async delete(run: RunSummary): Promise<boolean> {
    const confirmed = await confirm(
      `Delete the run "${run.name}"?`,
      'Its model, metrics and checkpoints are deleted from the disk.',
      'Delete',
    );
    if (!confirmed) return false;
    const { model, engine, store } = this.#options;
    await engine.call(DeleteRun, { runFolder: run.folder, runsFolders: store.folders });
    if (model.state.training?.runFolder === run.folder)
      model.update({ training: undefined, opened: undefined });
    if (model.state.generation?.runFolder === run.folder) model.update({ generation: undefined });
    await store.refresh();
    return true;
  }

  async reveal(run: RunSummary): Promise<void> {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(run.folder));
  }

  /** A run to be shown. Undefined where another was asked for, or a training has begun, before it was read. */
  async #read({ folder }: RunSummary): Promise<RunDetails | undefined> {
    const { engine, trained } = this.#options;
    const asked = ++this.#asked;
    const details = await engine.call(ReadRun, { runFolder: folder });
    return asked === this.#asked && trained() === undefined ? details : undefined;
  }
}

/** A run from disk in the form in which a running training tells about itself. */
function snapshotOf({ summary, history, sample }: RunDetails): TrainingSnapshot {
  return {
    runFolder: summary.folder,
    name: summary.name,
    datasetPath: summary.datasetPath,
    task: summary.task,
    target: summary.target,
    family: summary.family,
    state: summary.state,
    phase: '',
    epoch: summary.epoch,
    epochs: summary.epochs,
    step: summary.step,
    steps: summary.steps,
    rowsPerSecond: history.at(-1)?.rowsPerSecond ?? 0,
    stepMs: 0,
    seconds: summary.seconds,
    history,
    headline: summary.headline,
    alerts: summary.alerts,
    sample,
  };
}
