/** The form of the Learn stage: what to predict, with which model, and one button. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { families, familyTitle } from '../../src/protocol/families';
import { mergeWishes } from '../../src/protocol/reading';
import { shortText } from '../../src/protocol/text-length';
import type { Draft, LabStatus, QualityState, ThumbnailsState } from '../../src/protocol/webview';
import { writeCounted } from '../../src/protocol/words';
import { sendIntent } from '../app/host';
import { type Memory, recallForm, rememberForm } from '../app/memory';
import { remember } from '../app/remember';
import { busy, button, dropdown } from '../components/controls';
import { folded } from '../components/folded';
import { term } from '../components/lab-term';
import { LightElement } from '../components/light-element';
import { message } from '../components/notice';
import { countUsed } from './column-use';
import { columnList, columnsSection } from './columns';
import { changed, fieldRow } from './fields';
import { imageSamples } from './images';
import { issueMessages } from './issue-messages';
import { type Answer, questionList } from './questions';
import { readingBlock, readingSection } from './reading';
import './lab-steps';
import { stepsSection } from './step-fields';
import { targetBlock } from './target';
import {
  editColumn,
  editSplit,
  editValue,
  exclusionToAsk,
  type Form,
  type FormEdits,
  type FormField,
  formKey,
  readForm,
} from './form';

@customElement('lab-form')
export class LabForm extends LightElement {
  @property({ attribute: false }) draft: Draft | undefined;
  @property({ attribute: false }) memory: Memory | undefined;
  @property({ attribute: false }) status: LabStatus = 'stopped';
  /** Why it cannot be trained now; undefined when it can. */
  @property({ attribute: false }) blocked: string | undefined;
  /** The file that is being learnt: a training of this form waits for it. */
  @property({ attribute: false }) waitsFor: string | undefined;
  /** The name of the run that the user came from, to go back to. */
  @property({ attribute: false }) leftRun: string | undefined;
  /** What the quality checks found, perhaps in another file. */
  @property({ attribute: false }) quality: QualityState | undefined;
  /** Some images of a dataset, perhaps of another one. */
  @property({ attribute: false }) thumbnails: ThumbnailsState | undefined;
  /** From the click on Train until the extension answers. */
  @state() private sent = false;
  /** The file, target and left-out columns whose suggestions were looked at last. */
  private considered = '';

  protected override render(): TemplateResult {
    const { draft, memory } = this;
    if (draft === undefined || memory === undefined) return html``;
    if (draft.models.length === 0) return this.withoutModel(draft);
    const form = readForm(draft, this.edits);
    const prominent = form.fields.filter(({ field }) => field.prominent);
    const rest = form.fields.filter(({ field }) => !field.prominent);
    const edit = (field: FormField, text: string) =>
      this.edit((edits) => editValue(edits, form.family, field, text));
    return html`<form
      class="section form"
      aria-label="Train a model"
      @submit=${(event: Event) => event.preventDefault()}
      @keydown=${this.keyed}
    >
      ${
        this.leftRun === undefined
          ? nothing
          : html`<button
              type="button"
              class="link back"
              @click=${() => remember(this, (now) => ({ ...now, leftRun: undefined }))}
            >
              <i class="codicon codicon-arrow-left" aria-hidden="true"></i>Back to ${this.leftRun}
            </button>`
      }
      ${this.reading(draft)} ${this.images(draft)} ${targetBlock(draft, this)} ${this.family(draft, form)}
      <div class="fields" role="group" aria-label="Settings">
        ${prominent.map((field) => fieldRow(field, (text) => edit(field, text)))}
      </div>
      ${folded({
        name: 'settings',
        title: 'More settings',
        detail: changed(rest, [form.seed, form.validation]),
        open: memory.open.includes('settings'),
        content: () =>
          html`<div class="fields">
            ${rest.map((field) => fieldRow(field, (text) => edit(field, text)))}
            ${[form.seed, form.validation].map((field) =>
              fieldRow(field, (text) => this.edit((edits) => editSplit(edits, field, text))),
            )}
          </div>`,
      })}
      ${this.columns(draft, form.exclude)} ${this.preparation(draft)} ${this.short(draft, form)}
      ${this.issues(draft)} ${this.submit(draft, form)}
    </form>`;
  }

  /** Nothing can be learnt as the file is read now: how it is read, and what is wrong with it. */
  private withoutModel(draft: Draft): TemplateResult {
    return html`<div class="section form">
      ${this.reading(draft)} ${this.images(draft)}
      ${draft.target === undefined ? nothing : targetBlock(draft, this)} ${this.columns(draft, [])}
      ${this.preparation(draft)} ${this.issues(draft)}
    </div>`;
  }

  private get edits(): FormEdits {
    const { draft, memory } = this;
    return draft === undefined || memory === undefined ? {} : recallForm(memory, formKey(draft));
  }

  private edit(change: (edits: FormEdits) => FormEdits): void {
    const { draft } = this;
    if (draft === undefined) return;
    const key = formKey(draft);
    remember(this, (memory) => rememberForm(memory, key, change(recallForm(memory, key))));
  }

  private reading({ dataset, asked = {}, look = 0 }: Draft): TemplateResult | typeof nothing {
    if (dataset.kind !== 'table') return nothing;
    return readingBlock({
      table: dataset,
      open: this.memory?.open.includes(readingSection) ?? false,
      asked: Object.keys(asked).some((part) => part !== 'steps'),
      look,
      onChoose: (field, value) => sendIntent(this, { type: 'reading', field, value }),
      onReset: () => sendIntent(this, { type: 'findOutReading' }),
    });
  }

  private readonly wish: Answer = (column, wish) => sendIntent(this, { type: 'column', column, wish });

  private readonly answer: Answer = (column, wish) =>
    this.wish(column, mergeWishes(this.draft?.asked?.columns?.[column], wish));

  private family(draft: Draft, form: Form): TemplateResult {
    const { title, whenToUse } = families.require(form.family);
    return html`<div class="field-block">
      <div class="label">${term('Model', 'model family', 'about-family')}</div>
      ${
        draft.models.length > 1
          ? dropdown({
              label: 'Model family',
              describedBy: 'about-family use-of-family',
              value: form.family,
              options: draft.models.map(({ family }, index) => ({
                value: family,
                title: index === 0 ? `${familyTitle(family)} (suggested)` : familyTitle(family),
              })),
              onChoose: (chosen) =>
                this.edit((edits) => ({
                  ...edits,
                  family: draft.models.find(({ family }) => family === chosen)?.family,
                })),
            })
          : html`<div class="single-choice">${title}</div>`
      }
      <p class="hint" id="use-of-family">${whenToUse}</p>
    </div>`;
  }

  private images({ dataset }: Draft): TemplateResult | typeof nothing {
    return dataset.kind === 'table' ? imageSamples(dataset, this.thumbnails) : nothing;
  }

  private columns(draft: Draft, exclude: readonly string[]): TemplateResult | typeof nothing {
    const { dataset, target } = draft;
    if (dataset.kind !== 'table') return nothing;
    return folded({
      name: columnsSection,
      title: 'Columns',
      detail: countUsed(dataset, target, exclude),
      open: this.memory?.open.includes(columnsSection) ?? false,
      content: () =>
        columnList({
          table: dataset,
          target,
          exclude,
          asked: draft.asked?.columns,
          onUse: (column, use) => this.edit((edits) => editColumn(edits, column, use)),
          onWish: this.wish,
          onAnswer: this.answer,
        }),
    });
  }

  private preparation({ dataset, asked = {}, look = 0 }: Draft): TemplateResult | typeof nothing {
    if (dataset.kind !== 'table') return nothing;
    const { steps = [] } = asked;
    return folded({
      name: stepsSection,
      title: 'Preparation',
      detail: steps.length === 0 ? undefined : writeCounted(steps.length, 'step'),
      open: this.memory?.open.includes(stepsSection) ?? false,
      content: () =>
        html`<lab-steps
          .steps=${steps}
          .outcomes=${dataset.steps ?? []}
          .columns=${dataset.columns.map(({ name }) => name)}
          .look=${look}
        ></lab-steps>`,
    });
  }

  private short({ dataset }: Draft, { family, experiment }: Form): TemplateResult | typeof nothing {
    const { looksBackBy = '' } = families.require(family);
    const context = experiment?.model.hyperparameters[looksBackBy];
    if (dataset.kind !== 'text' || typeof context !== 'number') return nothing;
    const said = shortText(dataset.characters, context);
    return said === undefined ? nothing : message({ severity: 'warning', ...said });
  }

  private issues({ dataset }: Draft): TemplateResult[] {
    const findings = this.quality?.path === dataset.path ? this.quality.findings : [];
    return issueMessages(dataset, findings, {
      onIntent: (intent) => sendIntent(this, intent),
      onLeaveOut: (columns) =>
        this.edit((edits) =>
          columns.reduce<FormEdits>((form, column) => editColumn(form, column, false), edits),
        ),
    });
  }

  private submit({ dataset }: Draft, form: Form): TemplateResult {
    const wrong = [...form.fields, form.seed, form.validation].filter((field) => field.error !== undefined);
    return html`<div class="submit">
      ${dataset.kind === 'table' ? questionList(dataset, form.exclude, this.answer) : nothing}
      <div class="actions">
        ${button({
          label: 'Train',
          icon: 'play',
          look: 'primary',
          disabled: this.sent || this.blocked !== undefined || form.experiment === undefined,
          onClick: () => this.train(),
        })}
        ${
          form.edited
            ? button({ label: 'Reset to suggested', icon: 'discard', onClick: () => this.edit(() => ({})) })
            : nothing
        }
      </div>
      ${this.blocked ? html`<p class="hint">${this.blocked}</p>` : nothing}
      ${
        this.waitsFor !== undefined && this.blocked === undefined
          ? html`<p class="hint">Begins when ${this.waitsFor} is learnt.</p>`
          : nothing
      }
      ${
        wrong.length > 0
          ? html`<p class="hint field-error" role="status">
              Check first: ${wrong.map(({ field }) => field.title).join(', ')}.
            </p>`
          : nothing
      }
      ${this.status === 'starting' ? busy('The engine is starting…') : nothing}
    </div>`;
  }

  /** Enter in a field trains, as in every form. */
  private readonly keyed = (event: KeyboardEvent): void => {
    const inField = event.target instanceof HTMLElement && event.target.tagName === 'VSCODE-TEXT-FIELD';
    if (event.key === 'Enter' && inField) this.train();
  };

  private train(): void {
    const { draft } = this;
    if (draft === undefined || this.sent || this.blocked !== undefined) return;
    const { experiment } = readForm(draft, this.edits);
    if (experiment === undefined) return;
    this.sent = true;
    sendIntent(this, { type: 'train', experiment });
  }

  /** The extension answers every request with a state, and so with a new draft. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('draft')) this.sent = false;
  }

  /** Leads to the line of the column that was chosen among the data. */
  private showColumn(): void {
    const name = this.memory?.showColumn;
    if (name === undefined) return;
    const line = [...this.querySelectorAll<HTMLElement>('[data-column]')].find(
      ({ dataset }) => dataset['column'] === name,
    );
    line?.scrollIntoView({ block: 'center' });
    line?.querySelector<HTMLElement>('vscode-checkbox:not([disabled]), select')?.focus();
    remember(this, (memory) => ({ ...memory, showColumn: undefined }));
  }

  /**
   * Has models suggested for the columns that are left. Once for each choice of them: two views may differ in what they
   * leave out, and must not ask in turn for ever.
   */
  protected override updated(): void {
    const { draft, edits } = this;
    if (draft === undefined) return;
    this.showColumn();
    const key = JSON.stringify([formKey(draft), draft.target, edits.exclude ?? []]);
    if (key === this.considered) return;
    this.considered = key;
    const columns = exclusionToAsk(draft, edits);
    if (columns !== undefined) sendIntent(this, { type: 'exclude', columns: [...columns] });
  }
}
