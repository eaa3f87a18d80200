/** A term of the field that explains itself in one sentence, on hover and on focus. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { glossary, type Term } from '../../src/protocol/glossary';
import { LightElement } from './light-element';

let terms = 0;

@customElement('lab-term')
export class LabTerm extends LightElement {
  /** The word as it is shown. */
  @property() word = '';
  /** Its entry in the glossary. */
  @property() term: Term | undefined;
  /** In place of an entry of the glossary. */
  @property() explanation: string | undefined;

  private readonly tipId = `term-${++terms}`;

  protected override render(): TemplateResult {
    const explanation = this.explanation ?? (this.term === undefined ? undefined : glossary[this.term]);
    if (explanation === undefined) return html`${this.word}`;
    return html`<span
        class="term"
        tabindex="0"
        aria-describedby=${this.tipId}
        @mouseenter=${this.show}
        @focus=${this.show}
        @mouseleave=${this.hide}
        @blur=${this.hide}
        @keydown=${this.hideOnEscape}
        >${this.word}</span
      ><span class="tooltip" id=${this.tipId} role="tooltip" popover="manual">${explanation}</span>`;
  }

  private readonly show = (): void => {
    const tip = this.querySelector<HTMLElement>('.tooltip');
    const word = this.querySelector('.term');
    if (!tip || !word || tip.matches(':popover-open')) return;
    tip.showPopover();
    const place = word.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.min(place.left, document.documentElement.clientWidth - size.width - 8);
    const below = place.bottom + 4;
    const fits = below + size.height <= document.documentElement.clientHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${fits ? below : Math.max(4, place.top - size.height - 4)}px`;
  };

  private readonly hide = (): void => {
    const tip = this.querySelector<HTMLElement>('.tooltip');
    if (tip?.matches(':popover-open')) tip.hidePopover();
  };

  private readonly hideOnEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.hide();
  };
}

/** A word with its entry in the glossary. */
export function term(word: string, entry: Term): TemplateResult {
  return html`<lab-term .word=${word} .term=${entry}></lab-term>`;
}

/** A word with a sentence of its own. */
export function explained(word: string, explanation: string): TemplateResult {
  return html`<lab-term
    .word=${word}
    .explanation=${explanation === '' ? undefined : explanation}
  ></lab-term>`;
}
