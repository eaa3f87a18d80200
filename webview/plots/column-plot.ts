/** How often the values of a column stand in the rows: a histogram, or a bar for each value, with the same as a table. */
import { max, maxIndex } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { html, svg, type TemplateResult } from 'lit';
import type { ColumnPlot, Histogram } from '../../src/protocol/plots';
import { writeCount, writeCounted, writeShare } from '../../src/protocol/words';
import { axisMarks, type Bin, binsOf, isUpright } from './bins';
import { plotTable } from './plot-table';

const width = 320;
const height = 88;

export interface ColumnPlotOptions {
  /** What is counted, e.g. the column's name. */
  readonly name: string;
  readonly plot: ColumnPlot;
  /** What a count counts: rows where nothing is said. */
  readonly unit?: string;
}

export function columnPlot({ name, plot, unit = 'row' }: ColumnPlotOptions): TemplateResult {
  const bins = binsOf(plot);
  return html`<div class="plot-figure">
    ${isUpright(plot) ? histogram(plot, bins, inWords(name, bins, unit)) : bars(bins, inWords(name, bins, unit))}
    ${plotTable(`Values of ${name}`, [unit === 'row' ? 'Rows' : unit], bins, ({ count }) => [writeCount(count)])}
  </div>`;
}

/** `Values of mass: 342 rows in 18 bins, most of them (39) in 3,400 to 3,600.` */
export function inWords(name: string, bins: readonly Bin[], unit = 'row'): string {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const most = bins[maxIndex(bins, ({ count }) => count)];
  const places = bins.length === 1 ? 'one value' : `${bins.length} bins or values`;
  return `Values of ${name}: ${writeCounted(all, unit)} in ${places}, most (${writeCount(most?.count ?? 0)}) in ${most?.label ?? ''}.`;
}

function histogram(plot: Histogram, bins: readonly Bin[], words: string): TemplateResult {
  const across = scaleBand<number>(
    bins.map((_, at) => at),
    [0, width],
  ).paddingInner(0.08);
  const up = scaleLinear([0, max(bins, ({ count }) => count) ?? 1], [0, height - 4]);
  return html`<svg
      class="plot"
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${words}
    >
      ${bins.map(({ count, label }, at) => {
        const high = count === 0 ? 0 : Math.max(1, up(count));
        return svg`<g><title>${label}: ${writeCounted(count, 'row')}</title>
          <rect class="plot-hit" x=${across(at) ?? 0} width=${across.bandwidth()} y="0" height=${height}></rect>
          <rect class="plot-bar" x=${across(at) ?? 0} width=${across.bandwidth()} y=${height - high} height=${high}></rect></g>`;
      })}
      <line class="plot-ground" x1="0" x2=${width} y1=${height} y2=${height}></line>
    </svg>
    ${axis(plot)}`;
}

/** The edges below a plot. */
export function axis(plot: Histogram): TemplateResult {
  return html`<div class="plot-axis" aria-hidden="true">
    ${axisMarks(plot).map(({ text }) => html`<span>${text}</span>`)}
  </div>`;
}

/** One line for each value: its name, its bar, its rows. */
function bars(bins: readonly Bin[], words: string): TemplateResult {
  // All other values together would make every bar short: they have a number and no bar.
  const most = max(bins, ({ count, isRest }) => (isRest === true ? 0 : count)) ?? 1;
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return html`<div class="plot-values" role="img" aria-label=${words}>
    ${bins.map(
      ({ label, count, isRest }) =>
        html`<div
          class="plot-value"
          title="${label}: ${writeCounted(count, 'row')}, ${writeShare(count / all)}"
        >
          <span class="plot-name">${label}</span>
          <svg class="plot-across" preserveAspectRatio="none">
            <rect
              class="plot-bar"
              width="${isRest === true ? 0 : ((count / most) * 100).toFixed(2)}%"
              height="100%"
            ></rect>
          </svg>
          <span class="number dim">${writeCount(count)}</span>
        </div>`,
    )}
  </div>`;
}
