/** The lenses over the first line of a table: train, and what is known of its predictions. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LabState } from '../../protocol/webview';
import { tasks } from '../../protocol/tasks';
import type { Marks } from '../../protocol/marks';
import { isShare, writeCount, writeShare } from '../../protocol/words';
import { commands } from '../contributions';
import { Scope, type Disposable } from '../disposal';
import type { LabModel } from '../lab/lab-model';
import type { TrainingController } from '../learning/training-controller';
import type { MarksController } from '../marks/marks-controller';
import { countRows } from '../marks/mark-rows';
import { withoutIcons } from '../plain-text';
import { samePath } from '../runs/same-path';

export interface LensSources {
  readonly marks: MarksController;
  readonly training: TrainingController;
  readonly model: LabModel;
}

export class DatasetLenses implements vscode.CodeLensProvider, Disposable {
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  #sources: LensSources | undefined;
  #shown = '';
  #queue: LabState['queue'];

  /** From now on the lenses tell of trainings and predictions; until then there are none to tell of. */
  follow(sources: LensSources): void {
    this.#sources = sources;
    const { marks, training, model } = sources;
    for (const event of [marks.onDidChange, training.onDidChange]) {
      this.#scope.add(event(() => this.#refresh()));
    }
    this.#scope.add(
      model.onDidChange(({ queue }) => {
        if (queue === this.#queue) return;
        this.#queue = queue;
        this.#refresh();
      }),
    );
    // The first lenses may have been asked for while the Lab was being loaded.
    this.#changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    return this.#lensesOf(document.uri).map((command) => new vscode.CodeLens(top, command));
  }

  #lensesOf(file: vscode.Uri): vscode.Command[] {
    const lenses: vscode.Command[] = [];
    const add = (icon: string, words: string, command: string, tooltip: string) =>
      lenses.push({ title: `$(${icon}) ${withoutIcons(words)}`, command, tooltip, arguments: [file] });
    const learnt = this.#sources?.training.datasetPath;
    const isLearnt = learnt !== undefined && samePath(learnt, file.fsPath);
    const queue = this.#sources?.model.state.queue ?? [];
    if (isLearnt) {
      add('sync~spin', 'This file is being learnt', commands.showLab, 'Opens the Lab.');
    } else if (queue.some(({ datasetPath }) => samePath(datasetPath, file.fsPath))) {
      // Between the end of one training and the beginning of the next there is none to wait for.
      const what = learnt === undefined ? 'Is learnt next' : `Waits for ${path.basename(learnt)}`;
      add('watch', what, commands.showLab, 'Opens the Lab.');
    } else {
      const when = learnt === undefined ? 'trains' : `trains when ${path.basename(learnt)} is learnt`;
      add(
        'beaker',
        'Train a model on this file',
        commands.train,
        `Asks for the column to predict, then ${when}.`,
      );
      if (learnt !== undefined)
        add('sync~spin', `${path.basename(learnt)} is being learnt`, commands.showLab, 'Opens the Lab.');
    }
    const state = this.#sources?.marks.stateOf(file);
    if (state === undefined) return lenses;
    if (state === 'off') {
      add(
        'eye-closed',
        'Predictions: off',
        commands.showPredictions,
        'Shows the predictions beside the rows.',
      );
      return lenses;
    }
    const marks = this.#sources?.marks.session(file)?.latest;
    const measured = marks === undefined ? '' : shareRight(marks);
    add('eye', `Predictions: on${measured}`, commands.hidePredictions, 'Takes the predictions off the rows.');
    if (!marks) return lenses;
    const { wrong } = countRows(marks);
    if (wrong > 0)
      add('arrow-down', `Next wrong row (${writeCount(wrong)})`, commands.nextWrongRow, 'Goes to it.');
    return lenses;
  }

  /** Lenses that are asked for again flicker: only what changes their words counts. */
  #refresh(): void {
    const files = vscode.window.visibleTextEditors.map(({ document }) => document.uri);
    const words = JSON.stringify(
      files.map((file) => [file.toString(), this.#lensesOf(file).map((lens) => lens.title)]),
    );
    if (words === this.#shown) return;
    this.#shown = words;
    this.#changed.fire();
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

/** ` · 97.1 % of labelled rows right`, where the figure of the marks is a share of rows. */
function shareRight({ task, metrics }: Marks): string {
  const { figure = '', right = '' } = tasks.find(task)?.marks ?? {};
  const share = isShare(figure) ? metrics?.[figure] : undefined;
  return share === undefined ? '' : ` · ${writeShare(share)} of labelled rows ${right.toLowerCase()}`;
}
