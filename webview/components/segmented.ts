/** One of a few, side by side: native radio buttons, so that arrow keys and screen readers work as everywhere. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface SegmentedOptions<T extends string> {
  /** Names the group, and the radio buttons among each other; unique on the page. */
  readonly name: string;
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly {
    readonly value: T;
    readonly title: string;
    readonly count?: string | undefined;
  }[];
  readonly onChoose: (value: T) => void;
}

export function segmented<T extends string>(settings: SegmentedOptions<T>): TemplateResult {
  const { name, label, value, options, onChoose } = settings;
  return html`<div class="segmented" role="radiogroup" aria-label=${label}>
    ${options.map(
      (option) =>
        html`<label class="segment">
          <input
            type="radio"
            name=${name}
            value=${option.value}
            .checked=${live(option.value === value)}
            @change=${() => onChoose(option.value)}
          /><span
            >${option.title}${
              option.count === undefined ? nothing : html` <span class="segment-count">${option.count}</span>`
            }</span
          >
        </label>`,
    )}
  </div>`;
}
