/** A small chart of one metric with its latest values, and the same numbers as a table for screen readers. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import { metricTitle, writeMetric, writeNumber } from '../../src/protocol/words';
import { LightElement } from '../components/light-element';
import { metricTerm } from '../components/metric-terms';
import { readColours, watchTheme } from './colours';
import { alignedData, chartHeight, createPlot } from './plot';
import { type ChartData, valueAt } from './series';
import { thinEvenly } from './thinning';

const tableRows = 20;

@customElement('lab-chart')
export class LabChart extends LightElement {
  @property({ attribute: false }) metric = 'loss';
  @property({ attribute: false }) data: ChartData = { x: [], training: [], validation: [] };
  /** What the horizontal axis counts, e.g. `epoch`. */
  @property({ attribute: false }) unit = 'epoch';
  @state() private pointed: number | undefined;

  private plot: uPlot | undefined;
  private resizing: ResizeObserver | undefined;
  private theme: { stop(): void } | undefined;

  protected override render(): TemplateResult {
    const { data } = this;
    const at = this.pointed ?? data.x.length - 1;
    const x = data.x[at];
    const value = (name: 'training' | 'validation') => {
      const shown = valueAt(data[name], at);
      return shown === undefined
        ? nothing
        : html`<span class="chart-value"
            ><svg class="swatch ${name}" aria-hidden="true"><line x1="0" y1="4" x2="14" y2="4"></line></svg
            >${writeMetric(this.metric, shown)}</span
          >`;
    };
    return html`<figure class="chart">
      <figcaption>
        <span class="chart-title">${metricTerm(this.metric)}</span>
        ${
          this.pointed === undefined || x === undefined
            ? nothing
            : html`<span class="dim">${this.unit} ${writeNumber(x)}</span>`
        }
        <span class="chart-values" aria-hidden="true">${value('training')}${value('validation')}</span>
      </figcaption>
      <div class="chart-plot" aria-hidden="true"></div>
      ${this.table()}
    </figure>`;
  }

  private table(): TemplateResult {
    const { data } = this;
    const cell = (value: number | null | undefined) =>
      value === null || value === undefined ? '' : writeMetric(this.metric, value);
    return html`<table class="visually-hidden">
      <caption>
        ${metricTitle(this.metric)} by ${this.unit}
      </caption>
      <thead>
        <tr>
          <th scope="col">${this.unit}</th>
          <th scope="col">training</th>
          <th scope="col">validation</th>
        </tr>
      </thead>
      <tbody>
        ${thinEvenly(data.x.length, tableRows).map(
          (index) =>
            html`<tr>
              <th scope="row">${writeNumber(data.x[index] ?? 0)}</th>
              <td>${cell(data.training[index])}</td>
              <td>${cell(data.validation[index])}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  protected override firstUpdated(): void {
    this.resizing = new ResizeObserver(() => this.fit());
    this.resizing.observe(this.mount);
    this.theme = watchTheme(() => this.redraw());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('data') && this.plot) this.plot.setData(alignedData(this.data));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing?.disconnect();
    this.theme?.stop();
    this.plot?.destroy();
    this.plot = undefined;
  }

  private get mount(): HTMLElement {
    const mount = this.querySelector<HTMLElement>('.chart-plot');
    if (mount === null) throw new Error('The chart was asked for its plot before its first render.');
    return mount;
  }

  private fit(): void {
    const width = Math.floor(this.mount.clientWidth);
    if (width <= 0) return;
    if (this.plot) this.plot.setSize({ width, height: chartHeight });
    else this.draw(width);
  }

  private redraw(): void {
    if (!this.plot) return;
    const { width } = this.plot;
    this.plot.destroy();
    this.draw(width);
  }

  private draw(width: number): void {
    this.plot = createPlot(this.mount, {
      width,
      colours: readColours(),
      data: () => this.data,
      writeValue: (value) => writeMetric(this.metric, value),
      onPoint: (index) => (this.pointed = index),
    });
  }
}
