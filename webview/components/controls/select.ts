/** A choice of one in a list of many fields, as the browser has it: a hundred of the toolkit's dropdowns are slow. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { valueOf } from '../event-fields';
import type { DropdownSettings } from './lab-dropdown';

export function select(settings: Omit<DropdownSettings, 'describedBy'>): TemplateResult {
  const { label, value, options, onChoose, disabled = false } = settings;
  return html`<select
    class="select"
    aria-label=${label}
    .value=${live(value)}
    ?disabled=${disabled}
    @change=${(event: Event) => onChoose(valueOf(event))}
  >
    ${options.map(
      (option) =>
        html`<option value=${option.value} ?selected=${option.value === value}>${option.title}</option>`,
    )}
  </select>`;
}
