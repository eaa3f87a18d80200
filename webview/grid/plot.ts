/** The small picture of a column in its head: what is left by the filters inside the whole, each bar a button. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { ColumnFigures, GridView } from '../../src/protocol/grid';
import type { Bars, Histogram } from '../../src/protocol/plots';
import { writeCount, writeCounted } from '../../src/protocol/words';
import {
  type BarPlace,
  filterOfBar,
  isChosen,
  shownBars,
  standUpright,
  writeCellValue,
  writeEdge,
  edgeUnit,
} from './filters';

export interface PlotOptions {
  readonly name: string;
  readonly figures: ColumnFigures;
  /** Whether the column's cells are numbers. */
  readonly numeric: boolean;
  readonly view: GridView;
  /** The bar that Tab stops at; undefined: none. */
  readonly stop: BarPlace | undefined;
}

const height = 34;

/** Places of the bars of a plot, in the order in which the keys go through them. */
export function barPlaces({ plot }: ColumnFigures, numeric: boolean): BarPlace[] {
  if (plot === undefined) return [];
  if (plot.shape === 'histogram') return plot.counts.map((_, at) => at);
  if (standUpright(plot, numeric)) return plot.bars.map((_, at) => at);
  if (!isWorthDrawing(plot)) return [];
  const shown = shownBars(plot).map((_, at): BarPlace => at);
  return hasOthers(plot) ? [...shown, 'others'] : shown;
}

export function plotOf(options: PlotOptions): TemplateResult | typeof nothing {
  const { plot } = options.figures;
  if (plot === undefined) return nothing;
  if (plot.shape === 'histogram') return histogram(plot, options);
  return standUpright(plot, options.numeric) ? uprightValues(plot, options) : values(plot, options);
}

function histogram(plot: Histogram, options: PlotOptions): TemplateResult {
  const { counts, edges } = plot;
  const unit = edgeUnit(plot);
  const write = (edge: number | undefined) => (edge === undefined ? '' : writeEdge(edge, unit));
  const labels = counts.map((_, at) => `${write(edges[at])} to ${write(edges[at + 1])}`);
  return upright(counts, labels, [write(edges[0]), write(edges.at(-1))], options);
}

function uprightValues({ bars }: Bars, options: PlotOptions): TemplateResult {
  const labels = bars.map(({ value }) => writeCellValue(value));
  const ends = [labels[0] ?? '', labels.at(-1) ?? ''] as const;
  return upright(
    bars.map(({ count }) => count),
    labels,
    ends,
    options,
  );
}

/** Bars beside each other, with what the first and the last one stand for. */
function upright(
  counts: readonly number[],
  labels: readonly string[],
  ends: readonly [string, string],
  options: PlotOptions,
): TemplateResult {
  const { name, figures } = options;
  const whole = figures.whole ?? counts;
  const most = Math.max(1, ...whole);
  return html`<div class="plot" role="group" aria-label="Values of ${name}">
    <svg viewBox="0 0 ${counts.length * 10} ${height}" preserveAspectRatio="none">
      ${counts.map((count, at) => {
        const all = whole[at] ?? count;
        const label = `${labels[at] ?? ''}: ${rowsOf(count, all, figures)}`;
        return bin(at, { count: count / most, whole: all / most, label }, options);
      })}
    </svg>
    <div class="axis" aria-hidden="true"><span>${ends[0]}</span><span>${ends[1]}</span></div>
  </div>`;
}

interface Drawn {
  /** Shares of the highest bar. */
  readonly count: number;
  readonly whole: number;
  readonly label: string;
}

