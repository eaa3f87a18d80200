/**
 * How the bytes of a table are read: what can be asked for (`ReadingWishes`: every part is optional, what is absent is
 * found out), and how the reading that was chosen is told, part by part, so that each can be overruled where it is told.
 */
import * as z from 'zod';
import { encodingNames, kindWishes } from './column-kinds';
import { PreparationSteps } from './preparation';

/** Names as `TextDecoder` knows them. */
export const Encoding = z.enum([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-15',
  'koi8-r',
  'macintosh',
  'ibm850',
  'ibm866',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
]);
export type Encoding = z.infer<typeof Encoding>;

/** A character, or two that separate only together; `\u0001` is what Hive writes; `blanks` is any run of spaces and tabs, `fixed` columns that begin at the same place of every line. */
export const Separator = z.enum([
  ',',
  ';',
  '\t',
  '|',
  ':',
  '^',
  '~',
  '\u0001',
  '::',
  '||',
  'blanks',
  'fixed',
]);
export type Separator = z.infer<typeof Separator>;

export const QuoteCharacter = z.enum(['"', "'", 'none']);
export type QuoteCharacter = z.infer<typeof QuoteCharacter>;

/** How a quote inside a quoted cell is written: `""` or `\"`. */
export const QuoteEscape = z.enum(['doubled', 'backslash']);
export type QuoteEscape = z.infer<typeof QuoteEscape>;

/** What a person may ask a column to be, held against what is in the catalogue; `left-out` keeps it from the model. */
export const KindWish = z.string().superRefine((wish, context) => {
  if (kindWishes().includes(wish)) return;
  context.addIssue({ code: 'custom', message: `Choose one of ${kindWishes().join(', ')}.` });
});

/** How a person may ask a column's values to become numbers, held against what the kinds in the catalogue offer. */
const EncodingWish = z.string().superRefine((wish, context) => {
  if (encodingNames().includes(wish)) return;
  context.addIssue({ code: 'custom', message: `Choose one of ${encodingNames().join(', ')}.` });
});

export const ColumnWish = z.strictObject({
  kind: KindWish.optional().meta({ description: 'What the column holds; found out when absent.' }),
  encode: EncodingWish.optional().meta({
    description: 'How its values become numbers for a model; in the usual way of its kind when absent.',
  }),
  decimal: z
    .enum(['.', ','])
    .optional()
    .meta({ description: 'The decimal sign of its numbers; found out when absent.' }),
  thousands: z
    .enum(['none', ',', '.', ' ', "'"])
    .optional()
    .meta({ description: 'What groups the digits of its numbers; found out when absent.' }),
  dates: z
    .enum(['day-first', 'month-first', 'year-first'])
    .optional()
    .meta({ description: 'The order of the parts of its dates; found out when absent.' }),
  missing: z
    .array(z.string())
    .optional()
    .meta({ description: 'Further values that stand for no value, e.g. "-999".' }),
  values: z
    .array(z.string())
    .optional()
    .meta({ description: 'Values that look as if they stood for none, e.g. a class named "NA".' }),
  same: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Values that stand for another one, e.g. "LF" for "Low Fat".' }),
});
export type ColumnWish = z.infer<typeof ColumnWish>;

/** Parts of the reading that hold for the whole file. Used in experiment files, requests and remembered choices. */
export const ReadingWishes = z.strictObject({
  part: z.string().min(1).optional().meta({
    description: 'Which of several sheets, tables or lists of the file is read; found out when absent.',
  }),
  encoding: Encoding.optional().meta({ description: 'Found out when absent.' }),
  separator: Separator.optional().meta({ description: 'What stands between cells; found out when absent.' }),
  quote: QuoteCharacter.optional().meta({ description: 'Found out when absent.' }),
  escape: QuoteEscape.optional().meta({ description: 'Found out when absent.' }),
  header: z
    .boolean()
    .optional()
    .meta({ description: 'Whether the first row names the columns; found out when absent.' }),
  firstLine: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'The line of the header, or of the first row; lines above are no rows.' }),
  comment: z
    .string()
    .max(4)
    .optional()
    .meta({ description: 'Lines that begin with it are no rows; empty for none.' }),
  units: z
    .boolean()
    .optional()
    .meta({ description: 'Whether the line below the header holds units and is no row.' }),
  rowNames: z
    .boolean()
    .optional()
    .meta({ description: 'Whether the first cell of each row is a name without a column of its own.' }),
  decimal: z
    .enum(['.', ','])
    .optional()
    .meta({ description: 'The decimal sign where a column does not tell; found out when absent.' }),
  columns: z
    .record(z.string(), ColumnWish)
    .optional()
    .meta({ description: 'What is asked of single columns, by name.' }),
  steps: PreparationSteps.optional().meta({
    description: 'What is done to the table, in this order, before anything is learnt from it.',
  }),
});
export type ReadingWishes = z.infer<typeof ReadingWishes>;

