/** What each column of a table holds: numbers, categories, free text, dates, identifiers, one value or none. */
import type { ColumnSummary } from '../../protocol/dataset';
import { gather } from './column-facts';
import type { Facts } from './column-facts';
import { isNumeric, judge } from './column-kinds';
import type { Judgement } from './column-kinds';
import { questionOf, readAs } from './column-questions';
import { synonymQuestion } from './synonyms';
import type { TargetGroups } from './target-groups';
import type { Table } from './types';

const VALUES_SHOWN = 12;
/** Spellings, and values with several, that a note names. */
const SPELLINGS_NAMED = 3;
/** Longest value that is shown in a summary. */
const VALUE_LENGTH = 80;

/**
 * Every column of the table, judged by all its rows or only by the given ones. `target`: what is to be predicted, where
 * that is known; it decides whether strings say something to learn from.
 */
export function describeColumns(table: Table, rows?: Uint32Array, target?: TargetGroups): ColumnSummary[] {
  return table.columns.map((_, column) => describeColumn(table, column, rows, target));
}

/** Every column by all rows, first while nobody knows what is to be predicted, then for a target. */
export function describeTable(table: Table): {
  readonly columns: readonly ColumnSummary[];
  /** As `describeColumns(table, undefined, target)`; only what a target decides is looked at again. */
  forTarget(target: TargetGroups): ColumnSummary[];
} {
  const described = table.columns.map((_, column) => describe(table, column, undefined, undefined));
  return {
    columns: described.map(({ summary }) => summary),
    forTarget: (target) =>
      described.map(({ summary, open }, column) =>
        open ? describe(table, column, undefined, target).summary : summary,
      ),
  };
}

export function describeColumn(
  table: Table,
  column: number,
  rows?: Uint32Array,
  target?: TargetGroups,
): ColumnSummary {
  return describe(table, column, rows, target).summary;
}

function describe(
  table: Table,
  column: number,
  rows: Uint32Array | undefined,
  target: TargetGroups | undefined,
): { readonly summary: ColumnSummary; readonly open: boolean } {
  const facts = gather(table, column, rows);
  const name = table.columns[column] as string;
  const found = table.reader.found(column);
  const own = judge(facts, {
    name,
    nameless: table.format.header && (name === `column ${column + 1}` || /^unnamed: \d+$/iu.test(name)),
    reading: found.reading,
    target: target?.column === name ? undefined : target,
  });
  const { kind, note, question, open = false } = asked(own, table, column, facts);
  const top = [...facts.counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, VALUES_SHOWN);
  const summary: ColumnSummary = {
    name,
    index: column,
    kind,
    distinct: facts.distinct,
    missing: facts.rows - facts.present,
    values: kind === 'number' ? [] : top.map(([value, count]) => ({ value: shortened(value), count })),
    ...(isNumeric(facts)
      ? { range: { min: facts.min, max: facts.max, mean: facts.sum / facts.numeric } }
      : {}),
    ...defined('note', note ?? noteOnReading(table, column, rows) ?? noteOnSpellings(facts, kind)),
    ...defined('readAs', readAs(found)),
    ...defined(
      'question',
      questionOf(found) ?? question ?? (kind === 'category' ? synonymQuestion(facts.counts) : undefined),
    ),
  };
  return { summary, open };
}

/** The kind that a person asked for, where the column can be it. */
function asked(own: Judgement, table: Table, column: number, facts: Facts): Judgement {
  const kind = table.reader.wish(column)?.kind;
  if (kind === undefined || own.kind === 'empty' || own.kind === 'constant') return own;
  switch (kind) {
    case 'left-out':
      return { kind: 'identifier', note: 'Left out: as you chose.' };
    case 'number':
      return isNumeric(facts) ? { kind } : { ...own, note: 'Its values are no numbers.' };
    case 'date':
      return table.reader.found(column).reading.holds === 'dates'
        ? { kind }
        : { ...own, note: 'Its values are no dates.' };
    case 'boolean':
      return own.kind === 'boolean' ? own : { kind: 'category' };
    case 'category':
    case 'text':
      return { kind };
  }
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

/** What was made of cells that are no numbers or dates, or why numbers are none. */
function noteOnReading(table: Table, column: number, rows: Uint32Array | undefined): string | undefined {
  const { reading, note } = table.reader.found(column);
  if (reading.holds === 'words' || reading.holds === 'before') return note;
  const { count, infinite, first } = table.reader.odd(column, rows);
  if (count === 0) return undefined;
  const text = shortened(table.cell(first, column).trim());
  const what = infinite === count ? 'infinite' : reading.holds === 'dates' ? 'no date' : 'no number';
  return (
    `${count} ${count === 1 ? 'value is' : 'values are'} ${what} ("${text}"${count === 1 ? '' : ', first'} in line ` +
    `${table.startLine[first] as number}) and ${count === 1 ? 'counts' : 'count'} as missing.`
  );
}

/** E.g. `"Yes" and "YES" are one value.` Booleans are read in small letters anyway. */
function noteOnSpellings({ respelled }: Facts, kind: ColumnSummary['kind']): string | undefined {
  if (kind !== 'category' || respelled.length === 0) return undefined;
  const listed = respelled.slice(0, SPELLINGS_NAMED).map(({ spellings }) => {
    const names = spellings.slice(0, SPELLINGS_NAMED).map((name) => `"${shortened(name)}"`);
    return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  });
  const more = respelled.length - listed.length;
  return (
    `Spellings of the same are one value: ${listed.join('; ')}` + `${more > 0 ? `; and ${more} more` : ''}.`
  );
}

function shortened(value: string): string {
  return value.length <= VALUE_LENGTH ? value : `${value.slice(0, VALUE_LENGTH - 1)}…`;
}
