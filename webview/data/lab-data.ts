/** Data: what the file holds, before anything is learnt. Strips in the sidebar, a wide page in the editor tab. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DatasetOverview, TableOverview } from '../../src/protocol/overview';
import type { LabState } from '../../src/protocol/webview';
import { writeCount, writeCounted } from '../../src/protocol/words';
import { sendIntent } from '../app/host';
import type { Memory } from '../app/memory';
import { remember } from '../app/remember';
import { busy, button } from '../components/controls';
import { emptyState } from '../components/empty-state';
import { term } from '../components/lab-term';
import { LightElement } from '../components/light-element';
import { message } from '../components/notice';
import { segmented } from '../components/segmented';
import { columnsSection } from '../learn/columns';
import { classPatterns } from '../plots/class-looks';
import { classBalance } from './class-balance';
import { columnCard } from './column-card';
import { columnStrip } from './column-strip';
import { type ColumnOrder, ordered } from './figures';
import { textPage } from './text-page';

@customElement('lab-data')
export class LabData extends LightElement {
  @property({ attribute: false }) state: LabState | undefined;
  @property({ attribute: false }) memory: Memory | undefined;
  @state() private order: ColumnOrder = 'file';
  /** The draft that was asked about last. */
  private asked: LabState['draft'];

  protected override render(): TemplateResult {
    const { state } = this;
    if (state === undefined) return html``;
    const { draft, data } = state;
    if (draft === undefined) return state.inspecting ? busy('Looking at the file…') : this.nothingOpen();
    if (data?.path !== draft.dataset.path) return busy('Counting…');
    return html`<section class="section data" aria-label="What the file holds">
      ${classPatterns()} ${data.error === undefined ? nothing : message({ severity: 'error', ...data.error })}
      ${data.overview === undefined ? nothing : this.overview(data.overview, state)}
      ${data.counting ? busy(this.counting(data.overview)) : nothing}
    </section>`;
  }

  /** The page shows a file: what it holds is counted, again for each new look at it. */
  protected override updated(): void {
    const { draft } = this.state ?? {};
    if (draft === undefined || draft === this.asked) return;
    const isKnown = draft.look !== undefined && draft.look === this.asked?.look;
    this.asked = draft;
    if (!isKnown) sendIntent(this, { type: 'overview' });
  }

  private counting(overview: DatasetOverview | undefined): string {
    if (overview?.shape !== 'rows') return 'Counting…';
    return `Counting… ${writeCount(overview.columns.length)} of ${writeCounted(overview.allColumns, 'column')}`;
  }

  private overview(overview: DatasetOverview, { where }: LabState): TemplateResult {
    if (overview.shape === 'text') return textPage(overview);
    const { columns, target, trouble, allColumns } = overview;
    const shown = ordered(columns, this.order, target?.column);
    const open = (name: string) => this.openColumn(name);
    return html`${trouble === undefined ? nothing : message({ severity: 'information', message: `Nothing is held against the target. ${trouble}` })}
    ${where === 'sidebar' ? this.wide() : nothing} ${this.orders(overview)}
    ${target === undefined ? nothing : classBalance(target)}
    ${
      where === 'sidebar'
        ? html`<ul class="data-strips" aria-label="Columns">
            ${shown.map((column) => columnStrip({ column, target, onOpen: open }))}
          </ul>`
        : html`<div class="data-cards">
            ${shown.map((column) => columnCard({ column, target, onOpen: open }))}
          </div>`
    }
    ${
      allColumns > columns.length && this.state?.data?.counting === false
        ? html`<p class="dim">
            and ${writeCounted(allColumns - columns.length, 'more column')}, not counted here.
          </p>`
        : nothing
    }`;
  }

  private wide(): TemplateResult {
    return html`<div class="actions">
      ${button({ label: 'Open in editor tab', icon: 'open-preview', onClick: () => sendIntent(this, { type: 'openInEditor' }) })}
    </div>`;
  }

  private orders({ target }: TableOverview): TemplateResult | typeof nothing {
    if (target === undefined) return nothing;
    return html`<div class="data-order">
      <p class="hint">
        The bars say how much each column ${term('tells', 'mutual information')} of
        <strong>${target.column}</strong>.
      </p>
      ${segmented<ColumnOrder>({
        name: 'column-order',
        label: 'Order of the columns',
        value: this.order,
        options: [
          { value: 'file', title: 'As in the file' },
          { value: 'telling', title: 'Most telling first' },
        ],
        onChoose: (order) => (this.order = order),
      })}
    </div>`;
  }

  /** To the column's line in the form of the Learn stage. */
  private openColumn(showColumn: string): void {
    const run = this.state?.training?.runFolder;
    remember(this, (memory) => ({
      ...memory,
      leftRun: run,
      open: [...memory.open.filter((name) => name !== columnsSection), columnsSection],
      showColumn,
    }));
    sendIntent(this, { type: 'stage', stage: 'learn' });
  }

  private nothingOpen(): TemplateResult {
    return emptyState(
      'graph',
      'Open a file to look at',
      'A table is shown column by column, a text by its characters, words and lines.',
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
      ],
    );
  }
}
