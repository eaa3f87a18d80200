/** What each column of a table holds: numbers, categories, free text, dates, identifiers, one value or none. */
import { columnLook } from '../../protocol/column-kinds';
import type { ColumnSummary } from '../../protocol/dataset';
import { gather, sampleStrings } from './column-facts';
import type { Facts } from './column-facts';
import { isNumeric, judge, tells } from './column-kinds';
import type { Judgement } from './column-kinds';
import { questionOf, readAs } from './column-questions';
import { mayBeOfKind } from './recognisers';
import { placeOf } from './row-words';
import { synonymQuestion } from './synonyms';
import type { TargetGroups } from './target-groups';
import type { Table } from './types';

const VALUES_SHOWN = 12;
/** Strings of a table that are held against a target: nobody waits for more, and a wide table has many columns of them. */
const MOST_STRINGS = 1_000_000;
/** Spellings, and values with several, that a note names. */
const SPELLINGS_NAMED = 3;
/** Different values that are looked at for ranges. */
const RANGES_LOOKED_AT = 100;
/** Longest value that is shown in a summary. */
const VALUE_LENGTH = 80;

/**
 * Every column of the table, judged by all its rows or only by the given ones. `target`: what is to be predicted, where
 * that is known; it decides whether strings say something to learn from.
 */
export function describeColumns(table: Table, rows?: Uint32Array, target?: TargetGroups): ColumnSummary[] {
  if (rows === undefined && target !== undefined) return describeTable(table).forTarget(target);
  return table.columns.map((_, column) => describeColumn(table, column, rows, target));
}

interface Described {
  readonly summary: ColumnSummary;
  /** Judged without a target, which may make another kind of it. */
  readonly open: boolean;
}

/** Every column by all rows, first while nobody knows what is to be predicted, then for a target. */
export function describeTable(table: Table): {
  readonly columns: readonly ColumnSummary[];
  /**
   * As each column is for that target; only what a target decides is looked at again. `most`: strings that are looked at
   * in all columns together.
   */
  forTarget(target: TargetGroups, most?: number): ColumnSummary[];
} {
  const described = table.columns.map((_, column) => describe(table, column, undefined, undefined));
  return {
    columns: described.map(({ summary }) => summary),
    forTarget: (target, most = MOST_STRINGS) => {
      const isOpen = ({ summary, open }: Described): boolean => open && summary.name !== target.column;
      const each = most / Math.max(1, described.filter(isOpen).length);
      return described.map((found, column) =>
        isOpen(found) && tells(sampleStrings(table, column, each), target)
          ? describe(table, column, undefined, 'told').summary
          : found.summary,
      );
    },
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
  target: TargetGroups | 'told' | undefined,
): Described {
  const facts = gather(table, column, rows);
  const name = table.columns[column] as string;
  const found = table.reader.found(column);
  const own = judge(facts, {
    name,
    nameless: table.format.header && (name === `column ${column + 1}` || /^unnamed: \d+$/iu.test(name)),
    reading: found.reading,
    target: target !== 'told' && target?.column === name ? undefined : target,
  });
  const { kind, note, question, open = false } = asked(own, table, column, facts);
  const top = kind === 'number' || facts.images ? [] : commonest(facts.counts);
  const summary: ColumnSummary = {
    name,
    index: column,
    kind,
    distinct: facts.distinct,
    missing: facts.rows - facts.present,
    values: top.map(([value, count]) => ({ value: shortened(value), count })),
    ...(isNumeric(facts) && !facts.images
      ? { range: { min: facts.min, max: facts.max, mean: facts.sum / facts.numeric } }
      : {}),
    ...defined(
      'note',
      note ?? noteOnReading(table, column, rows) ?? noteOnRanges(facts, kind) ?? noteOnSpellings(facts, kind),
    ),
    ...defined('image', imageOf(table, name)),
    ...defined('readAs', readAs(found)),
    ...defined(
      'question',
      questionOf(found) ?? question ?? (kind === 'category' ? synonymQuestion(facts.counts) : undefined),
    ),
  };
  return { summary, open };
}

/** What is known of the images that a column names. */
function imageOf(table: Table, name: string): ColumnSummary['image'] {
  const images = table.images?.get(name);
  return images && { ...images.facts, shape: images.shape };
}

/** The values that are shown, the commonest first, equally common ones by their code units. */
function commonest(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  const top: (readonly [string, number])[] = [];
  for (const entry of counts) {
    const last = top.length < VALUES_SHOWN ? undefined : top[VALUES_SHOWN - 1];
    if (last !== undefined && !isBefore(entry, last)) continue;
    let place = Math.min(top.length, VALUES_SHOWN - 1);
    for (; place > 0 && isBefore(entry, top[place - 1] as readonly [string, number]); place--)
      top[place] = top[place - 1] as readonly [string, number];
    top[place] = entry;
  }
  return top;
}

function isBefore(a: readonly [string, number], b: readonly [string, number]): boolean {
  return a[1] > b[1] || (a[1] === b[1] && a[0] < b[0]);
}

/** The kind that a person asked for, where the column can be it. */
function asked(own: Judgement, table: Table, column: number, facts: Facts): Judgement {
  const kind = table.reader.wish(column)?.kind;
  if (kind === undefined || own.kind === 'empty' || own.kind === 'constant') return own;
  switch (kind) {
    case 'left-out':
      return { kind: 'identifier', note: 'Left out: the model does not see it.' };
    case 'number':
      return isNumeric(facts) ? { kind } : { ...own, note: 'Its values are no numbers.' };
    case 'date':
      return table.reader.found(column).reading.holds === 'dates'
        ? { kind }
        : { ...own, note: 'Its values are no dates.' };
    case 'boolean':
      return own.kind === 'boolean' ? own : { kind: 'category' };
    default:
      return mayBeOfKind(kind, facts, table.columns[column] as string)
        ? { kind }
        : { ...own, note: `Its values are not of the kind "${columnLook(kind).title}".` };
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
    `${count} ${count === 1 ? 'value is' : 'values are'} ${what} ("${text}"${count === 1 ? '' : ', first'} in ` +
    `${placeOf(table, first)}) and ${count === 1 ? 'counts' : 'count'} as missing.`
  );
}

const RANGE =
  /^\D{0,3}(\d+(?:[.,]\d+)?)\s?\p{L}{0,4}\s*(?:[-–—~]|to|bis|\.\.)\s*\p{Sc}?(\d+(?:[.,]\d+)?)\s?\p{L}{0,4}%?$/iu;
/** Different values of which so many are ranges. */
const FEWEST_RANGES = 2;
const RANGE_SHARE = 0.5;

/** Ranges (`10-20`) are neither numbers nor a code: whoever reads them as words loses their order, and should know. */
function noteOnRanges({ counts }: Facts, kind: ColumnSummary['kind']): string | undefined {
  if (kind !== 'category' && kind !== 'text') return undefined;
  const values = [...counts.keys()].slice(0, RANGES_LOOKED_AT);
  const ranges = values.filter((value) => {
    const [, low = '', high = ''] = RANGE.exec(value) ?? [];
    return Number(low.replace(',', '.')) < Number(high.replace(',', '.'));
  });
  const [first] = ranges;
  if (first === undefined || ranges.length < Math.max(FEWEST_RANGES, RANGE_SHARE * values.length))
    return undefined;
  return `Ranges such as "${shortened(first)}" are read as words, without their order. Write their middle to use them as numbers.`;
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
