/** What clicks and keys in the table do. */
import { clampWidth } from './column-layout';
import { type BarPlace, chooseBar, filterOfBar, nextSort, toggleFilter } from './filters';
import type { GridModel } from './grid-model';
import { moveCell } from './keys';
import { barPlaces } from './plot';
import type { TableView } from './table-view';

export interface TableActions {
  readonly model: GridModel;
  readonly view: TableView;
  /** Another order or other filters are wanted. */
  readonly onView: (view: GridModel['view']) => void;
  /** A cell whole into the clipboard. */
  readonly onCopy: (position: number, column: number) => void;
  /** The whole cell, or the prediction in full, is wanted beside the active cell. */
  readonly onDetails: () => void;
  readonly onFocusSearch: () => void;
}

/** Pixels of a step when a column is resized by keys. */
const widthStep = 16;

/** Listens to clicks and keys from now on. */
export function listen(actions: TableActions): void {
  const { element, head } = actions.view;
  element.addEventListener('click', (event) => onClick(event, actions));
  element.addEventListener('keydown', (event) => onKey(event, actions));
  element.addEventListener('copy', (event) => {
    if (isTextSelected()) return;
    event.preventDefault();
    copyActive(actions);
  });
  head.addEventListener('pointerdown', (event) => onResize(event, actions));
  head.addEventListener('focusin', (event) => onHeadFocus(event, actions));
}

function onClick(event: MouseEvent, actions: TableActions): void {
  const { target } = event;
  if (!(target instanceof Element)) return;
  if (pressHead(target, event.shiftKey || event.ctrlKey || event.metaKey, actions)) return;
  const cell = target.closest<HTMLElement>('.row:not(.head-row) > .cell');
  const row = cell && actions.view.rowOf(cell);
  if (cell === null || row === undefined || row === null) return;
  const column = Number(cell.dataset['column'] ?? actions.view.active.column);
  actions.view.activate({ row, column }, true);
}

/** Does what a button of a head stands for. Answers whether there was one. */
function pressHead(target: Element, extend: boolean, actions: TableActions): boolean {
  const { model, view, onView } = actions;
  const button = target.closest<HTMLElement | SVGElement>('[data-sort], [data-missing], [data-bar]');
  if (button === null) return false;
  const { sort, missing, bar } = button.dataset;
  const column = Number(sort ?? missing ?? button.dataset['column']);
  if (sort !== undefined) {
    view.activateColumn(column);
    onView(nextSort(model.view, column));
  } else if (missing !== undefined) {
    view.activateColumn(column);
    onView(toggleFilter(model.view, { by: 'missing', column, missing: true }));
  } else if (bar !== undefined) {
    const place: BarPlace = bar === 'others' ? bar : Number(bar);
    view.activateColumn(column, place);
    const plot = model.figures(column)?.plot;
    const filter = plot && filterOfBar(column, plot, place);
    if (filter) onView(chooseBar(model.view, filter, extend));
  }
  return true;
}

function onKey(event: KeyboardEvent, actions: TableActions): void {
  if (event.altKey) return;
  const { target } = event;
  if (!(target instanceof Element)) return;
  const isHandled = actions.view.head.contains(target)
    ? onHeadKey(event, target, actions)
    : onCellKey(event, actions);
  if (isHandled) event.preventDefault();
}

/** Keys go on from the head that has the focus, however it got there. */
function onHeadFocus({ target }: FocusEvent, { view }: TableActions): void {
  if (!(target instanceof Element)) return;
  const column = target.closest<HTMLElement>('[role=columnheader]')?.dataset['column'];
  if (column === undefined || Number(column) === view.active.column) return;
  view.activateColumn(Number(column));
}

