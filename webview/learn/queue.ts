/** The trainings that wait, each with a way to take it back. */
import { html, nothing, type TemplateResult } from 'lit';
import type { QueuedTraining } from '../../src/protocol/webview';
import { baseName } from '../app/context-line';
import { sendIntent } from '../app/host';
import { button } from '../components/controls';
import { icon } from '../components/icon';

export function queueList(
  queue: readonly QueuedTraining[] | undefined,
  from: EventTarget,
): TemplateResult | typeof nothing {
  if (queue === undefined || queue.length === 0) return nothing;
  return html`<ul class="queue" aria-label="Trainings that wait">
    ${queue.map(({ id, datasetPath, target }, index) => {
      const what = target === undefined ? baseName(datasetPath) : `${baseName(datasetPath)} → ${target}`;
      return html`<li>
        ${icon('watch')}<span class="queue-words"
          ><span class="dim">${index === 0 ? 'Next:' : 'Then:'}</span> ${what}</span
        >
        ${button({
          label: `Do not train ${what}`,
          title: 'Take it back',
          icon: 'close',
          look: 'icon',
          onClick: () => sendIntent(from, { type: 'unqueue', id }),
        })}
      </li>`;
    })}
  </ul>`;
}
