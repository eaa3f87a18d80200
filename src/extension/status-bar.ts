/** The running training in short, or the last one's headline; a click opens the Lab. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  showControls,
  type TrainingSnapshot,
  writeDuration,
  writeHeadline,
  writePlace,
  writeScore,
} from '../protocol';
import { commands } from './contributions';
import { Scope, type Disposable } from './disposal';
import type { LabModel, SharedState } from './lab/lab-model';
import { withoutIcons } from './plain-text';
import { samePath } from './runs/same-path';

interface Shown {
  readonly text: string;
  readonly tooltip: string;
}

export class StatusBar implements Disposable {
  readonly #scope = new Scope();
  readonly #item = this.#scope.add(
    vscode.window.createStatusBarItem('modelLab.status', vscode.StatusBarAlignment.Left, 40),
  );
  #shown: Shown | undefined;

  constructor(model: LabModel) {
    this.#item.name = 'Model Lab';
    this.#item.command = commands.showLab;
    this.#scope.add(model.onDidChange((state) => this.#show(describe(state))));
  }

  /** What the item shows, empty while it is hidden. */
  get text(): string {
    return this.#shown?.text ?? '';
  }

  #show(shown: Shown | undefined): void {
    if (this.#shown?.text === shown?.text && this.#shown?.tooltip === shown?.tooltip) return;
    this.#shown = shown;
    if (!shown) {
      this.#item.hide();
      return;
    }
    this.#item.text = shown.text;
    this.#item.tooltip = showControls(shown.tooltip);
    this.#item.accessibilityInformation = {
      label: showControls(`Model Lab: ${shown.tooltip}`),
      role: 'button',
    };
    this.#item.show();
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

/** What is said while a file is in front; `front`: its path, undefined where none that could be learnt from is. */
function describe(state: SharedState): Shown | undefined {
  const { status, training, stopping, front } = state;
  if (status === 'failed') {
    return { text: '$(error) Model Lab', tooltip: 'The engine has failed. A click opens the Lab.' };
  }
  const isBusy = status === 'training' || status === 'paused';
  if (isBusy && stopping === true) return { text: '$(sync~spin) stopping', tooltip: 'The training stops.' };
  if (isBusy && !training) return { text: '$(sync~spin) starting', tooltip: 'A training is starting.' };
  if (isBusy && training) return busy(training, front?.path, status === 'paused');
  return finished(state);
}

/** A training of another file than the one in front says which. */
function busy(training: TrainingSnapshot, front: string | undefined, paused: boolean): Shown {
  const isElsewhere = front !== undefined && !samePath(front, training.datasetPath);
  const file = isElsewhere ? `${path.basename(training.datasetPath)}: ` : '';
  const words = paused ? `${writePlace(training)} · paused` : running(training);
  return {
    text: `$(${paused ? 'debug-pause' : 'sync~spin'}) ${withoutIcons(file + words)}`,
    tooltip: `${training.name}: ${words}`,
  };
}

function running(training: TrainingSnapshot): string {
  if (training.phase !== '' && training.step === 0) return training.phase;
  const left = training.secondsLeft === undefined ? '' : ` · ${writeDuration(training.secondsLeft)} left`;
  return `${writePlace(training)}${left}`;
}

/** The score of the run that belongs to the file in front: the one that marks it, the one shown, or its newest. */
function finished({ training, marks, runs, front }: SharedState): Shown | undefined {
  const isOf = (path: string) => front === undefined || samePath(path, front.path);
  const marking = front !== undefined && marks !== undefined && isOf(marks.path) ? marks.run : undefined;
  const shown = training && isOf(training.datasetPath) ? training : undefined;
  const run =
    marking ??
    shown ??
    (front === undefined ? undefined : runs.find((run) => run.hasModel && isOf(run.datasetPath)));
  if (!run?.headline || run.state === 'failed') return undefined;
  const { headline, target, name } = run;
  const what = front === undefined ? `${name}: ` : target === undefined ? '' : `${target}: `;
  return {
    text: `$(beaker) ${withoutIcons(what + writeScore(headline))}`,
    tooltip: `${name}: ${writeHeadline(headline)}`,
  };
}
