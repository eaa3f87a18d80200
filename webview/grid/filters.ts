/** What a click on a bar makes of the view, and filters in words. */
import type { GridColumn, GridFilter, GridView } from '../../src/protocol/grid';
import type { Bars, ColumnPlot } from '../../src/protocol/plots';
import { showControls } from '../../src/protocol/plain-text';
import { writeNumber } from '../../src/protocol/words';

type Of<By extends GridFilter['by']> = Extract<GridFilter, { by: By }>;
/** Filters that bars stand for. */
export type BarFilter = Of<'range'> | Of<'values'> | Of<'others'>;

/** A bar of a column's plot: its place, or that of all other values. */
export type BarPlace = number | 'others';

/** The rows that a bar stands for; undefined where the plot has no such bar. */
export function filterOfBar(column: number, plot: ColumnPlot, place: BarPlace): BarFilter | undefined {
  if (plot.shape === 'histogram') {
    if (place === 'others') return undefined;
    const [from, to] = [plot.edges[place], plot.edges[place + 1]];
    if (from === undefined || to === undefined) return undefined;
    return { by: 'range', column, from, to, closed: place === plot.counts.length - 1 };
  }
  if (place === 'others') return { by: 'others', column, values: shownBars(plot).map(({ value }) => value) };
  const bar = plot.bars[place];
  return bar && { by: 'values', column, values: [bar.value] };
}

/** Lines that a head has for values. */
const valueLines = 4;

/** Whether values stand beside each other like the bins of a histogram: numbers, in their order. */
export function standUpright({ bars, others }: Bars, numeric: boolean): boolean {
  return numeric && others.rows === 0 && bars.length > valueLines;
}

/** The values that have a line of their own: all, or the most frequent ones with a line for the others. */
export function shownBars({ bars, others }: Bars): Bars['bars'] {
  return bars.length <= valueLines && others.rows === 0 ? bars : bars.slice(0, valueLines - 1);
}

/** Whether a filter of the view lets the rows of the bar through, and not only because there is none for its column. */
export function isChosen(view: GridView, bar: BarFilter): boolean {
  return view.filters.some((filter) => {
    if (filter.by !== bar.by || filter.column !== bar.column) return false;
    if (filter.by === 'range' && bar.by === 'range') {
      return (
        filter.from <= bar.from && (bar.to < filter.to || (bar.to === filter.to && !lacksEnd(filter, bar)))
      );
    }
    if (filter.by === 'values' && bar.by === 'values') return filter.values.includes(bar.values[0] ?? '');
    return filter.by === 'others';
  });
}

function lacksEnd(filter: Of<'range'>, bar: Of<'range'>): boolean {
  return bar.closed && !filter.closed;
}

/**
 * The view after a click on a bar: its rows alone; taken back where it was the one chosen. `extend`: together with what
 * is chosen in its column already, values as a set and ranges as one that holds both.
 */
export function chooseBar(view: GridView, bar: BarFilter, extend: boolean): GridView {
  const before = view.filters.find((filter) => isOfBars(filter) && filter.column === bar.column);
  const others = view.filters.filter((filter) => filter !== before);
  const next = before && isOfBars(before) ? joined(before, bar, extend, isChosen(view, bar)) : bar;
  return { ...view, filters: next ? [...others, next] : others };
}

function joined(
  before: BarFilter,
  bar: BarFilter,
  extend: boolean,
  wasChosen: boolean,
): BarFilter | undefined {
  if (before.by === 'values' && bar.by === 'values') {
    if (!extend) return wasChosen && before.values.length === 1 ? undefined : bar;
    const [value = ''] = bar.values;
    const values = wasChosen ? before.values.filter((kept) => kept !== value) : [...before.values, value];
    return values.length > 0 ? { ...bar, values } : undefined;
  }
  if (before.by === 'range' && bar.by === 'range') {
    if (!extend || wasChosen) {
      return wasChosen && before.from === bar.from && before.to === bar.to ? undefined : bar;
    }
    const last = before.to > bar.to ? before : bar;
    return { ...bar, from: Math.min(before.from, bar.from), to: last.to, closed: last.closed };
  }
  return wasChosen ? undefined : bar;
}