function onCellKey(event: KeyboardEvent, actions: TableActions): boolean {
  const { view, model } = actions;
  const { key } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && key.toLowerCase() === 'c') {
    if (isTextSelected()) return false;
    copyActive(actions);
    return true;
  }
  if (ctrl && key.toLowerCase() === 'f') {
    actions.onFocusSearch();
    return true;
  }
  if (key === 'Enter' || key === ' ') {
    actions.onDetails();
    return true;
  }
  const limits = { rows: model.total, columns: view.columns, page: view.page };
  const to = moveCell({ key, ctrl }, view.active, limits);
  if (to === undefined) return false;
  if (to === 'header') focusName(actions);
  else view.activate(to, true);
  return true;
}

/** Left and right lead from column to column, or from bar to bar; up and down from the name to the bars and the rows. */
function onHeadKey(event: KeyboardEvent, target: Element, actions: TableActions): boolean {
  const { view } = actions;
  const { key } = event;
  const isBar = target.closest('[data-bar]') !== null;
  switch (key) {
    case 'Enter':
    case ' ':
      // A button presses itself; a bar of a drawing does not.
      return target instanceof SVGElement && pressHead(target, event.shiftKey || event.ctrlKey, actions);
    case 'ArrowLeft':
    case 'ArrowRight': {
      const step = key === 'ArrowLeft' ? -1 : 1;
      if (isBar) moveBar(step, actions);
      else if (event.shiftKey) {
        const { column } = view.active;
        view.setWidth(column, clampWidth(view.widthOf(column) + step * widthStep));
      } else {
        view.activateColumn(view.active.column + step);
        focusName(actions);
      }
      return true;
    }
    case 'ArrowDown':
      if (!isBar && focusStop(actions)) return true;
      view.activate(view.active, true);
      return true;
    case 'ArrowUp':
      focusName(actions);
      return true;
    case 'Home':
    case 'End':
      view.activateColumn(key === 'Home' ? 0 : view.columns - 1);
      focusName(actions);
      return true;
    default:
      return false;
  }
}

/** The next bar of the column; beyond the last one that of the next column. */
function moveBar(step: number, actions: TableActions): void {
  const { view } = actions;
  const places = placesOf(view.active.column, actions);
  const focused = document.activeElement;
  const bar =
    focused instanceof HTMLElement || focused instanceof SVGElement ? focused.dataset['bar'] : undefined;
  const at = places.findIndex((place) => String(place) === bar);
  const next = places[at + step];
  if (next !== undefined) view.activateColumn(view.active.column, next);
  else {
    const column = view.active.column + step;
    const beside = placesOf(column, actions);
    const stop = step > 0 ? beside[0] : beside.at(-1);
    if (stop === undefined) return;
    view.activateColumn(column, stop);
  }
  focusStop(actions);
}

function placesOf(column: number, { model }: TableActions): BarPlace[] {
  const figures = model.figures(column);
  return figures ? barPlaces(figures, model.table?.columns[column]?.numeric === true) : [];
}

function focusName({ view }: TableActions): void {
  view.head.querySelector<HTMLElement>('.active-column .name')?.focus();
}

function focusStop({ view }: TableActions): boolean {
  const stop = view.head.querySelector<HTMLElement | SVGElement>('.active-column [data-bar][tabindex="0"]');
  stop?.focus();
  return stop !== null;
}

function copyActive({ view, model, onCopy }: TableActions): void {
  if (model.total > 0) onCopy(view.active.row, view.active.column);
}

function isTextSelected(): boolean {
  return document.getSelection()?.isCollapsed === false;
}

/** Drags the edge of a column. */
function onResize(event: PointerEvent, { view }: TableActions): void {
  const { target } = event;
  const edge = target instanceof HTMLElement ? target.dataset['resize'] : undefined;
  if (edge === undefined || !(target instanceof HTMLElement)) return;
  event.preventDefault();
  const column = Number(edge);
  const before = view.widthOf(column);
  target.setPointerCapture(event.pointerId);
  const drag = (move: PointerEvent) =>
    view.setWidth(column, clampWidth(before + move.clientX - event.clientX));
  const end = () => target.removeEventListener('pointermove', drag);
  target.addEventListener('pointermove', drag);
  target.addEventListener('pointerup', end, { once: true });
  target.addEventListener('pointercancel', end, { once: true });
}
