/** Generate ↻: a prompt, a model, and the text as it is being written. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { tellApart } from '../../src/protocol/run-names';
import type { RunSummary } from '../../src/protocol/runs';
import { writesText } from '../../src/protocol/tasks';
import type { LabState, GenerationState } from '../../src/protocol/webview';
import { writeHeadline, writeMilliseconds, writeNumber } from '../../src/protocol/words';
import { sendIntent } from '../app/host';
import type { Memory } from '../app/memory';
import { remember } from '../app/remember';
import { button, dropdown, textArea } from '../components/controls';
import { emptyState } from '../components/empty-state';
import { facts, type Fact } from '../components/figures';
import { term } from '../components/lab-term';
import { LightElement } from '../components/light-element';
import { message } from '../components/notice';
import { newSeed, readSampling } from './sampling';
import { samplingFields } from './sampling-fields';

/** Pixels from the end that still count as reading along. */
const nearEnd = 24;

@customElement('lab-generate')
export class LabGenerate extends LightElement {
  @property({ attribute: false }) state: LabState | undefined;
  @property({ attribute: false }) memory: Memory | undefined;
  private readsAlong = true;

  protected override render(): TemplateResult {
    const { state, memory } = this;
    if (state === undefined || memory === undefined) return html``;
    const writers = state.runs.filter((run) => run.hasModel && writesText(run.task));
    if (writers.length === 0) return this.nothingToWriteWith(state);
    const writer = this.writer(writers);
    return state.where === 'editor'
      ? html`<div class="columns-wide">
          <div class="column-side">
            <section class="section">
              ${this.question(state, memory, writers, writer)}${this.sampling(memory)}
            </section>
          </div>
          <div class="column-main"><section class="section">${this.output(state.generation)}</section></div>
        </div>`
      : html`<section class="section">
          ${this.question(state, memory, writers, writer)}${this.output(state.generation)}${this.sampling(memory)}
        </section>`;
  }

  /** The chosen model, else the one that wrote last, else the newest. */
  private writer(writers: readonly RunSummary[]): RunSummary | undefined {
    const find = (folder: string | undefined) => writers.find((run) => run.folder === folder);
    const newest = [...writers].sort((a, b) => b.created.localeCompare(a.created))[0];
    return find(this.memory?.writer) ?? find(this.state?.generation?.runFolder) ?? newest;
  }

  private nothingToWriteWith(state: LabState): TemplateResult {
    const isText = state.draft !== undefined && writesText(state.draft.task);
    return emptyState(
      'edit',
      'No model can write yet',
      html`Train a ${term('language model', 'language model')} on a plain text; then it continues whatever you
      type.`,
      isText
        ? [
            {
              label: 'Go to Learn',
              look: 'primary',
              icon: 'beaker',
              onClick: () => sendIntent(this, { type: 'stage', stage: 'learn' }),
            },
          ]
        : [
            {
              label: 'Open a sample text',
              look: 'primary',
              icon: 'book',
              onClick: () => sendIntent(this, { type: 'openSample', sample: 'text' }),
            },
            {
              label: 'Open a text…',
              icon: 'folder-opened',
              onClick: () => sendIntent(this, { type: 'openFile' }),
            },
          ],
    );
  }

  private question(
    state: LabState,
    memory: Memory,
    writers: readonly RunSummary[],
    writer: RunSummary | undefined,
  ): TemplateResult {
    const form = readSampling(memory.sampling);
    const writing = isWriting(state.generation);
    const apart = tellApart(writers);
    return html`<h2 class="visually-hidden">Text of a model</h2>
      <div class="field-block">
        <div class="label">Model that writes</div>
        ${dropdown({
          label: 'Model that writes',
          value: writer?.folder ?? '',
          options: writers.map((run) => ({
            value: run.folder,
            title: run.name,
            detail: detailOf(run, apart),
          })),
          onChoose: (folder) => remember(this, (now) => ({ ...now, writer: folder })),
        })}
      </div>
      ${shortTextOf(writer)}
      <div class="field-block" @keydown=${this.keyed}>
        <div class="label">Prompt</div>
        ${textArea({
          label: 'Prompt',
          value: memory.prompt,
          placeholder: 'The beginning of a text. Empty: it begins by itself.',
          rows: 4,
          onInput: (prompt) => remember(this, (now) => ({ ...now, prompt })),
        })}
      </div>
      <div class="actions" role="group" aria-label="Writing">
        ${button({
          label: 'Generate',
          icon: 'play',
          look: 'primary',
          title: 'Generate (Ctrl+Enter or Cmd+Enter)',
          disabled: writing || form.sampling === undefined || writer === undefined || !state.trusted,
          onClick: () => this.generate(),
        })}
        ${button({
          label: 'Stop',
          icon: 'debug-stop',
          disabled: !writing,
          onClick: () => sendIntent(this, { type: 'stopGeneration' }),
        })}
      </div>`;
  }

