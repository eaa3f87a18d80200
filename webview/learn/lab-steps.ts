/** "Preparation" in the form: the steps in their order, what each did, and a place to write one. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type PreparationStep, type StepOutcome, writeStep } from '../../src/protocol/preparation';
import { writeOutcome } from '../../src/protocol/step-words';
import { sendIntent } from '../app/host';
import { button, dropdown, textArea, textField } from '../components/controls';
import { LightElement } from '../components/light-element';
import {
  emptyStep,
  expressionHint,
  moved,
  placed,
  type StepKind,
  stepKinds,
  stepOf,
  type TypedStep,
  typedOf,
  without,
} from './step-fields';

@customElement('lab-steps')
export class LabSteps extends LightElement {
  @property({ attribute: false }) steps: readonly PreparationStep[] = [];
  @property({ attribute: false }) outcomes: readonly StepOutcome[] = [];
  /** Of the table as it is after all steps. */
  @property({ attribute: false }) columns: readonly string[] = [];
  /** Counts the answers: what was asked for is not there, or refused, until the next of them. */
  @property({ attribute: false }) look = 0;
  /** The step that is being written, and where it is to stand. */
  @state() private writing: { readonly at: number; readonly typed: TypedStep } | undefined;
  /** What was asked for last, until the file has been looked at again. */
  private asked: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('look') || this.asked === undefined) return;
    // What was refused stays open, to be mended: the message says what is wrong with it.
    if (this.asked === JSON.stringify(this.steps)) this.writing = undefined;
    this.asked = undefined;
  }

  protected override render(): TemplateResult {
    const { steps, writing } = this;
    return html`<div class="steps">
      ${
        steps.length === 0
          ? html`<p class="hint">
              Nothing is done to the rows before they are learnt from. Steps are kept with the model: its
              predictions are made of rows that were prepared in the same way.
            </p>`
          : html`<ol class="step-list">
              ${steps.map((step, index) =>
                writing?.at === index ? this.form(writing.typed) : this.row(step, index),
              )}
            </ol>`
      }
      ${
        writing === undefined
          ? dropdown({
              label: 'Add a step',
              value: '',
              options: [
                { value: '', title: 'Add a step…' },
                ...stepKinds.map(({ kind, title, hint }) => ({ value: kind, title, detail: hint })),
              ],
              answer: this.look,
              onChoose: (kind) => this.begin(kind),
            })
          : writing.at === steps.length
            ? this.form(writing.typed)
            : nothing
      }
      ${
        steps.length > 0 && writing === undefined
          ? html`<div class="actions">
              ${button({ label: 'Save as a new file…', icon: 'save-as', onClick: () => sendIntent(this, { type: 'savePrepared' }) })}
            </div>`
          : nothing
      }
    </div>`;
  }

  private row(step: PreparationStep, index: number): TemplateResult {
    const words = writeStep(step);
    const name = `step ${index + 1}`;
    const last = this.steps.length - 1;
    return html`<li class="step">
      <div class="step-words">
        <span class="step-text">${words}</span> <span class="dim">${this.did(index)}</span>
      </div>
      <div class="step-actions">
        ${button({ look: 'icon', icon: 'edit', label: `Edit ${name}: ${words}`, onClick: () => this.edit(index) })}
        ${button({ look: 'icon', icon: 'arrow-up', label: `Move ${name} up`, disabled: index === 0, onClick: () => this.ask(moved(this.steps, index, -1)) })}
        ${button({ look: 'icon', icon: 'arrow-down', label: `Move ${name} down`, disabled: index === last, onClick: () => this.ask(moved(this.steps, index, 1)) })}
        ${button({ look: 'icon', icon: 'trash', label: `Remove ${name}: ${words}`, onClick: () => this.ask(without(this.steps, index)) })}
      </div>
    </li>`;
  }

  private did(index: number): string {
    const outcome = this.outcomes[index];
    return outcome === undefined ? '' : writeOutcome(outcome);
  }

  private form(typed: TypedStep): TemplateResult {
    const kind = stepKinds.find((each) => each.kind === typed.do);
    const type = (change: Partial<TypedStep>) => {
      if (this.writing !== undefined)
        this.writing = { ...this.writing, typed: { ...this.writing.typed, ...change } };
    };
    const step = stepOf(typed);
    return html`<div class="step-form" role="group" aria-label=${kind?.title ?? ''}>
      <div class="label">${kind?.title}</div>
      ${this.fields(typed, type)}
      <p class="hint">
        ${kind?.hint}${typed.do === 'filter' || typed.do === 'compute' ? html` ${expressionHint}` : nothing}
      </p>
      <div class="actions">
        ${button({ label: 'Apply', icon: 'check', disabled: step === undefined, onClick: () => this.apply(step) })}
        ${button({ label: 'Cancel', onClick: () => (this.writing = undefined) })}
      </div>
    </div>`;
  }

  private fields(typed: TypedStep, type: (change: Partial<TypedStep>) => void): TemplateResult {
    const column = dropdown({
      label: 'Column',
      value: typed.column,
      options: this.columns.map((name) => ({ value: name, title: name })),
      onChoose: (name) => type({ column: name }),
    });
    const expression = (label: string) =>
      textField({ label, value: typed.expression, onInput: (text) => type({ expression: text }) });
    const named = (label: string, control: TemplateResult) =>
      html`<div class="step-field"><span class="dim">${label}</span>${control}</div>`;
    switch (typed.do) {
      case 'filter':
        return named('Keep rows where', expression('Keep rows where'));
      case 'compute':
        return html`${named(
          'Column',
          textField({ label: 'Column', value: typed.column, onInput: (text) => type({ column: text }) }),
        )}
        ${named('Is', expression('Is'))}`;
      case 'fill':
        return html`${named('Column', column)}
        ${named('With', textField({ label: 'With', value: typed.values, onInput: (text) => type({ values: text }) }))}`;
      case 'replace':
        return html`${named('Column', column)}
        ${textArea({ label: 'Replacements', value: typed.values, placeholder: 'LF = Low Fat', rows: 3, onInput: (text) => type({ values: text }) })}`;
      case 'drop-duplicates':
        return named(
          'Equal in (all columns where empty)',
          textField({
            label: 'Equal in these columns, parted by commas',
            value: typed.values,
            onInput: (text) => type({ values: text }),
          }),
        );
    }
  }

  private begin(chosen: string): void {
    const kind = stepKinds.find((each) => each.kind === chosen)?.kind;
    if (kind === undefined) return;
    this.open(this.steps.length, emptyStep(kind, this.firstColumn(kind)));
  }

  private edit(index: number): void {
    const step = this.steps[index];
    if (step !== undefined) this.open(index, typedOf(step));
  }

  private open(at: number, typed: TypedStep): void {
    this.writing = { at, typed };
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('.step-form vscode-text-field, .step-form vscode-dropdown')?.focus(),
    );
  }

  private firstColumn(kind: StepKind): string {
    return kind === 'fill' || kind === 'replace' ? (this.columns[0] ?? '') : '';
  }

  private apply(step: PreparationStep | undefined): void {
    if (step === undefined || this.writing === undefined) return;
    this.ask(placed(this.steps, this.writing.at, step));
  }

  private ask(steps: PreparationStep[]): void {
    this.asked = JSON.stringify(steps);
    sendIntent(this, { type: 'steps', steps });
  }
}
