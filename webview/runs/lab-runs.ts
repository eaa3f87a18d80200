/** All runs of the workspace, newest first: the editor tab's table. The sidebar has VS Code's own tree instead. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { tellApart } from '../../src/protocol/run-names';
import type { RunSummary } from '../../src/protocol/runs';
import { writesText } from '../../src/protocol/tasks';
import { metricTitle, writeAge, writeMetric } from '../../src/protocol/words';
import type { FromWebview } from '../../src/protocol/webview';
import { sendIntent } from '../app/host';
import { button } from '../components/controls';
import { icon } from '../components/icon';
import { LightElement } from '../components/light-element';
import { runStates } from './states';

type RunAction = Extract<FromWebview, { type: 'run' }>['action'];

@customElement('lab-runs')
export class LabRuns extends LightElement {
  @property({ attribute: false }) runs: readonly RunSummary[] = [];
  /** Folder of the run that is shown. */
  @property({ attribute: false }) shown: string | undefined;

  protected override render(): TemplateResult {
    const apart = tellApart(this.runs);
    const newestFirst = [...this.runs].sort((a, b) => b.created.localeCompare(a.created));
    return html`<section class="section">
      <h2>Runs</h2>
      ${
        newestFirst.length === 0
          ? html`<p class="dim">Nothing has been trained in this workspace yet.</p>`
          : html`<div class="table-scroll">
              <table class="runs">
                <caption class="visually-hidden">
                  Runs, the newest first
                </caption>
                <thead>
                  <tr>
                    <th scope="col">State</th>
                    <th scope="col">Name</th>
                    <th scope="col">On validation rows</th>
                    <th scope="col">Started</th>
                    <th scope="col"><span class="visually-hidden">Actions</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${newestFirst.map((run) => this.row(run, apart.get(run.folder)))}
                </tbody>
              </table>
            </div>`
      }
    </section>`;
  }

  private row(run: RunSummary, apart: string | undefined): TemplateResult {
    const { word, icon: glyph } = runStates[run.state];
    const age = (Date.now() - Date.parse(run.created)) / 1000;
    return html`<tr
      class=${run.folder === this.shown ? 'shown' : ''}
      aria-current=${run.folder === this.shown ? 'true' : nothing}
    >
      <td><span class="state ${run.state}">${icon(glyph)}${word}</span></td>
      <td class="run-name">
        <button type="button" class="link" title=${run.datasetPath} @click=${() => this.act('open', run)}>
          ${run.name}
        </button>
        ${apart === undefined ? nothing : html`<div class="dim" title=${apart}>${apart}</div>`}
      </td>
      <td>
        ${
          run.headline
            ? html`${metricTitle(run.headline.metric)} ${writeMetric(run.headline.metric, run.headline.value)}
                <span class="dim"
                  >· ${run.headline.baselineLabel}
                  ${writeMetric(run.headline.metric, run.headline.baseline)}</span
                >`
            : html`<span class="dim">–</span>`
        }
      </td>
      <td class="dim" title=${new Date(run.created).toLocaleString()}>
        ${Number.isFinite(age) ? writeAge(age) : ''}
      </td>
      <td class="row-actions">${this.actions(run)}</td>
    </tr>`;
  }

  private actions(run: RunSummary): TemplateResult {
    const action = (name: RunAction, glyph: string, label: string) =>
      button({
        label: `${label}: ${run.name}`,
        title: label,
        icon: glyph,
        look: 'icon',
        onClick: () => this.act(name, run),
      });
    return html`${run.canResume ? action('resume', 'debug-continue', 'Resume') : nothing}
    ${
      run.hasModel
        ? action(
            'use',
            writesText(run.task) ? 'edit-sparkle' : 'checklist',
            writesText(run.task) ? 'Generate text' : 'Show predictions',
          )
        : nothing
    }
    ${action('rename', 'edit', 'Rename')}${action('reveal', 'folder-opened', 'Reveal on disk')}${action('delete', 'trash', 'Delete')}`;
  }

  private act(action: RunAction, run: RunSummary): void {
    sendIntent(this, { type: 'run', action, folder: run.folder });
  }
}
