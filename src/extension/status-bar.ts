/** The running training in short, or the last one's headline; a click opens the Lab. */
import * as vscode from 'vscode';
import {
  metricTitles,
  showControls,
  type TrainingSnapshot,
  writeDuration,
  writeHeadline,
  writeNumber,
} from '../protocol';
import { commands } from './contributions';
import { Scope, type Disposable } from './disposal';
import type { LabModel, SharedState } from './lab/lab-model';
import { withoutIcons } from './plain-text';

interface Shown {
  readonly text: string;
  readonly tooltip: string;
}

export class StatusBar implements Disposable {
  readonly #scope = new Scope();
  readonly #item = this.#scope.add(
    vscode.window.createStatusBarItem('modelLab.status', vscode.StatusBarAlignment.Left, 40),
  );
  #text = '';

  constructor(model: LabModel) {
    this.#item.name = 'Model Lab';
    this.#item.command = commands.showLab;
    this.#scope.add(model.onDidChange((state) => this.#show(describe(state))));
  }

  /** What the item shows, empty while it is hidden. */
  get text(): string {
    return this.#text;
  }

  #show(shown: Shown | undefined): void {
    if (this.#text === (shown?.text ?? '')) return;
    this.#text = shown?.text ?? '';
    if (!shown) {
      this.#item.hide();
      return;
    }
    this.#item.text = shown.text;
    this.#item.tooltip = showControls(shown.tooltip);
    this.#item.accessibilityInformation = { label: `Model Lab: ${shown.tooltip}`, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

function describe({ status, training }: SharedState): Shown | undefined {
  if (status === 'failed') {
    return { text: '$(error) Model Lab', tooltip: 'The engine has failed. A click opens the Lab.' };
  }
  const isBusy = status === 'training' || status === 'paused';
  if (isBusy && !training) return { text: '$(sync~spin) starting', tooltip: 'A training is starting.' };
  if (!training) return undefined;
  if (isBusy) return status === 'paused' ? paused(training) : running(training);
  return finished(training);
}

function running(training: TrainingSnapshot): Shown {
  if (training.phase !== '' && training.step === 0) {
    return {
      text: `$(sync~spin) ${withoutIcons(training.phase)}`,
      tooltip: `${training.name}: ${training.phase}`,
    };
  }
  const left = training.secondsLeft === undefined ? '' : ` · ${writeDuration(training.secondsLeft)} left`;
  const text = `${progressOf(training)}${left}`;
  return { text: `$(sync~spin) ${text}`, tooltip: `${training.name}: ${text}` };
}

function paused(training: TrainingSnapshot): Shown {
  const text = `${progressOf(training)} · paused`;
  return { text: `$(debug-pause) ${text}`, tooltip: `${training.name}: ${text}` };
}

/** Tables are learnt in epochs; a text is rarely read once, so that steps tell more. */
function progressOf({ task, epoch, epochs, step, steps }: TrainingSnapshot): string {
  if (task === 'language-model') return `step ${writeNumber(step)}/${writeNumber(steps)}`;
  return `epoch ${Math.min(epochs, Math.floor(epoch))}/${epochs}`;
}

function finished({ headline, target, name, state }: TrainingSnapshot): Shown | undefined {
  if (state === 'failed' || !headline) return undefined;
  const what = target ?? metricTitles[headline.metric].toLowerCase();
  return {
    text: `$(beaker) ${withoutIcons(what)} ${writeNumber(headline.value)}`,
    tooltip: `${name}: ${writeHeadline(headline)}`,
  };
}
