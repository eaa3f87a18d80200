/** Which columns the model sees: kind, note and a checkbox for each. */
import { html, nothing, type TemplateResult } from 'lit';
import {
  columnKinds,
  columnLook,
  isLeftOut,
  kindWishes,
  kindWishTitle,
} from '../../src/protocol/column-kinds';
import type { ColumnSummary, TableSummary } from '../../src/protocol/dataset';
import { writeCounted, writeNumber } from '../../src/protocol/words';
import type { ReadingWishes } from '../../src/protocol/reading';
import { checkbox, select } from '../components/controls';
import { icon } from '../components/icon';
import { features } from './column-use';
import { type Answer, questionNotice } from './questions';

/** How many columns a form shows; the engine uses the rest as they are. */
export const shownColumns = 200;

/** The section's name among those that are remembered as open. */
export const columnsSection = 'columns';

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
  const automatic = isLeftOut(column.kind);
  return checkbox({
    label: column.name,
    checked: !automatic && !exclude.includes(column.name),
    disabled: automatic,
    onChange: (use) => onUse(column.name, use),
  });
}

function row(column: ColumnSummary, options: ColumnListOptions, name: TemplateResult): TemplateResult {
  const described = describe(column);
  return html`<li data-column=${column.name}>
    ${name} ${kindChoice(column, options)} ${encodingChoice(column, options)}
    ${described === '' ? '' : html`<span class="column-note dim">${described}</span>`}
    ${questionNotice(column, options.onAnswer)}
  </li>`;
}

/** What the column holds, with what else it could be asked to be. */
function kindChoice(column: ColumnSummary, { asked, onWish }: ColumnListOptions): TemplateResult {
  const wish = asked?.[column.name] ?? {};
  const { title, icon: glyph } = columnLook(column.kind);
  return html`<span class=${wish.kind === undefined ? 'column-kind dim' : 'column-kind edited'}>
    ${icon(glyph)}${select({
      label: `What ${column.name} holds`,
      value: wish.kind ?? '',
      options: [
        { value: '', title: wish.kind === undefined ? title : 'find it out' },
        ...kindWishes().map((kind) => ({ value: kind, title: kindWishTitle(kind) })),
      ],
      // Another kind has other ways to become numbers.
      onChoose: (value) =>
        onWish(column.name, { ...wish, kind: value === '' ? undefined : value, encode: undefined }),
    })}
  </span>`;
}

/** How the column's values become numbers, where its kind leaves a choice; nothing for the target. */
function encodingChoice(
  { name, kind }: ColumnSummary,
  { target, asked, onWish }: ColumnListOptions,
): TemplateResult | typeof nothing {
  const encodings = columnKinds.find(kind)?.encodings;
  if (encodings === undefined || name === target) return nothing;
  const wish = asked?.[name] ?? {};
  const chosen = encodings.others.find((each) => each.name === wish.encode);
  return html`<span class=${chosen === undefined ? 'column-encoding dim' : 'column-encoding edited'}>
    <span>learnt as</span>${select({
      label: `How ${name} becomes numbers`,
      value: chosen?.name ?? '',
      options: [
        { value: '', title: encodings.usual },
        ...encodings.others.map((each) => ({ value: each.name, title: each.title })),
      ],
      onChoose: (value) => onWish(name, { ...wish, encode: value === '' ? undefined : value }),
    })}
    ${chosen === undefined ? nothing : html`<span class="dim column-encoding-why">${chosen.description}</span>`}
  </span>`;
}

function describe(column: ColumnSummary): string {
  const readAs = column.readAs === undefined ? '' : `read as ${column.readAs}`;
  const missing = column.missing > 0 ? `${writeNumber(column.missing)} missing` : '';
  return [column.note ?? '', readAs, missing].filter((part) => part !== '').join(' · ');
}
