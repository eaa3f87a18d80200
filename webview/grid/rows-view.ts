/** The rows that are seen, as elements that are used again while the grid scrolls: a row that stays keeps its text. */
import type { GridColumn } from '../../src/protocol/grid';
import { showControls } from '../../src/protocol/plain-text';
import { writeCount } from '../../src/protocol/words';
import type { ColumnLayout, Span } from './column-layout';
import type { Cell } from './keys';
import type { RowCache } from './row-cache';

export interface RowsState {
  readonly cache: RowCache;
  /** Changes with everything that a row shows but its place. */
  readonly version: string;
  readonly rows: Span;
  /** Of the grid's own pixels, at the top. */
  readonly position: number;
  readonly rowHeight: number;
  readonly columns: readonly GridColumn[];
  readonly span: Span;
  readonly layout: ColumnLayout;
  readonly active: Cell;
  readonly numberWidth: number;
  readonly marksWidth: number | undefined;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly number: HTMLElement;
  readonly gap: HTMLElement;
  readonly cells: HTMLElement[];
  readonly rest: HTMLElement;
  readonly mark: HTMLElement;
  position: number;
  drawn: string;
}

export class RowsView {
  readonly #root: HTMLElement;
  #rows: DrawnRow[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  draw(state: RowsState): void {
    const { rows, position, rowHeight } = state;
    this.#fit(rows.to - rows.from);
    const size = this.#rows.length;
    for (let at = rows.from; at < rows.to; at++) {
      const row = this.#rows[at % size];
      if (row === undefined) continue;
      row.element.style.transform = `translateY(${at * rowHeight - position}px)`;
      this.#drawRow(row, at, state);
    }
    for (const row of this.#rows) {
      const isSeen = row.position >= rows.from && row.position < rows.to;
      if (row.element.hidden === isSeen) row.element.hidden = !isSeen;
    }
  }

  /** The element of a cell that is drawn; the marks are behind the last column. */
  cell({ row, column }: Cell, columns: number): HTMLElement | undefined {
    const drawn = this.#rows.find((candidate) => candidate.position === row && !candidate.element.hidden);
    if (drawn === undefined) return undefined;
    if (column >= columns) return drawn.mark;
    return drawn.cells.find((element) => element.dataset['column'] === String(column));
  }

  /** Never fewer rows than are seen: fewer would be drawn twice. */
  #fit(wanted: number): void {
    if (wanted <= this.#rows.length) return;
    // One more, since a row is seen in part at either end.
    while (this.#rows.length < wanted + 1) {
      const row = makeRow();
      this.#rows.push(row);
      this.#root.append(row.element);
    }
    // A row's place in the list follows from the number of rows.
    for (const row of this.#rows) {
      row.position = -1;
      row.drawn = '';
    }
  }

  #drawRow(row: DrawnRow, position: number, state: RowsState): void {
    const { span, active, cache, numberWidth, marksWidth, layout, columns } = state;
    const isActive = active.row === position;
    const wanted = `${position} ${span.from} ${span.to} ${isActive ? active.column : ''} ${state.version}`;
    if (row.drawn === wanted) return;
    row.drawn = wanted;
    row.position = position;
    const known = cache.row(position);
    row.element.setAttribute('aria-rowindex', String(position + 2));
    row.element.classList.toggle('active-row', isActive);
    row.element.classList.toggle('loading', known === undefined);
    row.number.textContent = known ? writeCount(known.row + 1) : '';
    row.number.style.width = `${numberWidth}px`;
    row.number.title = known?.line === undefined ? '' : `Line ${writeCount(known.line)}`;
    row.gap.style.width = `${layout.left(span.from)}px`;
    this.#fitCells(row, span.to - span.from);
    row.cells.forEach((element, at) => {
      const column = columns[span.from + at];
      if (column === undefined) return;
      element.style.width = `${layout.widthOf(column.index)}px`;
      element.dataset['column'] = String(column.index);
      element.setAttribute('aria-colindex', String(column.index + 2));
      drawCell(element, column, cache.cell(position, column.index));
      choose(element, isActive && active.column === column.index);
    });
    row.mark.hidden = marksWidth === undefined;
    if (marksWidth === undefined) return;
    row.mark.style.width = `${marksWidth}px`;
    row.mark.dataset['column'] = String(columns.length);
    row.mark.setAttribute('aria-colindex', String(columns.length + 2));
    row.mark.textContent = showControls(known?.mark?.text ?? '');
    const { verdict = 'unlabelled', unsure = false } = known?.mark ?? {};
    // As in the text editor: whatever the model was sure of, wrong is wrong.
    row.mark.className = `cell mark ${unsure && verdict !== 'wrong' ? 'unsure' : verdict}`;
    choose(row.mark, isActive && active.column === columns.length);
  }

  #fitCells(row: DrawnRow, wanted: number): void {
    while (row.cells.length > wanted) row.cells.pop()?.remove();
    while (row.cells.length < wanted) {
      const element = makeCell('gridcell', 'cell');
      row.cells.push(element);
      row.element.insertBefore(element, row.rest);
    }
  }
}

function choose(element: HTMLElement, isActive: boolean): void {
  element.classList.toggle('active', isActive);
  element.tabIndex = isActive ? 0 : -1;
  element.setAttribute('aria-selected', String(isActive));
}

function makeRow(): DrawnRow {
  const element = document.createElement('div');
  element.className = 'row';
  element.setAttribute('role', 'row');
  element.hidden = true;
  const number = makeCell('rowheader', 'cell number');
  number.setAttribute('aria-colindex', '1');
  const gap = document.createElement('div');
  gap.className = 'gap';
  const rest = document.createElement('div');
  rest.className = 'rest';
  const mark = makeCell('gridcell', 'cell mark');
  element.append(number, gap, rest, mark);
  return { element, number, gap, cells: [], rest, mark, position: -1, drawn: '' };
}

function makeCell(role: string, className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.setAttribute('role', role);
  return element;
}

/** A cell is text, whatever it holds. */
function drawCell(
  element: HTMLElement,
  { numeric }: GridColumn,
  known: { readonly text: string | undefined } | undefined,
): void {
  const isMissing = known !== undefined && known.text === undefined;
  element.className = `cell${numeric ? ' numeric' : ''}${isMissing ? ' missing-cell' : ''}`;
  element.textContent = known === undefined ? '' : known.text === undefined ? 'missing' : oneLine(known.text);
}

/** Line ends and tabs are seen, for a row has one line. */
export function oneLine(text: string): string {
  return showControls(text)
    .replaceAll(/\r\n|\n/gu, '↵')
    .replaceAll('\t', '→');
}
