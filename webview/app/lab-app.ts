/** The whole application: receives states, remembers what the user did, passes their intents on. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { LabState, Stage } from '../../src/protocol/webview';
import { busy, button, type ButtonOptions } from '../components/controls';
import { FoldEvent } from '../components/folded';
import { LightElement } from '../components/light-element';
import { message } from '../components/notice';
import { tabs } from '../components/tabs';
import '../data/lab-data';
import '../generate/lab-generate';
import '../infer/lab-infer';
import '../learn/lab-learn';
import { contextOf, openElsewhere } from './context-line';
import { connectHost, failureMessage, type Host, IntentEvent, reportFailures } from './host';
import { landFocus } from './focus';
import { readIncoming } from './incoming';
import { emptyMemory, followState, type Memory, readMemory, showsRun } from './memory';
import { RememberEvent } from './remember';
import { showControlsIn } from './shown-controls';
import { systemClock, throttle } from './throttle';

/** Ten drawings a second at most. */
const drawEveryMs = 100;

@customElement('lab-app')
export class LabApp extends LightElement {
  @state() private lab: LabState | undefined;
  @state() private memory: Memory = emptyMemory;
  private host: Host | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.host !== undefined) return;
    const host = connectHost();
    this.host = host;
    reportFailures(host);
    landFocus(this);
    showControlsIn(this);
    this.memory = readMemory(host.readMemory());
    this.addEventListener(IntentEvent.type, (event) => this.pass(event));
    this.addEventListener(RememberEvent.type, (event) => this.keep(event.change(this.memory)));
    this.addEventListener(FoldEvent.type, (event) => this.fold(event));
    const show = throttle(drawEveryMs, (next: LabState) => this.show(next), systemClock);
    window.addEventListener('message', (event) => {
      try {
        show(readIncoming(event.data));
      } catch (error) {
        host.send(failureMessage(error));
      }
    });
    host.send({ type: 'ready' });
  }

  private show(next: LabState): void {
    const first = this.lab === undefined;
    this.keep(followState(this.memory, this.lab, next));
    this.lab = next;
    if (first && this.memory.stage !== next.stage)
      this.host?.send({ type: 'stage', stage: this.memory.stage });
  }

  private keep(memory: Memory): void {
    if (memory === this.memory) return;
    this.memory = memory;
    this.host?.writeMemory(memory);
  }

  private pass({ message }: IntentEvent): void {
    if (message.type === 'stage') this.keep({ ...this.memory, stage: message.stage });
    if (message.type === 'run' && message.action === 'open')
      this.keep({ ...this.memory, leftRun: undefined });
    this.host?.send(message);
  }

  private fold({ section, open }: FoldEvent): void {
    const others = this.memory.open.filter((name) => name !== section);
    this.keep({ ...this.memory, open: open ? [...others, section] : others });
  }

  private choose(stage: Stage): void {
    if (stage !== this.memory.stage) this.pass(new IntentEvent({ type: 'stage', stage }));
  }

  protected override render(): TemplateResult {
    const { lab, memory } = this;
    if (lab === undefined) return html`<div class="lab">${busy('Loading…')}</div>`;
    return html`<div class="lab ${lab.where}">
      <header class="lab-head">
        <h1 class="visually-hidden">Local Model Lab</h1>
        ${this.context(lab, memory)} ${this.elsewhere(lab, memory)}
        ${tabs(memory.stage, (stage) => this.choose(stage))}
      </header>
      <main>
        ${this.messages(lab, memory)}
        <div id="stage-panel" role="tabpanel" aria-labelledby="tab-${memory.stage}">
          ${this.stage(lab, memory)}
        </div>
      </main>
    </div>`;
  }

  private context(lab: LabState, memory: Memory): TemplateResult {
    const line = contextOf(lab, memory);
    if (line === undefined) {
      return html`<div class="context dim">
        ${lab.inspecting ? 'Looking at the file…' : 'No table or text is open'}
      </div>`;
    }
    const { file, target, rest, path } = line;
    return html`<div class="context" title=${path}>
      <div class="context-parts">
        <span class="context-part"
          >${target === undefined ? nothing : html`<strong>${file}</strong> → `}<strong
            >${target ?? file}</strong
          ></span
        >
        ${rest.map((part) => html` <span class="context-part dim"><span class="context-dot">· </span>${part}</span>`)}
      </div>
    </div>`;
  }

  /** Another file is open than the one that the page is about. */
  private elsewhere(lab: LabState, memory: Memory): TemplateResult | typeof nothing {
    const file = openElsewhere(lab, memory);
    if (file === undefined) return nothing;
    return html`<div class="elsewhere">
      <span class="dim">Open now:</span> ${file} <span class="dim" aria-hidden="true">·</span>
      <button type="button" class="link" aria-label="Use it: ${file}" @click=${() => this.useFront()}>
        Use it
      </button>
    </div>`;
  }

  private useFront(): void {
    this.keep({ ...this.memory, leftRun: this.lab?.training?.runFolder, turned: true });
    this.host?.send({ type: 'useFront' });
  }

  private messages(lab: LabState, memory: Memory): TemplateResult {
    return html`${
      lab.trusted
        ? nothing
        : html`<div class="untrusted">
            ${message({
              severity: 'warning',
              message: 'This workspace is not trusted.',
              advice: 'Files can be looked at, but nothing is trained or run here until you trust it.',
            })}
            <div class="actions">
              ${button({ label: 'Manage workspace trust', icon: 'workspace-untrusted', onClick: () => this.host?.send({ type: 'manageTrust' }) })}
            </div>
          </div>`
    }
    ${lab.left !== undefined && memory.stage === 'learn' ? this.left(lab.left) : nothing}
    ${
      lab.notice && !(showsRun(memory, lab) && isToldByRun(lab))
        ? message({
            ...lab.notice,
            actions: this.noticeActions(lab.notice),
            onDismiss: () => this.host?.send({ type: 'dismissNotice' }),
          })
        : nothing
    }`;
  }

  private noticeActions({ action, path }: NonNullable<LabState['notice']>): ButtonOptions[] {
    if (action === undefined || path === undefined) return [];
    return [{ label: 'Open as Grid', icon: 'table', onClick: () => this.host?.send({ type: action, path }) }];
  }

  /** The message about it is gone after some seconds; here it stands until it is answered. */
  private left(words: string): TemplateResult {
    const decide = (decision: 'start' | 'discard') => () => this.host?.send({ type: 'left', decision });
    return message({
      severity: 'information',
      message: words,
      actions: [
        { label: 'Start', onClick: decide('start') },
        { label: 'Discard', onClick: decide('discard') },
      ],
    });
  }

  private stage(lab: LabState, memory: Memory): TemplateResult {
    switch (memory.stage) {
      case 'data':
        return html`<lab-data .state=${lab} .memory=${memory}></lab-data>`;
      case 'learn':
        return html`<lab-learn .state=${lab} .memory=${memory}></lab-learn>`;
      case 'infer':
        return html`<lab-infer .state=${lab}></lab-infer>`;
      case 'generate':
        return html`<lab-generate .state=${lab} .memory=${memory}></lab-generate>`;
    }
  }
}

/** Whether the run that is shown says itself what the notice says. */
function isToldByRun({ notice, opened, training }: LabState): boolean {
  const error = opened?.folder === training?.runFolder ? opened?.error : undefined;
  return error !== undefined && notice?.message.endsWith(error.message) === true;
}
