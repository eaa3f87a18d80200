/** Numbers with their names: the headline of a run, lists of facts, metrics of both parts. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Headline, Metrics } from '../../src/protocol/training';
import { judgedOn, metricNames, writeMetric } from '../../src/protocol/words';
import { term } from './lab-term';
import { metricTerm } from './metric-terms';

/** A large figure beside what a guess without learning reaches. */
export function headlineFigure(headline: Headline): TemplateResult {
  return html`<div class="headline">
    <span class="headline-value">${writeMetric(headline.metric, headline.value)}</span>
    <div class="headline-text">
      <div>
        ${metricTerm(headline.metric)}
        <span class="dim">on ${term(judgedOn(headline.metric), 'validation')}</span>
      </div>
      <div class="dim">
        ${term('baseline', 'baseline')}: ${headline.baselineLabel}
        ${writeMetric(headline.metric, headline.baseline)}
      </div>
      ${headline.reason === undefined ? nothing : html`<div class="dim">${headline.reason}</div>`}
    </div>
  </div>`;
}

export interface Fact {
  readonly name: TemplateResult | string;
  readonly value: TemplateResult | string;
}

export function facts(entries: readonly Fact[]): TemplateResult {
  return html`<dl class="facts">
    ${entries.map(
      ({ name, value }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/**
 * Every metric that was measured, for both parts of the data. The roles are said since a narrow page lays the rows out
 * as a grid, which takes them from a table.
 */
export function metricsTable(training: Metrics | undefined, validation: Metrics | undefined): TemplateResult {
  const rows = metricNames(training, validation);
  if (rows.length === 0) return html``;
  const cell = (name: string, value: number | undefined) =>
    html`<td role="cell" class="number">
      ${value === undefined ? html`<span class="dim">–</span>` : writeMetric(name, value)}
    </td>`;
  return html`<table class="metrics" role="table">
    <caption class="visually-hidden">
      Metrics of the training part and of the validation part
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <td role="cell"></td>
        <th scope="col" role="columnheader">${term('Training', 'training')}</th>
        <th scope="col" role="columnheader">${term('Validation', 'validation')}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (name) =>
          html`<tr role="row">
            <th scope="row" role="rowheader">${metricTerm(name)}</th>
            ${cell(name, training?.[name])} ${cell(name, validation?.[name])}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Remarks of the engine, each on its own line. */
export function notes(entries: readonly string[]): TemplateResult | typeof nothing {
  if (entries.length === 0) return nothing;
  return html`<ul class="notes">
    ${entries.map((entry) => html`<li>${entry}</li>`)}
  </ul>`;
}
