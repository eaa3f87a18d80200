/** Options that ask something of single columns: `--kind "zip=category"`, `--missing "dose=-999"`; each may be repeated. */
import { Option } from 'commander';
import {
  ColumnWish,
  encodingNames,
  kindWishes,
  leftOutWish,
  nearestName,
  type ReadingWishes,
  type TableSummary,
} from '../protocol';
import { listChoices } from './choice-options';
import { findColumn } from './find-column';
import { outOfRange } from './number-options';
import { shellWord } from './shell-word';

/** What was typed for one column; for the whole file where no column is named. */
interface Asked<T> {
  readonly column?: string;
  readonly value: T;
}

/** As commander hands them over. */
export interface ColumnOptions {
  readonly kind?: readonly Asked<NonNullable<ColumnWish['kind']>>[];
  readonly encode?: readonly Asked<NonNullable<ColumnWish['encode']>>[];
  readonly thousands?: readonly Asked<NonNullable<ColumnWish['thousands']>>[];
  readonly dates?: readonly Asked<NonNullable<ColumnWish['dates']>>[];
  readonly decimal?: readonly Asked<NonNullable<ColumnWish['decimal']>>[];
  /** As typed: which of several "=" ends the name is known when the columns are. */
  readonly missing?: readonly string[];
  readonly values?: readonly string[];
  readonly same?: readonly string[];
}

/** Lists of values, of which any may be given. */
const listFields = ['missing', 'values'] as const;
type ChoiceField = 'kind' | 'encode' | 'thousands' | 'dates' | 'decimal';
const choiceFields: readonly ChoiceField[] = ['kind', 'encode', 'thousands', 'dates', 'decimal'];

/** Names for characters that a shell makes hard to type. */
const words: Readonly<Record<string, string>> = {
  comma: ',',
  point: '.',
  dot: '.',
  blank: ' ',
  space: ' ',
  apostrophe: "'",
  'left out': leftOutWish,
};

export function addColumnOptions(add: (option: Option) => void): void {
  const choices = (field: ChoiceField) => choicesOf(field).join(', ');
  const option = (field: ChoiceField, value: string, description: string) =>
    add(
      new Option(`--${field} <${value}>`, description).argParser(
        (text, before: Asked<string>[] | undefined) => [...(before ?? []), parseChoice(field, text)],
      ),
    );
  option('decimal', 'sign', 'point or comma, of all columns that do not tell, or of one: "price=comma"');
  option('kind', 'column=kind', `what a column holds, e.g. "zip=category": ${choices('kind')}`);
  option(
    'encode',
    'column=way',
    `how its values become numbers, e.g. "income=ranks"; usual where not asked: ${choices('encode')}`,
  );
  option(
    'thousands',
    'column=sign',
    'what groups the digits of its numbers: none, comma, point, blank or apostrophe',
  );
  option('dates', 'column=order', `the order of the parts of its dates: ${choices('dates')}`);
  const list = (field: (typeof listFields)[number], description: string) =>
    add(
      new Option(`--${field} <column=value>`, description).argParser((text, before: string[] | undefined) => {
        if (!text.includes('=')) {
          throw outOfRange(`--${field}`, `"${text}"`, 'a column and a value, written column=value');
        }
        return [...(before ?? []), text];
      }),
    );
  list('missing', 'a further value that stands for no value, e.g. "dose=-999"');
  list('values', 'a value that only looks as if it stood for none, e.g. "grade=NA"');
  add(
    new Option(
      '--same <column=value=other>',
      'a value that stands for another one, e.g. "fat=LF=Low Fat"',
    ).argParser((text, before: string[] | undefined) => {
      if (text.split('=').length < 3) {
        throw outOfRange('--same', `"${text}"`, 'a column and two of its values, written column=value=other');
      }
      return [...(before ?? []), text];
    }),
  );
}

function choicesOf(field: ChoiceField): readonly string[] {
  if (field === 'encode') return encodingNames();
  return field === 'kind' ? kindWishes() : ColumnWish.shape[field].unwrap().options;
}

