/** "How this file is read": one line at the top of the form, which unfolds into its parts, each with its choices. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TableSummary } from '../../src/protocol/dataset';
import { kinds } from '../../src/protocol/kinds';
import { type ReadingField, type ReadingPart, writeReading } from '../../src/protocol/reading';
import { button, dropdown } from '../components/controls';
import { FoldEvent } from '../components/folded';
import { icon } from '../components/icon';
import { choicesOf } from './reading-choices';

export interface ReadingOptions {
  readonly table: TableSummary;
  readonly open: boolean;
  /** Whether anything was asked, of the file or of a column. */
  readonly asked: boolean;
  /** Counts the answers to what was chosen. */
  readonly look: number;
  /** An empty value asks for the part to be found out. */
  readonly onChoose: (field: ReadingField, value: string) => void;
  readonly onReset: () => void;
}

/** The section's name among those that are remembered as open. */
export const readingSection = 'reading';

export function readingBlock(options: ReadingOptions): TemplateResult | typeof nothing {
  const { table, open, asked, look, onChoose, onReset } = options;
  if (table.reading.length === 0) return nothing;
  const toggle = (event: Event) => event.currentTarget?.dispatchEvent(new FoldEvent(readingSection, !open));
  return html`<section class="reading" aria-labelledby="reading-label">
    <div class="label" id="reading-label">How this file is read</div>
    <button
      type="button"
      class="reading-line"
      id="reading-line"
      aria-labelledby="reading-label reading-line"
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls="reading-parts"
      @click=${toggle}
    >
      ${icon(open ? 'chevron-down' : 'chevron-right')}<span
        >${writeReading(table.reading) || (kinds.find(table.source ?? '')?.title ?? '')}</span
      >
    </button>
    <div class="reading-parts" id="reading-parts" ?hidden=${!open}>
      ${
        open
          ? html`${repeat(
              table.reading,
              ({ field }) => field,
              (part) => partRow(part, look, (value) => onChoose(part.field, value)),
            )}
            ${
              asked
                ? html`<div class="actions">
                    ${button({ label: 'Find out everything again', icon: 'discard', onClick: onReset })}
                  </div>`
                : nothing
            }`
          : nothing
      }
    </div>
  </section>`;
}

function partRow(part: ReadingPart, look: number, onChoose: (value: string) => void): TemplateResult {
  return html`<div class=${part.asked ? 'reading-part edited' : 'reading-part'}>
    <div>${part.title}${part.asked ? html` <span class="dim">asked for</span>` : nothing}</div>
    ${dropdown({
      label: part.title,
      value: part.asked ? part.value : '',
      options: choicesOf(part),
      answer: look,
      onChoose,
    })}
  </div>`;
}
