/** Which columns the model sees: kind, note and a checkbox for each. */
import { html, type TemplateResult } from 'lit';
import type { ColumnSummary, TableSummary } from '../../src/protocol/dataset';
import { writeNumber } from '../../src/protocol/words';
import { checkbox } from '../components/controls';
import { icon } from '../components/icon';

const kinds = {
  number: { word: 'number', icon: 'symbol-numeric' },
  boolean: { word: 'yes or no', icon: 'symbol-boolean' },
  category: { word: 'category', icon: 'symbol-enum' },
  text: { word: 'text', icon: 'symbol-string' },
  date: { word: 'date', icon: 'calendar' },
  identifier: { word: 'identifier', icon: 'key' },
  constant: { word: 'constant', icon: 'symbol-constant' },
  empty: { word: 'empty', icon: 'circle-slash' },
} as const satisfies Record<ColumnSummary['kind'], { word: string; icon: string }>;

const leftOut: readonly ColumnSummary['kind'][] = ['date', 'identifier', 'constant', 'empty'];

/** How many columns a form shows; the engine uses the rest as they are. */
export const shownColumns = 200;

export function features(table: TableSummary, target: string | undefined): readonly ColumnSummary[] {
  return table.columns.filter((column) => column.name !== target);
}

/** `6 of 8 used`. */
export function countUsed(
  table: TableSummary,
  target: string | undefined,
  exclude: readonly string[],
): string {
  const all = features(table, target);
  const used = all.filter((column) => !leftOut.includes(column.kind) && !exclude.includes(column.name));
  return `${writeNumber(used.length)} of ${writeNumber(all.length)} used`;
}

export function columnList(
  table: TableSummary,
  target: string | undefined,
  exclude: readonly string[],
  onChange: (column: string, use: boolean) => void,
): TemplateResult {
  const all = features(table, target);
  return html`<ul class="columns">
      ${all.slice(0, shownColumns).map((column) => {
        const automatic = leftOut.includes(column.kind);
        const { word, icon: glyph } = kinds[column.kind];
        return html`<li>
          ${checkbox({
            label: column.name,
            checked: !automatic && !exclude.includes(column.name),
            disabled: automatic,
            onChange: (use) => onChange(column.name, use),
          })}
          <span class="column-kind dim">${icon(glyph)}${word}</span>
          ${describe(column) === '' ? '' : html`<span class="column-note dim">${describe(column)}</span>`}
        </li>`;
      })}
    </ul>
    ${
      all.length > shownColumns
        ? html`<p class="dim">
            and ${writeNumber(all.length - shownColumns)} more columns, all used as they are.
          </p>`
        : ''
    }`;
}

function describe(column: ColumnSummary): string {
  const missing = column.missing > 0 ? `${writeNumber(column.missing)} missing` : '';
  return [column.note ?? '', missing].filter((part) => part !== '').join(' · ');
}
