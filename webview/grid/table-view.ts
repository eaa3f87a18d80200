/** The scrolled table: heads that stay at the top, rows that are seen, and where both stand. Draws what the model knows. */
import { drawHead } from './head';
import { ColumnLayout, guessWidth } from './column-layout';
import type { BarPlace } from './filters';
import type { GridModel } from './grid-model';
import { type Cell, clampCell } from './keys';
import { RowsView } from './rows-view';
import {
  clampPosition,
  isCompressed,
  positionAt,
  positionShowing,
  type ScrollSpace,
  scrollTopFor,
  spaceHeight,
  visibleRows,
} from './scroll-space';

export const rowHeight = 24;
const headHeight = 104;
/** Width of the marks, px: with the first of them they get their own. */
const marksWidth = { first: 240, widest: 400 } as const;

export interface TableViewOptions {
  readonly model: GridModel;
  /** Scrolled, or another cell is active. */
  readonly onMove: () => void;
}

/** What the page remembers of where it stood. */
export interface Standing {
  readonly top: number;
  readonly left: number;
  readonly active: Cell;
  readonly widths: readonly (readonly [number, number])[];
}

export class TableView {
  readonly element = document.createElement('div');
  readonly #options: TableViewOptions;
  readonly #space = document.createElement('div');
  readonly #head = document.createElement('div');
  readonly #headRow = document.createElement('div');
  readonly #body = document.createElement('div');
  readonly #rows: RowsView;
  #layout = new ColumnLayout([]);
  /** Widths that were set by hand. */
  #widths = new Map<number, number>();
  /** Columns whose width has been guessed by their cells; before that, by their names. */
  #guessed = new Map<number, number>();
  #position = 0;
  /** What the scroll bar was set to: its own event is no movement of a person. */
  #set = 0;
  #active: Cell = { row: 0, column: 0 };
  #stop: BarPlace = 0;
  #marks: { readonly title: string; width: number; isGuessed: boolean } | undefined;
  #target: string | undefined;
  #drawing = 0;
  #layoutVersion = 0;
  #headDrawn = '';
  #spaceDrawn = '';
  #character = 0;

