/** What stands above the table: how many rows there are, search, the way to a row, predictions, filters as chips. */
import { html, nothing, type TemplateResult } from 'lit';
import type { GridColumn, GridView } from '../../src/protocol/grid';
import { showControls } from '../../src/protocol/plain-text';
import { writeCount, writeCounted } from '../../src/protocol/words';
import { describeFilter, type EdgeUnit } from './filters';

export interface ToolbarState {
  readonly total: number;
  readonly rows: number;
  readonly counted: boolean;
  readonly view: GridView;
  readonly columns: readonly GridColumn[];
  readonly find: string;
  readonly found: string;
  readonly trusted: boolean;
  readonly run: { readonly name: string } | undefined;
  readonly unitOf: (column: number) => EdgeUnit;
}

export interface ToolbarActions {
  readonly onFind: (text: string, backwards: boolean) => void;
  readonly onFindText: (text: string) => void;
  readonly onGoToRow: (row: number) => void;
  readonly onRemoveFilter: (at: number) => void;
  readonly onClearFilters: () => void;
  readonly onMarks: (marks: 'errors' | 'unsure') => void;
  readonly onChooseRun: () => void;
  readonly onHideMarks: () => void;
  readonly onLeave: () => void;
}

/** `123 of 10,000 rows` */
export function countWords({
  total,
  rows,
  counted,
}: Pick<ToolbarState, 'total' | 'rows' | 'counted'>): string {
  if (!counted) return 'Filtering…';
  return total === rows ? writeCounted(rows, 'row') : `${writeCount(total)} of ${writeCounted(rows, 'row')}`;
}

export function toolbar(state: ToolbarState, actions: ToolbarActions): TemplateResult {
  return html`<div class="toolbar">
      <p class="count">${countWords(state)}</p>
      ${searchField(state, actions)} ${rowField(state, actions)}
      <span class="push"></span>
      ${marks(state, actions)}
    </div>
    ${chips(state, actions)}`;
}

function searchField({ find, found }: ToolbarState, actions: ToolbarActions): TemplateResult {
  const search = (backwards: boolean) => (find === '' ? undefined : actions.onFind(find, backwards));
  return html`<div class="field search" role="search">
    <input
      id="find"
      type="text"
      aria-label="Find in all columns"
      placeholder="Find"
      maxlength="1000"
      spellcheck="false"
      .value=${find}
      @input=${(event: InputEvent) => actions.onFindText((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') search(event.shiftKey);
        else if (event.key === 'Escape') actions.onLeave();
      }}
    />
    <span class="found" aria-hidden="true">${found}</span>
    <button
      class="icon"
      title="Previous Match (Shift+Enter)"
      aria-label="Previous match"
      @click=${() => search(true)}
    >
      <i class="codicon codicon-arrow-up" aria-hidden="true"></i>
    </button>
    <button class="icon" title="Next Match (Enter)" aria-label="Next match" @click=${() => search(false)}>
      <i class="codicon codicon-arrow-down" aria-hidden="true"></i>
    </button>
  </div>`;
}

function rowField({ rows }: ToolbarState, actions: ToolbarActions): TemplateResult {
  return html`<div class="field">
    <input
      id="go-to-row"
      class="row-number"
      type="number"
      min="1"
      max=${rows}
      aria-label="Go to row"
      placeholder="Go to row"
      @keydown=${(event: KeyboardEvent) => {
        const row = Number((event.target as HTMLInputElement).value);
        if (event.key === 'Enter' && Number.isInteger(row) && row >= 1) actions.onGoToRow(row);
        else if (event.key === 'Escape') actions.onLeave();
      }}
    />
  </div>`;
}

function marks(
  { run, view, trusted }: ToolbarState,
  actions: ToolbarActions,
): TemplateResult | typeof nothing {
  if (!trusted) return nothing;
  if (run === undefined) {
    return html`<button
      class="plain"
      title="Show the predictions of a trained model"
      @click=${actions.onChooseRun}
    >
      <i class="codicon codicon-eye" aria-hidden="true"></i> Predictions…
    </button>`;
  }
  const isOn = (wanted: 'errors' | 'unsure') =>
    view.filters.some((filter) => filter.by === 'marks' && filter.marks === wanted);
  const toggle = (wanted: 'errors' | 'unsure', words: string) =>
    html`<button
      class="plain toggle ${isOn(wanted) ? 'chosen' : ''}"
      aria-pressed=${isOn(wanted)}
      @click=${() => actions.onMarks(wanted)}
    >
      ${words}
    </button>`;
  return html`<div class="marks" role="group" aria-label="Predictions">
    ${toggle('errors', 'Errors')} ${toggle('unsure', 'Unsure')}
    <button class="plain run" title="Choose another model" @click=${actions.onChooseRun}>
      <i class="codicon codicon-beaker" aria-hidden="true"></i>
      <span class="run-name">${showControls(run.name)}</span>
    </button>
    <button class="icon" title="Hide Predictions" aria-label="Hide predictions" @click=${actions.onHideMarks}>
      <i class="codicon codicon-eye-closed" aria-hidden="true"></i>
    </button>
  </div>`;
}

function chips(state: ToolbarState, actions: ToolbarActions): TemplateResult | typeof nothing {
  const { view, columns, unitOf } = state;
  if (view.filters.length === 0) return nothing;
  return html`<div class="chips">
    <ul aria-label="Filters">
      ${view.filters.map((filter, at) => {
        const words = describeFilter(filter, columns, unitOf);
        return html`<li>
          <button
            class="chip"
            title="Remove this filter"
            aria-label=${`Remove filter: ${words}`}
            @click=${() => actions.onRemoveFilter(at)}
          >
            <i class="codicon codicon-filter" aria-hidden="true"></i>
            <span>${words}</span>
            <i class="codicon codicon-close" aria-hidden="true"></i>
          </button>
        </li>`;
      })}
    </ul>
    ${
      view.filters.length > 1
        ? html`<button class="link" @click=${actions.onClearFilters}>Clear all</button>`
        : nothing
    }
  </div>`;
}
