/** Learn ⇄: choose, train, watch. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LabState } from '../../src/protocol/webview';
import { baseName } from '../app/context-line';
import { hasFocus } from '../app/focus';
import { sendIntent } from '../app/host';
import { isActive, type Memory, showsRun } from '../app/memory';
import { busy } from '../components/controls';
import { emptyState } from '../components/empty-state';
import { term } from '../components/lab-term';
import { LightElement } from '../components/light-element';
import '../runs/lab-runs';
import './lab-form';
import './lab-run';
import type { LabRun } from './lab-run';
import { queueList } from './queue';

@customElement('lab-learn')
export class LabLearn extends LightElement {
  @property({ attribute: false }) state: LabState | undefined;
  @property({ attribute: false }) memory: Memory | undefined;
  /** The run that was shown before, and whether the focus was here. */
  private shownBefore: { readonly run: string | undefined; readonly focused: boolean } | undefined;

  protected override render(): TemplateResult {
    const { state, memory } = this;
    if (state === undefined || memory === undefined) return html``;
    const run = showsRun(memory, state);
    if (state.where === 'sidebar') return run ? this.run(state, memory) : this.setup(state, memory);
    if (state.draft === undefined && state.training === undefined) {
      return html`${this.setup(state, memory)}<lab-runs .runs=${state.runs}></lab-runs>`;
    }
    return html`<div class="columns-wide">
        <div class="column-side">${this.setup(state, memory)}</div>
        <div class="column-main">
          ${
            state.training
              ? this.run(state, memory)
              : html`<p class="dim placeholder">Progress, curves and results appear here.</p>`
          }
        </div>
      </div>
      <lab-runs .runs=${state.runs} .shown=${state.training?.runFolder}></lab-runs>`;
  }

  protected override willUpdate(): void {
    const { state, memory } = this;
    const run = state && memory && showsRun(memory, state) ? state.training?.runFolder : undefined;
    if (this.shownBefore?.run !== run) this.shownBefore = { run, focused: hasFocus(this) };
    else this.shownBefore = { run, focused: false };
  }

  /** A run that begins or is opened by whoever has the focus here takes it: its heading says what it is. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('state') || this.shownBefore?.run === undefined || !this.shownBefore.focused) return;
    const run = this.querySelector<LabRun>('lab-run');
    void run?.updateComplete.then(() => run.querySelector<HTMLElement>('h2')?.focus());
  }

  private run(state: LabState, memory: Memory): TemplateResult {
    return html`<lab-run
      .training=${state.training}
      .opened=${state.opened}
      .where=${state.where}
      .memory=${memory}
      .marked=${isMarking(state)}
      .stopping=${state.stopping === true}
      .trusted=${state.trusted}
      .queue=${state.queue}
    ></lab-run>`;
  }

  private setup(state: LabState, memory: Memory): TemplateResult {
    if (state.draft === undefined)
      return state.inspecting ? busy('Looking at the file…') : this.nothingOpen();
    const left = state.where === 'sidebar' ? state.training : undefined;
    return html`<lab-form
        .draft=${state.draft}
        .memory=${memory}
        .status=${state.status}
        .blocked=${whyBlocked(state)}
        .waitsFor=${waitsFor(state)}
        .leftRun=${left?.name}
        .quality=${state.quality}
        .thumbnails=${state.thumbnails}
      ></lab-form>
      ${state.where === 'sidebar' ? queueList(state.queue, this) : nothing}
      ${state.inspecting ? busy('Looking at the file…') : nothing}`;
  }

  private nothingOpen(): TemplateResult {
    return emptyState(
      'beaker',
      'Open a file to learn from',
      html`A table (CSV or TSV) becomes a model that predicts one of its columns. A plain text becomes a
      ${term('language model', 'language model')} that writes like it.`,
      [
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
        {
          label: 'Open a sample text',
          icon: 'book',
          onClick: () => sendIntent(this, { type: 'openSample', sample: 'text' }),
        },
      ],
    );
  }
}

/** Whether the rows of a file that shows carry the predictions of the run that is shown. */
function isMarking({ marks, training }: LabState): boolean {
  return marks !== undefined && marks.filter !== 'off' && marks.run.folder === training?.runFolder;
}

function whyBlocked(state: LabState): string | undefined {
  if (!state.trusted) return 'Nothing is trained in a workspace that is not trusted.';
  return undefined;
}

/** The file that is being learnt: another training waits for it. */
function waitsFor({ training }: LabState): string | undefined {
  return training !== undefined && isActive(training) ? baseName(training.datasetPath) : undefined;
}
