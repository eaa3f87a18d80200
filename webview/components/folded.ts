/** A section that opens and closes, and says so to the app, which remembers it. */
import { html, nothing, type TemplateResult } from 'lit';

/** Asks the app to remember that a section is open or closed. */
export class FoldEvent extends Event {
  static readonly type = 'lab-fold' as const;
  constructor(
    readonly section: string,
    readonly open: boolean,
  ) {
    super(FoldEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-fold': FoldEvent;
  }
}

export interface FoldedOptions {
  readonly name: string;
  readonly title: string;
  /** Stands dim beside the title, e.g. how many settings were changed. */
  readonly detail?: string | undefined;
  readonly open: boolean;
  readonly content: () => TemplateResult;
}

export function folded({ name, title, detail, open, content }: FoldedOptions): TemplateResult {
  const toggled = (event: Event): void => {
    const section = event.currentTarget;
    if (section instanceof HTMLDetailsElement && section.open !== open)
      section.dispatchEvent(new FoldEvent(name, section.open));
  };
  return html`<details class="folded" ?open=${open} @toggle=${toggled}>
    <summary>
      <i class="codicon codicon-chevron-right" aria-hidden="true"></i><span>${title}</span>${
        detail ? html`<span class="dim folded-detail">${detail}</span>` : nothing
      }
    </summary>
    ${open ? html`<div class="folded-content" role="group" aria-label=${title}>${content()}</div>` : nothing}
  </details>`;
}
