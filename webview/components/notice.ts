/** Messages to people inside the page: an icon, what is the matter, what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import { button, type ButtonOptions } from './controls';
import { icon } from './icon';

const icons = { error: 'error', warning: 'warning', information: 'info' } as const;
const words = { error: 'Error', warning: 'Warning', information: 'Note' } as const;

export interface MessageOptions {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly advice?: string | undefined;
  /** What can be done about it, drawn below the advice. */
  readonly actions?: readonly ButtonOptions[] | undefined;
  readonly onDismiss?: () => void;
}

export function message({
  severity,
  message,
  advice,
  actions = [],
  onDismiss,
}: MessageOptions): TemplateResult {
  return html`<div class="message ${severity}" role=${severity === 'error' ? 'alert' : 'status'}>
    ${icon(icons[severity])}
    <div class="message-text">
      <span class="visually-hidden">${words[severity]}: </span><span>${message}</span>
      ${advice ? html`<span class="message-advice">${advice}</span>` : nothing}
      ${actions.length > 0 ? html`<div class="actions">${actions.map(button)}</div>` : nothing}
    </div>
    ${onDismiss ? button({ label: 'Dismiss', look: 'icon', icon: 'close', onClick: onDismiss }) : nothing}
  </div>`;
}