/** The parts that are told in the line "How this file is read" and chosen from a list. */
export const ReadingField = ReadingWishes.omit({ columns: true, steps: true }).keyof();
export type ReadingField = z.infer<typeof ReadingField>;

export interface ReadingChoice {
  /** As `wishFromChoice` takes it. */
  readonly value: string;
  readonly label: string;
}

/** One part of how a file is read, as chosen, with what else it could be. */
export interface ReadingPart {
  readonly field: ReadingField;
  /** E.g. `Encoding`. */
  readonly title: string;
  /** One of `choices`. */
  readonly value: string;
  /** As it stands in the line, e.g. `windows-1252`, `header in line 2`, `decimal comma`. */
  readonly text: string;
  /** Whether it is worth a place in the line; what every file has is only in the list of choices. */
  readonly told: boolean;
  /** Asked for by a person, not found out. */
  readonly asked: boolean;
  readonly choices: readonly ReadingChoice[];
}

/** Something about how a file is read that the file which a model learnt from had otherwise. */
export interface ReadingDifference {
  /** Whole sentences. */
  readonly text: string;
  /** Whether values depend on it, so that a person should look; what only stands between cells changes none. */
  readonly matters: boolean;
}

/** The parts that have a place in the line: what is worth it, and whatever was asked for. */
export function toldParts(parts: readonly ReadingPart[]): readonly ReadingPart[] {
  return parts.filter(({ told, asked }) => told || asked);
}

/** The line itself: `windows-1252 · ; · header in line 2 · decimal comma`. */
export function writeReading(parts: readonly ReadingPart[]): string {
  return toldParts(parts)
    .map(({ text }) => text)
    .join(' · ');
}

/** How a file is read, for programs: the line beside the value of every part and what was asked of columns. */
export type ReadingRecord = ReadingWishes & { readonly line: string };

/** What `--json` has of a reading that was told. */
export function recordReading(
  parts: readonly ReadingPart[],
  columns: ReadingWishes['columns'],
): ReadingRecord {
  const read = parts.reduce<ReadingWishes>(
    (wishes, { field, value }) => withChoice(wishes, field, value),
    {},
  );
  return { line: writeReading(parts), ...read, ...(columns === undefined ? {} : { columns }) };
}

/**
 * The wishes with one part set to a choice's value; the empty value asks for it to be found out again. A value that the
 * field does not have is left out, so that a remembered choice of another version does no harm.
 */
export function withChoice(wishes: ReadingWishes, field: ReadingField, value: string): ReadingWishes {
  const others = Object.fromEntries(Object.entries(wishes).filter(([name]) => isKept(name, field)));
  const parsed = ReadingWishes.safeParse(value === '' ? others : { ...others, [field]: typed(field, value) });
  return parsed.success ? parsed.data : wishes;
}

/** Another part of the file has lines and columns of its own: nothing that was asked of those holds for it. */
function isKept(name: string, changed: ReadingField): boolean {
  return name !== changed && (changed !== 'part' || name === 'encoding');
}

/** The wishes with what is asked of one column replaced; an empty wish asks for all of it to be found out again. */
export function withColumnWish(wishes: ReadingWishes, column: string, wish: ColumnWish): ReadingWishes {
  const { columns = {}, ...file } = wishes;
  const others = Object.entries(columns).filter(([name]) => name !== column);
  const asked = Object.values(wish).some((value) => value !== undefined && Object.keys(value).length > 0);
  const all = asked ? [...others, [column, wish] as const] : others;
  return all.length === 0 ? file : { ...file, columns: Object.fromEntries(all) };
}

/** The wishes with other steps; none asks for the table as it is. */
export function withSteps(wishes: ReadingWishes, steps: NonNullable<ReadingWishes['steps']>): ReadingWishes {
  const others = Object.fromEntries(Object.entries(wishes).filter(([part]) => part !== 'steps'));
  return steps.length === 0 ? others : { ...others, steps };
}

/** A column's wish with another laid over it; missing, other and equal values are added to those that were asked for. */
export function mergeWishes(before: ColumnWish | undefined, change: ColumnWish): ColumnWish {
  const both = (field: 'missing' | 'values') => {
    const other = change[field === 'missing' ? 'values' : 'missing'] ?? [];
    const kept = (before?.[field] ?? []).filter((value) => !other.includes(value));
    const all = [...new Set([...kept, ...(change[field] ?? [])])];
    return all.length === 0 ? undefined : all;
  };
  const same = { ...before?.same, ...change.same };
  return {
    ...before,
    ...change,
    missing: both('missing'),
    values: both('values'),
    same: Object.keys(same).length === 0 ? undefined : same,
  };
}

function typed(field: ReadingField, value: string): string | number | boolean {
  if (field === 'firstLine') return Number(value);
  if (field === 'header' || field === 'units' || field === 'rowNames') return value === 'true';
  return field === 'comment' && value === 'none' ? '' : value;
}
