/** The heads of the columns: name and kind, order, missing share, a small picture; drawn for the columns that are seen. */
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { columnLook } from '../../src/protocol/column-kinds';
import type { ColumnFigures, GridColumn, GridView } from '../../src/protocol/grid';
import { showControls } from '../../src/protocol/plain-text';
import { writeCount, writeCounted, writeNumber, writeShare } from '../../src/protocol/words';
import type { ColumnLayout, Span } from './column-layout';
import type { BarPlace } from './filters';
import { barPlaces, plotOf } from './plot';

export interface HeadState {
  readonly columns: readonly GridColumn[];
  readonly span: Span;
  readonly layout: ColumnLayout;
  readonly view: GridView;
  readonly figures: (column: number) => ColumnFigures | undefined;
  readonly isFresh: (column: number) => boolean;
  /** The column that Tab stops at. */
  readonly active: number;
  /** The bar of it that Tab stops at. */
  readonly stop: BarPlace;
  readonly numberWidth: number;
  /** What the last column holds, where there are marks. */
  readonly marks: { readonly title: string; readonly width: number } | undefined;
  readonly target: string | undefined;
}

/** Draws the heads into a row of the grid. Widths are set as a property: the page's policy refuses style attributes. */
export function drawHead(row: HTMLElement, state: HeadState): void {
  const { columns, span, layout, numberWidth, marks } = state;
  const shown = columns.slice(span.from, span.to);
  render(
    html`<div
        class="cell number corner"
        role="columnheader"
        aria-colindex="1"
        .style=${`width: ${numberWidth}px`}
      >
        <span class="visually-hidden">Row</span>
      </div>
      <div class="gap" .style=${`width: ${layout.left(span.from)}px`}></div>
      ${repeat(
        shown,
        ({ index }) => index,
        (column) => headCell(column, state),
      )}
      <div class="rest"></div>
      ${
        marks
          ? html`<div
              class="cell mark head-cell"
              role="columnheader"
              aria-colindex=${columns.length + 2}
              .style=${`width: ${marks.width}px`}
            >
              <span class="mark-title">${marks.title}</span>
            </div>`
          : nothing
      }`,
    row,
  );
}

function headCell(column: GridColumn, state: HeadState): TemplateResult {
  const { index, kind } = column;
  const { layout, view, active, target } = state;
  const name = showControls(column.name);
  const figures = state.figures(index);
  const isActive = index === active;
  const sort = view.sort?.column === index ? (view.sort.descending ? 'descending' : 'ascending') : 'none';
  const look = columnLook(kind);
  const arrow = { ascending: 'arrow-up', descending: 'arrow-down', none: '' }[sort];
  const isTarget = column.name === target;
  const about = [name, look.title, ...(isTarget ? ['predicted by the model'] : []), ...describe(figures)];
  return html`<div
    class="cell head-cell ${isActive ? 'active-column' : ''} ${state.isFresh(index) ? '' : 'stale'}"
    role="columnheader"
    aria-colindex=${index + 2}
    aria-sort=${sort}
    data-column=${index}
    .style=${`width: ${layout.widthOf(index)}px`}
  >
    <button
      class="name"
      tabindex=${isActive ? 0 : -1}
      data-sort=${index}
      title=${about.join('\n')}
      aria-label=${`${name}, ${look.title}${isTarget ? ', predicted by the model' : ''}, sort`}
    >
      <i class="codicon codicon-${look.icon}" aria-hidden="true"></i>
      <span class="name-text">${name}</span>
      ${isTarget ? html`<i class="codicon codicon-target" aria-hidden="true"></i>` : nothing}
      ${arrow === '' ? nothing : html`<i class="codicon codicon-${arrow}" aria-hidden="true"></i>`}
    </button>
    ${figures ? facts(column, figures, state) : html`<div class="facts"></div>`}
    ${figures ? plotOf({ name, figures, numeric: column.numeric, view, stop: isActive ? stopOf(column, figures, state.stop) : undefined }) : nothing}
    <div class="resize" data-resize=${index} aria-hidden="true"></div>
  </div>`;
}

/** The bar at which Tab stops: the one that was left last, where the column has it. */
function stopOf({ numeric }: GridColumn, figures: ColumnFigures, wished: BarPlace): BarPlace | undefined {
  const places = barPlaces(figures, numeric);
  return places.includes(wished) ? wished : places[0];
}

/** Missing share, which filters, and how many different values there are. */
function facts(
  { index, name }: GridColumn,
  figures: ColumnFigures,
  { view, active }: HeadState,
): TemplateResult {
  const { missing, rows, distinct, distinctCapped } = figures;
  const chosen = view.filters.some(
    (filter) => filter.by === 'missing' && filter.column === index && filter.missing,
  );
  const share = rows === 0 ? 0 : missing / rows;
  const values = `${distinctCapped ? '> ' : ''}${writeCounted(distinct, 'value')}`;
  return html`<div class="facts">
    ${
      missing === 0 && !chosen
        ? html`<span class="none-missing">none missing</span>`
        : html`<button
            class="missing ${chosen ? 'chosen' : ''}"
            tabindex=${index === active ? 0 : -1}
            aria-pressed=${chosen}
            data-missing=${index}
            aria-label=${`${showControls(name)}: ${writeShare(share)} missing, ${writeCount(missing)} of ${writeCounted(rows, 'row')}`}
          >
            ${writeShare(share)} missing
          </button>`
    }
    <span class="distinct">${values}</span>
  </div>`;
}

/** What the tooltip of a name says besides. */
function describe(figures: ColumnFigures | undefined): string[] {
  if (figures === undefined) return [];
  const { range } = figures;
  return [
    `${writeCount(figures.missing)} missing of ${writeCounted(figures.rows, 'row')}`,
    `${figures.distinctCapped ? 'more than ' : ''}${writeCounted(figures.distinct, 'different value')}`,
    ...(range
      ? [
          `from ${writeNumber(range.min)} to ${writeNumber(range.max)}`,
          `mean ${writeNumber(range.mean)}, median ${writeNumber(range.median)}, deviation ${writeNumber(range.deviation)}`,
        ]
      : []),
  ];
}
