/** Shares of a whole as bars, in a table: names and numbers can be read without seeing the bars. */
import { html, nothing, type TemplateResult } from 'lit';
import { writeConfidence } from '../../src/protocol/words';

export interface Bar {
  readonly name: string;
  /** The name where there is little room. */
  readonly short: string;
  /** Between 0 and 1. */
  readonly share: number;
  /** A mark behind the name, e.g. that it is the label. */
  readonly mark?: string | undefined;
}

export function bars(caption: string, entries: readonly Bar[]): TemplateResult {
  return html`<table class="bars">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <tbody>
      ${entries.map(
        ({ name, short, share, mark }, index) =>
          html`<tr class=${index === 0 ? 'first' : ''}>
            <th scope="row">
              <div class="bar-name">
                <span title=${name}>${short}</span
                >${mark ? html`<span class="bar-mark">${mark}</span>` : nothing}
              </div>
            </th>
            <td class="bar">
              <svg aria-hidden="true">
                <rect class="bar-ground" width="100%" height="100%"></rect>
                <rect class="bar-value" width="${(share * 100).toFixed(2)}%" height="100%"></rect>
              </svg>
            </td>
            <td class="number">${writeConfidence(share)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