function bin(at: number, { count, whole, label }: Drawn, options: PlotOptions): SVGTemplateResult {
  const chosen = isBarChosen(at, options);
  // What is not empty is seen.
  const high = (share: number) => (share > 0 ? Math.max(1.5, share * (height - 3)) : 0);
  const x = at * 10;
  return svg`<g role="button" class="bin ${chosen ? 'chosen' : ''}" tabindex=${options.stop === at ? 0 : -1}
    aria-pressed=${chosen} aria-label=${label} data-column=${options.figures.index} data-bar=${at}>
    <title>${label}</title>
    <rect class="hit" x=${x} y="0" width="10" height=${height}></rect>
    <rect class="whole" x=${x + 0.6} y=${height - 3 - high(whole)} width="8.8" height=${high(whole)}></rect>
    <rect class="left" x=${x + 0.6} y=${height - 3 - high(count)} width="8.8" height=${high(count)}></rect>
    <rect class="foot" x=${x + 0.6} y=${height - 2} width="8.8" height="2"></rect>
  </g>`;
}

function values(plot: Bars, options: PlotOptions): TemplateResult | typeof nothing {
  if (!isWorthDrawing(plot)) return nothing;
  const { name, figures } = options;
  const whole = figures.whole ?? plot.bars.map(({ count }) => count);
  const most = Math.max(1, ...whole, figures.rows > 0 && figures.whole === undefined ? figures.rows / 2 : 1);
  return html`<div class="plot" role="group" aria-label="Values of ${name}">
    ${shownBars(plot).map(({ value, count }, at) => {
      const all = whole[at] ?? count;
      const label = `${writeCellValue(value)}: ${rowsOf(count, all, figures)}`;
      return valueBar(
        at,
        writeCellValue(value),
        count,
        { count: count / most, whole: all / most, label },
        options,
      );
    })}
    ${hasOthers(plot) ? othersBar(plot, options) : nothing}
  </div>`;
}

/** Everything that has no line: the values of the plot that are not shown, and what it has no bars for. */
function othersBar(plot: Bars, options: PlotOptions): TemplateResult {
  const hidden = plot.bars.slice(shownBars(plot).length);
  const values = plot.others.values + hidden.length;
  const rows = plot.others.rows + hidden.reduce((sum, { count }) => sum + count, 0);
  const name = `${plot.others.capped ? '> ' : ''}${writeCounted(values, 'other')}`;
  const label = `${name}: ${writeCounted(rows, 'row')}`;
  return valueBar('others', name, rows, { count: 0, whole: 0, label }, options);
}

function valueBar(
  place: BarPlace,
  name: string,
  count: number,
  { count: left, whole, label }: Drawn,
  options: PlotOptions,
): TemplateResult {
  const chosen = isBarChosen(place, options);
  const percent = (share: number) => `${(Math.min(1, share) * 100).toFixed(1)}%`;
  const isStop = options.stop === place;
  return html`<button
    class="value ${chosen ? 'chosen' : ''}"
    tabindex=${isStop ? 0 : -1}
    aria-pressed=${chosen}
    aria-label=${label}
    title=${label}
    data-column=${options.figures.index}
    data-bar=${place}
  >
    <svg aria-hidden="true">
      <rect class="whole" width=${percent(whole)} height="100%"></rect>
      <rect class="left" width=${percent(left)} height="100%"></rect>
    </svg>
    <span class="value-name">${name}</span> <span class="value-count">${writeCount(count)}</span>
  </button>`;
}

/** Values that are all different make no picture. */
function isWorthDrawing({ bars, others }: Bars): boolean {
  return bars.length > 0 && ((bars[0]?.count ?? 0) > 1 || others.rows === 0);
}

function hasOthers(plot: Bars): boolean {
  return plot.others.rows > 0 || plot.bars.length > shownBars(plot).length;
}

function isBarChosen(place: BarPlace, { figures, view }: PlotOptions): boolean {
  const filter = figures.plot && filterOfBar(figures.index, figures.plot, place);
  return filter !== undefined && isChosen(view, filter);
}

/** `23 rows`, `23 of 120 rows` where filters leave some out. */
function rowsOf(count: number, whole: number, { whole: known }: ColumnFigures): string {
  if (known === undefined) return writeCounted(count, 'row');
  return `${writeCount(count)} of ${writeCounted(whole, 'row')}`;
}