  /** Beneath the text: whoever writes again and again keeps prompt, button and text together. */
  private sampling(memory: Memory): TemplateResult {
    const lock = {
      open: memory.open.includes('sampling'),
      locked: memory.seedLocked === true,
      onLock: (seedLocked: boolean) => remember(this, (now) => ({ ...now, seedLocked })),
    };
    return samplingFields(readSampling(memory.sampling), lock, (change) =>
      remember(this, (now) => {
        const sampling = change(now.sampling);
        // Whoever types a seed wants that one.
        const typed = sampling.seed !== now.sampling.seed;
        return { ...now, sampling, ...(typed ? { seedLocked: true } : {}) };
      }),
    );
  }

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.generate();
  };

  private generate(): void {
    const { state, memory } = this;
    if (state === undefined || memory === undefined || isWriting(state.generation) || !state.trusted) return;
    const { sampling } = readSampling(memory.sampling);
    const writer = this.writer(state.runs.filter((run) => run.hasModel && writesText(run.task)));
    if (sampling === undefined || writer === undefined) return;
    this.readsAlong = true;
    const seed = memory.seedLocked === true ? sampling.seed : newSeed();
    remember(this, (now) => ({ ...now, sampling: { ...now.sampling, seed: String(seed) } }));
    const asked = { ...sampling, seed };
    sendIntent(this, { type: 'generate', runFolder: writer.folder, prompt: memory.prompt, sampling: asked });
  }

  private output(generation: GenerationState | undefined): TemplateResult {
    if (generation === undefined)
      return html`<p class="dim placeholder">What the model writes appears here.</p>`;
    const text = generation.progress?.text ?? '';
    const whole = generation.prompt + text;
    const writing = isWriting(generation);
    return html`<div class="output">
      <h3>${stateWords[generation.state]}</h3>
      <div class="writing tall" tabindex="0" role="region" aria-label="Written text" @scroll=${this.scrolled}>
        <span class="prompt">${generation.prompt}</span
        ><span class="written">${text}</span
        >${writing ? html`<span class="caret" aria-hidden="true"></span>` : nothing}
      </div>
      <div class="actions">
        ${button({ label: 'Copy', icon: 'copy', disabled: whole === '', onClick: () => sendIntent(this, { type: 'copyText', text: whole }) })}
        ${button({ label: 'Insert into the editor', icon: 'arrow-right', disabled: whole === '', onClick: () => sendIntent(this, { type: 'insertText', text: whole }) })}
      </div>
      <div class="visually-hidden" role="status">${announcement(generation)}</div>
      ${generation.notes.map((note) => message({ severity: 'information', message: note }))}
      ${facts(generationFacts(generation))}
    </div>`;
  }

  private readonly scrolled = (event: Event): void => {
    const box = event.currentTarget;
    if (!(box instanceof HTMLElement)) return;
    this.readsAlong = box.scrollHeight - box.scrollTop - box.clientHeight <= nearEnd;
  };

  /** Follows the writing, unless the reader has scrolled back. */
  protected override updated(changed: PropertyValues<this>): void {
    const box = this.querySelector('.writing');
    if (changed.has('state') && this.readsAlong && box && isWriting(this.state?.generation))
      box.scrollTop = box.scrollHeight;
  }
}

const stateWords = {
  idle: 'Ready',
  starting: 'Starting…',
  writing: 'Writing…',
  finished: 'Written',
  stopped: 'Stopped',
  failed: 'Failed',
} as const satisfies Record<GenerationState['state'], string>;

/** A model of a very short text knows it by heart: said where its writing is read. */
function shortTextOf(writer: RunSummary | undefined): TemplateResult | typeof nothing {
  const alert = writer?.alerts.find(({ code }) => code === 'short-text');
  return alert === undefined
    ? nothing
    : message({ severity: alert.severity, message: alert.message, advice: alert.advice });
}

/** What tells the run from others of its name, and how good it is. */
function detailOf({ folder, headline }: RunSummary, apart: ReadonlyMap<string, string>): string | undefined {
  const parts = [apart.get(folder) ?? '', headline ? writeHeadline(headline) : ''];
  return parts.filter((part) => part !== '').join(' · ') || undefined;
}

function isWriting(generation: GenerationState | undefined): boolean {
  return generation?.state === 'starting' || generation?.state === 'writing';
}

/** Said to screen readers when it begins and, with the text, when it ends: never token by token. */
function announcement(generation: GenerationState): string {
  if (isWriting(generation)) return 'Writing…';
  return generation.progress
    ? `${stateWords[generation.state]}: ${generation.progress.text.slice(0, 2000)}`
    : '';
}

function generationFacts({ progress, perplexity }: GenerationState): Fact[] {
  if (progress === undefined) return [];
  return [
    { name: term('Tokens', 'token'), value: writeNumber(progress.tokens) },
    { name: 'Speed', value: `${writeNumber(progress.tokensPerSecond)} tokens/s` },
    { name: 'First token', value: `after ${writeMilliseconds(progress.firstTokenMs)}` },
    ...(perplexity === undefined
      ? []
      : [{ name: term('Perplexity', 'perplexity'), value: writeNumber(perplexity) }]),
  ];
}
