import { html, type TemplateResult } from 'lit';

/** A codicon, e.g. `check` or `sync~spin` as in VS Code's own strings. Decoration only: words stand beside it. */
export function icon(name: string): TemplateResult {
  const [glyph, motion] = name.split('~');
  const spin = motion === 'spin' ? ' codicon-modifier-spin' : '';
  return html`<i class="codicon codicon-${glyph}${spin}" aria-hidden="true"></i>`;
}
