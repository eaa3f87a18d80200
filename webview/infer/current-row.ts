/** One row in full: what the model says, how sure it is, and what the file says. */
import { html, nothing, type TemplateResult } from 'lit';
import { shortenApart } from '../../src/protocol/class-names';
import type { RowPrediction } from '../../src/protocol/marks';
import { tasks } from '../../src/protocol/tasks';
import { writeCounted, writeResidual, writeValue } from '../../src/protocol/words';
import { bars } from '../components/bars';
import { icon } from '../components/icon';
import { term } from '../components/lab-term';

/** The classes that are drawn; the rest is counted. */
const shownClasses = 12;
/** Characters of a class's name beside its bar; the whole name is its tooltip. */
const nameLimit = 18;

/** `task`: which words it has for a row that is right, and one that is not. */
export function currentRow(prediction: RowPrediction, task: string): TemplateResult {
  const { probabilities, value, label } = prediction;
  const verdict = (isRight: boolean) => verdictMark(isRight, task);
  if (probabilities !== undefined) return classes(probabilities, label, verdict);
  if (value !== undefined) return number(value, prediction, verdict);
  return html`<p class="hint">The model could not judge this row.</p>`;
}

/** A number is never just right: what counts is whether its own interval holds it. */
function verdictMark(isRight: boolean, task: string): TemplateResult {
  const { right = 'right', wrong = 'wrong' } = tasks.find(task)?.marks ?? {};
  return html`<span class="verdict ${isRight ? 'right' : 'wrong'}"
    >${icon(isRight ? 'check' : 'close')}${(isRight ? right : wrong).toLowerCase()}</span
  >`;
}

type VerdictMark = (isRight: boolean) => TemplateResult;

function classes(
  probabilities: NonNullable<RowPrediction['probabilities']>,
  label: string | undefined,
  verdict: VerdictMark,
): TemplateResult {
  const shown = probabilities.slice(0, shownClasses);
  const best = shown[0];
  const names = shortenApart(
    shown.map(({ name }) => name),
    nameLimit,
  );
  return html`${
    label === undefined
      ? html`<p class="hint">This row has no label; the model says ${best?.name}.</p>`
      : html`<p class="row-verdict">
          ${verdict(best?.name === label)} <span class="dim">· the file says</span> ${label}
        </p>`
  }
  ${bars(
    'Probability of each class',
    shown.map(({ name, probability }, index) => ({
      name,
      short: names[index] ?? name,
      share: probability,
      mark: name === label ? 'label' : undefined,
    })),
  )}
  ${
    probabilities.length > shown.length
      ? html`<p class="hint">
          and
          ${writeCounted(probabilities.length - shown.length, 'less likely class', 'less likely classes')}.
        </p>`
      : nothing
  }`;
}

function number(value: number, prediction: RowPrediction, verdict: VerdictMark): TemplateResult {
  const { interval, label, residual, years = false } = prediction;
  const write = (number: number) => writeValue(number, years);
  const standing =
    residual === undefined || interval === undefined
      ? nothing
      : verdict(value + residual >= interval[0] && value + residual <= interval[1]);
  return html`<div class="headline">
    <span class="headline-value">${write(value)}</span>
    <div class="headline-text">
      ${
        interval
          ? html`<div>
              ${term('90 % interval', 'interval')} ${write(interval[0])} to ${write(interval[1])}
            </div>`
          : nothing
      }
      <div class="dim">
        ${label === undefined || label === '' ? 'no label in this row' : `the file says ${label}`}${residual === undefined ? nothing : ` (${writeResidual(residual)})`}
      </div>
      ${standing}
    </div>
  </div>`;
}