  constructor(options: TableViewOptions) {
    this.#options = options;
    this.element.className = 'grid-table';
    this.element.setAttribute('role', 'grid');
    this.element.setAttribute('aria-label', 'Rows');
    this.element.tabIndex = 0;
    this.#space.className = 'space';
    this.#head.className = 'head';
    this.#head.setAttribute('role', 'rowgroup');
    this.#headRow.className = 'row head-row';
    this.#headRow.setAttribute('role', 'row');
    this.#headRow.setAttribute('aria-rowindex', '1');
    this.#body.className = 'rows';
    this.#body.setAttribute('role', 'rowgroup');
    this.#head.append(this.#headRow);
    this.#space.append(this.#head, this.#body);
    this.element.append(this.#space);
    this.#rows = new RowsView(this.#body);
    this.element.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.element.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  get active(): Cell {
    return this.#active;
  }

  /** Columns with that of the marks. */
  get columns(): number {
    return this.#columns().length + (this.#marks ? 1 : 0);
  }

  /** Rows of a page. */
  get page(): number {
    return Math.max(1, Math.floor(this.#scrollSpace().viewport / rowHeight) - 1);
  }

  get head(): HTMLElement {
    return this.#headRow;
  }

  get standing(): Standing {
    return {
      top: this.#position,
      left: this.element.scrollLeft,
      active: this.#active,
      widths: [...this.#widths],
    };
  }

  /** Another table, where it stood before. `marks`: what the last column is called. */
  open(standing: Standing, marks: string | undefined, target: string | undefined): void {
    this.#widths = new Map(standing.widths);
    this.#guessed = new Map();
    this.#marks =
      marks === undefined ? undefined : { title: marks, width: marksWidth.first, isGuessed: false };
    this.#target = target;
    this.#active = standing.active;
    this.#layOut();
    this.#fitSpace();
    this.#moveTo(standing.top);
    this.element.scrollLeft = standing.left;
    this.drawNow();
  }

  /** To the first row: another order or other filters. */
  toTop(): void {
    this.#active = { ...this.#active, row: 0 };
    this.#moveTo(0);
    this.draw();
  }

  /** Draws in the next frame what has changed. */
  draw(): void {
    if (this.#drawing !== 0) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0;
      this.drawNow();
    });
  }

  drawNow(): void {
    const { model } = this.#options;
    if (model.table === undefined) return;
    this.#guessWidths();
    this.#fitSpace();
    const space = this.#scrollSpace();
    this.#position = clampPosition(space, this.#position);
    this.#active = clampCell(this.#active, { rows: Math.max(1, space.rows), columns: this.columns });
    const rows = space.rows === 0 ? { from: 0, to: 0 } : visibleRows(space, this.#position);
    const span = this.#span();
    this.#drawHead(span);
    this.#rows.draw({
      cache: model.cache,
      version: model.rowsVersion,
      layoutVersion: this.#layoutVersion,
      rows,
      position: this.#position,
      rowHeight,
      columns: this.#columns(),
      span,
      layout: this.#layout,
      active: this.#active,
      numberWidth: this.#numberWidth(),
      marksWidth: this.#marks?.width,
    });
    this.#keepFocus();
    model.cache.want(rows, span);
    model.wantFigures(span);
  }

  /** Makes a cell the active one, shows it whole and, if wanted, gives it the focus. */
  activate(cell: Cell, focus: boolean): void {
    const { model } = this.#options;
    this.#active = clampCell(cell, { rows: Math.max(1, model.total), columns: this.columns });
    this.#moveTo(positionShowing(this.#scrollSpace(), this.#position, this.#active.row));
    this.showColumn(this.#active.column);
    this.drawNow();
    if (focus) this.focusActive();
    this.#options.onMove();
  }

  /** The column of the heads that Tab stops at; the active cell goes along. */
  activateColumn(column: number, stop: BarPlace = this.#stop): void {
    this.#stop = stop;
    this.#active = { ...this.#active, column: Math.max(0, Math.min(column, this.#columns().length - 1)) };
    this.showColumn(this.#active.column);
    this.drawNow();
    this.#options.onMove();
  }

  showColumn(column: number): void {
    if (column >= this.#columns().length) return;
    const { scrollLeft } = this.element;
    const to = this.#layout.showing(column, scrollLeft, this.#columnsViewport());
    if (to !== scrollLeft) this.element.scrollLeft = to;
  }

  focusActive(): void {
    (this.activeElement() ?? this.element).focus({ preventScroll: true });
  }

  /** The element of the active cell, where it is drawn. */
  activeElement(): HTMLElement | undefined {
    return this.#rows.cell(this.#active, this.#columns().length);
  }

  /** The position in the view of the row that an element stands in. */
  rowOf(element: Element): number | undefined {
    const row = element.closest('.row:not(.head-row)');
    const index = row?.getAttribute('aria-rowindex');
    return index == null ? undefined : Number(index) - 2;
  }

  setWidth(column: number, width: number): void {
    this.#widths.set(column, width);
    this.#layOut();
    this.draw();
    this.#options.onMove();
  }

  widthOf(column: number): number {
    return this.#layout.widthOf(column);
  }

  #columns() {
    return this.#options.model.table?.columns ?? [];
  }

  #drawHead(span: { from: number; to: number }): void {
    const { model } = this.#options;
    const wanted = `${span.from} ${span.to} ${this.#active.column} ${this.#stop} ${model.headsVersion} ${this.#layoutVersion}`;
    if (this.#headDrawn === wanted) return;
    this.#headDrawn = wanted;
    drawHead(this.#headRow, {
      columns: this.#columns(),
      span,
      layout: this.#layout,
      view: model.view,
      figures: (column) => model.figures(column),
      isFresh: (column) => model.isFresh(column),
      active: Math.min(this.#active.column, this.#columns().length - 1),
      stop: this.#stop,
      numberWidth: this.#numberWidth(),
      marks: this.#marks,
      target: this.#target,
    });
  }

  #scrollSpace(): ScrollSpace {
    const viewport = Math.max(rowHeight, this.element.clientHeight - headHeight);
    return { rows: this.#options.model.total, rowHeight, viewport };
  }

  #span() {
    return this.#layout.visible(this.element.scrollLeft, this.element.clientWidth);
  }

  /** Width in which columns are seen, between what stays at the left and at the right. */
  #columnsViewport(): number {
    return this.element.clientWidth - this.#numberWidth() - (this.#marks?.width ?? 0);
  }

  #numberWidth(): number {
    const digits = String(this.#options.model.table?.rows ?? 0).length;
    return Math.max(48, Math.ceil(digits * 1.34 * 7.2) + 20);
  }

  #fitSpace(): void {
    const space = this.#scrollSpace();
    const width = this.#numberWidth() + this.#layout.width + (this.#marks?.width ?? 0);
    const wanted = `${width} ${space.rows} ${space.viewport} ${this.columns}`;
    // Whoever writes a style makes the browser lay out again, although it is the same.
    if (this.#spaceDrawn === wanted) return;
    this.#spaceDrawn = wanted;
    this.#space.style.height = `${headHeight + spaceHeight(space)}px`;
    this.#space.style.width = `${width}px`;
    this.#body.style.height = `${space.viewport}px`;
    this.element.setAttribute('aria-rowcount', String(space.rows + 1));
    this.element.setAttribute('aria-colcount', String(this.columns + 1));
  }

  /** Names are known at once, cells a little later: until then nothing moves that a person has set. */
  #guessWidths(): void {
    const { cache } = this.#options.model;
    const { from, to } = this.#span();
    let isNew = false;
    for (const { index, name } of this.#columns().slice(from, to)) {
      if (this.#guessed.has(index) || cache.cell(0, index) === undefined) continue;
      const cells = Array.from({ length: 40 }, (_, row) => cache.cell(row, index)?.text);
      this.#guessed.set(index, guessWidth(name, cells, this.#characterWidth()));
      isNew = true;
    }
    if (this.#guessMarksWidth() || isNew) this.#layOut();
  }

  /** Marks are read whole, if they leave the columns more than half of the width. */
  #guessMarksWidth(): boolean {
    const marks = this.#marks;
    const { cache } = this.#options.model;
    if (marks === undefined || marks.isGuessed || cache.row(0)?.mark === undefined) return false;
    const texts = Array.from({ length: 40 }, (_, row) => cache.row(row)?.mark?.text.length ?? 0);
    const wanted = Math.max(...texts, 10) * this.#characterWidth() + 20;
    const most = Math.min(marksWidth.widest, this.element.clientWidth * 0.45);
    marks.width = Math.round(Math.max(120, Math.min(wanted, most)));
    marks.isGuessed = true;
    return true;
  }

  /** Width of a character of a cell, px; the same for all of them in the editor's usual fonts. */
  #characterWidth(): number {
    if (this.#character > 0) return this.#character;
    const probe = document.createElement('span');
    probe.textContent = '0'.repeat(20);
    this.#body.append(probe);
    this.#character = probe.getBoundingClientRect().width / 20;
    probe.remove();
    return this.#character > 0 ? this.#character : 7.2;
  }

  #layOut(): void {
    this.#layoutVersion++;
    this.#layout = new ColumnLayout(
      this.#columns().map(
        ({ index, name }) =>
          this.#widths.get(index) ?? this.#guessed.get(index) ?? guessWidth(name, [], this.#characterWidth()),
      ),
    );
  }

