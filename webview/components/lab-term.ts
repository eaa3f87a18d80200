/**
 * A term of the field that explains itself in one sentence: on hover, and for the keyboard either on its own focus or,
 * where it names a field, on the focus of that field, which it then describes.
 */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { glossary, type Term } from '../../src/protocol/glossary';
import { LightElement } from './light-element';

let terms = 0;

/** Whether the focus last moved by the keyboard: whoever clicks sees what they click. */
let byKeyboard = false;
window.addEventListener('keydown', ({ key }) => (byKeyboard ||= key === 'Tab'), { capture: true });
window.addEventListener('pointerdown', () => (byKeyboard = false), { capture: true });

@customElement('lab-term')
export class LabTerm extends LightElement {
  /** The word as it is shown. */
  @property() word = '';
  /** Its entry in the glossary. */
  @property() term: Term | undefined;
  /** In place of an entry of the glossary. */
  @property() explanation: string | undefined;
  /** The id of its explanation where a field is described by it; the word is then no stop of the Tab key. */
  @property() tip: string | undefined;

  private readonly ownTip = `term-${++terms}`;
  private field: HTMLElement | null = null;

  protected override render(): TemplateResult {
    const explanation = this.explanation ?? (this.term === undefined ? undefined : glossary[this.term]);
    if (explanation === undefined) return html`${this.word}`;
    const id = this.tip ?? this.ownTip;
    const bubble = html`<span class="tooltip" id=${id} role="tooltip" popover="manual">${explanation}</span>`;
    if (this.tip !== undefined) {
      return html`<span class="term" @mouseenter=${this.show} @mouseleave=${this.hide}>${this.word}</span
        >${bubble}`;
    }
    return html`<span
        class="term"
        tabindex="0"
        aria-describedby=${id}
        @mouseenter=${this.show}
        @focus=${this.show}
        @mouseleave=${this.hide}
        @blur=${this.hide}
        @keydown=${this.hideOnEscape}
        >${this.word}</span
      >${bubble}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.field = this.tip === undefined ? null : this.closest<HTMLElement>('.field, .field-block');
    this.field?.addEventListener('focusin', this.showForKeyboard);
    this.field?.addEventListener('focusout', this.hide);
    this.field?.addEventListener('keydown', this.hideOnEscape);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.field?.removeEventListener('focusin', this.showForKeyboard);
    this.field?.removeEventListener('focusout', this.hide);
    this.field?.removeEventListener('keydown', this.hideOnEscape);
  }

  private readonly showForKeyboard = (): void => {
    // A field has one name; other terms stand in what is said below it.
    if (byKeyboard && this.field?.querySelector('lab-term') === this) this.show();
  };

  private readonly show = (): void => {
    const tip = this.querySelector<HTMLElement>('.tooltip');
    const word = this.querySelector('.term');
    if (!tip || !word || tip.matches(':popover-open')) return;
    tip.showPopover();
    const place = word.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.min(place.left, document.documentElement.clientWidth - size.width - 8);
    const above = place.top - size.height - 4;
    const below = place.bottom + 4;
    const fits = below + size.height <= document.documentElement.clientHeight;
    // That of a field must not hide the field, which stands below its name.
    const top = this.tip !== undefined && above >= 4 ? above : fits ? below : Math.max(4, above);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${top}px`;
  };

  private readonly hide = (): void => {
    const tip = this.querySelector<HTMLElement>('.tooltip');
    if (tip?.matches(':popover-open')) tip.hidePopover();
  };

  private readonly hideOnEscape = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') this.hide();
  };
}

/** A word with its entry in the glossary; `tip`: the id of the explanation where it names a field. */
export function term(word: string, entry: Term, tip?: string): TemplateResult {
  return html`<lab-term .word=${word} .term=${entry} .tip=${tip}></lab-term>`;
}

/** A word with a sentence of its own. */
export function explained(word: string, explanation: string, tip?: string): TemplateResult {
  return html`<lab-term
    .word=${word}
    .explanation=${explanation === '' ? undefined : explanation}
    .tip=${tip}
  ></lab-term>`;
}
