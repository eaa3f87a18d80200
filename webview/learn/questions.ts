/** What is close in the reading of a column: the question, with a button for each other answer. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ColumnSummary, TableSummary } from '../../src/protocol/dataset';
import type { ColumnWish } from '../../src/protocol/reading';
import { icon } from '../components/icon';

export type Answer = (column: string, wish: ColumnWish) => void;

/** Questions that stand above the button; the others are in the list of columns. */
const shownQuestions = 3;

/** Columns with a question that the model would see, or that are the target. */
export function openQuestions(table: TableSummary, exclude: readonly string[]): readonly ColumnSummary[] {
  return table.columns.filter(({ name, question }) => question !== undefined && !exclude.includes(name));
}

/** The questions that should be looked at before training. */
export function questionList(
  table: TableSummary,
  exclude: readonly string[],
  onAnswer: Answer,
): TemplateResult | typeof nothing {
  const open = openQuestions(table, exclude);
  if (open.length === 0) return nothing;
  const more = open.length - shownQuestions;
  return html`<div class="questions" role="group" aria-label="Worth a look before training">
    ${open.slice(0, shownQuestions).map((column) => questionNotice(column, onAnswer, true))}
    ${more > 0 ? html`<p class="hint">and ${more} more in the list of columns.</p>` : nothing}
  </div>`;
}

/** @param named Whether the column is to be named: in the list of columns its name stands above. */
export function questionNotice(
  { name, question }: ColumnSummary,
  onAnswer: Answer,
  named = false,
): TemplateResult | typeof nothing {
  if (question === undefined) return nothing;
  return html`<div class="question">
    ${icon('question')}
    <div class="message-text">
      ${named ? html`<span class="question-column">${name}: </span>` : nothing}${question.text}
      <span class="answers"
        >${question.answers.map(
          ({ label, wish }) =>
            html`<button
              type="button"
              class="link"
              aria-label="${label} (${name})"
              @click=${() => onAnswer(name, wish)}
            >
              ${label}
            </button>`,
        )}</span
      >
    </div>
  </div>`;
}