  #onScroll(): void {
    const { scrollTop } = this.element;
    if (Math.abs(scrollTop - this.#set) >= 1) {
      this.#set = scrollTop;
      this.#position = positionAt(this.#scrollSpace(), scrollTop);
    }
    this.drawNow();
    this.#options.onMove();
  }

  /** Of a table that is higher than its element the wheel would skip rows: it moves by the grid's own pixels. */
  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.shiftKey || !isCompressed(this.#scrollSpace())) return;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
    this.#moveTo(this.#position + event.deltaY * unit);
    this.draw();
    this.#options.onMove();
  }

  #moveTo(position: number): void {
    const space = this.#scrollSpace();
    this.#position = clampPosition(space, position);
    const top = Math.round(scrollTopFor(space, this.#position));
    this.#set = top;
    if (Math.abs(this.element.scrollTop - top) >= 1) this.element.scrollTop = top;
  }

  /** The focus stays with the active cell; while that is not drawn, the grid has it. */
  #keepFocus(): void {
    const active = this.activeElement();
    this.element.tabIndex = active ? -1 : 0;
    const focused = document.activeElement;
    const isOurs = focused === this.element || (focused !== null && this.#body.contains(focused));
    if (!isOurs || focused === active) return;
    (active ?? this.element).focus({ preventScroll: true });
  }
}
