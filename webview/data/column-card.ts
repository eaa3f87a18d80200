/** What one column holds and what it tells of the target, large. */
import { html, nothing, type TemplateResult } from 'lit';
import { columnLook } from '../../src/protocol/column-kinds';
import type { ColumnOverview, Lengths, TargetOverview } from '../../src/protocol/overview';
import { type Association, measures } from '../../src/protocol/relations';
import { writeCount, writeCounted, writeNumber } from '../../src/protocol/words';
import { icon } from '../components/icon';
import { term } from '../components/lab-term';
import { columnPlot } from '../plots/column-plot';
import { classLegend } from '../plots/class-looks';
import { classNames, targetPlot } from '../plots/target-plot';
import { isAllDifferent, isOfTime, share, writeInformation } from './figures';

export interface ColumnCardOptions {
  readonly column: ColumnOverview;
  readonly target: TargetOverview | undefined;
  readonly onOpen: (column: string) => void;
}

export function columnCard({ column, target, onOpen }: ColumnCardOptions): TemplateResult {
  const { name, kind, figures, texts } = column;
  const { title, icon: glyph } = columnLook(kind);
  const isTarget = name === target?.column;
  return html`<article class="data-card" aria-label=${name}>
    <header class="data-card-head">
      <h2>
        <button type="button" class="link" title="Show ${name} in the form" @click=${() => onOpen(name)}>
          ${name}
        </button>
      </h2>
      <span class="column-kind dim">${icon(glyph)}${isTarget ? 'target' : title}</span>
    </header>
    <p class="hint">${figuresLine(column)}</p>
    ${texts === undefined ? plot(column) : lengths(column, texts)} ${relation(column, target)}
    ${figures.missing === figures.rows ? html`<p class="dim">No values.</p>` : nothing}
  </article>`;
}

function plot({ name, figures }: ColumnOverview): TemplateResult | typeof nothing {
  if (figures.plot === undefined || isAllDifferent(figures)) return nothing;
  return columnPlot({ name, plot: figures.plot });
}

function figuresLine({ figures }: ColumnOverview): string {
  const { missing, rows, distinct, distinctCapped, range, plot } = figures;
  const gaps = missing === 0 ? 'none missing' : `${writeCount(missing)} missing (${share(missing, rows)})`;
  const different = `${distinctCapped ? 'over ' : ''}${writeCounted(distinct, 'different value')}`;
  const numbers =
    range === undefined || isOfTime(plot)
      ? []
      : [
          `mean ${writeNumber(range.mean)} ± ${writeNumber(range.deviation)}`,
          `median ${writeNumber(range.median)}`,
        ];
  return [gaps, different, ...numbers].join(' · ');
}

function lengths({ name }: ColumnOverview, texts: NonNullable<ColumnOverview['texts']>): TemplateResult {
  const { characters, words, samples } = texts;
  return html`${lengthPlot(`characters of ${name}`, 'Characters', characters)}
    ${lengthPlot(`words of ${name}`, 'Words', words)}
    <ul class="data-samples" aria-label="Samples of ${name}">
      ${samples.map((sample) => html`<li>${sample}</li>`)}
    </ul>`;
}

export function lengthPlot(name: string, title: string, { median, longest, plot }: Lengths): TemplateResult {
  return html`<div class="data-plot-title">
      ${title} <span class="dim">median ${writeNumber(median)}, longest ${writeCount(longest)}</span>
    </div>
    ${columnPlot({ name, plot })}`;
}

function relation(
  { name, figures, texts, relation: found }: ColumnOverview,
  target: TargetOverview | undefined,
): TemplateResult | typeof nothing {
  if (found === undefined || target === undefined) return nothing;
  const own = isAllDifferent(figures) ? undefined : figures.plot;
  const of = texts === undefined ? own : texts.characters.plot;
  const { plot: against } = found;
  return html`<div class="data-plot-title">
      ${term('Tells', 'mutual information')} ${writeInformation(found.information)}
      <span class="dim">of ${target.column}${found.by === 'length' ? ', by its length alone' : ''}</span>
      ${informationBar(found.information)}
    </div>
    <p class="hint">
      ${found.associations.map((each, at) => html`${at === 0 ? '' : ' · '}${association(each)}`)}
    </p>
    ${
      of === undefined || against === undefined
        ? nothing
        : html`${targetPlot({ name, target: target.column, plot: of, relation: against })}
          ${against.shape === 'shares' ? classLegend(classNames(against)) : nothing}`
    }`;
}

export function association({ measure, value }: Association): TemplateResult {
  const words = {
    pearson: 'correlation',
    spearman: 'rank correlation',
    'correlation-ratio': 'correlation ratio',
    'cramers-v': "cramér's v",
  } as const;
  return html`${term(measures[measure].title, words[measure])} ${writeNumber(value)}`;
}

/** How much of the target the column tells, as a bar; the number stands beside it. */
export function informationBar(information: number): TemplateResult {
  return html`<svg class="told-share" aria-hidden="true">
    <rect class="bar-ground" width="100%" height="100%"></rect>
    <rect class="bar-value" width="${(information * 100).toFixed(2)}%" height="100%"></rect>
  </svg>`;
}
