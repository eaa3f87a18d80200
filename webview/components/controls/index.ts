/**
 * The controls: buttons, fields, dropdowns, checkboxes, progress. Made with VS Code's Webview UI Toolkit, which only
 * this folder knows, so that it can be replaced here. In: values and callbacks. Out: lit templates.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { isChecked, valueOf } from '../event-fields';

export { dropdown, type DropdownOption } from './lab-dropdown';
export { select } from './select';

/** Defines the toolkit's elements; once, before the first render. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: () => void;
  /** `primary` once per view at most; `icon` shows only the icon, with the label as its name. */
  readonly look?: 'primary' | 'secondary' | 'icon';
  /** Name of a codicon; `~spin` behind it turns it. */
  readonly icon?: string;
  readonly disabled?: boolean;
  readonly title?: string;
  /** For a button that stays down. */
  readonly pressed?: boolean;
}

export function button(options: ButtonOptions): TemplateResult {
  const { label, onClick, look = 'secondary', disabled = false, title } = options;
  const [name, motion] = options.icon?.split('~') ?? [];
  const glyph = (slot: string | typeof nothing) =>
    name === undefined
      ? nothing
      : html`<span
          slot=${slot}
          class="codicon codicon-${name} ${motion === 'spin' ? 'codicon-modifier-spin' : ''}"
          aria-hidden="true"
        ></span>`;
  return look === 'icon'
    ? html`<vscode-button
        appearance="icon"
        aria-label=${label}
        title=${title ?? label}
        aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
        ?disabled=${disabled}
        @click=${onClick}
        >${glyph(nothing)}</vscode-button
      >`
    : html`<vscode-button appearance=${look} title=${title ?? nothing} ?disabled=${disabled} @click=${onClick}
        >${glyph('start')}${label}</vscode-button
      >`;
}

export interface TextFieldOptions {
  /** The name for screen readers, where the visible label stands apart. */
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly error?: string | undefined;
  readonly numeric?: boolean;
  /** What it is about, for screen readers. */
  readonly description?: string | undefined;
}

/**
 * The toolkit names a field after its text when it is put on the page, whatever its `aria-label` said; styles/forms.css
 * hides that text, for the visible label stands apart.
 */
export function textField({
  label,
  value,
  onInput,
  error,
  numeric = false,
  description,
}: TextFieldOptions): TemplateResult {
  return html`<vscode-text-field
    class=${error === undefined ? 'field-input' : 'field-input invalid'}
    aria-label=${label}
    aria-invalid=${error === undefined ? 'false' : 'true'}
    inputmode=${numeric ? 'decimal' : 'text'}
    .value=${live(value)}
    @input=${(event: Event) => onInput(valueOf(event))}
    ${ref((element) => describe(element, description))}
    >${label}</vscode-text-field
  >`;
}

/** The input lies in the toolkit's own tree, from where an `aria-describedby` would not find our text. */
function describe(field: Element | undefined, description: string | undefined): void {
  if (field === undefined || description === undefined) return;
  queueMicrotask(() =>
    field.shadowRoot?.querySelector('input')?.setAttribute('aria-description', description),
  );
}

export interface TextAreaOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly rows: number;
  readonly onInput: (text: string) => void;
}

export function textArea({ label, value, placeholder, rows, onInput }: TextAreaOptions): TemplateResult {
  return html`<vscode-text-area
    class="text-area"
    aria-label=${label}
    placeholder=${placeholder}
    rows=${rows}
    resize="vertical"
    .value=${live(value)}
    @input=${(event: Event) => onInput(valueOf(event))}
    >${label}</vscode-text-area
  >`;
}

export interface CheckboxOptions {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function checkbox({ label, checked, disabled = false, onChange }: CheckboxOptions): TemplateResult {
  return html`<vscode-checkbox
    class="checkbox"
    .checked=${live(checked)}
    ?disabled=${disabled}
    @change=${(event: Event) => {
      const now = isChecked(event);
      if (now !== checked) onChange(now);
    }}
    >${label}</vscode-checkbox
  >`;
}

/** Something is being done, for an unknown time. */
export function busy(words: string): TemplateResult {
  return html`<div class="busy" role="status">
    <vscode-progress-ring></vscode-progress-ring><span>${words}</span>
  </div>`;
}

/** Work with a known end; `share` between 0 and 1, undefined while unknown. */
export function progressBar(label: string, share: number | undefined): TemplateResult {
  const percent = share === undefined ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return html`<div
    class=${percent === undefined ? 'progress indeterminate' : 'progress'}
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${percent === undefined ? nothing : Math.round(percent)}
  >
    <svg aria-hidden="true">
      <rect width=${percent === undefined ? '30%' : `${percent}%`} height="100%"></rect>
    </svg>
  </div>`;
}
