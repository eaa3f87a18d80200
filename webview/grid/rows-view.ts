/** The rows that are seen, as elements that are used again while the grid scrolls: a row that stays keeps its text. */
import type { GridColumn } from '../../src/protocol/grid';
import { showControls } from '../../src/protocol/plain-text';
import { writeCount } from '../../src/protocol/words';
import type { ColumnLayout, Span } from './column-layout';
import type { Cell } from './keys';
import type { RowCache } from './row-cache';

export interface RowsState {
  readonly cache: RowCache;
  /** Changes with what rows show, and with the widths of columns. */
  readonly version: number;
  readonly layoutVersion: number;
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

/** A cell as it was drawn last: what stays is not written again, since every write costs a frame some time. */
interface DrawnCell {
  readonly element: HTMLElement;
  readonly text: Text;
  look: string;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly number: DrawnCell;
  readonly gap: HTMLElement;
  readonly cells: DrawnCell[];
  readonly rest: HTMLElement;
  readonly mark: DrawnCell;
  position: number;
  /** What its texts and its columns were drawn of. */
  drawn: string;
  columns: string;
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
    if (column >= columns) return drawn.mark.element;
    return drawn.cells.find(({ element }) => element.dataset['column'] === String(column))?.element;
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
    }
  }

  #drawRow(row: DrawnRow, position: number, state: RowsState): void {
    const { span, active, cache, columns } = state;
    const isActive = active.row === position;
    const isMoved = row.position !== position;
    const areOthers = this.#layOut(row, state);
    const wanted = `${state.version} ${isActive ? active.column : ''}`;
    if (!isMoved && !areOthers && row.drawn === wanted) return;
    row.drawn = wanted;
    row.position = position;
    const known = cache.row(position);
    if (isMoved) row.element.setAttribute('aria-rowindex', String(position + 2));
    setLook(row.element, `row${isActive ? ' active-row' : ''}${known ? '' : ' loading'}`);
    setText(row.number, known ? writeCount(known.row + 1) : '');
    const line = known?.line === undefined ? '' : `Line ${writeCount(known.line)}`;
    if (row.number.element.title !== line) row.number.element.title = line;
    row.cells.forEach((drawn, at) => {
      const column = columns[span.from + at];
      if (column === undefined) return;
      drawCell(drawn, column, cache.cell(position, column.index), isActive && active.column === column.index);
    });
    if (state.marksWidth === undefined) return;
    const { text = '', verdict = 'unlabelled', unsure = false } = known?.mark ?? {};
    setText(row.mark, showControls(text));
    // As in the text editor: whatever the model was sure of, wrong is wrong.
    const look = unsure && verdict !== 'wrong' ? 'unsure' : verdict;
    choose(row.mark, `cell mark ${look}`, isActive && active.column === columns.length);
  }

  /** Gives the row its cells, one for each column that is seen. Answers whether something had changed. */
  #layOut(
    row: DrawnRow,
    { span, layout, layoutVersion, columns, numberWidth, marksWidth }: RowsState,
  ): boolean {
    const wanted = `${span.from} ${span.to} ${layoutVersion} ${numberWidth} ${marksWidth ?? ''}`;
    if (row.columns === wanted) return false;
    row.columns = wanted;
    row.number.element.style.width = `${numberWidth}px`;
    row.gap.style.width = `${layout.left(span.from)}px`;
    while (row.cells.length > span.to - span.from) row.cells.pop()?.element.remove();
    while (row.cells.length < span.to - span.from) {
      const cell = makeCell('gridcell', 'cell');
      row.cells.push(cell);
      row.element.insertBefore(cell.element, row.rest);
    }
    row.cells.forEach(({ element }, at) => {
      const index = span.from + at;
      element.style.width = `${layout.widthOf(index)}px`;
      element.dataset['column'] = String(index);
      element.setAttribute('aria-colindex', String(index + 2));
    });
    const { element } = row.mark;
    element.hidden = marksWidth === undefined;
    element.style.width = `${marksWidth ?? 0}px`;
    element.dataset['column'] = String(columns.length);
    element.setAttribute('aria-colindex', String(columns.length + 2));
    return true;
  }
}

function makeRow(): DrawnRow {
  const element = document.createElement('div');
  element.className = 'row';
  element.setAttribute('role', 'row');
  element.hidden = true;
  const number = makeCell('rowheader', 'cell number');
  number.element.setAttribute('aria-colindex', '1');
  const gap = document.createElement('div');
  gap.className = 'gap';
  const rest = document.createElement('div');
  rest.className = 'rest';
  const mark = makeCell('gridcell', 'cell mark');
  element.append(number.element, gap, rest, mark.element);
  return { element, number, gap, cells: [], rest, mark, position: -1, drawn: '', columns: '' };
}

function makeCell(role: string, look: string): DrawnCell {
  const element = document.createElement('div');
  element.className = look;
  element.setAttribute('role', role);
  const text = document.createTextNode('');
  element.append(text);
  return { element, text, look: '' };
}

function setText({ text }: DrawnCell, wanted: string): void {
  if (text.data !== wanted) text.data = wanted;
}

function setLook(element: HTMLElement, look: string): void {
  if (element.className !== look) element.className = look;
}

/** A cell is text, whatever it holds. */
function drawCell(
  cell: DrawnCell,
  { numeric }: GridColumn,
  known: { readonly text: string | undefined } | undefined,
  isActive: boolean,
): void {
  const isMissing = known !== undefined && known.text === undefined;
  setText(cell, known === undefined ? '' : known.text === undefined ? 'missing' : oneLine(known.text));
  choose(cell, `cell${numeric ? ' numeric' : ''}${isMissing ? ' missing-cell' : ''}`, isActive);
}

function choose(cell: DrawnCell, look: string, isActive: boolean): void {
  const wanted = isActive ? `${look} active` : look;
  if (cell.look === wanted) return;
  cell.look = wanted;
  cell.element.className = wanted;
  cell.element.tabIndex = isActive ? 0 : -1;
  cell.element.setAttribute('aria-selected', String(isActive));
}

/** Line ends and tabs are seen, for a row has one line. */
export function oneLine(text: string): string {
  return showControls(text)
    .replaceAll(/\r\n|\n/gu, '↵')
    .replaceAll('\t', '→');
}
