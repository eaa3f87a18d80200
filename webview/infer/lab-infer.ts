/** Infer →: which model marks the file, which rows show their marks, and the row under the cursor in full. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunSummary } from '../../src/protocol/runs';
import { marksRows } from '../../src/protocol/tasks';
import type { LabState, MarksState } from '../../src/protocol/webview';
import {
  partWords,
  writeBytes,
  writeHeadline,
  writeCount,
  writeCounted,
  writeMetric,
  writeMilliseconds,
  writeMissed,
  writeNumber,
  writeUnpredicted,
} from '../../src/protocol/words';
import { sendIntent } from '../app/host';
import { button, dropdown } from '../components/controls';
import { emptyState } from '../components/empty-state';
import { facts } from '../components/figures';
import { term } from '../components/lab-term';
import { LightElement } from '../components/light-element';
import { metricTerm } from '../components/metric-terms';
import { message } from '../components/notice';
import { segmented } from '../components/segmented';
import { currentRow } from './current-row';

@customElement('lab-infer')
export class LabInfer extends LightElement {
  @property({ attribute: false }) state: LabState | undefined;

  protected override render(): TemplateResult {
    const { state } = this;
    if (state === undefined) return html``;
    const models = state.runs.filter((run) => run.hasModel && marksRows(run.task));
    if (state.marks === undefined) return this.nothingMarked(state, models);
    const { marks } = state;
    const main = html`${this.counts(marks)}${this.row(marks)}`;
    const side = html`${this.model(models, marks.run)}${this.reading(marks)}${this.filter(marks)}`;
    return state.where === 'editor'
      ? html`<div class="columns-wide">
          <div class="column-side">
            <section class="section">${side}${this.speed(marks)}</section>
          </div>
          <div class="column-main"><section class="section">${main}</section></div>
        </div>`
      : html`<section class="section">${side}${main}${this.speed(marks)}</section>`;
  }

  private nothingMarked(state: LabState, models: readonly RunSummary[]): TemplateResult {
    if (models.length === 0) {
      return emptyState(
        'checklist',
        'No model can judge rows yet',
        html`Train a model on a table; then every row of the file shows what the model would say.`,
        state.draft === undefined
          ? [
              {
                label: 'Open a CSV…',
                look: 'primary',
                icon: 'folder-opened',
                onClick: () => sendIntent(this, { type: 'openFile' }),
              },
              {
                label: 'Open a sample table',
                icon: 'table',
                onClick: () => sendIntent(this, { type: 'openSample', sample: 'table' }),
              },
            ]
          : [
              {
                label: 'Go to Learn',
                look: 'primary',
                icon: 'beaker',
                onClick: () => sendIntent(this, { type: 'stage', stage: 'learn' }),
              },
            ],
      );
    }
    return html`<section class="section">
      ${this.model(models, undefined)}
      <p class="hint">Choose a model to mark the rows of the open file with its predictions.</p>
    </section>`;
  }

  private model(models: readonly RunSummary[], chosen: RunSummary | undefined): TemplateResult {
    const placeholder = { value: '', title: 'Choose a model…' };
    const all =
      chosen === undefined || models.some((run) => run.folder === chosen.folder)
        ? models
        : [chosen, ...models];
    const options = all.map((run) => ({
      value: run.folder,
      title: run.name,
      detail: run.headline ? writeHeadline(run.headline) : undefined,
    }));
    return html`<div class="field-block">
      <div class="label">Model that marks the file</div>
      ${dropdown({
        label: 'Model that marks the file',
        value: chosen?.folder ?? '',
        options: chosen === undefined ? [placeholder, ...options] : options,
        onChoose: (folder) => {
          if (folder !== '') sendIntent(this, { type: 'run', action: 'use', folder });
        },
      })}
      ${chosen?.headline ? html`<p class="hint">${writeHeadline(chosen.headline)}</p>` : nothing}
    </div>`;
  }

  /** Said only where the file that the model learnt from was another: else the form says how a file is read. */
  private reading({ reading, readOtherwise = [] }: MarksState): TemplateResult | typeof nothing {
    if (reading === undefined || readOtherwise.length === 0) return nothing;
    return html`<div class="field-block" role="group" aria-labelledby="marked-reading">
      <div class="label" id="marked-reading">How this file is read</div>
      <p class="marked-reading">${reading}</p>
      ${readOtherwise.map(({ text, matters }) =>
        matters ? message({ severity: 'warning', message: text }) : html`<p class="hint">${text}</p>`,
      )}
    </div>`;
  }

  private filter(marks: MarksState): TemplateResult {
    return html`<div class="field-block">
      <div class="label">Marked rows</div>
      ${segmented({
        name: 'filter',
        label: 'Rows that show their marks',
        value: marks.filter,
        options: [
          { value: 'all', title: 'All' },
          { value: 'errors', title: 'Errors', count: writeCount(marks.wrong) },
          { value: 'unsure', title: 'Unsure', count: writeCount(marks.unsure) },
          { value: 'off', title: 'Off' },
        ],
        onChoose: (filter) => sendIntent(this, { type: 'filter', filter }),
      })}
    </div>`;
  }

  private counts(marks: MarksState): TemplateResult {
    const { figure } = marks;
    return html`<div class="headline">
        ${figure ? html`<span class="headline-value">${writeMetric(figure.metric, figure.value)}</span>` : nothing}
        <div class="headline-text">
          <div>
            ${figure ? html`${metricTerm(figure.metric)} <span class="dim">on this file, rows it learnt from included</span>` : marks.fileName}
          </div>
          <div class="dim">
            ${rowsOf(marks)} · ${writeMissed(marks.wrong, marks.run.task)} · ${writeCount(marks.unsure)}
            ${term('unsure', 'unsure')}
          </div>
          ${marks.unpredicted ? html`<div class="dim">${writeUnpredicted(marks.unpredicted)}</div>` : nothing}
        </div>
      </div>
      <div class="actions">
        ${button({
          label: 'Next wrong row',
          icon: 'arrow-down',
          disabled: marks.wrong === 0,
          onClick: () => sendIntent(this, { type: 'nextWrong' }),
        })}
      </div>`;
  }

  private row(marks: MarksState): TemplateResult {
    return html`<div class="current-row">
      <h2>
        Row under the
        cursor${marks.current ? html` <span class="dim">line ${writeCount(marks.current.line)}</span>` : nothing}
      </h2>
      ${
        marks.current
          ? html`${currentRow(marks.current.prediction, marks.run.task)}
              <p class="hint row-part">${partWords[marks.current.part].sentence}</p>`
          : html`<p class="hint">
              Put the cursor on a row of ${marks.fileName} to see its prediction in full.
            </p>`
      }
    </div>`;
  }

  private speed({ measure, measuring }: MarksState): TemplateResult {
    return html`<div class="speed">
      <h2>Speed and size</h2>
      ${
        measure
          ? facts([
              {
                name: html`${term('Latency', 'latency')} ${term('p50', 'p50')}`,
                value: writeMilliseconds(measure.p50Ms),
              },
              {
                name: html`${term('Latency', 'latency')} ${term('p95', 'p95')}`,
                value: writeMilliseconds(measure.p95Ms),
              },
              { name: 'Throughput', value: `${writeNumber(measure.rowsPerSecond)} rows/s` },
              { name: 'Model size', value: writeBytes(measure.modelBytes) },
              { name: term('Parameters', 'parameters'), value: writeNumber(measure.parameters) },
            ])
          : html`<p class="hint">Not measured yet on this machine.</p>`
      }
      <div class="actions">
        ${button({
          label: measuring ? 'Measuring…' : measure ? 'Measure again' : 'Measure',
          icon: measuring ? 'loading~spin' : 'dashboard',
          disabled: measuring,
          onClick: () => sendIntent(this, { type: 'measure' }),
        })}
      </div>
    </div>`;
  }
}

/** `344 rows`, or `342 of 344 rows` where some could not be predicted. */
function rowsOf({ rows, predicted }: MarksState): string {
  return predicted === rows
    ? writeCounted(rows, 'row')
    : `${writeCount(predicted)} of ${writeCounted(rows, 'row')} predicted`;
}