function parseChoice(field: ChoiceField, text: string): Asked<string> {
  const at = text.lastIndexOf('=');
  const typed = text.slice(at + 1).trim();
  const value = words[typed.toLowerCase()] ?? (typed === '' && at >= 0 ? ' ' : typed.toLowerCase());
  const options = choicesOf(field);
  const isKnown = options.includes(value);
  if (isKnown && at > 0) return { column: text.slice(0, at), value };
  const alone = field === 'decimal';
  if (isKnown && alone && at < 0) return { value };
  const names = options.map(nameOfSign);
  const nearest = isKnown ? undefined : nearestName(typed, names);
  const column = at > 0 ? text.slice(0, at) : 'column';
  throw outOfRange(
    `--${field}`,
    `"${text}"`,
    `${listChoices(names)}, ${alone ? 'alone or ' : ''}written column=${names[0] ?? ''}`,
    nearest === undefined
      ? undefined
      : `Did you mean "${alone && at < 0 ? nearest : `${column}=${nearest}`}"?`,
  );
}

export function asksOfColumns(options: ColumnOptions): boolean {
  return (
    [...listFields, 'same' as const].some((field) => (options[field] ?? []).length > 0) ||
    choiceFields.some((field) => options[field]?.some(({ column }) => column !== undefined))
  );
}

/**
 * What is asked of single columns, by their names in the file. Without a table the names are taken as typed.
 * UsageError for a column that the table does not have.
 */
export function columnWishes(
  table: TableSummary | undefined,
  options: ColumnOptions,
): ReadingWishes['columns'] {
  const wishes = new Map<string, ColumnWish>();
  const ask = (name: string, wish: ColumnWish) => wishes.set(name, { ...wishes.get(name), ...wish });
  const nameOf = (typed: string) => (table === undefined ? typed : findColumn(table, typed).name);
  for (const field of choiceFields) {
    for (const { column, value } of options[field] ?? []) {
      if (column !== undefined) ask(nameOf(column), { [field]: value });
    }
  }
  for (const field of listFields) {
    for (const text of options[field] ?? []) {
      const { column, value } = splitValue(table, text);
      const name = nameOf(column);
      ask(name, { [field]: [...(wishes.get(name)?.[field] ?? []), value] });
    }
  }
  for (const text of options.same ?? []) {
    const { column, value } = splitValue(table, text);
    const name = nameOf(column);
    const at = value.indexOf('=');
    ask(name, { same: { ...wishes.get(name)?.same, [value.slice(0, at)]: value.slice(at + 1) } });
  }
  return wishes.size === 0 ? undefined : Object.fromEntries(wishes);
}

/** Names and values may hold "=": the first one whose left side is a column ends the name. */
function splitValue(table: TableSummary | undefined, text: string): { column: string; value: string } {
  const places = [...text.matchAll(/=/g)].map(({ index }) => index);
  const known = places.find((at) => table?.columns.some(({ name }) => name === text.slice(0, at)));
  const at = known ?? places[0] ?? text.length;
  return { column: text.slice(0, at), value: text.slice(at + 1) };
}

/** The options that ask for a wish, as they are typed: `--kind "zip=category" --missing "dose=-999"`. */
export function writeColumnOptions(column: string, wish: ColumnWish): string {
  const written = choiceFields.flatMap((field) => {
    const value = wish[field];
    return value === undefined ? [] : [`--${field} ${shellWord(`${column}=${nameOfSign(value)}`)}`];
  });
  const listed = listFields.flatMap((field) =>
    (wish[field] ?? []).map((value) => `--${field} ${shellWord(`${column}=${value}`)}`),
  );
  const joined = Object.entries(wish.same ?? {}).map(
    ([value, other]) => `--same ${shellWord(`${column}=${value}=${other}`)}`,
  );
  return [...written, ...listed, ...joined].join(' ');
}

function nameOfSign(value: string): string {
  return Object.entries(words).find(([, sign]) => sign === value && sign.length === 1)?.[0] ?? value;
}
