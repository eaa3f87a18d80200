/** The target in each bin of a column: class shares as stacks, or its numbers as a mean within the middle half. */
import { extent, sum } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { ColumnPlot } from '../../src/protocol/plots';
import type { TargetPlot } from '../../src/protocol/relations';
import { areYears, writeCount, writeCounted, writeShare, writeValue } from '../../src/protocol/words';
import { type Bin, binsOf, isUpright } from './bins';
import { classLook } from './class-looks';
import { axis } from './column-plot';
import { plotTable } from './plot-table';

type Shares = Extract<TargetPlot, { shape: 'shares' }>;
type Means = Extract<TargetPlot, { shape: 'means' }>;

const width = 320;
const height = 64;

export interface TargetPlotOptions {
  readonly name: string;
  readonly target: string;
  /** Of the column itself. */
  readonly plot: ColumnPlot;
  readonly relation: TargetPlot;
}

export function targetPlot(options: TargetPlotOptions): TemplateResult {
  const { name, target, plot, relation } = options;
  const bins = binsOf(plot);
  const caption = `${target} by ${name}`;
  if (relation.shape === 'shares') {
    return html`<div class="plot-figure">
      ${isUpright(plot) ? stacks(bins, relation, caption) : stackedLines(bins, relation, caption)}
      ${isUpright(plot) ? axis(plot) : nothing}
      ${plotTable(caption, classNames(relation), bins, (_, at) => (relation.counts[at] ?? []).map(writeCount))}
    </div>`;
  }
  return html`<div class="plot-figure">
    ${means(bins, relation, caption)} ${isUpright(plot) ? axis(plot) : meansAxis(bins)}
    ${meansKey(target, relation)}
    ${plotTable(caption, ['Rows', 'Mean', 'From', 'To'], bins, (_, at) => meanCells(relation, at))}
  </div>`;
}

/** The classes that are told apart, and what stands for the others. */
export function classNames({ classes, otherClasses }: Shares): readonly string[] {
  return otherClasses === 0 ? classes : [...classes, `${writeCount(otherClasses)} other classes`];
}

/** `Adelie 40 %, Gentoo 60 %` */
function sharesInWords(relation: Shares, counts: readonly number[]): string {
  const all = sum(counts);
  if (all === 0) return 'no rows';
  return classNames(relation)
    .flatMap((name, at) =>
      (counts[at] ?? 0) === 0 ? [] : [`${name} ${writeShare((counts[at] ?? 0) / all)}`],
    )
    .join(', ');
}

function stacks(bins: readonly Bin[], relation: Shares, caption: string): TemplateResult {
  const across = scaleBand<number>(
    bins.map((_, at) => at),
    [0, width],
  ).paddingInner(0.08);
  const told = (at: number) => sharesInWords(relation, relation.counts[at] ?? []);
  return html`<svg
    class="plot"
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${caption}: shares of the classes in each bin"
  >
    ${bins.map(({ label }, at) => {
      const parts = stacked(relation.counts[at] ?? []);
      return svg`<g><title>${label}: ${told(at)}</title>
        <rect class="plot-hit" x=${across(at) ?? 0} width=${across.bandwidth()} y="0" height=${height}></rect>
        ${parts.map(
          ({ look, from, to }) => svg`<rect class="class-fill ${look}" x=${across(at) ?? 0}
          width=${across.bandwidth()} y=${(1 - to) * height} height=${(to - from) * height}></rect>`,
        )}</g>`;
    })}
  </svg>`;
}

/** The classes of a bin from 0 to 1, empty ones left out. */
function stacked(
  counts: readonly number[],
): readonly { readonly look: string; readonly from: number; readonly to: number }[] {
  const all = sum(counts);
  let from = 0;
  return counts.flatMap((count, at) => {
    if (count === 0) return [];
    const part = { look: classLook(at), from, to: from + count / all };
    from = part.to;
    return [part];
  });
}

