/** A choice of one among several, with a longer text in the list than in the closed field. */
import type { Dropdown } from '@vscode/webview-ui-toolkit';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
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

  protected override render(): TemplateResult {
    const chosen = this.options.find((option) => option.value === this.value);
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

  /** The toolkit takes a value only when its options are there. */
  protected override updated(changed: PropertyValues<this>): void {
    const control = this.control;
    if (!control || !(changed.has('value') || changed.has('options'))) return;
    const { value } = this;
    requestAnimationFrame(() => {
      if (control.value !== value && value === this.value) control.value = value;
    });
  }

  private get control(): Dropdown | null {
    return this.querySelector<Dropdown>('vscode-dropdown');
  }

  /** The toolkit takes what the arrow keys passed over when the list closes; whoever leaves by Escape chose nothing. */
  private readonly leave = (event: KeyboardEvent): void => {
    const { control } = this;
    if (event.key !== 'Escape' || control?.open !== true) return;
    // The toolkit does not hear of the key, so the list is closed here.
    event.stopPropagation();
    event.preventDefault();
    control.selectedIndex = this.options.findIndex((option) => option.value === this.value);
    control.open = false;
  };

  private readonly choose = (): void => {
    const value = this.control?.value;
    if (value === undefined || value === this.value) return;
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
}

export function dropdown({
  label,
  value,
  options,
  onChoose,
  disabled = false,
  describedBy,
}: DropdownSettings): TemplateResult {
  return html`<lab-dropdown
    .label=${label}
    .value=${value}
    .options=${options}
    .onChoose=${onChoose}
    .disabled=${disabled}
    .describedBy=${describedBy}
  ></lab-dropdown>`;
}