function isOfBars(filter: GridFilter): filter is BarFilter {
  return filter.by === 'range' || filter.by === 'values' || filter.by === 'others';
}

/** The view with a filter by another way than bars: put in place of the one of its kind and column, or taken back. */
export function toggleFilter(view: GridView, filter: Of<'missing'> | Of<'text'> | Of<'marks'>): GridView {
  const isSame = (other: GridFilter) =>
    other.by === filter.by &&
    ('column' in other && 'column' in filter ? other.column === filter.column : true);
  const before = view.filters.find(isSame);
  const others = view.filters.filter((other) => other !== before);
  const isTakenBack = before !== undefined && JSON.stringify(before) === JSON.stringify(filter);
  return { ...view, filters: isTakenBack ? others : [...others, filter] };
}

export function withoutFilter(view: GridView, at: number): GridView {
  return { ...view, filters: view.filters.filter((_, index) => index !== at) };
}

/** The order that a click on the head of a column leads to: ascending, descending, none. */
export function nextSort(view: GridView, column: number): GridView {
  const { filters, sort } = view;
  if (sort?.column !== column) return { filters, sort: { column, descending: false } };
  return sort.descending ? { filters } : { filters, sort: { column, descending: true } };
}

/** Values that are named in a chip; the rest is counted. */
const named = 3;

/** `species is Adelie or Gentoo`, `mass from 3,000 to 3,500`, `sex is missing` */
export function describeFilter(
  filter: GridFilter,
  columns: readonly GridColumn[],
  unitOf: (column: number) => EdgeUnit,
): string {
  if (filter.by === 'marks') {
    return filter.marks === 'errors' ? 'predicted wrongly' : 'the model is unsure';
  }
  const name = cut(columns[filter.column]?.name ?? `column ${filter.column + 1}`);
  switch (filter.by) {
    case 'range': {
      const unit = unitOf(filter.column);
      return `${name} from ${writeEdge(filter.from, unit)} to ${filter.closed ? '' : 'below '}${writeEdge(filter.to, unit)}`;
    }
    case 'values':
      return `${name} is ${listValues(filter.values, 'or')}`;
    case 'others':
      return `${name} is none of ${listValues(filter.values, 'and')}`;
    case 'missing':
      return `${name} is ${filter.missing ? '' : 'not '}missing`;
    case 'text':
      return `${name} holds “${cut(filter.text)}”`;
  }
}

function listValues(values: readonly string[], word: string): string {
  const shown = values.slice(0, values.length > named + 1 ? named : values.length).map(writeCellValue);
  const more = values.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  return parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1) ?? ''}`;
}

/** A value for people: short, and empty ones seen. */
export function writeCellValue(value: string): string {
  return value === '' ? '“”' : cut(value);
}

function cut(text: string, limit = 40): string {
  const shown = showControls(text).replaceAll(/\s+/gu, ' ');
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}

/** What the edges of a histogram count. */
export type EdgeUnit = 'number' | 'day' | 'clock';

export function edgeUnit(plot: ColumnPlot | undefined): EdgeUnit {
  if (plot?.shape !== 'histogram') return 'number';
  return plot.days === true ? 'day' : plot.clock === true ? 'clock' : 'number';
}

/** An edge of a histogram: a number, a day as `2024-05-17`, a time of day as `13:30`. */
export function writeEdge(edge: number, unit: EdgeUnit): string {
  if (unit === 'number') return writeNumber(edge);
  // The end of the day is its own time.
  if (unit === 'clock' && edge >= 1) return '24:00';
  const date = new Date(edge * 86_400_000);
  if (Number.isNaN(date.getTime())) return writeNumber(edge);
  return unit === 'day' ? date.toISOString().slice(0, 10) : date.toISOString().slice(11, 16);
}
