/** The run in the Learn stage: while it trains its progress and curves, afterwards what came of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { familyTitle } from '../../src/protocol/families';
import type { RunSummary } from '../../src/protocol/runs';
import { examplesTitle, tasks, writesText } from '../../src/protocol/tasks';
import type { AlertAction, TrainingSnapshot } from '../../src/protocol/training';
import type { LabState } from '../../src/protocol/webview';
import {
  writeBytes,
  writeDuration,
  writeMilliseconds,
  writeNumber,
  writeOf,
  writeThroughput,
} from '../../src/protocol/words';
import { sendIntent } from '../app/host';
import { baseName } from '../app/context-line';
import { isActive, isKept, type Memory, rememberKept } from '../app/memory';
import { remember } from '../app/remember';
import '../charts/lab-chart';
import { chartData, qualityMetric } from '../charts/series';
import { button, type ButtonOptions, progressBar } from '../components/controls';
import { type Fact, facts, headlineFigure, metricsTable, notes } from '../components/figures';
import { icon } from '../components/icon';
import { term } from '../components/lab-term';
import { LightElement } from '../components/light-element';
import { message } from '../components/notice';
import { runStates } from '../runs/states';
import { queueList } from './queue';
import { progressShare, progressWords, writeEpochs } from './progress';

@customElement('lab-run')
export class LabRun extends LightElement {
  @property({ attribute: false }) training: TrainingSnapshot | undefined;
  @property({ attribute: false }) opened: RunSummary | undefined;
  @property({ attribute: false }) where: 'sidebar' | 'editor' = 'sidebar';
  @property({ attribute: false }) memory: Memory | undefined;
  /** Whether rows carry its predictions already. */
  @property({ attribute: false }) marked = false;
  /** Whether the extension knows that it has been asked to stop. */
  @property({ attribute: false }) stopping = false;
  /** Whether anything may be trained here. */
  @property({ attribute: false }) trusted = false;
  @property({ attribute: false }) queue: LabState['queue'];
  /** Folder of the run that was asked to stop here: said at once, since a short way to the end is over before the answer. */
  @state() private stopped: string | undefined;

  protected override willUpdate(): void {
    const { training, stopped } = this;
    if (stopped !== undefined && !(isActive(training) && training?.runFolder === stopped))
      this.stopped = undefined;
  }

  protected override render(): TemplateResult {
    const { training } = this;
    if (training === undefined) return html``;
    const active = isActive(training);
    const { word, icon: glyph } =
      this.isStopping && active ? { word: 'Stopping…', icon: 'loading~spin' } : runStates[training.state];
    const opened = this.opened?.folder === training.runFolder ? this.opened : undefined;
    return html`<section class="section run" aria-label="Run ${training.name}">
      <div class="run-head">
        <h2 title=${training.runFolder} tabindex="-1">${training.name}</h2>
        <span class="state ${training.state}" role="status">${icon(glyph)}${word}</span>
        ${this.openInTab()}
      </div>
      ${this.where === 'editor' ? this.file(training) : nothing} ${active ? this.progress(training) : nothing}
      ${queueList(this.queue, this)}
      ${
        opened?.error
          ? message({ severity: 'error', message: opened.error.message, advice: opened.error.advice })
          : nothing
      }
      ${training.headline ? headlineFigure(training.headline) : nothing}
      ${
        active
          ? nothing
          : html`<div class="actions" role="group" aria-label="What to do with the run">
              ${this.resultActions(training, opened).map(button)}
            </div>`
      }
      ${this.charts(training)} ${this.alerts(training)} ${this.sample(training)}
      ${active ? nothing : this.result(training, opened)}
    </section>`;
  }

  /** In the tab the head names the file of the form beside it. */
  private file({ datasetPath, target }: TrainingSnapshot): TemplateResult {
    return html`<p class="dim" title=${datasetPath}>
      ${baseName(datasetPath)}${target === undefined ? nothing : ` → ${target}`}
    </p>`;
  }

  private progress(training: TrainingSnapshot): TemplateResult {
    const paused = training.state === 'paused';
    const share = progressShare(training);
    return html`<div class="run-progress">
        ${progressBar('Training', training.state === 'preparing' ? undefined : share)}
        <div class="progress-words">
          <span>${progressWords(training)}</span>
          ${share === undefined || training.state === 'preparing' ? nothing : html`<span class="number">${Math.floor(share * 100)} %</span>`}
        </div>
      </div>
      <div class="actions" role="group" aria-label="The training">
        ${button({
          label: paused ? 'Continue' : 'Pause',
          icon: paused ? 'debug-continue' : 'debug-pause',
          disabled: training.state === 'preparing' || this.isStopping,
          onClick: () => sendIntent(this, { type: 'control', action: paused ? 'continue' : 'pause' }),
        })}
        ${button({
          label: this.isStopping ? 'Stopping…' : 'Stop',
          icon: this.isStopping ? 'loading~spin' : 'debug-stop',
          disabled: this.isStopping,
          onClick: () => this.stop(training),
        })}
      </div>
      ${training.state === 'preparing' ? nothing : facts(this.progressFacts(training))}`;
  }

  private get isStopping(): boolean {
    return this.stopping || this.stopped !== undefined;
  }

  private stop({ runFolder }: TrainingSnapshot): void {
    this.stopped = runFolder;
    sendIntent(this, { type: 'control', action: 'stop' });
  }

  private progressFacts(training: TrainingSnapshot): Fact[] {
    return [
      { name: term('Epoch', 'epoch'), value: writeEpochs(training) },
      { name: term('Step', 'step'), value: writeOf(training.step, training.steps) },
      { name: 'Speed', value: writeThroughput(training) },
      { name: 'Each step', value: writeMilliseconds(training.stepMs) },
    ];
  }

  private charts(training: TrainingSnapshot): TemplateResult | typeof nothing {
    if (training.history.length === 0) return nothing;
    const quality = qualityMetric(training.task, training.headline);
    const unit = tasks.find(training.task)?.place ?? 'epoch';
    return html`<div class="charts">
      ${(['loss', quality] as const).map(
        (metric) =>
          html`<lab-chart
            .metric=${metric}
            .unit=${unit}
            .data=${chartData(training.history, training.task, metric)}
          ></lab-chart>`,
      )}
    </div>`;
  }

  private alerts(training: TrainingSnapshot): TemplateResult[] {
    const folder = training.runFolder;
    return training.alerts
      .filter(({ code }) => !isKept(this.memory, folder, code))
      .map(({ actions = [], ...alert }) =>
        message({
          ...alert,
          actions: isActive(training) ? [] : actions.map((action) => this.answer(folder, alert.code, action)),
        }),
      );
  }

  private answer(folder: string, code: string, action: AlertAction): ButtonOptions {
    const { label } = action;
    if (action.kind === 'keep') {
      return { label, onClick: () => remember(this, (memory) => rememberKept(memory, folder, code)) };
    }
    const { columns } = action;
    return { label, onClick: () => sendIntent(this, { type: 'trainWithout', folder, columns }) };
  }

  private sample(training: TrainingSnapshot): TemplateResult | typeof nothing {
    if (training.sample === undefined) return nothing;
    return html`<div class="sample">
      <h3>
        What it writes
        <span class="dim">after ${term('step', 'step')} ${writeOf(training.sample.step, 0)}</span>
      </h3>
      <blockquote class="writing" tabindex="0" role="region" aria-label="What it writes">
        <span class="written">${training.sample.text}</span>
      </blockquote>
    </div>`;
  }

  private result(training: TrainingSnapshot, opened: RunSummary | undefined): TemplateResult {
    const last = [...training.history].reverse();
    const metrics = opened?.metrics ?? {
      training: last.find((record) => record.training)?.training,
      validation: last.find((record) => record.validation)?.validation,
    };
    return html`${metricsTable(metrics.training, metrics.validation)} ${facts(resultFacts(training, opened))}
    ${notes([...(opened?.cannotResume === undefined ? [] : [`It cannot be resumed. ${opened.cannotResume}`]), ...(opened?.notes ?? [])])}`;
  }

  private resultActions(training: TrainingSnapshot, opened: RunSummary | undefined): ButtonOptions[] {
    const folder = training.runFolder;
    const run = (action: 'use' | 'resume') => () => sendIntent(this, { type: 'run', action, folder });
    const writes = writesText(training.task);
    const usable = opened?.hasModel ?? training.state === 'finished';
    const resumable = opened?.canResume ?? training.state === 'interrupted';
    return [
      ...(resumable
        ? [{ label: 'Resume', icon: 'debug-continue', look: 'primary' as const, onClick: run('resume') }]
        : []),
      ...(usable && this.marked
        ? [
            {
              label: 'Go to the predictions',
              icon: 'checklist',
              onClick: () => sendIntent(this, { type: 'stage', stage: 'infer' }),
            },
          ]
        : []),
      ...(usable && !this.marked
        ? [
            {
              label: writes ? 'Generate text' : 'Show predictions',
              icon: writes ? 'edit' : 'checklist',
              look: resumable || this.where === 'editor' ? ('secondary' as const) : ('primary' as const),
              onClick: run('use'),
            },
          ]
        : []),
      ...(this.trusted
        ? [
            {
              label: 'Train again…',
              icon: 'refresh',
              onClick: () => sendIntent(this, { type: 'trainAgain', folder }),
            },
          ]
        : []),
    ];
  }

  private openInTab(): TemplateResult | typeof nothing {
    if (this.where === 'editor') return nothing;
    return button({
      label: 'Open in editor tab',
      icon: 'link-external',
      look: 'icon',
      onClick: () => sendIntent(this, { type: 'openInEditor' }),
    });
  }
}

function resultFacts(training: TrainingSnapshot, opened: RunSummary | undefined): Fact[] {
  return [
    { name: 'Model', value: familyTitle(training.family) },
    { name: 'Time', value: writeDuration(opened?.seconds ?? training.seconds) },
    { name: term('Epochs', 'epoch'), value: writeEpochs(training) },
    ...(opened?.bestStep === undefined
      ? []
      : [{ name: term('Kept step', 'early stopping'), value: writeOf(opened.bestStep, training.steps) }]),
    ...(opened?.rows === undefined
      ? []
      : [
          {
            name: examplesTitle(training.task),
            value: `${writeNumber(opened.rows.training)} + ${writeNumber(opened.rows.validation)}`,
          },
        ]),
    ...(opened?.parameters === undefined
      ? []
      : [{ name: term('Parameters', 'parameters'), value: writeNumber(opened.parameters) }]),
    ...(opened?.modelBytes === undefined
      ? []
      : [{ name: 'Model size', value: writeBytes(opened.modelBytes) }]),
    ...(opened?.environment === undefined
      ? []
      : [{ name: 'Engine', value: `${opened.environment.engine} · ${opened.environment.provider}` }]),
  ];
}
