/** The page of a grid: talks to the extension, holds the model and the table, says what is going on. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { GridView } from '../../src/protocol/grid';
import type { GridFailure, GridOpening } from '../../src/protocol/grid-page';
import { showControls } from '../../src/protocol/plain-text';
import { writeCount, writeCounted } from '../../src/protocol/words';
import { listen } from './actions';
import { GridError } from './asking';
import { edgeUnit, toggleFilter, withoutFilter } from './filters';
import { GridModel } from './grid-model';
import { GridHost, type GridNews, reportFailures } from './host';
import { cellContent, Hover, markContent } from './hover';
import { fitting, type Memory, readMemory, rememberedColumns } from './memory';
import { TableView } from './table-view';
import { countWords, toolbar, type ToolbarActions } from './toolbar';

/** How long the page waits before it says that it is waiting, and before it remembers where it stands, ms. */
const patience = 250;

const openings: Readonly<Record<GridOpening, string>> = {
  first: '',
  asked: '',
  'file-changed': 'The file has changed on disk and was read again.',
  'engine-ended': 'The engine had ended. It was started again, and the file was read again.',
};

@customElement('lab-grid')
export class LabGrid extends LitElement {
  readonly #host = new GridHost((news) => this.#onNews(news));
  readonly #model = new GridModel({
    ask: (method, params, options) => this.#host.ask(method, params, options),
    onChange: () => this.#onChange(),
    onFailure: (thrown) => this.#fail(thrown),
  });
  readonly #view = new TableView({ model: this.#model, onMove: () => this.#rememberLater() });
  readonly #hover = new Hover(this.#view.element, {
    contentOf: (cell, signal) => this.#contentOf(cell, signal),
  });
  #memory: Memory = readMemory(this.#host.readMemory());
  #state: 'opening' | 'open' | 'failed' = 'opening';
  #failure: GridFailure | undefined;
  #notice = '';
  #said = '';
  #find = this.#memory.find;
  #found = '';
  #trusted = true;
  #run: { name: string; task: string } | undefined;
  #isRemembering = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #isSlow = false;
  #shown = '';
  #firstRows: 'wanted' | 'seen' = 'wanted';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    reportFailures(this.#host);
    listen({
      model: this.#model,
      view: this.#view,
      onView: (view) => this.#changeView(view),
      onCopy: (position, column) => this.#copy(position, column),
      onDetails: () => {
        const cell = this.#view.activeElement();
        if (cell) void this.#hover.toggle(cell);
      },
      onFocusSearch: () => this.#focusSearch(),
    });
    this.#host.send({ type: 'ready' });
  }

  protected override render(): TemplateResult {
    return html`<main class="grid-page">
      ${this.#state === 'failed' ? this.#failed() : this.#opened()} ${this.#hover.element}
      <div class="visually-hidden" role="status">${this.#said}</div>
    </main>`;
  }

  #opened(): TemplateResult {
    const { table, total, counted, view } = this.#model;
    const rows = table?.rows ?? 0;
    const isEmpty = this.#state === 'open' && counted && total === 0;
    return html`<h1 class="visually-hidden">Rows of ${showControls(nameOf(table?.path ?? 'the file'))}</h1>
      ${
        table
          ? toolbar(
              {
                ...{ total, rows, counted, view, columns: table.columns, run: this.#run },
                ...{ find: this.#find, found: this.#found, trusted: this.#trusted },
                unitOf: (column) => edgeUnit(this.#model.figures(column)?.plot),
              },
              this.#actions,
            )
          : nothing
      }
      ${this.#noticeLine()}
      <div
        class="progress ${this.#isSlow ? 'on' : ''}"
        role="progressbar"
        aria-label="Reading"
        aria-hidden=${!this.#isSlow}
      ></div>
      ${this.#state === 'opening' && !table ? html`<p class="state">Opening the file…</p>` : nothing}
      ${isEmpty ? this.#empty(rows) : nothing}
      <div class="table-place ${this.#state === 'opening' ? 'stale' : ''}" ?hidden=${!table}>
        ${this.#view.element}
      </div>`;
  }

  #noticeLine(): TemplateResult | typeof nothing {
    if (this.#notice === '') return nothing;
    const dismiss = () => {
      this.#notice = '';
      this.requestUpdate();
    };
    return html`<div class="notice">
      <i class="codicon codicon-info" aria-hidden="true"></i>
      <span>${this.#notice}</span>
      <button class="icon" title="Dismiss" aria-label="Dismiss" @click=${dismiss}>
        <i class="codicon codicon-close" aria-hidden="true"></i>
      </button>
    </div>`;
  }

  #empty(rows: number): TemplateResult {
    if (rows === 0) return html`<p class="state">This file has columns and no rows.</p>`;
    return html`<p class="state">
      No row passes all filters.
      <button class="link" @click=${this.#actions.onClearFilters}>Clear the filters</button>
    </p>`;
  }

  #failed(): TemplateResult {
    const { message = '', advice = '' } = this.#failure ?? {};
    return html`<div class="state failed" role="alert">
      <p><i class="codicon codicon-error" aria-hidden="true"></i> ${showControls(message)}</p>
      ${advice === '' ? nothing : html`<p>${showControls(advice)}</p>`}
      <button class="button" @click=${() => this.#host.send({ type: 'tryAgain' })}>Try Again</button>
    </div>`;
  }

  readonly #actions: ToolbarActions = {
    onFindText: (text) => {
      this.#find = text;
      this.#found = '';
      this.#rememberLater();
      this.requestUpdate();
    },
    onFind: (text, backwards) => void this.#search(text, backwards),
    onGoToRow: (row) => void this.#goToRow(row),
    onRemoveFilter: (at) => this.#changeView(withoutFilter(this.#model.view, at)),
    onClearFilters: () => {
      this.#changeView({ ...this.#model.view, filters: [] });
    },
    onMarks: (marks) => this.#changeView(toggleFilter(this.#model.view, { by: 'marks', marks })),
    onChooseRun: () => this.#host.send({ type: 'chooseRun' }),
    onHideMarks: () => this.#host.send({ type: 'hideMarks' }),
    onLeave: () => this.#view.focusActive(),
  };

  #onNews(news: GridNews): void {
    switch (news.type) {
      case 'opening':
        this.#host.forgetQuestions();
        this.#state = 'opening';
        this.#failure = undefined;
        break;
      case 'opened': {
        performance.mark('grid-opened');
        this.#trusted = news.trusted;
        this.#run = news.run;
        this.#state = 'open';
        this.#failure = undefined;
        this.#notice = openings[news.reason];
        this.#said = this.#notice;
        const before = this.#model.table === undefined ? this.#memory : this.#present();
        this.#memory = fitting(before, news.table);
        this.#model.open(news.table, this.#memory.view);
        this.#view.open(this.#memory, news.run?.name, news.table.target);
        this.#rememberLater();
        break;
      }
      case 'failed':
        this.#state = 'failed';
        this.#failure = news.error;
        break;
      case 'showMarks': {
        const others = this.#model.view.filters.filter(({ by }) => by !== 'marks');
        const { marks } = news;
        const filters = marks ? [...others, { by: 'marks' as const, marks }] : others;
        this.#changeView({ ...this.#model.view, filters });
        break;
      }
    }
    this.requestUpdate();
  }

  #onChange(): void {
    this.#view.draw();
    if (this.#firstRows === 'wanted' && this.#model.cache.row(0)) {
      this.#firstRows = 'seen';
      // For the benchmark: the frame in which the first rows are drawn comes before this one.
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('grid-rows')));
    }
    this.#tellOfWaiting();
    // Rows come many times a second while it is scrolled: what stands around the table rarely changes with them.
    const { view, total, counted, headsVersion } = this.#model;
    const shown = `${JSON.stringify(view)} ${total} ${counted} ${headsVersion}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.requestUpdate();
  }

  #changeView(view: GridView): void {
    this.#hover.hide();
    const isFiltered = JSON.stringify(view.filters) !== JSON.stringify(this.#model.view.filters);
    this.#model.change(view);
    this.#view.toTop();
    this.#found = '';
    this.#sayCount(isFiltered);
    this.#rememberLater();
  }

  /** Says how many rows are left once that is known. */
  #sayCount(isFiltered: boolean): void {
    if (!isFiltered) {
      const { sort } = this.#model.view;
      const name = sort && this.#model.table?.columns[sort.column]?.name;
      this.#said = sort
        ? `Sorted by ${showControls(name ?? '')}, ${sort.descending ? 'descending' : 'ascending'}.`
        : 'In the order of the file.';
      return;
    }
    this.#said = '';
    this.#countToSay = true;
  }

  #countToSay = false;

  protected override willUpdate(): void {
    const { counted, total, table } = this.#model;
    if (!this.#countToSay || !counted || table === undefined) return;
    this.#countToSay = false;
    this.#said = countWords({ total, rows: table.rows, counted });
  }

  async #search(text: string, backwards: boolean): Promise<void> {
    try {
      const { row } = this.#view.active;
      const found = await this.#model.find(text, backwards ? row - 1 : row + 1, backwards);
      if (found === undefined) return;
      this.#found = found === null ? 'nothing' : `row ${writeCount(found.position + 1)}`;
      const column = found && this.#model.table?.columns[found.column]?.name;
      this.#said = found
        ? `Found in ${showControls(column ?? '')}, row ${writeCount(found.position + 1)}.`
        : `No row holds “${showControls(text)}”.`;
      if (found) this.#view.activate({ row: found.position, column: found.column }, false);
      this.requestUpdate();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  async #goToRow(row: number): Promise<void> {
    const { table } = this.#model;
    if (table === undefined) return;
    if (row > table.rows) {
      this.#tell(`There is no row ${writeCount(row)}: the file has ${writeCounted(table.rows, 'row')}.`);
      return;
    }
    try {
      const position = await this.#model.locate(row - 1);
      if (position === null) this.#tell(`The filters leave row ${writeCount(row)} out.`);
      else this.#view.activate({ row: position, column: this.#view.active.column }, true);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #copy(position: number, column: number): void {
    const known = this.#model.cache.row(position);
    const columns = this.#model.table?.columns.length ?? 0;
    if (known === undefined || column >= columns) return;
    this.#host.send({ type: 'copy', row: known.row, column });
    this.#said = 'Copied.';
    this.requestUpdate();
  }

  async #contentOf(cell: HTMLElement, signal: AbortSignal): Promise<TemplateResult | undefined> {
    const position = this.#view.rowOf(cell);
    const column = Number(cell.dataset['column'] ?? -1);
    const known = position === undefined ? undefined : this.#model.cache.row(position);
    if (position === undefined || known === undefined || column < 0) return undefined;
    if (column >= (this.#model.table?.columns.length ?? 0)) {
      if (known.mark === undefined || known.mark.text === '' || this.#run === undefined) return undefined;
      return markContent(known.mark, await this.#host.ask('mark', { row: known.row }, { signal }), this.#run);
    }
    const shown = this.#model.cache.cell(position, column)?.text;
    if (shown === undefined) return undefined;
    const isWhole = !shown.endsWith('…') && cell.scrollWidth <= cell.clientWidth && !shown.includes('\n');
    // What can be read in the cell needs no second place; whoever asks by a key is told all the same.
    if (isWhole && document.activeElement !== cell) return undefined;
    return cellContent(
      shown.endsWith('…') ? await this.#host.ask('cell', { row: known.row, column }, { signal }) : shown,
    );
  }

  #focusSearch(): void {
    const input = this.querySelector<HTMLInputElement>('#find');
    input?.focus();
    input?.select();
  }

  #fail(thrown: unknown): void {
    if (!(thrown instanceof GridError)) throw thrown;
    this.#tell([thrown.message, thrown.advice].filter((words) => words !== undefined).join(' '));
  }

  #tell(words: string): void {
    this.#notice = showControls(words);
    this.#said = this.#notice;
    this.requestUpdate();
  }

  /** Nothing moves for what is answered at once. */
  #tellOfWaiting(): void {
    const tell = (isSlow: boolean) => {
      this.#waiting = undefined;
      if (this.#isSlow === isSlow) return;
      this.#isSlow = isSlow;
      this.requestUpdate();
    };
    if (this.#model.busy) this.#waiting ??= setTimeout(() => tell(this.#model.busy), patience);
    else {
      clearTimeout(this.#waiting);
      tell(false);
    }
  }

  #present(): Memory {
    const { table, view } = this.#model;
    const { top, left, active, widths } = this.#view.standing;
    return {
      version: 1,
      view,
      columns: table ? rememberedColumns(table) : [],
      widths: widths.map(([column, width]) => [column, width]),
      ...{ top, left, active, find: this.#find },
    };
  }

  #rememberLater(): void {
    this.#hover.hide();
    if (this.#isRemembering) return;
    this.#isRemembering = true;
    setTimeout(() => {
      this.#isRemembering = false;
      if (this.#model.table !== undefined) this.#host.writeMemory(this.#present());
    }, patience);
  }
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
