/** The settings of a form as rows. */
import { html, nothing, type TemplateResult } from 'lit';
import { button, dropdown, textField } from '../components/controls';
import { explained } from '../components/lab-term';
import type { FormField } from './form';

/** How many of some fields differ from what was suggested. */
export function changed(...groups: readonly (readonly FormField[])[]): string | undefined {
  const count = groups.flat().filter((field) => field.edited).length;
  return count === 0 ? undefined : `${count} changed`;
}

/** A setting with its explanation, its way back to the suggestion and what is wrong with it. */
export function fieldRow(field: FormField, onInput: (text: string) => void): TemplateResult {
  const { field: about, text, suggested, edited, error } = field;
  const tip = `about-${about.name}`;
  const control =
    about.kind === 'choice'
      ? dropdown({
          label: about.title,
          describedBy: tip,
          value: text,
          options: (about.choices ?? []).map((choice) => ({ value: choice, title: choice })),
          onChoose: onInput,
        })
      : textField({
          label: about.title,
          value: text,
          onInput,
          error,
          numeric: true,
          description: about.description,
        });
  return html`<div class=${edited ? 'field edited' : 'field'}>
    <div class="field-label">${explained(about.title, about.description, tip)}</div>
    ${
      edited
        ? button({
            label: `Reset ${about.title} to ${suggested}`,
            look: 'icon',
            icon: 'discard',
            onClick: () => onInput(suggested),
          })
        : nothing
    }
    <div class="field-control">${control}</div>
    ${error === undefined ? nothing : html`<div class="field-error" role="alert">${error}</div>`}
  </div>`;
}
