/** What a plot shows, as a table for screen readers. */
import { html, type TemplateResult } from 'lit';
import type { Bin } from './bins';

export function plotTable(
  caption: string,
  titles: readonly string[],
  bins: readonly Bin[],
  cells: (bin: Bin, at: number) => readonly string[],
): TemplateResult {
  return html`<table class="visually-hidden">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Value</th>
        ${titles.map((title) => html`<th scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${bins.map(
        (bin, at) =>
          html`<tr>
            <th scope="row">${bin.label}</th>
            ${cells(bin, at).map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
