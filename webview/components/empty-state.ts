/** What stands where there is nothing yet: what to do next, with buttons that do it. */
import { html, type TemplateResult } from 'lit';
import { button, type ButtonOptions } from './controls';
import { icon } from './icon';

export function emptyState(
  glyph: string,
  title: string,
  text: TemplateResult | string,
  actions: readonly ButtonOptions[],
): TemplateResult {
  return html`<div class="empty">
    <div class="empty-icon">${icon(glyph)}</div>
    <h2>${title}</h2>
    <p>${text}</p>
    <div class="actions stacked">${actions.map(button)}</div>
  </div>`;
}
