/** One row in full: what the model says, how sure it is, and what the file says. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RowPrediction } from '../../src/protocol/marks';
import { writeNumber } from '../../src/protocol/words';
import { bars } from '../components/bars';
import { icon } from '../components/icon';
import { term } from '../components/lab-term';

/** The classes that are drawn; the rest is counted. */
const shownClasses = 12;

export function currentRow(prediction: RowPrediction): TemplateResult {
  const { probabilities, value, label } = prediction;
  if (probabilities !== undefined) return classes(probabilities, label);
  if (value !== undefined) return regression(value, prediction.interval, label);
  return html`<p class="hint">The model could not judge this row.</p>`;
}

function verdict(right: boolean): TemplateResult {
  return html`<span class="verdict ${right ? 'right' : 'wrong'}"
    >${icon(right ? 'check' : 'close')}${right ? 'right' : 'wrong'}</span
  >`;
}

function classes(
  probabilities: NonNullable<RowPrediction['probabilities']>,
  label: string | undefined,
): TemplateResult {
  const shown = probabilities.slice(0, shownClasses);
  const best = shown[0];
  return html`${
    label === undefined
      ? html`<p class="hint">This row has no label; the model says ${best?.name}.</p>`
      : html`<p class="row-verdict">
          ${verdict(best?.name === label)} <span class="dim">the file says</span> ${label}
        </p>`
  }
  ${bars(
    'Probability of each class',
    shown.map(({ name, probability }) => ({
      name,
      share: probability,
      mark: name === label ? 'label' : undefined,
    })),
  )}
  ${
    probabilities.length > shown.length
      ? html`<p class="hint">and ${writeNumber(probabilities.length - shown.length)} less likely classes.</p>`
      : nothing
  }`;
}

function regression(
  value: number,
  interval: readonly [number, number] | undefined,
  label: string | undefined,
): TemplateResult {
  const truth = label === undefined || label.trim() === '' ? Number.NaN : Number(label);
  const known = Number.isFinite(truth) && interval !== undefined;
  return html`<div class="headline">
    <span class="headline-value">${writeNumber(value)}</span>
    <div class="headline-text">
      ${
        interval
          ? html`<div>
              ${term('90 % interval', 'interval')} ${writeNumber(interval[0])} to ${writeNumber(interval[1])}
            </div>`
          : nothing
      }
      <div class="dim">
        ${label === undefined ? 'no label in this row' : html`the file says ${Number.isFinite(truth) ? writeNumber(truth) : label}`}
        ${known ? verdict(truth >= interval[0] && truth <= interval[1]) : nothing}
      </div>
    </div>
  </div>`;
}
