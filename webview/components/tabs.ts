/** The three stages as tabs, each with the sign of its direction. */
import { html, type TemplateResult } from 'lit';
import type { Stage } from '../../src/protocol/webview';

const stages = [
  { stage: 'learn', title: 'Learn', sign: '⇄', direction: 'forward and backward: the weights are corrected' },
  { stage: 'infer', title: 'Infer', sign: '→', direction: 'forward only: the model judges new rows' },
  {
    stage: 'generate',
    title: 'Generate',
    sign: '↻',
    direction: 'forward, again for each token: the model writes',
  },
] as const satisfies readonly { stage: Stage; title: string; sign: string; direction: string }[];

/** The stage that a key leads to; undefined for keys that do not belong to tabs. */
export function stageAfterKey(stage: Stage, key: string): Stage | undefined {
  const at = stages.findIndex((tab) => tab.stage === stage);
  const last = stages.length - 1;
  switch (key) {
    case 'ArrowRight':
      return stages[at === last ? 0 : at + 1]?.stage;
    case 'ArrowLeft':
      return stages[at === 0 ? last : at - 1]?.stage;
    case 'Home':
      return stages[0].stage;
    case 'End':
      return stages[last]?.stage;
    default:
      return undefined;
  }
}

export function tabs(chosen: Stage, choose: (stage: Stage) => void): TemplateResult {
  const keyed = (event: KeyboardEvent): void => {
    const next = stageAfterKey(chosen, event.key);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Stages" @keydown=${keyed}>
    ${stages.map(
      ({ stage, title, sign, direction }) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${stage}"
          class="tab"
          title="${title}: ${direction}"
          aria-selected=${stage === chosen ? 'true' : 'false'}
          aria-controls="stage-panel"
          tabindex=${stage === chosen ? 0 : -1}
          @click=${() => choose(stage)}
        >
          ${title} <span class="tab-sign" aria-hidden="true">${sign}</span>
        </button>`,
    )}
  </div>`;
}
