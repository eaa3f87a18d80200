/** What is to be learnt of the file: which column to predict, or to write like its text. */
import { html, nothing, type TemplateResult } from 'lit';
import { kinds, kindsOfShape } from '../../src/protocol/kinds';
import { tasks } from '../../src/protocol/tasks';
import type { Draft } from '../../src/protocol/webview';
import { sendIntent } from '../app/host';
import { dropdown } from '../components/controls';
import { term } from '../components/lab-term';
import { titledTerm } from '../components/metric-terms';

/** The column to predict, or that a text is learnt to be written like; and the way to the other of the two. */
export function targetBlock(draft: Draft, from: EventTarget): TemplateResult {
  const { dataset } = draft;
  const table = dataset.kind === 'table';
  const other = table ? 'text' : 'table';
  const isText = kinds.find(dataset.source ?? '')?.isText !== false;
  const otherKind = isText
    ? html`<button type="button" class="link" @click=${() => sendIntent(from, { type: 'kind', kind: other })}>
        Read it as ${kindsOfShape(other)[0]?.called}
      </button>`
    : nothing;
  if (!table) {
    return html`<div class="field-block">
      <p class="hint">
        A ${term('language model', 'language model', 'about-language-model')} learns to write like this text.
        ${otherKind}
      </p>
    </div>`;
  }
  const suggestion = dataset.targets.find((target) => target.column === draft.target);
  return html`<div class="field-block">
    <div class="label">
      ${term('Target', 'target', 'about-target')} <span class="label-end">${otherKind}</span>
    </div>
    ${dropdown({
      label: 'Target column',
      describedBy: 'about-target task-of-target',
      value: draft.target ?? '',
      answer: draft.look ?? 0,
      options: dataset.targets.map(({ column, preview }) => ({
        value: column,
        title: column,
        detail: preview,
      })),
      onChoose: (target) => sendIntent(from, { type: 'target', target }),
    })}
    ${
      suggestion
        ? html`<p class="hint" id="task-of-target">
            ${titledTerm(tasks.require(suggestion.task).title, 'about-task')}: ${suggestion.preview}
          </p>`
        : nothing
    }
  </div>`;
}
