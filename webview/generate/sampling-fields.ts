/** The settings of the sampling: presets in sight, numbers folded. */
import { html, nothing, type TemplateResult } from 'lit';
import { glossary, type Term } from '../../src/protocol/glossary';
import { explained, term } from '../components/lab-term';
import { button, textField } from '../components/controls';
import { folded } from '../components/folded';
import { segmented } from '../components/segmented';
import {
  choosePreset,
  type SamplingEdits,
  type SamplingForm,
  type SamplingName,
  writeSampling,
} from './sampling';

const fields = [
  { name: 'temperature', title: 'Temperature', entry: 'temperature' },
  { name: 'topK', title: 'Top-k (0: no limit)', entry: 'top-k' },
  { name: 'topP', title: 'Top-p (1: no limit)', entry: 'top-p' },
  { name: 'seed', title: 'Seed', entry: 'seed' },
  { name: 'length', title: 'Length', explanation: 'How many tokens to write at most.' },
] as const satisfies readonly { name: SamplingName; title: string; entry?: Term; explanation?: string }[];

/** Whether each text begins with the same seed. */
export interface SeedLock {
  readonly open: boolean;
  readonly locked: boolean;
  readonly onLock: (locked: boolean) => void;
}

function lockButton(locked: boolean, onLock: (locked: boolean) => void): TemplateResult {
  return button({
    label: 'Keep the seed',
    title: locked
      ? 'The seed is kept: the same prompt brings the same text'
      : 'Each text takes a new seed; press to keep this one',
    icon: locked ? 'lock' : 'unlock',
    look: 'icon',
    pressed: locked,
    onClick: () => onLock(!locked),
  });
}

export function samplingFields(
  form: SamplingForm,
  { open, locked, onLock }: SeedLock,
  change: (edit: (edits: SamplingEdits) => SamplingEdits) => void,
): TemplateResult {
  return html`<div class="field-block">
    ${segmented({
      name: 'preset',
      label: 'How freely it writes',
      value: form.preset,
      options: [
        { value: 'careful', title: 'Careful' },
        { value: 'balanced', title: 'Balanced' },
        { value: 'wild', title: 'Wild' },
      ],
      onChoose: (preset) => change((edits) => choosePreset(edits, preset)),
    })}
    ${folded({
      name: 'sampling',
      title: 'More settings',
      detail: writeSampling(form, locked),
      open,
      content: () =>
        html`<div class="fields">
          ${fields.map((field) => {
            const error = form.errors[field.name];
            return html`<div class="field">
              <div class="field-label">
                ${
                  'entry' in field
                    ? term(field.title, field.entry, `about-${field.name}`)
                    : explained(field.title, field.explanation, `about-${field.name}`)
                }
              </div>
              ${field.name === 'seed' ? lockButton(locked, onLock) : nothing}
              <div class="field-control">
                ${textField({
                  label: field.title,
                  value: form.texts[field.name],
                  error,
                  numeric: true,
                  description: 'entry' in field ? glossary[field.entry] : field.explanation,
                  onInput: (text) => change((edits) => ({ ...edits, [field.name]: text })),
                })}
              </div>
              ${error === undefined ? nothing : html`<div class="field-error" role="alert">${error}</div>`}
            </div>`;
          })}
        </div>`,
    })}
  </div>`;
}
