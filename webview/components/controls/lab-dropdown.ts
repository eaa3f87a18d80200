/** A choice of one among several, with a longer text in the list than in the closed field. */
import type { Dropdown } from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from '../light-element';

export interface DropdownOption {
  readonly value: string;
  readonly title: string;
  /** Stands after the title in the list only. */
  readonly detail?: string | undefined;
}

@customElement('lab-dropdown')
export class LabDropdown extends LightElement {
  @property({ attribute: false }) options: readonly DropdownOption[] = [];
  @property({ attribute: false }) value = '';
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) disabled = false;
  /** Id of the text that describes it. */
  @property({ attribute: false }) describedBy: string | undefined;
  @property({ attribute: false }) onChoose: (value: string) => void = () => undefined;

  /** Changes whenever whoever is told of choices has answered; undefined where each is followed by a drawing at once. */
  @property({ attribute: false }) answer: number | undefined;
  /** What was chosen and is not answered yet, and what it was chosen over. */
  private chosen: { readonly value: string; readonly over: string; readonly answer: number } | undefined;
  /** What the field was drawn with last. */
  private drawn = '';
  private closing: MutationObserver | undefined;

  protected override render(): TemplateResult {
    const { shown } = this;
    const chosen = this.options.find((option) => option.value === shown);
    return html`<vscode-dropdown
      class="dropdown"
      aria-label=${this.label}
      aria-describedby=${this.describedBy ?? nothing}
      ?disabled=${this.disabled}
      @change=${this.choose}
      @keydown=${{ handleEvent: this.leave, capture: true }}
    >
      <div slot="selected-value" class="dropdown-value">${chosen?.title ?? ''}</div>
      ${this.options.map(
        (option) =>
          html`<vscode-option value=${option.value} title=${option.detail ?? nothing}
            >${option.title}${option.detail === undefined ? '' : ` · ${option.detail}`}</vscode-option
          >`,
      )}
    </vscode-dropdown>`;
  }

  /** An open list rests: what its keys went to would be lost, and its entries would move under the hand. */
  protected override shouldUpdate(): boolean {
    return this.control?.open !== true;
  }

  protected override firstUpdated(): void {
    this.watchClosing();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.watchClosing();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.closing?.disconnect();
  }

  /** What came while the list was open is drawn when it closes. */
  private watchClosing(): void {
    const { control } = this;
    if (control === null) return;
    this.closing = new MutationObserver(() => this.requestUpdate());
    this.closing.observe(control, { attributeFilter: ['open'] });
  }

  /** The toolkit takes a value only when its options are there. */
  protected override updated(): void {
    const { control, shown } = this;
    this.drawn = shown;
    requestAnimationFrame(() => {
      if (control?.open === false && control.value !== shown && shown === this.drawn) control.value = shown;
    });
  }

  /** A choice is shown until it is answered: a state of before it must not take it back. */
  private get shown(): string {
    const { chosen, value, answer } = this;
    return chosen?.over === value && chosen.answer === answer ? chosen.value : value;
  }

  private get control(): Dropdown | null {
    return this.querySelector<Dropdown>('vscode-dropdown');
  }

  /** The toolkit takes what the arrow keys passed over when the list closes; whoever leaves by Escape chose nothing. */
  private readonly leave = (event: KeyboardEvent): void => {
    const { control, drawn } = this;
    if (event.key !== 'Escape' || control?.open !== true) return;
    // The toolkit does not hear of the key, so the list is closed here.
    event.stopPropagation();
    event.preventDefault();
    control.selectedIndex = control.options.findIndex((option) => option.value === drawn);
    control.open = false;
  };

  private readonly choose = (): void => {
    const value = this.control?.value;
    if (value === undefined || value === this.shown) return;
    if (this.answer !== undefined) this.chosen = { value, over: this.value, answer: this.answer };
    this.requestUpdate();
    this.onChoose(value);
  };
}

export interface DropdownSettings {
  readonly label: string;
  readonly value: string;
  readonly options: readonly DropdownOption[];
  readonly onChoose: (value: string) => void;
  readonly disabled?: boolean;
  /** Id of the text that describes it. */
  readonly describedBy?: string | undefined;
  /** Where choices are answered by the extension: changes with each answer. */
  readonly answer?: number | undefined;
}

export function dropdown({
  label,
  value,
  options,
  onChoose,
  disabled = false,
  describedBy,
  answer,
}: DropdownSettings): TemplateResult {
  return html`<lab-dropdown
    .label=${label}
    .value=${value}
    .options=${options}
    .onChoose=${onChoose}
    .disabled=${disabled}
    .describedBy=${describedBy}
    .answer=${answer}
  ></lab-dropdown>`;
}
