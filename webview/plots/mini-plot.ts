/** A column as a picture of the size of a word. Decoration: what it shows stands beside it in words. */
import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { html, svg, type TemplateResult } from 'lit';
import type { ColumnPlot } from '../../src/protocol/plots';
import { binsOf } from './bins';

const width = 72;
const height = 22;

export function miniPlot(plot: ColumnPlot): TemplateResult {
  const bins = binsOf(plot).filter(({ isRest }) => isRest !== true);
  const across = scaleBand<number>(
    bins.map((_, at) => at),
    [0, width],
  ).paddingInner(0.12);
  const up = scaleLinear([0, max(bins, ({ count }) => count) ?? 1], [0, height]);
  return html`<svg class="mini-plot" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    ${bins.map(({ count }, at) => {
      // What is not empty is seen.
      const high = count === 0 ? 0 : Math.max(1, up(count));
      return svg`<rect class="plot-bar" x=${(across(at) ?? 0).toFixed(2)} width=${across.bandwidth().toFixed(2)}
        y=${(height - high).toFixed(2)} height=${high.toFixed(2)}></rect>`;
    })}
  </svg>`;
}
