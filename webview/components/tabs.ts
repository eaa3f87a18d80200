/** The places of the Lab as tabs, stages with the sign of their direction. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Stage } from '../../src/protocol/webview';
import { stageAfterKey, stages } from '../app/stages';

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
          ${title}${sign === '' ? nothing : html` <span class="tab-sign" aria-hidden="true">${sign}</span>`}
        </button>`,
    )}
  </div>`;
}
