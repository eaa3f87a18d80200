/** Which columns the model sees: kind, note and a checkbox for each. */
import { html, type TemplateResult } from 'lit';
import type { ColumnSummary, TableSummary } from '../../src/protocol/dataset';
import { writeCounted, writeNumber } from '../../src/protocol/words';
import { ColumnWish, type ReadingWishes } from '../../src/protocol/reading';
import { checkbox, select } from '../components/controls';
import { icon } from '../components/icon';
import { features, isLeftOut } from './column-use';
import { type Answer, questionNotice } from './questions';

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

type KindWish = NonNullable<ColumnWish['kind']>;
const kindWishes: readonly KindWish[] = ColumnWish.shape.kind.unwrap().options;
const wishWords = {
  number: 'number',
  boolean: 'yes or no',
  category: 'category',
  text: 'text',
  date: 'date',
  'left-out': 'left out',
} as const satisfies Record<KindWish, string>;

/** How many columns a form shows; the engine uses the rest as they are. */
export const shownColumns = 200;

export interface ColumnListOptions {
  readonly table: TableSummary;
  readonly target: string | undefined;
  readonly exclude: readonly string[];
  /** What was asked of columns, by name. */
  readonly asked: ReadingWishes['columns'];
  readonly onUse: (column: string, use: boolean) => void;
  /** All that is asked of a column from now on. */
  readonly onWish: Answer;
  readonly onAnswer: Answer;
}

export function columnList(options: ColumnListOptions): TemplateResult {
  const { table, target } = options;
  const all = features(table, target);
  const predicted = table.columns.find(({ name }) => name === target);
  return html`<ul class="columns" aria-label="Columns that the model sees">
      ${predicted === undefined ? '' : row(predicted, options, html`<span class="column-target">${predicted.name} <span class="dim">target</span></span>`)}
      ${all.slice(0, shownColumns).map((column) => row(column, options, useBox(column, options)))}
    </ul>
    ${
      all.length > shownColumns
        ? html`<p class="dim">
            and ${writeCounted(all.length - shownColumns, 'more column')}, all used as they are.
          </p>`
        : ''
    }`;
}

function useBox(column: ColumnSummary, { exclude, onUse }: ColumnListOptions): TemplateResult {
  const automatic = isLeftOut(column);
  return checkbox({
    label: column.name,
    checked: !automatic && !exclude.includes(column.name),
    disabled: automatic,
    onChange: (use) => onUse(column.name, use),
  });
}

function row(column: ColumnSummary, options: ColumnListOptions, name: TemplateResult): TemplateResult {
  const described = describe(column);
  return html`<li>
    ${name} ${kindChoice(column, options)}
    ${described === '' ? '' : html`<span class="column-note dim">${described}</span>`}
    ${questionNotice(column, options.onAnswer)}
  </li>`;
}

/** What the column holds, with what else it could be asked to be. */
function kindChoice(column: ColumnSummary, { asked, onWish }: ColumnListOptions): TemplateResult {
  const wish = asked?.[column.name] ?? {};
  const { word, icon: glyph } = kinds[column.kind];
  return html`<span class=${wish.kind === undefined ? 'column-kind dim' : 'column-kind edited'}>
    ${icon(glyph)}${select({
      label: `What ${column.name} holds`,
      value: wish.kind ?? '',
      options: [
        { value: '', title: wish.kind === undefined ? word : 'find it out' },
        ...kindWishes.map((kind) => ({ value: kind, title: wishWords[kind] })),
      ],
      onChoose: (value) => onWish(column.name, { ...wish, kind: kindWishes.find((kind) => kind === value) }),
    })}
  </span>`;
}

function describe(column: ColumnSummary): string {
  const readAs = column.readAs === undefined ? '' : `read as ${column.readAs}`;
  const missing = column.missing > 0 ? `${writeNumber(column.missing)} missing` : '';
  return [column.note ?? '', readAs, missing].filter((part) => part !== '').join(' · ');
}