function stackedLines(bins: readonly Bin[], relation: Shares, caption: string): TemplateResult {
  const told = (at: number) => sharesInWords(relation, relation.counts[at] ?? []);
  const share = (value: number) => `${(value * 100).toFixed(2)}%`;
  return html`<div
    class="plot-values"
    role="img"
    aria-label="${caption}: shares of the classes for each value"
  >
    ${bins.map(
      ({ label }, at) =>
        html`<div class="plot-value" title="${label}: ${told(at)}">
          <span class="plot-name">${label}</span>
          <svg class="plot-across" preserveAspectRatio="none">
            ${stacked(relation.counts[at] ?? []).map(
              ({ look, from, to }) =>
                svg`<rect class="class-fill ${look}" x=${share(from)} width=${share(to - from)} height="100%"></rect>`,
            )}
          </svg>
          <span class="number dim">${writeCounted(sum(relation.counts[at] ?? []), 'row')}</span>
        </div>`,
    )}
  </div>`;
}

function meanCells({ bins }: Means, at: number): readonly string[] {
  const bin = bins[at];
  if (bin === null || bin === undefined) return ['0', '', '', ''];
  const write = writerOf(bins);
  return [writeCount(bin.rows), write(bin.mean), write(bin.low), write(bin.high)];
}

function writerOf(bins: Means['bins']): (value: number) => string {
  const [low = 0, high = 0] = rangeOf(bins);
  const years =
    areYears(Math.round(low), Math.round(high)) && Number.isInteger(low) && Number.isInteger(high);
  return (value) => writeValue(value, years);
}

function rangeOf(bins: Means['bins']): [number | undefined, number | undefined] {
  return extent(bins.flatMap((bin) => (bin === null ? [] : [bin.low, bin.mean, bin.high])));
}

function means(bins: readonly Bin[], relation: Means, caption: string): TemplateResult {
  const across = scaleBand<number>(
    bins.map((_, at) => at),
    [0, width],
  );
  const [low = 0, high = 1] = rangeOf(relation.bins);
  const up = scaleLinear([low, high === low ? low + 1 : high], [height - 4, 4]);
  const write = writerOf(relation.bins);
  const told = (at: number): string => {
    const bin = relation.bins[at];
    return bin === null || bin === undefined
      ? 'no rows'
      : `mean ${write(bin.mean)}, half of them from ${write(bin.low)} to ${write(bin.high)}`;
  };
  const mark = (at: number): SVGTemplateResult | typeof nothing => {
    const bin = relation.bins[at];
    if (bin === null || bin === undefined) return nothing;
    const x = (across(at) ?? 0) + across.bandwidth() * 0.2;
    const wide = across.bandwidth() * 0.6;
    return svg`<rect class="plot-spread" x=${x} width=${wide} y=${up(bin.high)}
        height=${Math.max(1, up(bin.low) - up(bin.high))}></rect>
      <rect class="plot-mean" x=${x} width=${wide} y=${up(bin.mean) - 1} height="2"></rect>`;
  };
  return html`<svg
    class="plot"
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${caption}: mean and middle half in each bin"
  >
    ${bins.map(
      ({ label }, at) => svg`<g><title>${label}: ${told(at)}</title>
        <rect class="plot-hit" x=${across(at) ?? 0} width=${across.bandwidth()} y="0" height=${height}></rect>
        ${mark(at)}</g>`,
    )}
    <line class="plot-ground" x1="0" x2=${width} y1=${height} y2=${height}></line>
  </svg>`;
}

/** How to read the means, and between which numbers they are drawn. */
function meansKey(target: string, relation: Means): TemplateResult {
  const [low = 0, high = 0] = rangeOf(relation.bins);
  const write = writerOf(relation.bins);
  return html`<p class="hint">
    ${target} from ${write(low)} (bottom) to ${write(high)} (top): a line for its mean, a box for its middle
    half.
  </p>`;
}

function meansAxis(bins: readonly Bin[]): TemplateResult {
  return html`<div class="plot-names dim" aria-hidden="true">
    ${bins.map(({ label }) => html`<span title=${label}>${label}</span>`)}
  </div>`;
}
