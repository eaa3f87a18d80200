/** The lenses over the first line of a table: train, and what is known of its predictions. */
import * as vscode from 'vscode';
import { writeShare } from '../../protocol/words';
import { commands } from '../contributions';
import { Scope, type Disposable } from '../disposal';
import type { TrainingController } from '../learning/training-controller';
import type { MarksController } from '../marks/marks-controller';
import { countRows } from '../marks/mark-rows';
import { withoutIcons } from '../plain-text';

export interface LensSources {
  readonly marks: MarksController;
  readonly training: TrainingController;
}

export class DatasetLenses implements vscode.CodeLensProvider, Disposable {
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  #sources: LensSources | undefined;
  #shown = '';

  /** From now on the lenses tell of trainings and predictions; until then there are none to tell of. */
  follow(sources: LensSources): void {
    this.#sources = sources;
    for (const event of [sources.marks.onDidChange, sources.training.onDidChange]) {
      this.#scope.add(event(() => this.#refresh()));
    }
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    return this.#lensesOf(document.uri).map((command) => new vscode.CodeLens(top, command));
  }

  #lensesOf(file: vscode.Uri): vscode.Command[] {
    const lenses: vscode.Command[] = [];
    const add = (icon: string, words: string, command: string, tooltip: string) =>
      lenses.push({ title: `$(${icon}) ${withoutIcons(words)}`, command, tooltip, arguments: [file] });
    if (this.#sources?.training.state === undefined) {
      add(
        'beaker',
        'Train a model on this file',
        commands.train,
        'Asks for the column to predict, then trains.',
      );
    } else {
      add('sync~spin', 'A model is being trained', commands.showLab, 'Opens the Lab.');
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
    const accuracy = marks?.metrics?.accuracy;
    const measured = accuracy === undefined ? '' : ` · ${writeShare(accuracy)} of labelled rows right`;
    add('eye', `Predictions: on${measured}`, commands.hidePredictions, 'Takes the predictions off the rows.');
    if (!marks) return lenses;
    const { wrong } = countRows(marks);
    if (wrong > 0) add('arrow-down', `Next wrong row (${wrong})`, commands.nextWrongRow, 'Goes to it.');
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
