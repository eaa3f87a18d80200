/** One row in full: what the model says, how sure it is, and what the file says. */
import { html, nothing, type TemplateResult } from 'lit';
import { shortenApart } from '../../src/protocol/class-names';
import type { RowPrediction } from '../../src/protocol/marks';
import { writeCounted, writeResidual, writeValue } from '../../src/protocol/words';
import { bars } from '../components/bars';
import { icon } from '../components/icon';
import { term } from '../components/lab-term';

/** The classes that are drawn; the rest is counted. */
const shownClasses = 12;
/** Characters of a class's name beside its bar; the whole name is its tooltip. */
const nameLimit = 18;

export function currentRow(prediction: RowPrediction): TemplateResult {
  const { probabilities, value, label } = prediction;
  if (probabilities !== undefined) return classes(probabilities, label);
  if (value !== undefined) return regression(value, prediction);
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

function regression(value: number, prediction: RowPrediction): TemplateResult {
  const { interval, label, residual, years = false } = prediction;
  const write = (number: number) => writeValue(number, years);
  const verdict =
    residual === undefined || interval === undefined
      ? nothing
      : standing(value + residual >= interval[0] && value + residual <= interval[1]);
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
      ${verdict}
    </div>
  </div>`;
}

/** A number is never just right: what counts is whether its own interval holds it. */
function standing(inside: boolean): TemplateResult {
  return html`<span class="verdict ${inside ? 'right' : 'wrong'}"
    >${icon(inside ? 'check' : 'close')}${inside ? 'inside its interval' : 'outside its interval'}</span
  >`;
}
