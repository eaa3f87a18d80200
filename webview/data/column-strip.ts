/** One column as a strip of the sidebar: its kind, a small picture, what is missing, and how much it tells of the target. */
import { html, nothing, type TemplateResult } from 'lit';
import { columnLook } from '../../src/protocol/column-kinds';
import type { ColumnOverview, TargetOverview } from '../../src/protocol/overview';
import { writeCounted } from '../../src/protocol/words';
import { icon } from '../components/icon';
import { miniPlot } from '../plots/mini-plot';
import { informationBar } from './column-card';
import { isAllDifferent, share, writeInformation } from './figures';

export interface ColumnStripOptions {
  readonly column: ColumnOverview;
  readonly target: TargetOverview | undefined;
  readonly onOpen: (column: string) => void;
}

export function columnStrip({ column, target, onOpen }: ColumnStripOptions): TemplateResult {
  const { name, kind, figures, relation } = column;
  const { title, icon: glyph } = columnLook(kind);
  const own = isAllDifferent(figures) ? undefined : figures.plot;
  const plot = column.texts?.characters.plot ?? own;
  const { missing, rows, distinct, distinctCapped } = figures;
  const isTarget = name === target?.column;
  const different = `${distinctCapped ? 'over ' : ''}${writeCounted(distinct, 'value')}`;
  return html`<li class="data-strip">
    <span class="data-strip-name">
      <span class="dim" title=${title}>${icon(glyph)}<span class="visually-hidden">${title}: </span></span>
      <button type="button" class="link" title="Show ${name} in the form" @click=${() => onOpen(name)}>
        ${name}
      </button>
      ${isTarget ? html`<span class="dim">target</span>` : nothing}
    </span>
    ${plot === undefined ? html`<span></span>` : miniPlot(plot)}
    <span class="data-strip-figures dim">
      ${different}${missing === 0 ? nothing : html` · ${share(missing, rows)} missing`}${
        column.texts === undefined ? nothing : html` · by length`
      }
    </span>
    ${
      relation === undefined || target === undefined
        ? html`<span></span>`
        : html`<span
            class="data-strip-tells"
            title="Tells ${writeInformation(relation.information)} of ${target.column}"
          >
            ${informationBar(relation.information)}<span
              ><span class="visually-hidden">tells </span>${writeInformation(relation.information)}</span
            >
          </span>`
    }
  </li>`;
}
